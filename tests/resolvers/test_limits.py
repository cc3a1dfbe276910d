"""Query limits: what is refused before anything runs, what an operation costs, who may ask for the schema."""

from __future__ import annotations

from typing import Any

import pytest
from graphql import get_introspection_query
from graphql.execution.values import VariableValues
from hypothesis import given
from hypothesis import strategies as st

from bench.bombs import BOMBS
from graph.store import Store
from resolvers.access.viewer import Viewer
from resolvers.engine.errors import Throttled
from resolvers.engine.kept import MOST_BYTES, Kept, bytes_of
from resolvers.engine.limits.allowance import Unlimited
from resolvers.engine.limits.cost import COUNT, LIST, MOST_COST, SCHEMA, STATEMENT, WRITE
from resolvers.engine.limits.statements import MOST_STATEMENTS, Statements
from resolvers.engine.operations import Operations
from resolvers.execution import execute, operations
from resolvers.schema import build_schema
from tests.resolvers.conftest import ADMIN, Ask

OPERATOR = Viewer("operator", frozenset({"call_center"}))


class NoDatabase:
    """Stands where a store would: whoever asks it has run what had to be refused."""

    def __getattr__(self, name: str) -> Any:
        raise AssertionError(f"the database was asked: {name}")


def cost(text: str, **variables: Any) -> int:
    return operations().get(text, None).cost(VariableValues({}, variables))


@pytest.mark.parametrize("name", BOMBS)
async def test_a_bomb_is_refused_before_anything_runs(name: str) -> None:
    response = await execute(NoDatabase(), BOMBS[name], None, None, ADMIN)  # type: ignore[arg-type]
    assert not response.executed
    assert len(response.body["errors"]) <= 5
    codes = {error["extensions"]["code"] for error in response.body["errors"]}
    assert codes <= {"GRAPHQL_PARSE_FAILED", "GRAPHQL_VALIDATION_FAILED", "MAX_COST_EXCEEDED", "OPERATION_NOT_FOUND"}


@pytest.mark.parametrize(
    "wrong", [[{"no": "id"}] * 20_000, [["a" * 200_000]]], ids=["very many wrong members", "one wrong member of very many signs"]
)
async def test_of_wrong_variables_a_few_are_told_in_a_few_words(wrong: list[Any]) -> None:
    response = await execute(NoDatabase(), "query ($ids: [ID!]!) { casesById(ids: $ids) { id } }", {"ids": wrong}, None, ADMIN)  # type: ignore[arg-type]
    assert not response.executed
    assert 1 <= len(response.body["errors"]) <= 5
    assert len(str(response.body)) < 5_000
    assert {error["extensions"]["code"] for error in response.body["errors"]} == {"INVALID_INPUT"}


async def test_a_document_of_the_greatest_size_is_answered(ask: Ask) -> None:
    fields = " ".join(f"a{number}: name" for number in range(60))
    assert "errors" not in (await ask(f"{{ viewer {{ {fields} }} }}")).body


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{ viewer { name } }", STATEMENT + 1),
        ("{ customer(by: {phone: \"1\"}) { name } }", STATEMENT + 1),
        ("{ stores(first: 5) { edges { cursor } } }", STATEMENT + 1 + 5),
        ("{ stores(first: 5) { edges { node { name } } } }", STATEMENT + 1 + 5 * 2),
        ("{ stores { edges { node { name } } } }", STATEMENT + 1 + 20 * 2),
        ("{ stores(first: 5) { totalCount } }", STATEMENT + 1 + COUNT),
        ("{ orders(number: \"1\") { number } }", STATEMENT + LIST),
        ("{ a: viewer { name } b: viewer { name } }", 2 * (STATEMENT + 1)),
        ("{ ...f } fragment f on Query { viewer { name } }", STATEMENT + 1),
        ("{ stores(first: 2) { edges { node { orders(first: 3) { edges { cursor } } } } } }", STATEMENT + 1 + 2 * (2 + 1 + 3)),
        ("{ stores(first: -1) { edges { cursor } } }", STATEMENT + 1 + LIST),
        ("{ stores(first: 100000) { edges { cursor } } }", STATEMENT + 1 + 100),
        ("{ __schema { types { name } } }", SCHEMA),
        (
            'mutation { identifierBlock(input: {identifierId: "x", reason: "r", idempotencyKey: "k"}) { userErrors { code } } }',
            STATEMENT + WRITE + 1 + LIST,
        ),
    ],
)  # fmt: skip
def test_an_operation_costs_what_it_may_read(text: str, expected: int) -> None:
    assert cost(text) == expected


PAGED = "query ($n: Int) { stores(first: $n) { edges { node { name } } } }"
NESTED = """query ($n: Int, $m: Int) {
  stores(first: $n) { edges { node { orders(first: $m) { edges { cursor } } } } }
}"""
BY_INPUT = "query ($input: LookUpInput!) { lookUp(input: $input) { candidates { score } } }"


def test_a_page_is_counted_by_the_variable_that_sizes_it() -> None:
    assert cost(PAGED, n=5) == cost("{ stores(first: 5) { edges { node { name } } } }")
    assert cost(BY_INPUT, input={"query": "x", "first": 7}) == STATEMENT + 1 + 7


