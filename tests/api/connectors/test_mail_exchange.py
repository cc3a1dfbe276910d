"""Mail through real servers: a mailbox that is read by IMAP into the graph, files, and messages handed over by SMTP."""

from __future__ import annotations

import imaplib
from collections.abc import AsyncIterator, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from email import message_from_bytes
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from structlog.testing import capture_logs

from api.connectors.mail.configured import company_of, mail_server
from api.connectors.mail.headers import message_ids
from api.connectors.mail.incoming import Company, read_mail
from api.connectors.mail.mailbox import Mailbox, record_new
from api.connectors.mail.sending import Answered, MailRefused, MailServer, Outgoing
from api.process.settings import Settings
from graph.errors import InvalidInput, ServiceUnavailable
from graph.threads.naming import OWN, names_in
from tests.api.connectors.imap import PASSWORD, USER, free_port, imap_port, put
from tests.api.connectors.test_incoming_mail import ARRIVED, letter

__all__ = ["imap_port"]

COMPANY = Company(frozenset({"info@shop.example.jp"}))


class Taken:
    """An intake that keeps what it is given, and can be away."""

    def __init__(self) -> None:
        self.subjects: list[str] = []
        self.away = False

    async def __call__(self, events: Sequence[dict[str, Any]]) -> None:
        if self.away:
            raise ServiceUnavailable("away")
        self.subjects += [event["subject"] for event in events]


@pytest.fixture
def thread() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(1) as opened:
        yield opened


async def test_each_message_of_a_mailbox_is_recorded_once_and_none_is_marked_as_read(
    imap_port: int, tmp_path: Path, thread: ThreadPoolExecutor
) -> None:
    mailbox = Mailbox.at("127.0.0.1", imap_port, USER, PASSWORD, folder="INBOX", states=tmp_path / "mail")
    taken = Taken()
    put(imap_port, letter(Message_ID="<1@example.jp>"), letter(Message_ID="<2@example.jp>"))
    assert await record_new(mailbox, COMPANY, taken, thread) == 2
    assert await record_new(mailbox, COMPANY, taken, thread) == 0
    put(imap_port, letter(Message_ID="<3@example.jp>"))
    taken.away = True
    with capture_logs() as logs:
        assert await record_new(mailbox, COMPANY, taken, thread) == 0
    assert [line["event"] for line in logs] == ["mail_waits"]
    taken.away = False
    # Another process, which finds the file of the first, goes on where that was.
    again = Mailbox.at("127.0.0.1", imap_port, USER, PASSWORD, folder="INBOX", states=tmp_path / "mail")
    assert await record_new(again, COMPANY, taken, thread) == 1
    assert taken.subjects == ["1@example.jp", "2@example.jp", "3@example.jp"]
    with imaplib.IMAP4("127.0.0.1", imap_port) as box:
        box.login(USER, PASSWORD)
        box.select("INBOX")
        assert box.search(None, "SEEN")[1] == [b""]


async def test_a_mailbox_that_cannot_be_read_is_told_without_its_password(
    imap_port: int, tmp_path: Path, thread: ThreadPoolExecutor
) -> None:
    wrong = Mailbox.at("127.0.0.1", imap_port, USER, "another-made-up", folder="INBOX", states=tmp_path)
    away = Mailbox.at("127.0.0.1", free_port(), USER, PASSWORD, folder="INBOX", states=tmp_path)
    with capture_logs() as logs:
        assert [await record_new(box, COMPANY, Taken(), thread) for box in (wrong, away)] == [0, 0]
    assert [line["event"] for line in logs] == ["mailbox_not_read"] * 2
    assert "made-up" not in str(logs)


