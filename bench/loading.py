"""What loading costs beside a bare UNWIND of the nodes and relationships that come of it."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import islice
from random import Random
from typing import Any, LiteralString

from bench import customers
from bench.figures import Figure, at_least
from graph.intake.reading import read_event
from graph.intake.record import LARGEST_BATCH, record
from graph.keys import touchpoint_id
from graph.store import Store, Transaction

FIRST_NUMBER, FIRST_TURN, PIECES, WARM_UP = 1_000_000, 100, 6, 2
ORDERS_TARGET, PERSONS_TARGET = 0.5, 0.25

# (:SourceRecord)-[:DID]->(:Order)-[:SOLD_AT]->(:Store), (:Order)-[:HAS_LINE]->(:OrderLine)-[:OF]->(:Product)
READ_ORDERS: LiteralString = """
UNWIND $p.keys AS key
MATCH (r:SourceRecord)-[d:DID]->(t:Touchpoint:Order {id: key})-[:SOLD_AT]->(s:Store)
RETURN r.key, properties(d), t {.*, at: toString(t.at)}, s.id,
       COLLECT { MATCH (t)-[:HAS_LINE]->(l:OrderLine)-[:OF]->(p:Product) RETURN [properties(l), p.id] }
"""
BARE_ORDERS: LiteralString = """
UNWIND $p.rows AS row
MATCH (r:SourceRecord {key: row[0]})
MATCH (s:Store {id: row[3]})
CREATE (r)-[d:DID]->(t:Touchpoint:Order)-[:SOLD_AT]->(s)
SET d = row[1], t = row[2], t.at = datetime(row[2].at)
WITH t, row
UNWIND row[4] AS line
MATCH (p:Product {id: line[1]})
CREATE (t)-[:HAS_LINE]->(l:OrderLine)-[:OF]->(p)
SET l = line[0]
"""
# (:Decision)-[:MOVED]->(:SourceRecord)-[:RESOLVES_TO]->(:Customer), (:SourceRecord)-[:HAS_IDENTIFIER]->(:Identifier)
READ_PERSONS: LiteralString = """
UNWIND $p.keys AS key
MATCH (d:Decision)-[:MOVED]->(r:SourceRecord {key: key})-[:RESOLVES_TO]->(c:Customer)
RETURN properties(r), properties(c), properties(d),
       COLLECT { MATCH (r)-[h:HAS_IDENTIFIER]->(i:Identifier) RETURN [properties(h), properties(i)] }
"""
BARE_PERSONS: LiteralString = """
UNWIND $p.rows AS row
CREATE (d:Decision)-[:MOVED]->(r:SourceRecord)-[:RESOLVES_TO]->(c:Customer)
SET r = row[0], c = row[1], d = row[2]
WITH r, row
UNWIND row[3] AS held
CREATE (r)-[h:HAS_IDENTIFIER]->(i:Identifier)
SET h = held[0], i = held[1]
"""


# whatever the bare statements created: it would stand in the histories that are read later
FORGET: LiteralString = """
MATCH (n) WHERE n.id STARTS WITH 'bare-'
WITH n LIMIT 5000
DETACH DELETE n
RETURN count(*)
"""


async def compare_orders(store: Store, known_customers: int) -> Figure:
    """Orders with their lines, of customers and products that are there; `known_customers` are numbered from 0."""
    random = Random(4)
    events = (
        customers.order(number, FIRST_TURN + turn, random) for turn in range(LARGEST_BATCH) for number in range(known_customers)
    )
    ours, theirs = await _rates(store, events, READ_ORDERS, BARE_ORDERS)
    return at_least("load_orders", ours, "/s", theirs, ORDERS_TARGET)


async def compare_persons(store: Store) -> Figure:
    """Person records with three identifiers each, and what identity decides about them."""
    events = (customers.person(FIRST_NUMBER + number) for number in range(LARGEST_BATCH * (PIECES + WARM_UP)))
    ours, theirs = await _rates(store, events, READ_PERSONS, BARE_PERSONS)
    return at_least("load_persons", ours, "/s", theirs, PERSONS_TARGET)


async def _rates(
    store: Store, events: Iterator[dict[str, Any]], read_back: LiteralString, bare: LiteralString
) -> tuple[float, float]:
    """Load piece by piece, by the product and once more by the bare statement; events per second after the first ones."""
    ours = theirs = 0.0
    for number in range(WARM_UP + PIECES):
        piece = list(islice(events, LARGEST_BATCH))
        started = time.perf_counter()
        await record(store, [read_event(event, b"bench") for event in piece])
        loaded = time.perf_counter()
        rows = _renamed(await store.read(read_back, {"keys": _keys(piece)}))
        again = time.perf_counter()
        await store.write(partial(_write, statement=bare, rows=rows))
        if number >= WARM_UP:
            ours += loaded - started
            theirs += time.perf_counter() - again
    while await store.write(_forget):
        pass
    count = PIECES * LARGEST_BATCH
    return count / ours, count / theirs


async def _forget(transaction: Transaction) -> int:
    return (await transaction.run(FORGET))[0][0]


async def _write(transaction: Transaction, statement: LiteralString, rows: list[Any]) -> None:
    await transaction.run(statement, {"rows": rows})


def _keys(events: Sequence[dict[str, Any]]) -> list[str]:
    keys = [f"{event['source']}:{event['subject']}" for event in events]
    return [touchpoint_id(key) for key in keys] if "order" in events[0]["type"] else keys


def _renamed(thing: Any) -> Any:
    """Return rows in which every node that will be created has other keys: they are unique."""
    if isinstance(thing, list):
        return [_renamed(part) for part in thing]
    if isinstance(thing, dict):
        return {name: f"bare-{value}" if name in ("id", "key", "record") else value for name, value in thing.items()}
    return thing
