"""What is kept on a touchpoint of what waits: the rules, the writing, and the migration of those that were there before."""

from __future__ import annotations

from typing import Any

import pytest

from graph.intake.reading import read_event
from graph.intake.record import record
from graph.store import Store, Transaction
from graph.touchpoints import TOUCHPOINTS
from graph.touchpoints.attention import kept_attention
from graph.touchpoints.concerns import CONCERNS
from graph.touchpoints.kinds import LOOKED_AT
from graph.touchpoints.state import TouchpointState
from graph.touchpoints.writes import kept
from tests.resolvers.small_town import keep_attention

CHAT = '[{"from":"customer","text":"?"}%s]'
BOTH = CHAT % ',{"from":"Agent 7","text":"\\"from\\": customer"}'
CASES: dict[str, tuple[str, dict[str, Any], tuple[str | None, bool, bool]]] = {
    "an order on its way": ("ORDER", {"status": "CONFIRMED"}, ("ORDER_OPEN", False, False)),
    "an order whose state nobody told": ("ORDER", {}, (None, False, False)),
    "an order that was handed over here": ("ORDER", {"status": "PLACED", "state": "FULFILLED"}, (None, False, False)),
    "an order of which a part came back": ("ORDER", {"status": "PLACED", "state": "PARTLY_RETURNED"}, (None, False, False)),
    "an order that came back whole": ("ORDER", {"status": "FULFILLED", "state": "RETURNED"}, ("ORDER_RETURNED", False, False)),
    "an order that was cancelled here": ("ORDER", {"status": "PLACED", "state": "CANCELLED"}, ("ORDER_CANCELLED", False, False)),
    "an order of which a part is on its way": (
        "ORDER",
        {"status": "PLACED", "state": "PARTLY_FULFILLED"},
        ("ORDER_OPEN", False, False),
    ),
    "an order that arrived": ("ORDER", {"status": "FULFILLED"}, (None, False, False)),
    "a cancelled order": ("ORDER", {"status": "CANCELLED", "subject": "苦情"}, ("ORDER_CANCELLED", False, False)),
    "an order taken by phone": ("ORDER", {"status": "CONFIRMED", "channel": "PHONE"}, ("ORDER_OPEN", False, True)),
    "an order on the web": ("ORDER", {"status": "FULFILLED", "channel": "WEB"}, (None, False, False)),
    "a complaint that was settled": ("CALL", {"topic": "苦情", "outcome": " 解決 "}, (None, False, False)),
    "a complaint that was not settled": ("CALL", {"topic": "苦情", "outcome": "未解決"}, ("COMPLAINT", False, False)),
    "a missed call that was settled": (
        "CALL",
        {"direction": "INBOUND", "duration_seconds": 0, "outcome": "Closed"},
        (None, False, False),
    ),
    "a complaint about a visit that was settled and missed": (
        "SERVICE_VISIT",
        {"topic": "クレーム", "result": "対応済み", "attended": False},
        ("APPOINTMENT_MISSED", False, False),
    ),
    "a returned order": ("ORDER", {"status": "RETURNED"}, ("ORDER_RETURNED", False, False)),
    "a mail from the customer": ("EMAIL", {"direction": "INBOUND"}, ("UNANSWERED", True, False)),
    "a mail to the customer": ("EMAIL", {"direction": "OUTBOUND"}, (None, False, True)),
    "a mail of which nobody told who wrote": ("EMAIL", {}, (None, False, False)),
    "a mail that complains": ("EMAIL", {"direction": "INBOUND", "topic": "A Complaint"}, ("COMPLAINT", True, False)),
    "an answer to a complaint": ("EMAIL", {"direction": "OUTBOUND", "subject": "苦情の件"}, ("COMPLAINT", False, True)),
    "a web form": ("WEB_FORM", {"direction": "OUTBOUND"}, ("UNANSWERED", True, False)),
    "a chat that nobody answered": ("CHAT_THREAD", {"messages": CHAT % ""}, ("UNANSWERED", True, False)),
    "a chat of both sides": ("CHAT_THREAD", {"messages": BOTH}, (None, False, True)),
    "a chat without a word": ("CHAT_THREAD", {"messages": "[]"}, (None, False, False)),
    "a call that nobody took": ("CALL", {"direction": "INBOUND", "duration_seconds": 0}, ("UNANSWERED", True, False)),
    "a call that lasted": ("CALL", {"direction": "INBOUND", "duration_seconds": 9}, (None, False, False)),
    "a call that staff took": ("CALL", {"direction": "INBOUND", "duration_seconds": 0, "staff": "S7"}, (None, False, True)),
    "a visit that staff served": ("STORE_VISIT", {"staff": "S7"}, (None, False, True)),
    "a visit": ("STORE_VISIT", {"direction": "INBOUND"}, (None, False, False)),
    "a mail with staff named": ("EMAIL", {"direction": "INBOUND", "staff": "S7"}, ("UNANSWERED", True, False)),
    "a low score": ("SURVEY", {"score": 5.0, "scale": "10"}, ("LOW_SCORE", False, False)),
    "a high score": ("FEEDBACK", {"score": 5.5, "scale": "10"}, (None, False, False)),
    "a score on a scale of words": ("FEEDBACK", {"score": 1.0, "scale": "stars"}, (None, False, False)),
    "a sad survey": ("SURVEY", {"score": 9.0, "scale": "10", "sentiment": "Negative"}, ("COMPLAINT", False, False)),
    "a meeting to come": ("APPOINTMENT", {"scheduled_for": "2026-05-01T00:00:00.000000Z"}, ("APPOINTMENT_AHEAD", False, False)),
    "a meeting without a time": ("APPOINTMENT", {}, (None, False, False)),
    "a meeting that was missed": ("SERVICE_VISIT", {"attended": False}, ("APPOINTMENT_MISSED", False, False)),
    "a meeting that took place": ("SERVICE_VISIT", {"attended": True, "scheduled_for": "2026"}, (None, False, False)),
    "a webinar that was missed": ("WEBINAR", {"attended": False}, (None, False, False)),
    "a note that complains": ("NOTE", {"topic": "苦情"}, (None, False, False)),
    "a newsletter": ("NEWSLETTER", {"direction": "OUTBOUND"}, (None, False, False)),
}


