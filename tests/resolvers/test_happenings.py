"""What happened in a time, in a store and about an order: found by seeks, so that a long history costs what a short one does."""

from __future__ import annotations

from typing import Any

import pytest

from graph.local import LocalServer
from graph.store import Store, Transaction
from resolvers.engine import ids
from resolvers.execution import execute
from tests.resolvers.conftest import ADMIN, Ask
from tests.resolvers.small_town import keep_attention
from tests.resolvers.test_plans import Recording, database_hits
from tests.searchable import until_searchable

STORE = "query ($id: ID!) { store(by: {id: $id}) { %s } }"
ACTIVITY = "query ($from: DateTime!, $to: DateTime!) { activity(from: $from, to: $to) { %s } }"
ORDER = "query ($id: ID!) { order(by: {id: $id}) { interactions(first: 5) { edges { node { occurredAt } } } } }"
PAGE = "%s(first: 5) { edges { node { id } } }"
QUIET_DAY = {"from": "2030-01-01T00:00:00Z", "to": "2030-01-02T00:00:00Z"}
SAME_DAY = {"from": "2031-01-01T00:00:00Z", "to": "2031-01-02T00:00:00Z"}
MAY = {"from": "2026-05-01T00:00:00Z", "to": "2026-05-31T00:00:00Z"}


async def happenings(transaction: Transaction) -> None:
    """Give one store 30 orders and visits and as many regulars, another 3,000; two days ten touchpoints each."""
    await transaction.run("""
        UNWIND [['short', 30], ['long', 3000]] AS pair
        MERGE (s:Store {id: pair[0]}) SET s.code = 'code ' + pair[0]
        WITH pair, s UNWIND range(1, pair[1]) AS i
        MERGE (c:Customer {id: pair[0] + ' regular ' + toString(i)})
        SET c.favourite_store = s.id, c.order_count = i % 7, c.status = 'ACTIVE', c.kind = 'INDIVIDUAL', c.version = 1
        MERGE (t:Touchpoint {id: pair[0] + ' sold ' + toString(i)})
        SET t:Order, t.record = t.id, t.kind = 'ORDER', t.channel = 'STORE', t.source = 'many', t.store_code = s.code,
            t.number = t.id, t.position = toString(datetime('2029-01-01T00:00:00Z') + duration({minutes: i})) + t.id
        MERGE (v:Touchpoint {id: pair[0] + ' visit ' + toString(i)})
        SET v:StoreVisit, v.record = v.id, v.kind = 'STORE_VISIT', v.channel = 'STORE', v.source = 'many', v.store_code = s.code,
            v.order_numbers = [pair[0] + ' sold 1'],
            v.position = toString(datetime('2029-01-01T00:00:00Z') + duration({minutes: i})) + v.id
    """)
    await transaction.run("""
        UNWIND ['2030', '2031'] AS year UNWIND range(1, 10) AS i
        MERGE (t:Touchpoint {id: year + ' ' + toString(i)})
        SET t:Call, t.record = t.id, t.kind = 'CALL', t.channel = 'PHONE', t.source = 'many',
            t.position = year + '-01-01T0' + toString(i % 10) + ':00:00.000000Z' + t.id
    """)


@pytest.fixture(scope="module")
async def busy(town: Store) -> Store:
    await town.write(happenings)
    await keep_attention(town)
    await until_searchable(town)
    return town


async def cost(server: LocalServer, query: str, **variables: Any) -> int:
    recording = Recording()
    await execute(recording, query, variables, None, ADMIN)  # type: ignore[arg-type]
    return database_hits(server, recording)


@pytest.mark.parametrize("listed", ["orders", "interactions", "regularCustomers"])
async def test_a_page_of_a_store_costs_the_same_however_much_happened_there(
    busy: Store, neo4j_server: LocalServer, listed: str
) -> None:
    query = STORE % (PAGE % listed)
    short, long = [await cost(neo4j_server, query, id=ids.encode("Store", raw)) for raw in ("short", "long")]
    assert long <= short + 20
    assert short < 300


async def test_best_sellers_look_at_the_newest_orders_only(busy: Store, neo4j_server: LocalServer) -> None:
    query = STORE % "bestSellers { orders }"
    assert await cost(neo4j_server, query, id=ids.encode("Store", "long")) < 200 * 8


@pytest.mark.parametrize(
    "listed",
    ["counts { channel kind count }", PAGE % "orders", PAGE % "interactions", PAGE % "unanswered", "previous"],
)
async def test_a_day_costs_what_happened_in_it_and_not_what_happened_before(
    busy: Store, neo4j_server: LocalServer, listed: str
) -> None:
    assert await cost(neo4j_server, ACTIVITY % listed, **SAME_DAY) < 100


async def test_counting_a_day_reads_the_index_and_no_node(busy: Store, neo4j_server: LocalServer) -> None:
    # An entry of the index for each of the ten, and one to see that there are no more.
    assert await cost(neo4j_server, ACTIVITY % "counts { channel kind count }", **QUIET_DAY) <= 12


