"""Cases that the benchmark writes by itself are what the product writes for the same history: else it would measure others."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bench.case_loading import load_cases, row_of, write_cases
from graph.cases.assigning import assign
from graph.cases.automatic import take
from graph.cases.case import Case, loaded
from graph.cases.opening_rules import DEFAULT_RULES
from graph.cases.setting import set_state, snooze, tag
from graph.cases.tying import tie
from graph.cases.writing import answer, escalate, write_note
from graph.events.newest import utc_text
from graph.store import Store, Transaction
from tests.conftest import wipe
from tests.graph.cases.working import author, do, event, mail, person, seen, tell, touchpoint

# (:Touchpoint)-[:IN_CASE]->(:Case)-[:HAS_EVENT]->(:CaseEvent)
WRITTEN = """
MATCH (k:Case)
RETURN properties(k), labels(k), COLLECT { MATCH (k)-[:HAS_EVENT]->(e:CaseEvent) RETURN properties(e) ORDER BY e.id },
  COLLECT {
    MATCH (k)<-[i:IN_CASE]-(t:Touchpoint) RETURN {touchpoint: t.id, rule: i.rule, at: i.at, case: t.case_id} ORDER BY t.id
  },
  COLLECT { MATCH (k)-[:HAS_TAG]->(g:CaseTag) RETURN properties(g) ORDER BY g.tag }
"""
STORED = ("number", "subject", "record", "origin", "opened_by", "store_code", "store_id", "version")
"""What is stored of a case beside what follows from its history."""


@pytest.fixture
async def graph(store: Store) -> Store:
    await wipe(store)
    now = datetime.now(UTC)
    ginza = event("store", "ginza", {"name": "銀座"}, "2026-04-01T00:00:00Z")
    said = mail("m1", time=(now - timedelta(hours=2)).isoformat(), store="ginza", topic="DELIVERY")
    answered = {"direction": "OUTBOUND", "staff": "op-1", "text": "本日発送します。"}
    await tell(store, ginza, person("1"), said, mail("m2", time=(now - timedelta(hours=1)).isoformat(), **answered))
    return store


async def worked_on(store: Store) -> dict[str, Any]:
    """Open a case by a mail and let everything happen to it; return what is written of it then."""
    await take(store, touchpoint("m1"), DEFAULT_RULES)
    [[known, *_]] = await store.read(WRITTEN)
    case = seen(known["id"])
    until = utc_text(datetime.now(UTC) + timedelta(days=2))
    for command in (
        assign(author(), [case], take=True, team=None, staff=None),
        tie(author(), case, touchpoint("m2")),
        tag(author(), [case], "gift", on=True),
        write_note(author(), case, "倉庫に確認中"),
        set_state(author(), [case], "WAITING_CUSTOMER", None, None),
        snooze(author(), case, until),
    ):
        await do(store, command)
    return await written(store)


async def written(store: Store) -> dict[str, Any]:
    [[properties, labels, events, ties, tags]] = await store.read(WRITTEN)
    return {"properties": properties, "labels": labels, "events": events, "ties": ties, "tags": tags}


async def written_anew(store: Store, told: dict[str, Any]) -> dict[str, Any]:
    """Remove the case, and have the benchmark write one with the same history."""

    async def write(transaction: Transaction) -> None:
        await transaction.run("MATCH (n) WHERE n:Case OR n:CaseEvent OR n:CaseTag DETACH DELETE n", {})
        await transaction.run("MATCH (t:Touchpoint) REMOVE t.case_id", {})
        case = Case(told["properties"]["id"])
        case.put(**{name: told["properties"].get(name) for name in STORED})
        for each in told["events"]:
            case.happen(loaded(each), each.get("touchpoint"))
        case.settle(utc_text(datetime.now(UTC)))
        await write_cases(transaction, [row_of(case, told["ties"])])

    await store.write(write)
    return await written(store)


async def test_a_case_that_is_being_worked_on_is_the_same(graph: Store) -> None:
    by_product = await worked_on(graph)
    assert by_product["properties"]["snoozed_until"]
    assert [each["tag"] for each in by_product["tags"]] == ["gift"]
    assert await written_anew(graph, by_product) == by_product


async def test_a_case_that_another_team_was_asked_about_and_that_was_resolved_is_the_same(graph: Store) -> None:
    case = seen((await worked_on(graph))["properties"]["id"])
    await graph.write(team)
    await do(graph, escalate(author(), case, "quality", "ご確認ください。", None))
    asked = await written(graph)
    assert asked["properties"]["escalated_to"] == "quality"
    assert await written_anew(graph, asked) == asked
    await do(graph, answer(author(), case, "良品です。"))
    await do(graph, set_state(author(), [case], "RESOLVED", "SOLVED", "再送した"))
    resolved = await written(graph)
    assert resolved["properties"]["listed"] == "DONE"
    assert await written_anew(graph, resolved) == resolved


async def team(transaction: Transaction) -> None:
    await transaction.run("CREATE (:Team {id: 'quality', code: 'quality', name: 'Quality'})", {})


async def test_what_is_kept_of_made_up_cases_is_what_the_product_would_keep(graph: Store) -> None:
    await wipe(graph)
    await load_cases(graph, 60, 20)
    before = {row[0]["id"]: row[0] for row in await graph.read(WRITTEN)}
    assert {each["state"] for each in before.values()} >= {"NEW", "OPEN", "WAITING_CUSTOMER", "CLOSED"}
    for own_id, known in before.items():
        if known["state"] != "CLOSED":
            await do(graph, write_note(author(), seen(own_id), "確認中"))
    after = {row[0]["id"]: row[0] for row in await graph.read(WRITTEN)}
    assert {own_id: {**each, "version": 0} for own_id, each in after.items()} == {
        own_id: {**each, "version": 0} for own_id, each in before.items()
    }