TOLD_SINCE: dict[str, tuple[str, dict[str, Any], tuple[str | None, bool, bool]]] = {
    "a message that another system answers": (
        "SOCIAL_MESSAGE",
        {"direction": "INBOUND", "answered_elsewhere": True},
        (None, False, False),
    ),
    "an out-of-office reply": ("EMAIL", {"direction": "INBOUND", "auto_submitted": True}, (None, False, False)),
    "an acknowledgement that a program sent": ("EMAIL", {"direction": "OUTBOUND", "auto_submitted": True}, (None, False, False)),
}
"""What is told by fields that there were not when the migration was written."""


class Noting(dict[str, Any]):
    """Properties that note which of them were asked for."""

    def __init__(self, properties: dict[str, Any]) -> None:
        super().__init__(properties)
        self.asked: set[str] = set()

    def get(self, name: str, default: Any = None, /) -> Any:
        self.asked.add(name)
        return super().get(name, default)


KEPT = "MATCH (t:Touchpoint) RETURN t.id, t.attention, COALESCE(t.is_question, false), COALESCE(t.is_answer, false)"
WAITING = "MATCH ()-[v:VIA]->(i) RETURN i.value, v.unattributed IS NOT NULL, v.unattributed = i.key, left(v.position, 13)"


@pytest.mark.parametrize(("kind", "properties", "kept"), (CASES | TOLD_SINCE).values(), ids=(CASES | TOLD_SINCE).keys())
def test_what_a_touchpoint_says_about_itself(kind: str, properties: dict[str, Any], kept: Any) -> None:
    noting = Noting(properties)
    found = kept_attention(kind, noting)
    assert noting.asked <= {*LOOKED_AT}, "what a rule looks at is loaded with the touchpoint"
    assert (found["attention"], bool(found["is_question"]), bool(found["is_answer"])) == kept
    assert False not in found.values(), "what does not hold has no entry in an index"