async def test_what_refers_to_an_order_is_found_by_its_number(busy: Store, neo4j_server: LocalServer, ask: Ask) -> None:
    few = await cost(neo4j_server, ORDER, id=ids.encode("Order", "short sold 1"))
    none = await cost(neo4j_server, ORDER, id=ids.encode("Order", "long sold 2"))
    assert none < 20
    assert few < 300
    answer = await ask(ORDER, id=ids.encode("Order", "short sold 1"))
    assert len(answer.body["data"]["order"]["interactions"]["edges"]) == 5


async def test_counts_are_by_channel_and_kind_and_add_up(busy: Store, ask: Ask) -> None:
    april = {"from": "2026-04-01T00:00:00Z", "to": "2026-05-01T00:00:00Z"}
    [order, chat, *_] = sorted(
        (await ask(ACTIVITY % "counts { channel kind count }", **april)).body["data"]["activity"]["counts"],
        key=lambda counted: -counted["count"],
    )
    assert order == {"channel": "WEB", "kind": "ORDER", "count": 5}
    assert chat["count"] < 5


async def letters(transaction: Transaction) -> None:
    """A mail, answered or not, to each of several customers with two records."""
    await transaction.run("""
        UNWIND $p.told AS told
        CREATE (c:Customer {id: 'w ' + told[0], kind: 'INDIVIDUAL', status: 'ACTIVE', version: 1})
        CREATE (a:SourceRecord {key: 'w:a ' + told[0], id: 'w a ' + told[0]})-[:RESOLVES_TO]->(c)
        CREATE (b:SourceRecord {key: 'w:b ' + told[0], id: 'w b ' + told[0]})-[:RESOLVES_TO]->(c)
        CREATE (m:Touchpoint:Email {id: 'mail ' + told[0], record: a.key, kind: 'EMAIL', channel: 'EMAIL', source: 'w',
          direction: 'INBOUND', subject: told[0], position: '2026-05-10T10:00:00.000000Zmail ' + told[0]})
        CREATE (a)-[:DID]->(m)
        WITH b, told WHERE told[1] IS NOT NULL
        CREATE (r:Touchpoint {id: 'reply ' + told[0], record: b.key, kind: told[1], channel: 'EMAIL', source: 'w',
          direction: told[2], position: told[3] + 'reply ' + told[0]})
        CREATE (b)-[:DID]->(r)
    """, {"told": [
        ["nobody wrote", None, None, None],
        ["answered by mail", "EMAIL", "OUTBOUND", "2026-06-11T00:00:00.000000Z"],
        ["called back", "CALL", "OUTBOUND", "2026-05-10T10:00:01.000000Z"],
        ["wrote again", "EMAIL", "INBOUND", "2026-06-10T10:00:01.000000Z"],
        ["written to before", "EMAIL", "OUTBOUND", "2026-05-10T09:00:00.000000Z"],
        ["got a newsletter", "NEWSLETTER", "OUTBOUND", "2026-05-11T10:00:00.000000Z"],
    ]})  # fmt: skip


async def contacts(transaction: Transaction) -> None:
    """Chats and calls of nobody known."""
    await transaction.run("""
        UNWIND $p.told AS told
        CREATE (t:Touchpoint {id: 'n ' + told[0], record: 'n ' + told[0], kind: told[1], channel: 'PHONE', source: 'n',
          direction: 'INBOUND', subject: told[0], position: '2027-05-10T10:00:00.000000Zn ' + told[0]}) SET t += told[2]
    """, {"told": [
        ["nobody wrote back", "CHAT_THREAD", {"messages": '[{"from":"customer","text":"?"}]'}],
        ["a bot did", "CHAT_THREAD", {"messages": '[{"from":"customer","text":"?"},{"from":"bot","text":"!"}]'}],
        ["nobody took it", "CALL", {"duration_seconds": 0}],
        ["somebody took it", "CALL", {"duration_seconds": 0, "staff": "op-1"}],
        ["no length told", "CALL", {}],
        ["a visit", "STORE_VISIT", {}],
    ]})  # fmt: skip


async def test_a_chat_or_a_call_waits_when_nobody_took_it(busy: Store, ask: Ask) -> None:
    await busy.write(contacts)
    await keep_attention(busy)
    may = {name: value.replace("2026", "2027") for name, value in MAY.items()}
    answer = await ask(ACTIVITY % "unanswered { edges { node { subject } } }", **may)
    waiting = [edge["node"]["subject"] for edge in answer.body["data"]["activity"]["unanswered"]["edges"]]
    assert sorted(waiting) == ["nobody took it", "nobody wrote back"]


async def test_a_letter_waits_until_somebody_writes_or_calls_by_whatever_record(busy: Store, ask: Ask) -> None:
    await busy.write(letters)
    await keep_attention(busy)
    answer = await ask(ACTIVITY % "unanswered { totalCount edges { node { subject } } }", **MAY)
    waiting = [edge["node"]["subject"] for edge in answer.body["data"]["activity"]["unanswered"]["edges"]]
    assert sorted(waiting) == ["got a newsletter", "nobody wrote", "written to before", "wrote again"]
