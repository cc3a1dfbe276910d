"""What cannot be answered: refused arguments, rows that break a promise of the schema, roles, a database that is gone."""

from __future__ import annotations

from typing import Any

import pytest

from graph.errors import ServiceUnavailable
from graph.keys import touchpoint_id
from graph.store import Store, Transaction
from resolvers.access.viewer import Viewer
from resolvers.engine import cursors, ids
from resolvers.execution import execute
from tests.resolvers.conftest import ADMIN, Ask

HANAKO = ids.encode("Customer", "c-hanako")
BROKEN = """
CREATE (:Customer {id: 'c-broken', kind: 'INDIVIDUAL', status: 'ACTIVE', name: '破損 太郎'})<-[:RESOLVES_TO]-
       (:SourceRecord {key: 'x:1', id: 'r-broken', source: 'x', external_id: '1'})
CREATE (:Touchpoint:Note {id: 't-1', record: 'x:1', position: '2026-01-01T00:00:00.000000Zt-1',
        kind: 'NOTE', channel: 'PORTAL', source: 'x'})
CREATE (:Touchpoint:Note {id: 't-2', record: 'x:1', position: '2026-01-02T00:00:00.000000Zt-2',
        kind: 'NOTE', channel: 'SMOKE', source: 'x'})
CREATE (:Touchpoint {id: 't-3', record: 'x:1', position: '2026-01-03T00:00:00.000000Zt-3',
        kind: 'TELEPATHY', channel: 'PORTAL', source: 'x'})
CREATE (:Store {id: 's-broken', code: 'S-9', name: 5})
CREATE (:Touchpoint:Order {id: 'o-broken', record: 'x:1', position: '2025-01-03T00:00:00.000000Zo', kind: 'ORDER', channel: 'WEB',
                           source: 'x', number: 'B-1', total: 5, points_used: 99999999999})
"""


@pytest.fixture(scope="module")
async def broken(town: Store) -> str:
    async def create(transaction: Transaction) -> None:
        await transaction.run(BROKEN)

    await town.write(create)
    return ids.encode("Customer", "c-broken")


def told(body: dict[str, Any]) -> list[tuple[list[str | int] | None, str]]:
    return [(error.get("path"), error["extensions"]["code"]) for error in body.get("errors", [])]


@pytest.mark.parametrize(
    ("arguments", "path"),
    [
        ("first: -1", ["customer", "orders"]),
        ("first: 100000", ["customer", "orders"]),
        ('after: "nonsense"', ["customer", "orders"]),
        (f'after: "{cursors.encode("timeline", "x")}"', ["customer", "orders"]),
    ],
)
async def test_a_refused_argument_is_an_error_in_its_place(ask: Ask, arguments: str, path: list[str]) -> None:
    body = (await ask(f'{{ customer(by: {{id: "{HANAKO}"}}) {{ name orders({arguments}) {{ edges {{ cursor }} }} }} }}')).body
    assert told(body) == [(path, "INVALID_INPUT")]
    assert body["data"] == {"customer": None}


async def test_a_refused_argument_of_what_is_not_there_is_no_error(ask: Ask) -> None:
    query = f'{{ customer(by: {{id: "{ids.encode("Customer", "none")}"}}) {{ orders(first: -1) {{ totalCount }} }} }}'
    assert (await ask(query)).body == {"data": {"customer": None}}


async def test_a_plan_that_was_made_for_good_arguments_refuses_bad_ones_too(ask: Ask) -> None:
    query = "query ($id: ID!, $n: Int) { customer(by: {id: $id}) { orders(first: $n) { edges { node { number } } } } }"
    assert "errors" not in (await ask(query, id=HANAKO, n=1)).body
    assert told((await ask(query, id=HANAKO, n=-1)).body) == [(["customer", "orders"], "INVALID_INPUT")]
    assert "errors" not in (await ask(query, id=HANAKO, n=2)).body