@given(small=st.integers(1, 99), nested=st.integers(1, 99))
def test_a_longer_page_costs_more_and_nested_pages_multiply(small: int, nested: int) -> None:
    assert cost(NESTED, n=small, m=nested) == STATEMENT + 1 + small * (3 + nested)
    assert cost(PAGED, n=small) < cost(PAGED, n=small + 1)


async def test_what_costs_too_much_is_told_with_both_figures() -> None:
    deep = "edges { node { orders(first: 100) { edges { node { store { orders(first: 100) { edges { cursor } } } } } } } }"
    response = await execute(NoDatabase(), f"{{ stores(first: 100) {{ {deep} }} }}", None, None, ADMIN)  # type: ignore[arg-type]
    message = response.body["errors"][0]["message"]
    assert (str(MOST_COST) in message, "`first`" in message) == (True, True)


async def test_the_schema_is_told_to_administrators_and_in_the_playground_only(store: Store) -> None:
    query = get_introspection_query()
    explorer = Viewer("developer", frozenset({"call_center"}), frozenset({"playground"}))
    assert "errors" not in (await execute(store, query, None, None, ADMIN)).body
    assert "errors" not in (await execute(store, query, None, None, explorer)).body
    refused = await execute(store, query, None, None, OPERATOR)
    assert [error["extensions"]["code"] for error in refused.body["errors"]] == ["INTROSPECTION_NOT_ALLOWED"]
    assert (await execute(store, "{ __typename }", None, None, OPERATOR)).body == {"data": {"__typename": "Query"}}


@pytest.mark.parametrize("hidden", ["{ custmer { id } }", "{ ...f } fragment f on Query { viewr { name } }"])
async def test_names_are_suggested_to_those_who_may_ask_for_the_schema_only(store: Store, hidden: str) -> None:
    assert "Did you mean" in (await execute(store, hidden, None, None, ADMIN)).body["errors"][0]["message"]
    assert "Did you mean" not in str((await execute(store, hidden, None, None, OPERATOR)).body)


class Counting(Unlimited):
    """Counts what is taken of it."""

    def __init__(self) -> None:
        self.spent: list[int] = []
        self.prepared = self.planned = 0

    def prepare(self) -> None:
        self.prepared += 1

    def spend(self, cost: int) -> None:
        self.spent.append(cost)

    def plan(self) -> None:
        self.planned += 1


async def test_each_request_is_charged_and_a_new_statement_only_once(town: Store) -> None:
    allowance = Counting()
    query = "query ($n: Int) { stores(first: $n) { edges { node { code kana } } } }"
    for number in (1, 2, 3):
        await execute(town, query, {"n": number}, None, ADMIN, allowance=allowance)
    assert allowance.spent == [STATEMENT + 1 + 2 * number for number in (1, 2, 3)]
    assert (allowance.prepared, allowance.planned) == (1, 1)


async def test_a_document_that_is_refused_is_a_new_one_each_time(store: Store) -> None:
    allowance = Counting()
    for _ in range(3):
        await execute(store, "{ nothingOfTheKind }", None, None, ADMIN, allowance=allowance)
    assert (allowance.prepared, allowance.spent) == (3, [])


async def test_a_statement_too_many_is_an_error_in_its_place(town: Store) -> None:
    class Exhausted(Counting):
        def plan(self) -> None:
            raise Throttled("later", retry_after=7)

    for _ in range(2):  # a statement that was refused is as new as before
        response = await execute(town, "{ stores { edges { node { id kana } } } }", None, None, ADMIN, allowance=Exhausted())
        assert response.body["errors"][0]["extensions"] == {"code": "THROTTLED", "retryAfter": 7}


def test_a_statement_that_was_not_asked_for_long_is_new_again() -> None:
    statements = Statements()
    assert not statements.knows("a")
    statements.know("a")
    assert statements.knows("a")
    for number in range(MOST_STATEMENTS):
        statements.know(str(number))
    assert not statements.knows("a")


def test_documents_are_kept_by_what_they_take_in_memory_and_the_one_used_last_stays() -> None:
    kept: Kept[str, int] = Kept(most=100)
    for number, key in enumerate("abc"):
        kept.keep(key, number, 40)
    assert [key in kept for key in "abc"] == [False, True, True]
    assert kept.get("b") == 1
    kept.keep("d", 3, 40)
    assert [key in kept for key in "bcd"] == [True, False, True]
    kept.keep("larger than all together", 4, 101)
    assert len(kept) == 0


def test_many_large_documents_take_no_more_memory_than_may_be_kept() -> None:
    known = Operations(build_schema().definition)
    fields = " ".join(f"a{number}: customers(first: 1) {{ edges {{ node {{ id name version }} }} }}" for number in range(20))
    texts = [f"query q{number} {{ {fields} }}" for number in range(3)]
    size = bytes_of(texts[0], known.get(texts[0], None).document)
    assert MOST_BYTES / 1_000 < size < MOST_BYTES / 100
    known.kept = Kept(most=size * 2)
    for text in texts:
        known.get(text, None)
    assert [known.knows(text, None) for text in texts] == [False, True, True]
