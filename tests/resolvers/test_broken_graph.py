"""A graph that breaks the schema's promises: the planner gives up, and errors are the library's own, word for word."""
# ruff: noqa: E501  (queries are written as one would type them)

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from graphql import parse
from structlog.testing import capture_logs

from resolvers.access.reads import Reads
from resolvers.access.viewer import Viewer
from resolvers.engine.context import Context
from resolvers.engine.limits.allowance import UNLIMITED
from resolvers.execution import prepare, run
from tests.resolvers.corpus.case import Case
from tests.resolvers.proof import Proof

if TYPE_CHECKING:
    from graph.store import Transaction

ADMIN = Viewer("tester", frozenset({"admin"}))
ORDER = '{ order(by: {number: "A-1001"}) '
CALL = 'query { node(id: "</crm:full-CALL>") { ... on Call '
DAMAGE: tuple[Any, ...] = (
    "MATCH (:Order {number: 'A-1001'})-[:HAS_LINE]->(l {number: 7}) SET l.amount = null",
    "MATCH (s:Store {code: 'W001'}) SET s.kind = 'CASTLE'",
    "MATCH (s:Store {code: 'S003'}) SET s.code = null",
    "MATCH (p:Product {sku: 'PEN-1'}) SET p.categories = [1, 2], p.name = 5",
    "MATCH (t:Call {key: '/crm:full-CALL'}) SET t.channel = null, t.duration_seconds = 5000000000",
    "MATCH (t:Fax {key: '/crm:full-FAX'}) SET t.page_count = 2.5, t.direction = 'SIDEWAYS'",
    "MATCH (t:Webinar {key: '/crm:full-WEBINAR'}) SET t.attended = 'yes'",
    "MATCH (:SourceRecord {key: '/ec:T1'})-[:RESOLVES_TO]->(c) SET c.version = null",
    "MATCH (:SourceRecord {key: '/ec:J1'})-[:RESOLVES_TO]->(c) SET c.order_count = 3000000000, c.name = 12, c.gender = 'MALE '",
    "MATCH (i:Identifier {kind: 'DEVICE_ID'}) SET i.state = 'LOST'",
)
CASES = {
    "null for a value that is owed": ORDER + "{ number lines(first: 10) { edges { node { number amount { amount } } } } } }",
    "the null goes up to the nearest that may be null": '{ node(id: "<A-1001>") { id ... on Order { orders { id } customer { name orders { edges '
    "{ node { number total { amount } lines(first: 7) { totalCount edges { node { amount { currency } } } } } } } } } } }",
    "the same line without what is broken": ORDER + "{ lines(first: 10) { edges { node { number sku } } } } }",
    "a word that the enum has not": '{ store(by: {code: "W001"}) { name kind code } }',
    "a word that the enum has not, under an alias": '{ shop: store(by: {code: "W001"}) { what: kind name } }',
    "a list that holds a broken thing": "{ stores { edges { node { id code } cursor } totalCount } }",
    "a list that holds a broken thing, asked for what is whole": "{ stores { edges { node { id name } cursor } totalCount } }",
    "values of another type that the library can spell": '{ product(by: {sku: "PEN-1"}) { name categories sku } }',
    "an owed enum on an interface": 'query { node(id: "</crm:full-CALL>") { id ... on Touchpoint { kind channel } } }',
    "a number too large for Int": CALL + "{ queue durationSeconds outcome } } }",
    "two errors at once": 'query { node(id: "</crm:full-FAX>") { ... on Fax { pageCount document direction id } } }',
    "text for a Boolean": 'query { node(id: "</crm:full-WEBINAR>") { ... on Webinar { attended result } } }',
    "an owed number of an owed object": 'query ($id: ID!) { customer(by: {id: $id}) { name version } }',
    "an owed object is emptied": '{ customer(by: {id: "<john>"}) { name gender nameParts { given } metrics { orderCount lastSeen } } }',
    "within a page of identifiers": '{ customer(by: {id: "<identified>"}) { phone identifiers(first: 50) { totalCount edges { cursor node { verified '
    "identifier { value state } } } } } }",
    "within a timeline": '{ customer(by: {id: "<mayumi>"}) { name timeline(first: 100, filter: {kinds: [CALL, FAX, NOTE]}) { edges { node { id channel '
    "direction summary } } } } }",
    "beside a root field that is whole": '{ a: store(by: {code: "W001"}) { kind } b: store(by: {code: "S001"}) { kind } viewer { name } }',
}  # fmt: skip
VARIABLES = {"an owed number of an owed object": {"id": "<nothing>"}}


@pytest.fixture(scope="module")
async def broken(proof: Proof) -> Proof:
    """The proof over a town that was damaged."""

    async def damage(transaction: Transaction) -> None:
        for statement in DAMAGE:
            await transaction.run(statement)

    await proof.town.store.write(damage)
    return proof


@pytest.fixture(autouse=True)
def no_log_lines() -> Iterator[None]:
    """Every error here is a defect to the log; spelling out each of them would take longer than the tests."""
    with capture_logs():
        yield


@pytest.mark.parametrize("name", CASES)
async def test_what_a_client_sees_is_what_the_reader_gives(broken: Proof, name: str) -> None:
    answers = await broken.ask(Case(CASES[name], VARIABLES.get(name, {})))
    for path, body in answers.bodies.items():
        assert body.decode() == answers.bodies["reader"].decode(), path


@pytest.mark.parametrize("name", CASES)
async def test_messages_paths_and_locations_are_those_of_the_library(broken: Proof, name: str) -> None:
    query, variables = broken.named(CASES[name]), broken.named(VARIABLES.get(name, {}))
    prepared = prepare(query, variables, None, ADMIN, UNLIMITED)
    context = Context(broken.town.store, ADMIN, prepared.operation, Reads(), UNLIMITED)
    planned = await run(context, prepared.coerced, prepared.given)
    ordinary = await asyncio.to_thread(broken.reader.execute, parse(query), variables, None, ADMIN)
    assert planned.data == ordinary.data
    assert [error.formatted for error in planned.errors or ()] == [error.formatted for error in ordinary.errors or ()]