@pytest.mark.parametrize("global_id", ["", "x", "日本", ids.encode("Order", "1"), ids.encode("Nothing", "1")])
async def test_an_id_of_nothing_or_of_another_type_is_refused(ask: Ask, global_id: str) -> None:
    body = (await ask("query ($id: ID!) { customer(by: {id: $id}) { id } }", id=global_id)).body
    assert told(body) == [(["customer"], "INVALID_INPUT")]


@pytest.mark.parametrize("by", ['{phone: "no digits"}', '{email: "nobody"}', '{memberNumber: " "}'])
async def test_an_identifier_that_means_nothing_is_refused_without_its_value(ask: Ask, by: str) -> None:
    body = (await ask(f"{{ customer(by: {by}) {{ id }} }}")).body
    assert told(body) == [(["customer"], "INVALID_INPUT")]
    assert "nobody" not in body["errors"][0]["message"]


async def test_a_null_where_none_may_be_blanks_the_parent_and_tells_the_client_nothing_of_ours(ask: Ask, broken: str) -> None:
    body = (await ask("query ($id: ID!) { customer(by: {id: $id}) { name version } }", id=broken)).body
    assert body["data"] == {"customer": None}
    assert told(body) == [(["customer", "version"], "INTERNAL_ERROR")]
    assert "null" not in body["errors"][0]["message"]


async def test_a_nullable_field_that_breaks_its_promise_is_null_alone(ask: Ask, broken: str) -> None:
    query = """query ($id: ID!) { customer(by: {id: $id}) { name orders {
      edges { node { number pointsUsed total { amount } summary } } } } }"""
    body = (await ask(query, id=broken)).body
    start: list[str | int] = ["customer", "orders", "edges", 0, "node"]
    assert {tuple(path or ()) for path, _ in told(body)} == {(*start, "pointsUsed"), (*start, "total", "amount")}
    assert body["data"]["customer"]["orders"]["edges"][0]["node"]["total"] is None


async def test_an_unknown_word_or_kind_is_an_error_where_it_stands(ask: Ask, broken: str) -> None:
    query = "query ($id: ID!) { customer(by: {id: $id}) { timeline { edges { cursor node { id channel } } } } }"
    body = (await ask(query, id=broken)).body
    assert body["data"] == {"customer": None}
    assert told(body)[0][1] == "INTERNAL_ERROR"


async def test_a_role_that_no_type_names_reads_nothing(town: Store) -> None:
    for query in (f'{{ customer(by: {{id: "{HANAKO}"}}) {{ name }} }}', '{ product(by: {sku: "PEN-1"}) { sku } }'):
        response = await execute(town, query, {}, None, Viewer("nobody", frozenset({"warehouse"})))
        assert [code for _, code in told(response.body)] == ["FORBIDDEN"]
        assert set(response.body["data"].values()) == {None}


async def test_a_database_that_is_gone_is_a_code_and_no_text_of_the_driver() -> None:
    class Gone:
        async def read(self, *_: Any) -> list[list[Any]]:
            raise ServiceUnavailable("The database does not answer. Try again in a moment.")

    for query in (
        '{ product(by: {sku: "a"}) { sku } }',
        '{ a: product(by: {sku: "a"}) { sku } b: product(by: {sku: "b"}) { sku } }',
    ):
        response = await execute(Gone(), query, {}, None, ADMIN)  # type: ignore[arg-type]
        assert {code for _, code in told(response.body)} == {"SERVICE_UNAVAILABLE"}
        assert response.executed


async def test_a_touchpoint_of_nobody_has_no_customer(ask: Ask) -> None:
    bare = ids.encode("Call", touchpoint_id("cti:bare"))
    query = "query ($id: ID!) { node(id: $id) { ... on Call { customer { id } identifiersUsed { value } } } }"
    body = (await ask(query, id=bare)).body
    assert body == {"data": {"node": {"customer": None, "identifiersUsed": [{"value": "+81120444444"}]}}}
