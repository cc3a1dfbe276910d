"""Plans: made once for each shape, one statement for each root field, and the operators that keep them fast."""

from __future__ import annotations

from typing import Any

import neo4j
import pytest

from graph.local import LocalServer
from graph.store import Store, Transaction
from resolvers.access.viewer import Viewer
from resolvers.engine import ids
from resolvers.execution import execute, operations
from tests.resolvers.conftest import ADMIN
from tests.resolvers.small_town import keep_attention

HANAKO = ids.encode("Customer", "c-hanako")
TIMELINE = """query ($id: ID!, $filter: TimelineFilter, $first: Int) { customer(by: {id: $id}) {
  timeline(filter: $filter, first: $first) { edges { node { kind } } } } }"""

PERIOD = {"from": "2026-01-01T00:05:00Z", "to": "2026-01-01T00:20:00Z"}


class Recording:
    """A store that has nothing, and remembers what it was asked."""

    def __init__(self) -> None:
        self.statements: list[str] = []
        self.parameters: list[dict[str, Any]] = []

    async def read(self, statement: Any, parameters: Any) -> list[list[Any]]:
        self.statements.append(statement)
        self.parameters.append(dict(parameters))
        return []


async def asked(query: str, viewer: Viewer = ADMIN, **variables: Any) -> Recording:
    recording = Recording()
    await execute(recording, query, variables, None, viewer)  # type: ignore[arg-type]
    return recording


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ({"first": 1}, {"first": 2}, True),
        ({"filter": {"kinds": ["CALL"]}}, {"filter": {"kinds": ["NOTE", "SMS"]}}, True),
        ({"filter": {"kinds": None}}, {"filter": {}}, True),
        ({"filter": None}, {}, True),
        ({"filter": {"kinds": ["CALL"]}}, {"filter": {"channels": ["PHONE"]}}, False),
        ({"filter": {"kinds": ["CALL"]}}, {}, False),
    ],
)
async def test_another_statement_is_sent_only_for_another_way_to_seek(one: Any, other: Any, same: bool) -> None:
    statements = [(await asked(TIMELINE, id=HANAKO, **variables)).statements for variables in (one, other)]
    assert (statements[0] == statements[1]) == same


async def test_values_are_parameters_and_never_text() -> None:
    recording = await asked(
        '{ customerLookup(input: {query: "\'}) DETACH DELETE n //"}) { score } product(by: {sku: "`x"}) { name } }'
    )
    assert not any("DELETE" in statement or "`" in statement for statement in recording.statements)
    assert any("DETACH" in str(parameters) for parameters in recording.parameters)


async def test_each_root_field_is_one_statement() -> None:
    query = """{ a: product(by: {sku: "a"}) { id } b: product(by: {sku: "b"}) { id name } viewer { name }
      __schema { types { name } } stores { edges { node { id } } } }"""
    assert len((await asked(query)).statements) == 3


async def test_a_switch_that_is_off_leaves_out_what_it_switches() -> None:
    query = 'query ($lines: Boolean!) { order(by: {number: "1"}) { id lines @include(if: $lines) { edges { node { id } } } } }'
    with_lines, without = [(await asked(query, lines=lines)).statements[0] for lines in (True, False)]
    assert "HAS_LINE" in with_lines
    assert "HAS_LINE" not in without


async def test_a_plan_is_made_once_and_kept_for_its_shape_and_roles() -> None:
    query = "query Once($id: ID!) { node(id: $id) { id } }"
    for type_name, raw in (("Store", "1"), ("Store", "2"), ("Order", "1")):
        await asked(query, id=ids.encode(type_name, raw))
    await asked(query, Viewer("other", frozenset({"store_staff"})), id=ids.encode("Store", "1"))
    assert len(operations().get(query, None).plans) == 3


async def test_a_document_is_read_once() -> None:
    query = '{ product(by: {sku: "read once"}) { id } }'
    assert operations().get(query, None) is operations().get(query, None)


@pytest.mark.parametrize(
    "chosen",
    [
        None,
        {"kinds": ["CALL"]},
        {"channels": ["PHONE"]},
        {"kinds": ["SURVEY"]},
        {"to": "2000-01-01T00:00:00Z"},
        PERIOD,
        {**PERIOD, "kinds": ["CALL"]},
        {**PERIOD, "channels": ["PHONE"]},
    ],
)
async def test_a_page_of_the_timeline_costs_the_same_however_long_it_is(
    town: Store, neo4j_server: LocalServer, chosen: Any
) -> None:
    await town.write(calls)
    recording = Recording()
    costs: list[int] = []
    for raw in ("short", "long"):
        variables = {"id": ids.encode("Customer", raw), "filter": chosen, "first": 5}
        await execute(recording, TIMELINE, variables, None, ADMIN)  # type: ignore[arg-type]
        costs.append(database_hits(neo4j_server, recording))
    assert costs[1] <= costs[0] + 20
    assert costs[0] < 300


