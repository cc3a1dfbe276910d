"""Cases that a help desk reports: whatever the order, and however often, the same case stands there in the end."""

from __future__ import annotations

from itertools import permutations
from typing import Any, get_args

import pytest

from graph.cases import history, states
from graph.cases.events import case_id
from graph.store import Store
from graph.vocabulary import CasePriority, CaseState
from tests.conftest import wipe
from tests.graph.cases.working import SOURCE, case, event, kinds, person, tell

BY = {"record": {"source": SOURCE, "subject": "1"}}


@pytest.fixture
async def graph(store: Store) -> Store:
    await wipe(store)
    await tell(store, person("1"))
    return store


def told(hour: int, **data: Any) -> dict[str, Any]:
    return event("case", "77", data, f"2026-04-10T{hour:02d}:00:00Z") | {"id": f"case-{hour}"}


EVENTS = (
    told(1, subject="色が違う", state="NEW", channel="EMAIL", by=BY, note="届いた色が違います。", tags=["vip"]),
    told(2, priority="HIGH", team="online", staff="s-1", topic="WRONG_ITEM", tags=["vip", "exchange"]),
    told(3, subject="色違い", state="CLOSED", resolution="EXCHANGED", note="交換しました。", tags=["exchange"]),
)
HISTORY = "MATCH (e:CaseEvent {case: $p.id}) RETURN e.kind, e.state, e.note, e.tag ORDER BY e.position"


async def test_a_case_that_is_reported_belongs_to_the_customer_and_stands_as_it_was_last_told(graph: Store) -> None:
    await tell(graph, *EVENTS)
    own_id = case_id(SOURCE, "77")
    found = await case(graph, own_id)
    assert (found["number"], found["origin"], found["record"]) == (1001, "SOURCE", f"{SOURCE}:1")
    assert (found["subject"], found["state"], found["code"], found["staff"]) == ("色違い", "CLOSED", "EXCHANGED", "s-1")
    happened = ["ASSIGNED", "NOTE", "OPENED", "PRIORITY_SET", "STATE_SET", "STATE_SET", "STATE_SET", "TAGGED", "TAGGED"]
    assert sorted(await kinds(graph, own_id)) == [*happened, "TOPIC_SET"]


async def test_what_was_written_is_a_note_and_beside_an_end_how_it_was_settled(graph: Store) -> None:
    await tell(graph, *EVENTS)
    found = await graph.read(HISTORY, {"id": case_id(SOURCE, "77")})
    assert [row[:3] for row in found if row[2]] == [
        ["NOTE", None, "届いた色が違います。"],
        ["STATE_SET", "RESOLVED", "交換しました。"],
    ]


async def test_a_resolution_that_is_told_of_an_open_case_says_nothing(graph: Store) -> None:
    await tell(graph, told(1, state="NEW"), told(2, state="OPEN", resolution="EXCHANGED"))
    own_id = case_id(SOURCE, "77")
    assert (await case(graph, own_id))["state"] == "OPEN"
    assert await graph.read("MATCH (e:CaseEvent {case: $p.id}) WHERE e.code IS NOT NULL RETURN e.kind", {"id": own_id}) == []


async def test_what_is_solved_elsewhere_is_closed_and_opened_again_there(graph: Store) -> None:
    own_id = case_id(SOURCE, "77")
    await tell(graph, told(1, state="RESOLVED", resolution="EXCHANGED"))
    found = await case(graph, own_id)
    assert (found["state"], found.get("closes_at")) == ("RESOLVED", None)
    weeks_later = event("case", "77", {"state": "OPEN"}, "2026-05-10T01:00:00Z")
    await tell(graph, weeks_later)
    found = await case(graph, own_id)
    assert (found["state"], found["reopen_count"]) == ("OPEN", 1)


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
async def test_of_two_events_at_the_time_of_its_opening_each_says_what_it_knows(graph: Store, order: tuple[int, int]) -> None:
    both = (told(1, state="NEW", channel="EMAIL"), told(1, subject="色違い", language="ja") | {"id": "case-1-again"})
    for place in order:
        await tell(graph, both[place])
    found = await case(graph, case_id(SOURCE, "77"))
    assert (found["channel"], found["language"], found["subject"]) == ("EMAIL", "ja", "色違い")


async def test_a_tag_that_is_told_again_happened_once(graph: Store) -> None:
    await tell(graph, *EVENTS)
    assert (await case(graph, case_id(SOURCE, "77")))["tags"] == ["exchange", "vip"]
    found = await graph.read(HISTORY, {"id": case_id(SOURCE, "77")})
    assert [row[3] for row in found if row[0] == "TAGGED"] == ["vip", "exchange"]


async def test_one_event_may_tell_everything_of_a_case_that_is_closed(graph: Store) -> None:
    everything = {"priority": "HIGH", "topic": "WRONG_ITEM", "team": "online", "staff": "s-1", "tags": ["vip"]}
    await tell(graph, told(1, state="CLOSED", **everything))
    found = await case(graph, case_id(SOURCE, "77"))
    assert {name: found[name] for name in everything} == everything
    assert found["state"] == "CLOSED"


async def test_reports_in_any_order_and_again_end_in_the_same_case(graph: Store) -> None:
    stood: list[dict[str, Any]] = []
    for order in permutations(EVENTS):
        await wipe(graph)
        await tell(graph, person("1"))
        for each in (*order, order[0]):
            await tell(graph, each)
        own_id = case_id(SOURCE, "77")
        history = await graph.read(HISTORY, {"id": own_id})
        stood.append({**(await case(graph, own_id)), "version": None, "history": history})
    assert stood == [stood[0]] * len(stood)


def test_the_contract_and_the_rules_know_the_same_words() -> None:
    assert (get_args(CaseState), get_args(CasePriority)) == (states.STATES, history.PRIORITIES)
