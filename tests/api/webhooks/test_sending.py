"""A request goes to the address that was checked, by TLS for the name, and is answered by no more than its beginning."""

from __future__ import annotations

import ssl
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx2
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from api.webhooks.sending import Sender, client
from graph.changes.following import NumberedChange
from graph.webhooks.delivery import Message, Tried
from graph.webhooks.guard import Guard
from resolvers.webhooks.body import LARGEST, body_of
from tests.receiving import HANG, Receiver, receiving

NAME = "hook.example"
BODY = b'{"data":{"key":""}}'


def certificate(folder: Path) -> Path:
    """Write a certificate for NAME that is its own authority, and return the file."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, NAME)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    file = folder / "certificate.pem"
    file.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return file


class Names:
    """Looks names up as it is told, one answer after the other, and counts."""

    def __init__(self, *answers: str) -> None:
        self.answers = list(answers)
        self.asked: list[str] = []

    async def __call__(self, host: str, _: int) -> Sequence[str]:
        self.asked.append(host)
        return [self.answers.pop(0)]


async def test_the_address_that_was_checked_is_connected_to_and_tls_is_for_the_name(tmp_path: Path) -> None:
    file = certificate(tmp_path)
    serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    serving.load_cert_chain(file)
    trusting = ssl.create_default_context(cafile=str(file))
    # The system knows none of these names; a second look-up would lead elsewhere.
    names = Names("127.0.0.1", "10.0.0.1", "127.0.0.1")
    async with receiving(serving) as receiver, httpx2.AsyncClient(verify=trusting, trust_env=False) as trusted:
        port = receiver.address.rpartition(":")[2]
        sender = Sender(trusted, Guard(loopback=True, resolve=names))
        first = await sender.send(f"https://{NAME}:{port}/in", {}, BODY)
        moved = await sender.send(f"https://{NAME}:{port}/in", {}, BODY)
        other = await sender.send(f"https://other.example:{port}/in", {}, BODY)
    assert (first.status, [each.headers["host"] for each in receiver.received]) == (200, [f"{NAME}:{port}"])
    assert ((moved.status, moved.failure), (other.status, other.failure)) == ((None, "ADDRESS_REFUSED"), (None, "UNREACHABLE"))
    assert names.asked == [NAME, NAME, "other.example"]


@pytest.mark.parametrize("address", ["10.0.0.1", "::1", "169.254.169.254", "::ffff:10.0.0.1", "0.0.0.0", "127.0.0.1"])
async def test_a_name_that_leads_elsewhere_by_now_is_not_sent_to(receiver: Receiver, address: str) -> None:
    port = receiver.address.rpartition(":")[2]
    async with client() as sending:
        tried = await Sender(sending, Guard(resolve=Names(address))).send(f"https://{NAME}:{port}/", {}, BODY)
    assert (tried.failure, tried.status, tried.taken, receiver.received) == ("ADDRESS_REFUSED", None, False, [])


async def sent(receiver: Receiver, seconds: float = 20) -> Tried:
    async with client() as sending:
        return await Sender(sending, Guard(loopback=True), seconds).send(receiver.address, {}, BODY)


async def test_the_beginning_of_an_answer_is_kept_and_the_rest_not_read(receiver: Receiver) -> None:
    receiver.will(200, body="あ".encode() * 100_000)
    tried = await sent(receiver)
    assert (tried.taken, tried.answer) == (True, "あ" * 333 + "\ufffd")


async def test_an_answer_that_never_comes_is_not_waited_for(receiver: Receiver) -> None:
    receiver.will(HANG)
    tried = await sent(receiver, 0.2)
    assert (tried.failure, tried.status) == ("TIMEOUT", None)


async def test_where_nobody_listens_nothing_is_delivered() -> None:
    async with receiving() as receiver:
        pass
    assert (await sent(receiver)).failure == "UNREACHABLE"


def test_a_body_stays_small_and_holds_ids_and_names_alone() -> None:
    change = NumberedChange(7, "Store:a", "store.changed", ("Store:a",), ("name",) * 9_000, "2026-04-01T10:00:00.000000Z")
    whole = body_of(Message.of("endpoint", change))
    assert len(whole) < LARGEST
    assert b'"fields":[]' in whole
    assert Message.of("endpoint", change).id == Message.of("endpoint", change).id != Message.of("other", change).id