WAITING = """
query ($id: ID!) {
  customer(by: {id: $id}) {
    attention(asOf: "2026-01-05T00:00:00Z", first: 5) { totalCount edges { node { reason } } }
    possibleContacts(first: 5) { edges { node { id } } }
  }
}
"""


async def test_what_waits_costs_what_it_shows_however_long_the_history_is(town: Store, neo4j_server: LocalServer) -> None:
    await town.write(waiting)
    await keep_attention(town)
    recording = Recording()
    costs: list[int] = []
    for raw in ("calm", "busy"):
        await execute(recording, WAITING, {"id": ids.encode("Customer", raw)}, None, ADMIN)  # type: ignore[arg-type]
        costs.append(database_hits(neo4j_server, recording))
        found = (await execute(town, WAITING, {"id": ids.encode("Customer", raw)}, None, ADMIN)).body["data"]["customer"]
        assert found["attention"] == {"totalCount": 3, "edges": [{"node": {"reason": "UNANSWERED"}}] * 3}
        assert len(found["possibleContacts"]["edges"]) == 5
    assert costs[1] <= costs[0] + 20
    assert costs[0] < 400


async def waiting(transaction: Transaction) -> None:
    """Give one customer 30 calls that staff took and as many of nobody's by their number, another 3,000; three wait."""
    await transaction.run("""
        UNWIND [['calm', 30], ['busy', 3000]] AS pair
        MERGE (c:Customer {id: pair[0]}) SET c.kind = 'INDIVIDUAL', c.status = 'ACTIVE', c.version = 1
        MERGE (s:SourceRecord {key: 'waiting:' + pair[0]}) SET s.id = s.key MERGE (s)-[:RESOLVES_TO]->(c)
        MERGE (i:Identifier {key: 'PHONE::' + pair[0]}) SET i.id = i.key, i.contacts = true, i.state = 'SHARED'
        MERGE (s)-[:HAS_IDENTIFIER]->(i)
        WITH pair, s, i UNWIND range(1, pair[1]) AS number UNWIND [true, false] AS bare
        CREATE (t:Touchpoint:Call {id: pair[0] + toString(number) + toString(bare)})
        SET t.bare = bare, t.record = CASE WHEN bare THEN t.id ELSE s.key END, t.kind = 'CALL', t.direction = 'INBOUND',
            t.duration_seconds = 0, t.staff = CASE WHEN number <= pair[1] - 3 THEN 'S7' END,
            t.position = toString(datetime('2026-01-01T00:00:00Z') + duration({minutes: number})) + t.id
        FOREACH (_ IN CASE WHEN bare THEN [1] ELSE [] END | CREATE (t)-[:VIA]->(i))
    """)


async def calls(transaction: Transaction) -> None:
    """Give one customer 30 calls and another 3,000."""
    await transaction.run("""
        UNWIND [['short', 30], ['long', 3000]] AS pair
        MERGE (c:Customer {id: pair[0]}) SET c.kind = 'INDIVIDUAL', c.status = 'ACTIVE', c.version = 1
        MERGE (s:SourceRecord {key: 'many:' + pair[0]}) SET s.id = s.key MERGE (s)-[:RESOLVES_TO]->(c)
        WITH pair, s UNWIND range(1, pair[1]) AS i
        MERGE (t:Touchpoint {id: pair[0] + toString(i)})
        SET t:Call, t.record = s.key, t.kind = 'CALL', t.channel = 'PHONE', t.source = 'many',
            t.position = toString(datetime('2026-01-01T00:00:00Z') + duration({minutes: i})) + t.id
    """)


def database_hits(server: LocalServer, recording: Recording) -> int:
    """Return how often Neo4j touched its store for what was asked last."""

    def hits(operator: Any) -> int:
        return operator.get("dbHits", 0) + sum(map(hits, operator.get("children", [])))

    with neo4j.GraphDatabase.driver(server.uri, auth=(server.user, server.password)) as driver, driver.session() as session:
        statement, parameters = recording.statements[-1], recording.parameters[-1]
        return hits(session.run("CYPHER 25 PROFILE " + statement, {"p": parameters}).consume().profile)  # type: ignore[arg-type]
