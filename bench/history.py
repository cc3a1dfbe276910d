"""A page of the timeline of a customer with a hundred thousand touchpoints, beside one with a hundred."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from random import Random
from typing import Any, LiteralString

from bench.customers import START, person
from bench.figures import Figure
from bench.routes import Route, compare_times
from bench.view import encoded, node_id
from graph.events.newest import utc_text
from graph.intake.reading import read_event
from graph.intake.record import record
from graph.store import Store, Transaction

LONG, SHORT = 100_000, 100
FIRST_NUMBER = 8_000_000
PIECE, WARM_UP, ROUNDS = 10_000, 200, 800
TARGET = 1.5

# (:SourceRecord)-[:DID]->(:Touchpoint:Call)
CREATE: LiteralString = """
MATCH (r:SourceRecord {key: $p.key})
UNWIND $p.rows AS row
CREATE (r)-[:DID {rule: 'NAMED'}]->(t:Touchpoint:Call {id: row.id})
SET t += row, t.record = r.key, t.kind = 'CALL', t.channel = 'PHONE', t.bare = false, t.source = '/bench',
    t.subject = '在庫の問い合わせ', t.at = datetime(row.time)
"""
CUSTOMER: LiteralString = "MATCH (:SourceRecord {key: $p.key})-[:RESOLVES_TO]->(c:Customer) RETURN c.id"
QUERY = """
query Timeline($id: ID!, $after: String) {
  customer(by: {id: $id}) {
    timeline(after: $after) {
      edges { cursor node { __typename id kind occurredAt channel subject text } }
      pageInfo { hasNextPage endCursor }
    }
  }
}
"""


async def compare_histories(store: Store, address: str, token: str) -> Figure:
    """Ask for first and later pages of both customers in turns."""
    random = Random(3)
    long, short = [await customer_with_history(store, FIRST_NUMBER + turn, size) for turn, size in enumerate((LONG, SHORT))]
    routes = [
        Route(address, "/graphql", partial(_asked, node_id("Customer", customer), cursors, random), token)
        for customer, cursors in (long, short)
    ]
    # Half of the questions are for the page after some touchpoint, half for the first page.
    keys = ["" if number % 2 else "later" for number in range(WARM_UP + ROUNDS)]
    name = "timeline_100k_vs_100"
    return await compare_times(name, *routes, keys, warm_up=WARM_UP, target=TARGET, check=lambda *_: None)


async def customer_with_history(store: Store, number: int, size: int) -> tuple[str, list[str]]:
    """Create customer `number` with so many touchpoints; return its Customer.id and the cursors of its timeline."""
    event = person(number)
    await record(store, [read_event(event, b"bench")])
    key = f"/bench:{event['subject']}"
    rows = [_row(number, index) for index in range(size)]
    for start in range(0, size, PIECE):
        await store.write(partial(_create, key=key, rows=rows[start : start + PIECE]))
    [[customer]] = await store.read(CUSTOMER, {"key": key})
    return customer, [encoded(f"timeline|{row['position']}") for row in rows]


async def _create(transaction: Transaction, key: str, rows: list[dict[str, Any]]) -> None:
    await transaction.run(CREATE, {"key": key, "rows": rows})


def _row(number: int, index: int) -> dict[str, Any]:
    own_id, time = f"long-{number}-{index:06d}", utc_text(START + timedelta(minutes=7 * index))
    return {"id": own_id, "position": time + own_id, "time": time}


def _asked(customer: str, cursors: list[str], random: Random, key: str) -> dict[str, Any]:
    return {"query": QUERY, "variables": {"id": customer, "after": random.choice(cursors[len(cursors) // 2 :]) if key else None}}
