"""Customers are told of their pick-ups through a real mail server and LINE's place: once each, as they allow, in their words."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.header import decode_header, make_header
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import httpx2
import orjson
import pytest
from aiosmtpd.controller import Controller
from starlette.routing import Route

from api.process.settings import Settings
from api.replies.senders import Sender, senders_of
from api.replies.sending import send_due
from graph.changes.numbering import number_changes
from graph.erasure.erasing import Erasure
from graph.exports.rows import fulfillments
from graph.intake.reading import read_event
from graph.intake.receipts import Receipt
from graph.intake.record import record
from graph.orders import picking_up
from graph.orders.bouncing import note_what_came_back
from graph.orders.expiring import expire_pickups
from graph.orders.following import follow_orders
from graph.orders.notices import to_be_called
from graph.orders.telling import Telling, tell_of_pickups
from graph.replies.leaving import LOST_AFTER, hold
from graph.replies.nodes import CHANNELS
from graph.store import Store, Transaction
from graph.writes.unit import execute
from tests.api.connectors.imap import free_port
from tests.api.connectors.test_line import Line, listening
from tests.api.connectors.test_mail_exchange import Letters
from tests.conftest import wipe
from tests.graph.orders.selling import SHOP, order, tell
from tests.graph.orders.test_pickups import asked, clerk, given, node

KEY = b"a key for tests"
MAIL, USER, PROVIDER = "hanako@example.jp", "U" + "2" * 32, "1654000000"
SHIRT = {"sku": "SHIRT-M", "amount": "3000"}
MESSAGES = (
    "MATCH (t:Touchpoint {direction: 'OUTBOUND'})<-[:DID]-(:SourceRecord)-[:RESOLVES_TO]->(:Customer) "
    "RETURN t.channel, t.order_numbers, t.text, t.is_answer ORDER BY t.position"
)


def event(type_: str, own_id: str, data: dict[str, Any], subject: str | None = None) -> dict[str, Any]:
    envelope = {"specversion": "1.0", "type": f"customer360.{type_}.v1", "source": SHOP, "id": own_id}
    return {**envelope, "time": "2026-04-01T00:00:00Z", "data": data} | ({"subject": subject} if subject else {})


@dataclass(frozen=True, slots=True)
class Counter:
    """A store that hands over: what sends, and what mail server and LINE have taken."""

    store: Store
    senders: dict[str, Sender]
    letters: Letters
    line: Line
    elsewhere: frozenset[str] = frozenset()

    async def person(self, *identifiers: dict[str, Any], subject: str = "1", **more: Any) -> None:
        data = {"name": {"family": "試験", "given": "花子"}, "identifiers": list(identifiers), **more}
        await tell(self.store, event("person", f"p-{subject}", data, subject))

    async def says(self, state: str, **about: Any) -> None:
        by = {"record": {"source": SHOP, "subject": "1"}}
        await tell(self.store, event("consent", f"c-{state}-{about}", {"purpose": "SERVICE", "state": state, "by": by, **about}))

    async def ready(self, number: str, **more: Any) -> str:
        await tell(self.store, order(number, SHIRT, **more))
        own_id = await asked(self.store, number)
        await given(self.store, picking_up.step(clerk(), own_id, "READY_FOR_PICKUP"))
        return own_id

    async def tell(self, now: datetime | None = None, kinds: Sequence[str] = tuple(CHANNELS)) -> int:
        telling = Telling([CHANNELS[kind] for kind in kinds], self.elsewhere, ZoneInfo("Asia/Tokyo"))
        return await tell_of_pickups(self.store, telling, now)

    async def send(self) -> int:
        return await send_due(self.store, self.senders, self.take)

    async def take(self, events: Sequence[Any]) -> list[Receipt]:
        return await record(self.store, [read_event(each, KEY) for each in events])

    async def notices(self, own_id: str) -> list[list[str | None]]:
        told = orjson.loads((await node(self.store, own_id)).get("notices") or "[]")
        return [[each["kind"], each["state"], each.get("reason") or each.get("channel")] for each in told]


@pytest.fixture
async def counter(store: Store, tmp_path: Path) -> AsyncIterator[Counter]:
    await wipe(store)
    letters, line = Letters(), Line()
    controller = Controller(letters, hostname="127.0.0.1", port=free_port())
    controller.start()
    settings = Settings(
        _env_file=None,
        data_folder=tmp_path,
        smtp_host="127.0.0.1",
        smtp_port=controller.port,
        mail_addresses="info@shop.example.jp",
        line_access_token="made-up-token",
    )
    shop = {**event("store", "s-1", {"name": "試験店", "pickupReminderDays": 1}, "P01")}
    await tell(store, shop)
    routes = [Route("/v2/bot/message/push", line.take, methods=["POST"])]
    async with listening(routes) as address, httpx2.AsyncClient(base_url=address, trust_env=False) as client:
        yield Counter(store, dict(senders_of(settings, client)), letters, line)
    controller.stop()


def mail(value: str = MAIL) -> dict[str, Any]:
    return {"kind": "EMAIL", "value": value}


def line() -> dict[str, Any]:
    return {"kind": "LINE_USER_ID", "value": USER, "scope": PROVIDER}


async def test_ready_reminder_and_end_are_each_told_once_by_mail_and_stand_in_the_timeline(counter: Counter) -> None:
    await counter.person(mail(), language="en")
    own_id = await counter.ready("W-1")

    assert await counter.tell() == 1
    assert (await counter.tell(), await counter.send(), await counter.send()) == (0, 1, 0)
    ends = datetime.fromisoformat((await node(counter.store, own_id))["expires_at"])
    assert await counter.tell(ends - timedelta(days=1, seconds=1)) == 0, "its own store reminds a day before"
    assert await counter.tell(ends - timedelta(days=1)) == 1
    assert await counter.send() == 1
    await expire_pickups(counter.store, ends)
    assert await counter.tell(ends) == 1
    assert (await counter.tell(ends), await counter.send()) == (0, 1)

    sent = [message_from_bytes(content) for _, _, content in counter.letters.taken]
    assert [str(make_header(decode_header(each["Subject"]))) for each in sent] == [
        "Your order W-1 is ready to be picked up",
        "Your order W-1 still waits for you",
        "Your order W-1 was not picked up",
    ]
    assert [each["Auto-Submitted"] for each in sent] == ["auto-generated"] * 3
    assert await counter.notices(own_id) == [[kind, "SENT", "EMAIL"] for kind in ("READY", "REMINDER", "EXPIRED")]
    found = await counter.store.read(MESSAGES)
    assert [row[:2] + row[3:] for row in found] == [["EMAIL", ["W-1"], None]] * 3
    assert any("ready at 試験店" in row[2] for row in found)
    code = (await node(counter.store, own_id))["pickup_code"]
    assert all(code not in row[2] for row in found), "who works in the store reads the message, and checks the code"
    assert await counter.store.read("MATCH (y:Reply) RETURN y.id") == []


async def test_of_many_servers_at_once_one_writes_each_notice(counter: Counter) -> None:
    await counter.person(mail())
    for number in ("R-1", "R-2", "R-3"):
        await counter.ready(number)

    told = await asyncio.gather(*(counter.tell() for _ in range(8)))
    await asyncio.gather(*(counter.send() for _ in range(4)))

    assert sum(told) == 3
    assert len(counter.letters.taken) == 3


async def test_the_channel_that_is_agreed_to_comes_first_and_a_refused_one_never(counter: Counter) -> None:
    await counter.person(mail(), line())
    await counter.says("GRANTED", contactPoint=line())
    await counter.ready("L-1")
    await counter.tell()
    await counter.send()
    [pushed] = counter.line.accepted.values()
    assert pushed["to"] == USER
    assert "試験 花子 様" in pushed["messages"][0]["text"]
    assert [row[:2] for row in await counter.store.read(MESSAGES)] == [["LINE", ["L-1"]]]

    await counter.says("REFUSED", contactPoint=line())
    own_id = await counter.ready("L-2")
    await counter.tell()
    await counter.send()
    assert await counter.notices(own_id) == [["READY", "SENT", "EMAIL"]]


@pytest.mark.parametrize(
    ("held", "refuses", "kinds", "reason"),
    [
        ([mail(), line()], True, tuple(CHANNELS), "REFUSED"),
        ([{"kind": "PHONE", "value": "090-0000-0001"}], False, tuple(CHANNELS), "NO_CONTACT_POINT"),
        ([line()], False, ("EMAIL",), "NO_CONTACT_POINT"),
        ([mail()], False, (), "NO_CHANNEL"),
    ],
)
async def test_without_an_allowed_channel_nothing_is_sent_and_the_pickup_says_why(
    counter: Counter, held: list[dict[str, Any]], refuses: bool, kinds: tuple[str, ...], reason: str
) -> None:
    await counter.person(*held)
    if refuses:
        await counter.says("REFUSED")
    own_id = await counter.ready("N-1")

    await counter.tell(kinds=kinds)

    assert await counter.send() == 0
    assert await counter.notices(own_id) == [["READY", "NOT_SENT", reason]]
    assert (counter.letters.taken, counter.line.accepted) == ([], {})


async def test_an_address_from_which_mail_comes_back_is_left_out(counter: Counter) -> None:
    await counter.person(mail())
    returned = {"kind": "EMAIL", "direction": "OUTBOUND", "deliveryStatus": "FAILED 5.1.1", "by": {"identifiers": [mail()]}}
    await tell(counter.store, {**event("interaction", "bounce", returned, "m-0"), "source": "/mail"})
    own_id = await counter.ready("B-1")
    await counter.tell()
    assert await counter.notices(own_id) == [["READY", "NOT_SENT", "UNDELIVERABLE"]]


async def test_a_notice_that_comes_back_after_it_has_left_lets_staff_call_until_something_else_has_been_said(
    counter: Counter,
) -> None:
    # given
    await counter.person(mail())
    own_id, other = await counter.ready("B-2"), await counter.ready("B-3")
    await counter.tell()
    assert await counter.send() == 2
    assert await counter.notices(own_id) == [["READY", "SENT", "EMAIL"]]
    # when mail about one of them comes back
    [[message, sent]] = await counter.store.read(
        "MATCH (t:Touchpoint {direction: 'OUTBOUND'}) WHERE 'B-2' IN t.order_numbers RETURN t.message_id, t.id"
    )
    failed = {"kind": "EMAIL", "direction": "OUTBOUND", "deliveryStatus": "FAILED 5.1.1", "messageId": message}
    at = (datetime.now(UTC) + timedelta(minutes=1)).isoformat()
    report = {**event("interaction", "report", {**failed, "by": {"identifiers": [mail()]}}, message), "source": "/mail"}
    await tell(counter.store, {**report, "time": at})
    for _ in range(2):
        await note_what_came_back(counter.store, [sent])
    # then
    assert await counter.notices(own_id) == [["READY", "BOUNCED", "EMAIL"]]
    assert await counter.notices(other) == [["READY", "SENT", "EMAIL"]]
    assert to_be_called("READY_FOR_PICKUP", (await node(counter.store, own_id))["notices"])
    ends = datetime.fromisoformat((await node(counter.store, own_id))["expires_at"])
    await counter.tell(ends - timedelta(days=1))
    assert await counter.notices(own_id) == [["READY", "BOUNCED", "EMAIL"], ["REMINDER", "NOT_SENT", "UNDELIVERABLE"]]


async def test_what_comes_back_is_taken_up_with_the_changes(counter: Counter) -> None:
    await counter.person(mail())
    own_id = await counter.ready("B-4")
    await counter.tell()
    await counter.send()
    [[message]] = await counter.store.read("MATCH (t:Touchpoint {direction: 'OUTBOUND'}) RETURN t.message_id")
    failed = {"kind": "EMAIL", "direction": "OUTBOUND", "deliveryStatus": "FAILED 4.4.7", "messageId": message}
    at = (datetime.now(UTC) + timedelta(minutes=1)).isoformat()
    report = {**event("interaction", "late", {**failed, "by": {"identifiers": [mail()]}}, message), "source": "/mail"}
    await tell(counter.store, {**report, "time": at})
    await number_changes(counter.store, "somebody")
    while await follow_orders(counter.store, "somebody", []):
        pass
    assert await counter.notices(own_id) == [["READY", "BOUNCED", "EMAIL"]]


async def test_a_guest_is_told_at_the_address_of_the_order_unless_it_was_refused(counter: Counter) -> None:
    guest = {"identifiers": [mail("guest@example.jp")]}
    await tell(counter.store, _by(order("G-1", SHIRT, by=None), guest))
    own_id = await asked(counter.store, "G-1")
    await given(counter.store, picking_up.step(clerk(), own_id, "READY_FOR_PICKUP"))
    await counter.tell()
    assert await counter.send() == 1
    assert counter.letters.taken[0][1] == ["guest@example.jp"]

    await tell(counter.store, event("consent", "no", {"purpose": "SERVICE", "state": "REFUSED", "by": guest}))
    await tell(counter.store, _by(order("G-2", SHIRT, by=None), guest))
    second = await asked(counter.store, "G-2")
    await given(counter.store, picking_up.step(clerk(), second, "READY_FOR_PICKUP"))
    await counter.tell()
    assert await counter.notices(second) == [["READY", "NOT_SENT", "REFUSED"]]


def _by(told: dict[str, Any], by: dict[str, Any]) -> dict[str, Any]:
    return {**told, "data": {**told["data"], "by": by}}


async def test_what_stands_otherwise_before_it_leaves_is_not_sent(counter: Counter) -> None:
    await counter.person(mail())
    own_id = await counter.ready("O-1")
    await counter.tell()
    await given(counter.store, picking_up.hand_over(clerk(), own_id, None, identity=True))
    assert await counter.send() == 0
    assert await counter.notices(own_id) == [["READY", "NOT_SENT", "OVERTAKEN"]]
    assert counter.letters.taken == []


async def test_what_was_due_long_ago_and_what_its_source_tells_itself_is_not_sent(counter: Counter) -> None:
    await counter.person(mail())
    late = await counter.ready("T-1")
    await counter.tell(datetime.now(UTC) + timedelta(days=1, minutes=1))
    told = {"method": "PICKUP", "store": "P01", "status": "READY", "id": "f-1"}
    at = datetime.now(UTC).isoformat()
    await tell(counter.store, order("T-2", SHIRT, time=at, fulfillments=[told]))
    elsewhere = Counter(counter.store, counter.senders, counter.letters, counter.line, frozenset({SHOP}))
    await elsewhere.tell()
    [[theirs]] = await counter.store.read("MATCH (:Order {number: 'T-2'})-[:HAS_FULFILLMENT]->(f) RETURN f.id")

    assert await counter.send() == 0
    assert await counter.notices(late) == [["READY", "NOT_SENT", "TOO_LATE"]]
    assert await counter.notices(theirs) == [["READY", "NOT_SENT", "TOLD_ELSEWHERE"]]


async def test_a_mail_whose_sender_was_lost_is_not_sent_twice_and_staff_are_told(counter: Counter) -> None:
    await counter.person(mail())
    own_id = await counter.ready("U-1")
    await counter.tell()
    [[reply]] = await counter.store.read("MATCH (y:Reply) RETURN y.id")
    assert await hold(counter.store, reply, again=False) is not None

    async def let_time_pass(transaction: Transaction) -> None:
        at = (datetime.now(UTC) - LOST_AFTER - timedelta(seconds=5)).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        await transaction.run("MATCH (y:Reply) SET y.send_at = $p.at", {"at": at})

    await counter.store.write(let_time_pass)
    assert await counter.send() == 0
    assert await counter.notices(own_id) == [["READY", "NOT_SENT", "UNCERTAIN"]]
    assert await counter.tell() == 0


async def test_what_the_channel_refuses_for_good_is_said_with_the_pickup(counter: Counter) -> None:
    await counter.person(line())
    counter.line.statuses += [400]
    own_id = await counter.ready("F-1")
    await counter.tell()
    assert await counter.send() == 0
    assert await counter.notices(own_id) == [["READY", "NOT_SENT", "FAILED"]]
    assert await counter.store.read("MATCH (y:Reply) RETURN y.id") == []


async def test_an_erasure_takes_what_waits_to_be_sent(counter: Counter, tmp_path: Path) -> None:
    await counter.person(mail())
    await counter.ready("E-1")
    await counter.tell()
    assert await counter.store.read("MATCH (y:Reply)-[:TELLS_OF]->() RETURN y.text CONTAINS 'E-1'") == [[True]]

    async def step(work, nouns):  # type: ignore[no-untyped-def]
        return await execute(counter.store, nouns, work)

    await Erasure(counter.store, bytes(32), tmp_path / "erasures.jsonl", "job", step).erase([f"{SHOP}:1"])

    assert await counter.store.read("MATCH (n) WHERE n:Reply OR n:Fulfillment RETURN n") == []
    assert (await counter.tell(), await counter.send(), counter.letters.taken) == (0, 0, [])


def test_an_export_tells_what_was_told_and_not_when_more_would_have_been() -> None:
    told = [{"kind": "READY", "state": "SENT", "at": "2026-07-01T00:00:00.000000Z", "channel": "EMAIL"}]
    stored = {"id": "f", "notices": orjson.dumps(told).decode(), "notice_due": "2026-07-06", "remind_at": "2026-07-06"}
    assert fulfillments(["X-1", [stored]]) == [{"order_number": "X-1", "id": "f", "notices": told}]
