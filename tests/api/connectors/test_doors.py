"""Every connector through its real door into the real graph: good, forged, repeated, unknown and late bodies."""

from __future__ import annotations

import hmac
from base64 import b64encode
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from api.connectors.configured import configured
from api.connectors.delivery import Delivery
from api.connectors.verifying import TOLERANCE_SECONDS, VERIFIERS, Unverified, verify
from api.http.app import create_app
from api.process.settings import InvalidSettings, Settings
from graph.identity.blocking import NOTHING_LISTED
from graph.store import Store
from tests.api.connectors.conftest import BODIES, KEY, SIGNED, STANDARD, Doors, recorded
from tests.conftest import wipe
from tests.graph.resolution.fingerprint import fingerprint

NAMES = sorted(VERIFIERS)
NOW = 1_795_950_000


@pytest.fixture(autouse=True)
async def empty(store: Store) -> None:
    await wipe(store)


async def count(store: Store) -> int:
    return (await store.read("MATCH (n:Receipt) RETURN count(n)", {}))[0][0]


def test_every_connector_has_recorded_bodies() -> None:
    expected = {f"{name}/{body}.json" for name in NAMES for body in ("good_1", "good_2", "late", "unknown_kind")}
    assert {path.relative_to(BODIES).as_posix() for path in BODIES.rglob("*.json")} >= expected
    assert sorted(SIGNED) == NAMES


@pytest.mark.parametrize("name", NAMES)
async def test_good_bodies_land_and_a_replay_is_answered_with_its_first_receipts(doors: Doors, store: Store, name: str) -> None:
    receipts = [await doors.recorded(name, body) for body in ("good_1", "good_2")]
    assert {receipt["outcome"] for each in receipts for receipt in each} <= {"CREATED", "UPDATED"}
    assert all(receipts)
    before = await fingerprint(store)
    again = await doors.recorded(name, "good_1")
    assert again == [{**receipt, "outcome": "REPEATED"} for receipt in receipts[0]]
    assert await fingerprint(store) == before


@pytest.mark.parametrize("name", NAMES)
async def test_a_forged_body_is_refused_and_leaves_nothing(doors: Doors, store: Store, name: str) -> None:
    body = recorded(name, "good_1")
    true = {key.lower(): value for key, value in SIGNED[name](body).items()}
    header = VERIFIERS[name].header
    forged = [{}, {**true, header: true[header][:-2] + "xx"}, {**true, header: ""}, {**true, header: "ü".encode()}]
    answers = [await doors.post(name, body, headers) for headers in forged]
    assert [(answer.status_code, answer.json()["error"]["code"]) for answer in answers] == [(401, "UNVERIFIED")] * len(forged)
    assert await count(store) == 0


@pytest.mark.parametrize("name", [name for name in NAMES if VERIFIERS[name].header != "x-customer360-secret"])
async def test_a_signature_holds_for_its_own_body_only(doors: Doors, store: Store, name: str) -> None:
    answer = await doors.post(name, recorded(name, "good_2"), SIGNED[name](recorded(name, "good_1")))
    assert answer.status_code == 401
    assert await count(store) == 0


@pytest.mark.parametrize("name", NAMES)
async def test_what_is_not_known_is_taken_and_ignored(doors: Doors, store: Store, name: str) -> None:
    assert await doors.recorded(name, "unknown_kind") == []
    for body in (b"{}", b"[]", b"null", b"[[[7]]]", b'{"events": 7, "detail": []}'):
        assert await doors.deliver(name, body) == []
    assert await count(store) == 0


@pytest.mark.parametrize("name", NAMES)
async def test_bodies_that_arrive_out_of_order_end_in_the_same_graph(doors: Doors, store: Store, name: str) -> None:
    for body in ("late", "good_1", "good_2"):
        await doors.recorded(name, body)
    in_order = await fingerprint(store)
    await wipe(store)
    for body in ("good_2", "good_1", "late"):
        await doors.recorded(name, body)
    assert await fingerprint(store) == in_order


@pytest.mark.parametrize("name", NAMES)
async def test_a_body_that_is_no_json_or_too_large_is_told_so(doors: Doors, name: str) -> None:
    for body, status in ((b"{", 400), (b"\xff\xfe", 400), (b" " * 1_000_001, 413)):
        assert (await doors.post(name, body, SIGNED[name](body))).status_code == status


async def test_what_cannot_be_recorded_is_told_by_code_in_answer_and_log_and_the_provider_need_not_come_again(
    doors: Doors,
) -> None:
    with capture_logs() as logs:
        [receipt] = await doors.deliver(
            "telephone", b'{"event": "ringing", "call": "c-1", "customer": {"number": "090-1111-2222"}}'
        )
    assert (receipt["outcome"], receipt["error"]["code"], receipt["error"]["pointer"]) == ("REJECTED", "INVALID_EVENT", "/time")
    [line] = [line for line in logs if line["event"] == "delivery_refused"]
    assert (line["connector"], line["pointer"]) == ("telephone", "/time")
    assert "2222" not in str(logs)


async def test_a_connector_without_a_secret_is_not_there(store: Store, tmp_path: Path) -> None:
    app = create_app(Settings(_env_file=None, data_folder=tmp_path), store, NOTHING_LISTED)
    assert [route for route in app.routes if getattr(route, "path", "").startswith("/connectors")] == []


def test_two_secrets_hold_while_one_is_changed(tmp_path: Path) -> None:
    settings = Settings(_env_file=None, data_folder=tmp_path, amazon_connect_secret="new-one former-one")
    [connector] = configured(settings)
    for secret in ("new-one", "former-one"):
        verify(connector.name, connector.secrets, Delivery({"x-customer360-secret": secret}, b"{}"), NOW)
    with pytest.raises(Unverified):
        verify(connector.name, connector.secrets, Delivery({"x-customer360-secret": "older-one"}, b"{}"), NOW)


@pytest.mark.parametrize("secret", ["whsec_not base64 at all!", "   "])
def test_a_secret_that_can_sign_nothing_is_told_at_the_start(tmp_path: Path, secret: str) -> None:
    with pytest.raises(InvalidSettings, match="telephone") as told:
        configured(Settings(_env_file=None, data_folder=tmp_path, telephone_secret=secret))
    assert "at all" not in told.value.message


@pytest.mark.parametrize("secret", ["line_channel_secret", "ec_cube_secret", "smaregi_secret"])
def test_a_secret_alone_names_what_it_needs(tmp_path: Path, secret: str) -> None:
    with pytest.raises(InvalidSettings, match=f"{secret.upper()} needs"):
        configured(Settings(_env_file=None, data_folder=tmp_path, **{secret: "made-up"}))


@pytest.mark.parametrize(
    ("sent", "verified"),
    [
        (str(NOW), True),
        (str(NOW - TOLERANCE_SECONDS), True),
        (str(NOW - TOLERANCE_SECONDS - 1), False),
        (str(NOW + TOLERANCE_SECONDS + 1), False),
        ("", False),
        ("soon", False),
        ("９" * 10, False),
        ("9" * 5000, False),
    ],
)
def test_a_signed_delivery_counts_for_five_minutes(sent: str, verified: bool) -> None:
    signature = b64encode(hmac.digest(KEY, f"m.{sent}.{{}}".encode(), "sha256")).decode()
    headers = {"webhook-id": "m", "webhook-timestamp": sent, "webhook-signature": f"v1,AAAA v1,{signature}"}
    try:
        verify("telephone", (STANDARD,), Delivery(headers, b"{}"), NOW)
    except Unverified:
        assert not verified
    else:
        assert verified
