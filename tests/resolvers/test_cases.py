"""Cases over GraphQL: who may open, take and read them, how they are listed, and what each mutation answers."""

from __future__ import annotations

import asyncio
from itertools import count
from typing import Any

import pytest

from graph.changes.feed import Feed
from graph.changes.numbering import number_changes
from graph.keys import scoped, store_id
from graph.store import Store
from resolvers.access.roles import Role
from resolvers.access.viewer import Viewer
from resolvers.engine import ids
from resolvers.engine.limits.allowance import UNLIMITED
from resolvers.execution import execute
from resolvers.live.following import Following
from tests.conftest import wipe
from tests.graph.cases.working import SOURCE, customer, event, mail, person, tell, touchpoint

keys = count()
SHOWN = "id number version subject state assignee customer { name } interactions { edges { node { rule } } }"
OPENED = f"mutation($input: CaseOpenInput!) {{ caseOpen(input: $input) {{ case {{ {SHOWN} }} userErrors {{ code path }} }} }}"
ASSIGNED = """mutation($input: CaseAssignInput!) { caseAssign(input: $input) {
  cases { assignee state history { edges { node { kind actor } } } } userErrors { code message path } } }"""
OPERATOR = Viewer("op-1", frozenset({Role.CALL_CENTER}), language="en")
GINZA = Viewer("ginza-1", frozenset({Role.STORE_STAFF}), stores=frozenset({"ginza"}))
UMEDA = Viewer("umeda-1", frozenset({Role.STORE_STAFF}), stores=frozenset({"umeda"}))
EXPERT = Viewer("expert-1", frozenset({Role.EXPERT}))
HANAKO = Viewer("hanako", frozenset({Role.CUSTOMER}), record=scoped(SOURCE, "1"))


@pytest.fixture
async def graph(store: Store) -> Store:
    await wipe(store)
    ginza, umeda = (event("store", code, {"name": code}, "2026-04-01T00:00:00Z") for code in ("ginza", "umeda"))
    await tell(store, ginza, umeda, person("1"), person("2", given="太郎"), mail("m1", store="ginza"))
    return store


async def ask(store: Store, document: str, viewer: Viewer = OPERATOR, **variables: Any) -> Any:
    body = (await execute(store, document, variables, None, viewer)).body
    assert "errors" not in body, body
    return body["data"]


async def opens(store: Store, viewer: Viewer = OPERATOR, **given: Any) -> Any:
    asked = {"subject": "届かない", "idempotencyKey": f"k{next(keys)}", **given}
    return (await ask(store, OPENED, viewer, input=asked))["caseOpen"]


async def listed(store: Store, viewer: Viewer = OPERATOR, chosen: str = "") -> list[str]:
    found = await ask(store, f"{{ cases{chosen} {{ totalCount edges {{ node {{ number }} }} }} }}", viewer)
    numbers = [edge["node"]["number"] for edge in found["cases"]["edges"]]
    assert found["cases"]["totalCount"] == len(numbers)
    return numbers


async def test_a_case_for_an_interaction_shows_the_customer_and_the_interaction(graph: Store) -> None:
    answer = await opens(graph, touchpointId=ids.encode("Email", touchpoint("m1")))
    case = answer["case"]
    assert (case["number"], case["version"], case["state"]) == ("C-1001", 1, "NEW")
    assert (case["customer"], case["subject"]) == ({"name": "試験 花子"}, "届かない")
    assert case["interactions"] == {"edges": [{"node": {"rule": "PERSON"}}]}


async def test_a_case_is_found_by_its_number_and_by_its_id(graph: Store) -> None:
    own_id = (await opens(graph, customerId=ids.encode("Customer", await customer(graph))))["case"]["id"]
    found = await ask(
        graph,
        'query($id: ID!) { a: case(by: {number: "C-1001"}) { id } b: case(by: {id: $id}) { id } '
        'c: node(id: $id) { id } d: case(by: {number: "1002"}) { id } }',
        id=own_id,
    )
    assert found == {"a": {"id": own_id}, "b": {"id": own_id}, "c": {"id": own_id}, "d": None}


