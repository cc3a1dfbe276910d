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
    told(1, subject="色が違う", state="NEW", channel="EMAIL", by=BY),
    told(2, priority="HIGH", team="online", staff="s-1", topic="WRONG_ITEM"),
    told(3, subject="色違い", state="CLOSED", resolution="EXCHANGED"),
)


async def test_a_case_that_is_reported_belongs_to_the_customer_and_stands_as_it_was_last_told(graph: Store) -> None:
    await tell(graph, *EVENTS)
    own_id = case_id(SOURCE, "77")
    found = await case(graph, own_id)
    assert (found["number"], found["origin"], found["record"]) == (1001, "SOURCE", f"{SOURCE}:1")
    assert (found["subject"], found["state"], found["code"], found["staff"]) == ("色違い", "CLOSED", "EXCHANGED", "s-1")
    happened = ["ASSIGNED", "OPENED", "PRIORITY_SET", "STATE_SET", "STATE_SET", "STATE_SET", "TOPIC_SET"]
    assert sorted(await kinds(graph, own_id)) == happened


async def test_reports_in_any_order_and_again_end_in_the_same_case(graph: Store) -> None:
    stood: list[dict[str, Any]] = []
    for order in permutations(EVENTS):
        await wipe(graph)
        await tell(graph, person("1"))
        for each in (*order, order[0]):
            await tell(graph, each)
        stood.append({name: value for name, value in (await case(graph, case_id(SOURCE, "77"))).items() if name != "version"})
    assert stood == [stood[0]] * len(stood)


def test_the_contract_and_the_rules_know_the_same_words() -> None:
    assert (get_args(CaseState), get_args(CasePriority)) == (states.STATES, history.PRIORITIES)