def test_every_concern_is_named_by_a_row_that_is_tried() -> None:
    assert {kept for _, _, (kept, _, _) in CASES.values()} - {None} == set(CONCERNS)
    assert {row.kind for row in TOUCHPOINTS.values() if row.asks or row.answers} - {kind for kind, *_ in CASES.values()} == {
        "SMS",
        "FAX",
        "SOCIAL_MESSAGE",
    }


async def test_the_migration_keeps_the_same_on_touchpoints_that_were_there_before(store: Store) -> None:
    async def create(transaction: Transaction) -> None:
        rows = [{**properties, "id": name, "kind": kind} for name, (kind, properties, _) in CASES.items()]
        await transaction.run("UNWIND $p.rows AS row CREATE (t:Touchpoint) SET t = row", {"rows": rows})
        await transaction.run("MATCH (t:Touchpoint {kind: 'ORDER'}) SET t:Order")

    await store.write(create)
    await keep_attention(store)
    assert {name: tuple(kept) for name, *kept in await store.read(KEPT)} == {name: kept for name, (_, _, kept) in CASES.items()}


def event(number: int, kind: str, subject: str, day: str, data: dict[str, Any]) -> dict[str, Any]:
    return {
        "specversion": "1.0", "type": f"customer360.{kind}.v1", "source": "/attention", "id": str(number), "subject": subject,
        "time": f"2026-04-{day}T01:00:00Z", "data": data,
    }  # fmt: skip


async def report(store: Store, *events: dict[str, Any]) -> None:
    await record(store, [read_event(each, b"test") for each in events])


async def test_news_about_a_touchpoint_changes_what_is_kept_also_where_it_tells_a_part_only(store: Store) -> None:
    call = {"kind": "CALL", "direction": "INBOUND", "durationSeconds": 0}
    mine = "MATCH (t:Call {external_id: 'call'}) RETURN t.attention, t.is_question, t.is_answer"
    await report(store, event(1, "interaction", "call", "02", call))
    assert await store.read(mine) == [["UNANSWERED", True, None]]
    await report(store, event(2, "interaction", "call", "03", {"kind": "CALL", "topic": "不満"}))
    assert await store.read(mine) == [["COMPLAINT", True, None]]
    await report(store, event(3, "interaction", "call", "04", {"kind": "CALL", "staff": "S7", "topic": None}))
    assert await store.read(mine) == [[None, None, True]]


async def test_a_contact_of_nobody_is_marked_beside_what_it_came_by_until_it_is_somebodys(store: Store) -> None:
    phone = {"kind": "PHONE", "value": "03-1234-0000"}
    call = {"kind": "CALL", "by": {"identifiers": [phone]}}
    person = {"name": {"family": "試験", "given": "太郎"}, "identifiers": [phone]}
    await report(store, event(4, "interaction", "anonymous", "02", call))
    assert await store.read(WAITING) == [["+81312340000", True, True, "2026-04-02T01"]]
    await report(store, event(5, "interaction", "anonymous", "01", call))
    assert await store.read(WAITING) == [["+81312340000", True, True, "2026-04-01T01"]]
    await report(store, event(6, "person", "taro", "03", person))
    assert await store.read(WAITING) == [["+81312340000", False, None, None]]


def test_what_the_write_keeps_never_stands_where_a_kind_has_a_field_of_its_own() -> None:
    own = {field.name for row in TOUCHPOINTS.values() for field in row.fields}
    state = TouchpointState("id", "key", "CALL", "/cti", None, "PHONE", created=True)
    assert own.isdisjoint(kept(state))