async def test_the_second_who_takes_a_case_is_told_who_has_it(graph: Store) -> None:
    own_id = (await opens(graph, customerId=ids.encode("Customer", await customer(graph))))["case"]["id"]
    taken = {"cases": [{"id": own_id}], "take": True}
    first = (await ask(graph, ASSIGNED, input={**taken, "idempotencyKey": "t1"}))["caseAssign"]
    second = await ask(graph, ASSIGNED, Viewer("op-2", OPERATOR.roles, language="en"), input={**taken, "idempotencyKey": "t2"})
    kinds = [edge["node"] for edge in first["cases"][0]["history"]["edges"]]
    assert (first["cases"][0]["assignee"], kinds[-1]) == ("op-1", {"kind": "ASSIGNED", "actor": "op-1"})
    [error] = second["caseAssign"]["userErrors"]
    assert (second["caseAssign"]["cases"], error["code"]) == ([], "CONFLICT")
    assert (error["message"], error["path"]) == ("op-1 has taken C-1001 already.", ["input", "cases", "0"])


@pytest.mark.parametrize(
    ("chosen", "numbers"),
    [
        ("", ["C-1001", "C-1002", "C-1003"]),
        ("(filter: {mine: true})", ["C-1002"]),
        ("(filter: {unassigned: true})", ["C-1001", "C-1003"]),
        ("(filter: {priority: URGENT})", ["C-1003"]),
        ('(filter: {topic: "DELIVERY"})', ["C-1003"]),
        ('(filter: {topic: "DELIVERY", mine: true})', []),
        ("(filter: {unanswered: true})", ["C-1001"]),
        ("(filter: {unanswered: true, snoozed: false})", ["C-1001"]),
        ("(filter: {state: NEW})", ["C-1001", "C-1003"]),
        ("(filter: {state: CLOSED})", []),
        ("(filter: {listed: DONE})", []),
        ("(filter: {overdue: true})", []),
        ("(filter: {escalated: true})", []),
        ("(filter: {storeId: STORE})", ["C-1001"]),
        ("(filter: {customerId: CUSTOMER})", ["C-1002", "C-1003"]),
        ("(filter: {customerId: CUSTOMER, unassigned: true})", ["C-1003"]),
        ("(filter: {customerId: CUSTOMER, mine: true, listed: DONE})", []),
        ("(filter: {customerId: NOBODY})", []),
    ],
)
async def test_each_list_has_what_its_filter_says(graph: Store, chosen: str, numbers: list[str]) -> None:
    whose = ids.encode("Customer", await customer(graph, "2"))
    await opens(graph, touchpointId=ids.encode("Email", touchpoint("m1")))
    await opens(graph, customerId=whose, assignee="op-1")
    await opens(graph, customerId=whose, priority="URGENT", topic="DELIVERY")
    store = f'"{ids.encode("Store", store_id("ginza"))}"'
    for name, own_id in {"CUSTOMER": whose, "NOBODY": ids.encode("Customer", "nobody")}.items():
        chosen = chosen.replace(name, f'"{own_id}"')
    assert sorted(await listed(graph, chosen=chosen.replace("STORE", store))) == numbers


async def test_cases_of_a_customer_are_read_by_who_reads_the_customer(graph: Store) -> None:
    whose, other = [ids.encode("Customer", await customer(graph, code)) for code in ("1", "2")]
    await opens(graph, touchpointId=ids.encode("Email", touchpoint("m1")))
    await opens(graph, customerId=whose)
    await opens(graph, customerId=other, storeId=ids.encode("Store", store_id("umeda")))
    chosen = f'(filter: {{customerId: "{whose}"}})'
    for viewer in (GINZA, HANAKO):
        assert sorted(await listed(graph, viewer, chosen)) == await of_customer(graph, viewer, whose) == ["C-1001", "C-1002"]
    # The case is one of the store, whose it is is not known there
    assert await listed(graph, UMEDA) == ["C-1003"]
    assert await listed(graph, UMEDA, f'(filter: {{customerId: "{other}"}})') == []
    assert await listed(graph, EXPERT, chosen) == []


async def of_customer(store: Store, viewer: Viewer, own_id: str) -> list[str]:
    """Return the numbers of the cases that a viewer reads of a customer on the customer."""
    document = f'{{ customer(by: {{id: "{own_id}"}}) {{ cases(listed: OPEN) {{ edges {{ node {{ number }} }} }} }} }}'
    found = (await ask(store, document, viewer))["customer"]["cases"]["edges"]
    return sorted(edge["node"]["number"] for edge in found)


