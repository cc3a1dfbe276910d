"""The review queue over GraphQL: who reads it, what comes first, what is put off, and that one statement answers it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import pytest

from graph.decisions.queue import rank_due
from graph.intake.reading import read_event
from graph.intake.record import record
from graph.store import Store
from resolvers.access.viewer import Viewer
from resolvers.execution import execute
from tests.conftest import wipe
from tests.resolvers.proof import CountingStore

STEWARD = Viewer("steward-1", frozenset({"steward"}), language="en")
QUEUE = """
query ($first: Int, $after: String, $reasons: [CandidateReason!]) {
  matchQueue(first: $first, after: $after, reasons: $reasons) {
    totalCount pageInfo { endCursor hasNextPage }
    edges { node { customer { id version name } orderCount candidateCount deferred candidates {
      candidate { id reason deferredUntil } other { id version name } ownRecord { externalId } otherRecord { externalId }
    } } }
  }
}
"""
DEFER = """
mutation ($input: MatchCandidateDeferInput!) {
  done: matchCandidateDefer(input: $input) { candidate { id deferredUntil } userErrors { code message path } }
}
"""
numbers = count()


def told(kind: str, subject: str, data: dict[str, Any]) -> Any:
    event = {"specversion": "1.0", "type": f"customer360.{kind}.v1", "source": "/ec", "time": "2026-04-01T10:00:00Z"}
    return read_event({**event, "id": f"q-{next(numbers)}", "subject": subject, "data": data}, b"queue")


def person(subject: str, given: str, phone: str, **more: Any) -> Any:
    name = {"family": "試験", "given": given}
    return told("person", subject, {"name": name, "identifiers": [{"kind": "PHONE", "value": phone}], **more})


def order(number: str, subject: str) -> Any:
    by = {"record": {"source": "/ec", "subject": subject}}
    return told("order", number, {"status": "PLACED", "by": by})


@pytest.fixture
async def graph(store: Store) -> Store:
    """One mobile number with three given names, of whom 花子 has ordered; and two who differ in their birth date alone."""
    await wipe(store)
    dated = [person(f"b{n}", "桜", "090-5555-0002", birthDate=f"198{n}-01-01") for n in (1, 5)]
    named = [person(*each, "090-5555-0001") for each in (("1", "花子"), ("2", "次郎"), ("3", "三郎"))]
    receipts = await record(store, [*named, *dated, order("A-1", "1"), order("A-2", "1")])
    assert [receipt.error for receipt in receipts if receipt.error] == []
    assert await rank_due(store) == 4
    return store


async def ask(store: Any, viewer: Viewer = STEWARD, query: str = QUEUE, **variables: Any) -> dict[str, Any]:
    body = (await execute(store, query, variables, None, viewer)).body
    return body if body.get("errors") else body["data"]


async def queue(store: Any, **variables: Any) -> list[dict[str, Any]]:
    return [edge["node"] for edge in (await ask(store, **variables))["matchQueue"]["edges"]]


async def defer(store: Store, candidate: str, until: datetime | None, viewer: Viewer = STEWARD) -> dict[str, Any]:
    given = {"candidateId": candidate, "until": until and until.isoformat(), "idempotencyKey": f"key-{next(numbers)}"}
    return await ask(store, viewer, DEFER, input=given)


async def test_pairs_are_grouped_by_the_customer_with_more_orders_who_comes_first(graph: Store) -> None:
    first, *others = await queue(graph)
    assert (first["customer"]["name"], first["orderCount"], first["candidateCount"]) == ("試験 花子", 2, 2)
    assert {each["other"]["name"] for each in first["candidates"]} == {"試験 次郎", "試験 三郎"}
    assert {each["ownRecord"]["externalId"] for each in first["candidates"]} == {"1"}
    pairs = [{entry["customer"]["id"], each["other"]["id"]} for entry in (first, *others) for each in entry["candidates"]]
    assert len(pairs) == len(set(map(frozenset, pairs))) == 4


async def test_the_queue_is_one_statement_and_goes_on_at_its_cursor(graph: Store) -> None:
    counting = CountingStore(graph)
    whole = await queue(counting)
    assert counting.statements == 1
    page = (await ask(graph, first=1))["matchQueue"]
    assert (page["totalCount"], page["pageInfo"]["hasNextPage"]) == (len(whole), True)
    rest = await queue(graph, after=page["pageInfo"]["endCursor"])
    assert [each["customer"]["id"] for each in rest] == [each["customer"]["id"] for each in whole[1:]]


async def test_the_queue_can_be_narrowed_to_a_reason(graph: Store) -> None:
    [only] = await queue(graph, reasons=["BIRTH_DATE_DIFFERS"])
    assert [each["candidate"]["reason"] for each in only["candidates"]] == ["BIRTH_DATE_DIFFERS"]


@pytest.mark.parametrize("role", ["call_center", "store_staff", "analyst"])
async def test_the_queue_and_putting_off_are_for_stewards(graph: Store, role: str) -> None:
    viewer = Viewer("somebody", frozenset({role}))
    candidate = (await queue(graph))[0]["candidates"][0]["candidate"]["id"]
    for refused in (await ask(graph, viewer), await defer(graph, candidate, None, viewer)):
        assert [error["extensions"]["code"] for error in refused["errors"]] == ["FORBIDDEN"]


async def test_who_is_put_off_waits_behind_all_others_until_they_are_brought_back(graph: Store) -> None:
    before = await queue(graph)
    until = datetime.now(UTC) + timedelta(days=1)
    for each in before[0]["candidates"]:
        done = (await defer(graph, each["candidate"]["id"], until))["done"]
        assert (done["userErrors"], done["candidate"]["id"]) == ([], each["candidate"]["id"])
    after = await queue(graph)
    assert (after[-1]["customer"], after[-1]["deferred"]) == (before[0]["customer"], True)
    # What is told once more finds the same candidate, still put off.
    await record(graph, [person("2", "次郎", "090-5555-0001", gender="MALE")])
    assert (await queue(graph))[-1]["deferred"]
    await defer(graph, before[0]["candidates"][0]["candidate"]["id"], None)
    first = (await queue(graph))[0]
    assert (first["customer"]["id"], first["deferred"]) == (before[0]["customer"]["id"], False)


@pytest.mark.parametrize("days", [-1, 91])
async def test_nobody_is_put_off_into_the_past_or_for_longer_than_90_days(graph: Store, days: int) -> None:
    candidate = (await queue(graph))[0]["candidates"][0]["candidate"]["id"]
    refused = (await defer(graph, candidate, datetime.now(UTC) + timedelta(days=days)))["done"]
    assert [(each["code"], each["path"]) for each in refused["userErrors"]] == [("INVALID_INPUT", ["input", "until"])]
    assert refused["candidate"] is None


async def test_what_is_decided_leaves_the_queue_and_comes_back_when_that_is_undone(graph: Store) -> None:
    [only] = await queue(graph, reasons=["BIRTH_DATE_DIFFERS"])
    pair = only["candidates"][0]
    seen = [{name: each[name] for name in ("id", "version")} for each in (only["customer"], pair["other"])]
    given = {"idempotencyKey": "one", "reason": "控えで確認", "candidateId": pair["candidate"]["id"], "customers": seen}
    decide = "mutation ($input: MatchCandidateDecideInput!) { done: matchCandidateDecide(input: $input) { "
    decide += "decision { id } customers { id version } userErrors { message } } }"
    done = (await ask(graph, query=decide, input={**given, "verdict": "SAME"}))["done"]
    assert done["userErrors"] == []
    assert await queue(graph, reasons=["BIRTH_DATE_DIFFERS"]) == []
    gone = (await defer(graph, pair["candidate"]["id"], None))["done"]
    assert [each["code"] for each in gone["userErrors"]] == ["NOT_FOUND"]
    undo = "mutation ($input: CustomerUnmergeInput!) { done: customerUnmerge(input: $input) { userErrors { message } } }"
    back = {"customer": done["customers"][0], "decisionId": done["decision"]["id"], "reason": "取り違え", "idempotencyKey": "two"}
    assert (await ask(graph, query=undo, input=back))["done"]["userErrors"] == []
    [again] = await queue(graph, reasons=["BIRTH_DATE_DIFFERS"])
    assert again["candidates"][0]["candidate"]["id"] == pair["candidate"]["id"]