class Letters:
    """What an SMTP server has taken; it refuses `nobody@` for good and `full@` for now."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, list[str], bytes]] = []

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:  # noqa: N802
        if address.startswith("nobody@"):
            return "550 5.1.1 no such user"
        if address.startswith("full@"):
            return "452 4.2.2 mailbox full"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        self.taken.append((envelope.mail_from, envelope.rcpt_tos, envelope.content))
        return "250 OK"


@pytest.fixture
async def post(tmp_path: Path) -> AsyncIterator[tuple[Letters, MailServer]]:
    letters = Letters()
    controller = Controller(letters, hostname="127.0.0.1", port=free_port())
    controller.start()
    settings = Settings(
        _env_file=None,
        data_folder=tmp_path,
        smtp_host="127.0.0.1",
        smtp_port=controller.port,
        mail_addresses="info@shop.example.jp, help@shop.example.jp",
    )
    server = mail_server(settings)
    assert server is not None
    assert company_of(settings).addresses == {"info@shop.example.jp", "help@shop.example.jp"}
    yield letters, server
    controller.stop()


OUTGOING = Outgoing("hanako@example.jp", "在庫の件", "ございます。\n見本")


async def test_a_message_that_is_sent_proves_the_answer_to_it(post: tuple[Letters, MailServer]) -> None:
    letters, server = post
    sent = await server.send(OUTGOING)
    [(sender, recipients, content)] = letters.taken
    assert (sender, recipients) == ("info@shop.example.jp", ["hanako@example.jp"])
    message = message_from_bytes(content)
    assert message_ids(message, "Message-ID") == [sent.message_id]
    assert "Auto-Submitted" not in message
    [own] = read_mail(sent.raw, COMPANY, ARRIVED)
    told = [own["data"][name] for name in ("direction", "subject", "text")]
    assert told == ["OUTBOUND", "在庫の件", "ございます。\n見本"]
    [answer] = read_mail(letter(In_Reply_To=f"<{sent.message_id}>"), COMPANY, ARRIVED)
    assert answer["data"]["inReplyTo"] == own["data"]["messageId"]
    [name] = names_in(sent.message_id, server.key)
    assert name.startswith(OWN)


async def test_an_answer_names_what_it_answers_and_programs_do_not_answer_each_other(post: tuple[Letters, MailServer]) -> None:
    letters, server = post
    answered = Answered("b@example.jp", ["a@example.jp"])
    await server.send(Outgoing("hanako@example.jp", "Re: x", "受け付けました", answered, automatic=True))
    message = message_from_bytes(letters.taken[0][2])
    assert message_ids(message, "References") == ["a@example.jp", "b@example.jp"]
    assert (message_ids(message, "In-Reply-To"), message["Auto-Submitted"]) == (["b@example.jp"], "auto-replied")
    of_program = Answered("c@example.jp", auto_submitted=True)
    with pytest.raises(InvalidInput):
        await server.send(Outgoing("hanako@example.jp", "Re: x", "受け付けました", of_program, automatic=True))
    await server.send(Outgoing("hanako@example.jp", "Re: x", "人が答えます", of_program))
    assert len(letters.taken) == 2


@pytest.mark.parametrize(
    ("outgoing", "error"),
    [
        (Outgoing("nobody@example.jp", "x", "x"), MailRefused),
        (Outgoing("full@example.jp", "x", "x"), ServiceUnavailable),
        (Outgoing("hanako@example.jp", "x\r\nBcc: taro@example.jp", "x"), InvalidInput),
        (Outgoing("hanako@example.jp\r\nBcc: taro@example.jp", "x", "x"), InvalidInput),
    ],
)
async def test_what_is_not_taken_is_told_by_what_can_be_done(
    post: tuple[Letters, MailServer], outgoing: Outgoing, error: type[Exception]
) -> None:
    letters, server = post
    with pytest.raises(error) as told:
        await server.send(outgoing)
    assert "example.jp" not in str(told.value)
    assert letters.taken == []


async def test_where_nobody_listens_it_can_be_sent_again() -> None:
    server = MailServer("127.0.0.1", free_port(), None, None, "info@shop.example.jp", b"made-up-key")
    with pytest.raises(ServiceUnavailable):
        await server.send(OUTGOING)


def test_without_server_address_or_key_nothing_is_sent(tmp_path: Path) -> None:
    assert mail_server(Settings(_env_file=None, data_folder=tmp_path, smtp_host="127.0.0.1")) is None