async def test_cases_of_a_customer_who_went_into_another_are_those_of_the_other(graph: Store) -> None:
    await tell(graph, person("3"))
    whose, other = [await customer(graph, code) for code in ("1", "3")]
    await opens(graph, customerId=ids.encode("Customer", whose))
    await opens(graph, customerId=ids.encode("Customer", other))
    card = {"kind": "POS_CARD", "value": "C1"}
    await tell(graph, *(person(code, card, time="2026-04-02T00:00:00Z") for code in ("1", "3")))
    assert await customer(graph, "1") == await customer(graph, "3")
    for own_id in (whose, other):
        chosen = f'(filter: {{customerId: "{ids.encode("Customer", own_id)}"}})'
        assert sorted(await listed(graph, chosen=chosen)) == ["C-1001", "C-1002"]


async def test_pages_of_a_list_follow_each_other(graph: Store) -> None:
    whose = ids.encode("Customer", await customer(graph))
    for _ in range(3):
        await opens(graph, customerId=whose)
    document = "query($after: String) { cases(first: 2, after: $after) { edges { node { number } } pageInfo { endCursor } } }"
    first = (await ask(graph, document))["cases"]
    second = (await ask(graph, document, after=first["pageInfo"]["endCursor"]))["cases"]
    numbers = [edge["node"]["number"] for page in (first, second) for edge in page["edges"]]
    assert sorted(numbers) == ["C-1001", "C-1002", "C-1003"]


async def test_a_store_has_its_own_cases_and_opens_them_for_itself_alone(graph: Store) -> None:
    await opens(graph, touchpointId=ids.encode("Email", touchpoint("m1")))
    ginza, umeda = (ids.encode("Store", store_id(code)) for code in ("ginza", "umeda"))
    assert (await opens(graph, UMEDA, storeId=ginza))["userErrors"] == [{"code": "NOT_FOUND", "path": ["input", "storeId"]}]
    assert (await opens(graph, UMEDA, storeId=umeda))["case"]["number"] == "C-1002"
    assert (await listed(graph, GINZA), await listed(graph, UMEDA)) == (["C-1001"], ["C-1002"])
    refused = await ask(
        graph, ASSIGNED, UMEDA, input={"cases": [{"id": await id_of(graph, 1001)}], "take": True, "idempotencyKey": "u"}
    )
    assert [error["code"] for error in refused["caseAssign"]["userErrors"]] == ["NOT_FOUND"]


async def id_of(store: Store, number: int) -> str:
    [[own_id]] = await store.read("MATCH (k:Case {number: $p.number}) RETURN k.id", {"number": number})
    return ids.encode("Case", own_id)


async def test_a_customer_reads_their_own_cases_without_what_the_staff_wrote(graph: Store) -> None:
    await opens(graph, customerId=ids.encode("Customer", await customer(graph)), note="内部のメモ", assignee="op-1")
    await opens(graph, customerId=ids.encode("Customer", await customer(graph, "2")))
    assert await listed(graph, HANAKO) == ["C-1001"]
    document = '{ case(by: {number: "C-1001"}) { subject assignee history { totalCount edges { node { kind note actor } } } } }'
    case = (await ask(graph, document.replace(" assignee", "").replace(" note actor", ""), HANAKO))["case"]
    assert case["subject"] == "届かない"
    assert case["history"] == {"totalCount": 1, "edges": [{"node": {"kind": "OPENED"}}]}
    assert "内部" not in str((await execute(graph, document, {}, None, HANAKO)).body)
    assert (await ask(graph, '{ case(by: {number: "C-1002"}) { number } }', HANAKO))["case"] is None


async def test_whoever_follows_cases_is_told_of_those_that_they_read(graph: Store) -> None:
    feed = Feed(graph)
    running = asyncio.create_task(feed.run())
    document = "subscription { caseChanged { type case { number state } } }"
    theirs = await Following(graph, feed).follow(document, {}, None, UMEDA, UNLIMITED)
    whole = await Following(graph, feed).follow(document, {}, None, OPERATOR, UNLIMITED)
    for code in ("ginza", "umeda"):
        await opens(graph, storeId=ids.encode("Store", store_id(code)))
    while await number_changes(graph, "tests"):
        pass
    told = [(await anext(whole)).body["data"]["caseChanged"] for _ in range(2)]
    assert told == [{"type": "case.opened", "case": {"number": f"C-100{n}", "state": "NEW"}} for n in (1, 2)]
    assert (await anext(theirs)).body["data"]["caseChanged"]["case"]["number"] == "C-1002"
    for stream in (whole, theirs):
        await stream.aclose()
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
