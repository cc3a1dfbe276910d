"""Lists of cases page by page: each case once and in order, also while others change, and counted without reading the rest."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from random import Random
from typing import Any

import neo4j
import pytest

from bench.case_loading import load_cases
from bench.cases import TAGS, TEAMS, TOPICS, staff
from graph.cases.assigning import assign
from graph.cases.setting import set_state, tag
from graph.events.newest import utc_text
from graph.keys import store_id
from graph.local import LocalServer
from graph.store import Store
from resolvers.engine import ids
from resolvers.execution import execute
from tests.graph.cases.working import author, do, not_sent, seen
from tests.resolvers.conftest import ADMIN
from tests.resolvers.test_plans import Recording

CASES, PAGE = 300, 9
QUERY = """query ($filter: CaseFilter, $first: Int, $after: String) { cases(filter: $filter, first: $first, after: $after) {
  totalCount edges { node { id } } pageInfo { hasNextPage endCursor } } }"""
LISTED = "query ($filter: CaseFilter) { cases(filter: $filter) { edges { node { id } } } }"
FILTERS: tuple[dict[str, Any], ...] = (
    {},
    {"listed": "DONE"},
    *({"state": state} for state in ("NEW", "OPEN", "WAITING_CUSTOMER", "WAITING_INTERNAL", "CLOSED")),
    {"assignee": staff(TEAMS[0], 1)},
    {"unassigned": True},
    *({"team": team} for team in TEAMS[:2]),
    {"storeId": "S1"},
    {"topic": TOPICS[0]},
    {"priority": "NORMAL"},
    {"priority": "HIGH", "listed": "DONE"},
    {"tag": TAGS[0]},
    {"tag": TAGS[0], "listed": "DONE"},
    {"unanswered": True},
    {"unanswered": False},
    {"overdue": True},
    {"bounced": True},
    {"bounced": True, "team": TEAMS[0]},
    {"escalated": True},
    {"escalated": False},
    {"escalatedTo": TEAMS[0]},
    {"snoozed": True},
    {"snoozed": False},
    {"team": TEAMS[0], "topic": TOPICS[0]},
    {"team": TEAMS[1], "tag": TAGS[0], "unanswered": False},
)
PROPERTY = {"storeId": "store_id", "assignee": "staff", "escalatedTo": "escalated_to"}


@pytest.fixture(scope="module")
async def graph(store: Store) -> Store:
    """The cases, which some tests go on to change: each reads first how they stand. Of a third a reply was not sent."""
    await load_cases(store, CASES, 100)
    open_ones = [row[0] for row in await store.read("MATCH (k:Case {listed: 'OPEN'}) RETURN k.id ORDER BY k.id")]
    await not_sent(store, *open_ones[::3])
    return store


def fits(case: dict[str, Any], chosen: dict[str, Any], now: str) -> bool:
    """Tell whether a case, by its properties, belongs into a list: a second reading of CaseFilter, without any index."""
    listed = "DONE" if chosen.get("state") == "CLOSED" else chosen.get("listed", "OPEN")
    told: dict[str, bool] = {
        "unassigned": case["staff"] == "",
        "overdue": case["turn"] < now,
        "snoozed": (case.get("snoozed_until") or "") > now,
        "tag": chosen.get("tag") in case["tags"],
    }
    for name, wanted in chosen.items():
        if name == "tag" and not told[name]:
            return False
        if name in told and name != "tag" and told[name] != wanted:
            return False
        value = store_id(wanted) if name == "storeId" else wanted
        if name not in told and name != "listed" and case[PROPERTY.get(name, name)] != value:
            return False
    return case["listed"] == listed


async def expected(store: Store, chosen: dict[str, Any]) -> list[str]:
    """Return the ids of the cases of a list in its order: what is due first before all others, of what is done the last first."""
    known = [row[0] for row in await store.read("MATCH (k:Case) RETURN properties(k)")]
    done = chosen.get("listed") == "DONE" or chosen.get("state") == "CLOSED"
    now = utc_text(datetime.now(UTC))
    return [each["id"] for each in sorted(known, key=lambda case: case["turn"], reverse=done) if fits(each, chosen, now)]


def in_the_schema(chosen: dict[str, Any]) -> dict[str, Any]:
    """Return a filter with the global id of its store."""
    return {**chosen, "storeId": ids.encode("Store", store_id(chosen["storeId"]))} if "storeId" in chosen else chosen


async def pages(store: Store, chosen: dict[str, Any], first: int = PAGE) -> AsyncIterator[list[str]]:
    """Yield the ids of each page of a list, forwards."""
    after: str | None = None
    while True:
        variables = {"filter": in_the_schema(chosen), "first": first, "after": after}
        body = (await execute(store, QUERY, variables, None, ADMIN)).body
        assert "errors" not in body, body
        page = body["data"]["cases"]
        if after is None and not chosen.get("overdue"):
            assert page["totalCount"] == len(await expected(store, chosen)), chosen
        yield [ids.decode_as("Case", edge["node"]["id"]) for edge in page["edges"]]
        if not page["pageInfo"]["hasNextPage"]:
            return
        after = page["pageInfo"]["endCursor"]


async def test_page_by_page_each_list_is_the_whole_list_once_and_in_order(graph: Store) -> None:
    sizes: list[int] = []
    for chosen in FILTERS:
        whole = await expected(graph, chosen)
        paged = [each async for page in pages(graph, chosen) for each in page]
        assert paged == whole, chosen
        sizes.append(len(whole))
    assert sum(size > PAGE for size in sizes) > len(FILTERS) // 2


def sorts(operator: Any) -> Iterator[str]:
    """Yield what a plan sorts anew, where no index gives the order."""
    if operator["operatorType"].partition("@")[0] in {"Sort", "Top"}:
        yield operator["args"].get("Details", "")
    for child in operator.get("children", []):
        yield from sorts(child)


async def test_each_list_comes_in_the_order_of_its_index(graph: Store, neo4j_server: LocalServer) -> None:
    assert await expected(graph, {})
    sorted_anew: list[dict[str, Any]] = []
    with (
        neo4j.GraphDatabase.driver(neo4j_server.uri, auth=(neo4j_server.user, neo4j_server.password)) as driver,
        driver.session() as session,
    ):
        session.run("CALL db.prepareForReplanning()").consume()
        for chosen in FILTERS:
            recording = Recording()
            await execute(recording, LISTED, {"filter": in_the_schema(chosen)}, None, ADMIN)  # type: ignore[arg-type]
            (statement,), (parameters,) = recording.statements, recording.parameters
            plan = session.run("CYPHER 25 EXPLAIN " + statement, {"p": parameters}).consume().plan  # type: ignore[arg-type]
            if any(sorts(plan)):
                sorted_anew.append(chosen)
    # Those that are snoozed are as few as people put off; they are found by when they come back.
    assert sorted_anew == [{"snoozed": True}]


async def test_one_document_seeks_another_list_for_other_values() -> None:
    def index(statement: str) -> str:
        return statement.partition("Case(")[2].partition(")")[0] + (" backwards" if " DESC" in statement else "")

    sought: list[str] = []
    asked: tuple[dict[str, Any], ...] = ({"unassigned": False}, {"unassigned": True}, {"listed": "OPEN"}, {"listed": "DONE"})
    for each in asked:
        recording = Recording()
        await execute(recording, QUERY, {"filter": each, "first": 1}, None, ADMIN)  # type: ignore[arg-type]
        sought += map(index, recording.statements)
    assert sought == ["listed, turn", "listed, staff, turn", "listed, turn", "listed, turn backwards"]


@pytest.mark.parametrize("chosen", [{}, {"unassigned": True}, {"team": TEAMS[0]}, {"tag": TAGS[0]}, {"listed": "DONE"}])
async def test_while_others_change_between_pages_none_that_stays_is_lost_or_doubled(graph: Store, chosen: dict[str, Any]) -> None:
    random, changed, told = Random(8), set[str](), list[str]()
    before = await expected(graph, chosen)
    open_ones = [own_id for own_id in before if chosen.get("listed") != "DONE"] or await expected(graph, {})
    open_ones = random.sample(open_ones, len(open_ones) // 2)
    size = min(PAGE, len(before) // 3)
    async for page in pages(graph, chosen, size):
        told += page
        if not open_ones:
            continue
        one, other, third = random.choices(open_ones, k=3)
        await do(graph, assign(author(), [seen(one)], take=False, team=None, staff="op-9"))
        await do(graph, tag(author(), [seen(other)], TAGS[0], on=True))
        await do(graph, tag(author(), [seen(other)], TAGS[0], on=False))
        await do(graph, set_state(author(), [seen(third)], "RESOLVED", "SOLVED", "済み"))
        changed |= {one, other, third}
        open_ones = [each for each in open_ones if each != third]
    stayed = [each for each in before if each not in changed]
    assert [each for each in told if each not in changed] == stayed
    assert len(before) > size > 0
    assert changed
    assert stayed
