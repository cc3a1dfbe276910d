"""Who is on a case over GraphQL: told to the staff who read the case, never to a customer, and no reading of anybody."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from graph.cases.presence import Sign
from graph.cases.present import say
from graph.keys import scoped, store_id
from graph.store import Store, Transaction
from resolvers.access.roles import Role, Scope
from resolvers.access.viewer import Viewer
from resolvers.engine import ids
from resolvers.execution import execute, execute_readable
from tests.graph.cases.working import SOURCE
from tests.resolvers.test_cases import GINZA, HANAKO, OPERATOR, UMEDA, ask, graph, opens

__all__ = ["graph"]

PRESENT = "query($number: String!) { case(by: {number: $number}) { presence { account name writing since } } }"
SEVERAL = "query($ids: [ID!]!) { casesById(ids: $ids) { number presence { account } } }"
SATO = Sign("", "sato", "佐藤 見本", "a" * 32)
SUZUKI = Sign("", "suzuki", "suzuki", "b" * 32)
LAPSE = "MATCH (p:CasePresence {account: 'sato'}) SET p.until = timestamp() - 1"


async def on(store: Store, case: dict[str, Any], *signs: Sign) -> None:
    """Let pages of a case say something, one after the other."""
    for sign in signs:
        await say(store, [replace(sign, case=ids.decode(case["id"]).raw)])


async def present(store: Store, viewer: Viewer = OPERATOR, number: str = "C-1001") -> list[dict[str, Any]]:
    return (await ask(store, PRESENT, viewer, number=number))["case"]["presence"]


async def opened(store: Store, code: str = "ginza") -> dict[str, Any]:
    return (await opens(store, storeId=ids.encode("Store", store_id(code))))["case"]


async def test_each_account_is_there_once_since_it_came_whoever_came_first_before_all_others(graph: Store) -> None:
    await on(graph, await opened(graph), SUZUKI, SATO, replace(SATO, page="c" * 32, writing=True))
    found = await present(graph)
    assert [(each["account"], each["name"], each["writing"]) for each in found] == [
        ("suzuki", "suzuki", False),
        ("sato", "佐藤 見本", True),
    ]
    assert found[0]["since"] < found[1]["since"]


async def test_who_closes_one_of_two_pages_is_still_there_and_who_closes_both_is_not(graph: Store) -> None:
    case, other = await opened(graph), replace(SATO, page="c" * 32, writing=True)
    await on(graph, case, SATO, other, replace(other, left=True))
    assert [(each["account"], each["writing"]) for each in await present(graph)] == [("sato", False)]
    await on(graph, case, replace(SATO, left=True))
    assert await present(graph) == []


async def test_whose_page_says_nothing_any_more_is_not_there(graph: Store) -> None:
    await on(graph, await opened(graph), SATO, SUZUKI)

    async def lapse(transaction: Transaction) -> None:
        await transaction.run(LAPSE)

    await graph.write(lapse)
    assert [each["account"] for each in await present(graph)] == ["suzuki"]


async def test_several_cases_are_read_by_their_ids_each_with_who_is_on_it(graph: Store) -> None:
    one, other = await opened(graph), await opened(graph, "umeda")
    await on(graph, other, SATO)
    asked = [other["id"], one["id"], ids.encode("Case", "nothing"), one["id"]]
    assert (await ask(graph, SEVERAL, ids=asked))["casesById"] == [
        {"number": "C-1002", "presence": [{"account": "sato"}]},
        {"number": "C-1001", "presence": []},
    ]
    assert [each["number"] for each in (await ask(graph, SEVERAL, UMEDA, ids=asked))["casesById"]] == ["C-1002"]
    [error] = (await execute(graph, SEVERAL, {"ids": [other["id"]] * 3 + [ids.encode("Case", str(n)) for n in range(100)]}, None,
                             OPERATOR)).body["errors"]  # fmt: skip
    assert error["extensions"]["code"] == "INVALID_INPUT"


STAFF = {
    Role.ADMIN: True, Role.STEWARD: True, Role.CALL_CENTER: True, Role.ANALYST: False,
    Scope.ASSIST: False,
}  # fmt: skip


@pytest.mark.parametrize("role", STAFF)
async def test_who_works_on_cases_is_told_who_is_on_one_and_nobody_else(graph: Store, role: Role | Scope) -> None:
    await on(graph, await opened(graph), SATO)
    viewer = Viewer("somebody", frozenset({role})) if role in Role else Viewer("program", scopes=frozenset({role}))
    body = (await execute(graph, PRESENT, {"number": "C-1001"}, None, viewer)).body
    assert ("sato" in str(body)) == STAFF[role]
    assert ("errors" in body) != STAFF[role]


async def test_staff_of_a_store_are_told_of_the_cases_that_they_read(graph: Store) -> None:
    await on(graph, await opened(graph), SATO)
    assert [each["account"] for each in await present(graph, GINZA)] == ["sato"]
    assert (await ask(graph, PRESENT, UMEDA, number="C-1001"))["case"] is None


async def test_a_customer_reads_their_case_and_not_who_is_on_it(graph: Store) -> None:
    whose = await graph.read(
        "MATCH (:SourceRecord {key: $p.key})-[:RESOLVES_TO]->(c:Customer) RETURN c.id", {"key": scoped(SOURCE, "1")}
    )
    await on(graph, (await opens(graph, customerId=ids.encode("Customer", whose[0][0])))["case"], SATO)
    asked = "query($number: String!) { case(by: {number: $number}) { number presence { account } } }"
    body = (await execute(graph, asked, {"number": "C-1001"}, None, HANAKO)).body
    assert "sato" not in str(body)
    assert [error["extensions"]["code"] for error in body["errors"]] == ["FORBIDDEN"]
    left = (await execute_readable(graph, asked, {"number": "C-1001"}, HANAKO)).body
    assert left["data"] == {"case": {"number": "C-1001"}}


async def test_who_is_on_a_case_is_no_reading_of_a_customer_but_its_subject_is(graph: Store) -> None:
    await on(graph, await opened(graph), SATO)
    response = await execute(graph, PRESENT, {"number": "C-1001"}, None, OPERATOR)
    assert not response.reads.personal
    subject = await execute(graph, '{ case(by: {number: "C-1001"}) { subject presence { account } } }', {}, None, OPERATOR)
    assert subject.reads.personal
