"""Calls over GraphQL: which go on, whose each may be and why, and that a page is told as soon as one rings."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from graph.intake.reading import read_event
from graph.intake.record import record
from graph.store import Store
from resolvers.access.viewer import Viewer
from resolvers.execution import execute
from tests.conftest import wipe
from tests.graph.cases.working import opened
from tests.resolvers.proof import CountingStore

CALLS = """
query ($queue: String) { ongoingCalls(queue: $queue) { totalCount edges { node { id
  ... on Call { outcome queue } attribution { rule } identifiersUsed { sharing }
  possibleCustomers { reasons
    customer { name cases(listed: OPEN) { totalCount } orders(first: 1) { edges { node { number } } } } }
} } } }
"""
MOBILE, LANDLINE = "+819055550101", "+81355550100"


def told(kind: str, source: str, subject: str, data: dict[str, Any], *, ago: timedelta = timedelta(0)) -> Any:
    time = (datetime.now(UTC) - ago).isoformat()
    event = {"specversion": "1.0", "type": f"customer360.{kind}.v1", "source": source, "time": time, "data": data}
    return read_event({**event, "id": f"{subject}-{time}", "subject": subject}, b"calls")


def person(number: str, given: str, *numbers: dict[str, Any]) -> Any:
    data = {"name": {"family": "試験", "given": given}, "identifiers": [{"kind": "PHONE", **each} for each in numbers]}
    return told("person", "/ec", number, data, ago=timedelta(days=90))


def call(number: str, caller: str, outcome: str = "RINGING", **more: Any) -> Any:
    by = {"identifiers": [{"kind": "PHONE", "value": caller}]}
    ago = more.pop("ago", timedelta(0))
    return told("interaction", "/pbx", number, {"kind": "CALL", "outcome": outcome, "by": by, **more}, ago=ago)


@pytest.fixture
async def graph(store: Store) -> Store:
    """Hanako has a mobile number; she and Taro share a landline, and Taro has just ordered."""
    await wipe(store)
    home = {"value": LANDLINE, "sharing": "HOUSEHOLD"}
    by = {"record": {"source": "/ec", "subject": "2"}}
    await record(
        store,
        [
            person("1", "花子", {"value": MOBILE, "verified": True}, home),
            person("2", "太郎", home),
            told("order", "/ec", "A-1", {"status": "PLACED", "by": by}, ago=timedelta(days=3)),
        ],
    )
    return store


async def ask(store: Any, role: str = "call_center", **variables: Any) -> list[dict[str, Any]]:
    body = (await execute(store, CALLS, variables, None, Viewer("op-1", frozenset({role})))).body
    assert "errors" not in body, body
    return [edge["node"] for edge in body["data"]["ongoingCalls"]["edges"]]


def callers(told: dict[str, Any]) -> list[tuple[str, list[str]]]:
    return [(each["customer"]["name"], each["reasons"]) for each in told["possibleCustomers"]]


async def test_a_call_goes_on_from_its_first_ring_to_its_end(graph: Store) -> None:
    await record(graph, [call("c-1", MOBILE)])
    assert [each["outcome"] for each in await ask(graph)] == ["RINGING"]
    await record(graph, [call("c-1", MOBILE, "ANSWERED", staff="op-3")])
    assert [each["outcome"] for each in await ask(graph)] == ["ANSWERED"]
    await record(graph, [call("c-1", MOBILE, "COMPLETED", durationSeconds=60)])
    assert await ask(graph) == []


async def test_who_may_be_calling_is_read_with_all_that_waits_for_them_by_one_statement(graph: Store) -> None:
    await record(graph, [call("c-1", LANDLINE, queue="service")])
    counting = CountingStore(graph)
    [one] = await ask(counting)
    assert counting.statements == 1
    assert one["attribution"] == {"rule": "SEVERAL_HOLDERS"}
    assert one["identifiersUsed"] == [{"sharing": "HOUSEHOLD"}]
    assert callers(one) == [("試験 太郎", ["IDENTIFIER", "RECENT_ORDER"]), ("試験 花子", ["IDENTIFIER"])]
    assert one["possibleCustomers"][0]["customer"]["orders"]["edges"] == [{"node": {"number": "A-1"}}]


@pytest.mark.parametrize(
    ("caller", "rule", "expected"),
    [
        (MOBILE, "SOLE_HOLDER", [("試験 花子", ["ATTRIBUTED"])]),
        ("+819055550999", "NOBODY_KNOWN", []),
        ("anonymous", "WITHHELD", []),
        ("payphone", "PAY_PHONE", []),
    ],
)
async def test_each_kind_of_caller_has_an_answer_of_its_own(
    graph: Store, caller: str, rule: str, expected: list[tuple[str, list[str]]]
) -> None:
    await record(graph, [call("c-1", caller)])
    [one] = await ask(graph)
    assert (one["attribution"]["rule"], callers(one)) == (rule, expected)


async def test_calls_are_narrowed_to_a_queue_and_none_is_shown_for_ever(graph: Store) -> None:
    lost = call("c-3", MOBILE, ago=timedelta(hours=13))
    await record(graph, [call("c-1", MOBILE, queue="service"), call("c-2", MOBILE, queue="sales"), lost])
    assert [each["queue"] for each in await ask(graph, queue="sales")] == ["sales"]
    assert [each["queue"] for each in await ask(graph)] == ["sales", "service"]


@pytest.mark.parametrize("about", ["customer", "touchpoint"])
async def test_who_has_an_open_case_is_the_likeliest(graph: Store, about: str) -> None:
    [[hanako]] = await graph.read("MATCH (:SourceRecord {key: '/ec:1'})-[:RESOLVES_TO]->(c:Customer) RETURN c.id")
    await record(graph, [call("c-0", MOBILE, "COMPLETED", ago=timedelta(days=60))])
    [[before]] = await graph.read("MATCH (t:Call {external_id: 'c-0'}) RETURN t.id")
    await opened(graph, **{about: {"customer": hanako, "touchpoint": before}[about]})
    await record(graph, [call("c-1", LANDLINE)])
    [one] = await ask(graph)
    assert callers(one)[0] == ("試験 花子", ["IDENTIFIER", "OPEN_CASE"])


async def test_what_a_switchboard_shares_is_cut_to_the_ten_likeliest(graph: Store) -> None:
    shared = {"value": "+81355550777", "sharing": "ORGANIZATION"}
    await record(graph, [person(f"w-{number}", f"社員{number}", shared) for number in range(14)])
    await record(graph, [call("c-1", shared["value"])])
    [one] = await ask(graph)
    assert len(one["possibleCustomers"]) == 10


async def test_only_a_call_that_begins_to_ring_is_told_as_ringing(graph: Store) -> None:
    await record(graph, [call("c-1", MOBILE), call("c-2", MOBILE, "COMPLETED")])
    await record(graph, [call("c-1", MOBILE, "ANSWERED")])
    noted = "MATCH (e:OutboxEntry) WHERE e.type STARTS WITH 'call.' RETURN e.type, e.refs ORDER BY e.at, e.type"
    [[rings]] = await graph.read("MATCH (t:Call {external_id: 'c-1'}) RETURN t.id")
    assert await graph.read(noted) == [[kind, [f"Touchpoint:{rings}"]] for kind in ("call.ringing", "call.changed")]
