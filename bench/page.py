"""The customer page for a customer with a hundred thousand touchpoints, beside one with a hundred: both show the same."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import islice
from random import Random
from typing import Any, LiteralString

from admin.pages.customers.operations import CUSTOMER, IDENTITY
from bench.connection import Connection
from bench.customers import order, person, phone
from bench.figures import Figure, at_most, median_ms
from bench.history import CUSTOMER as CUSTOMER_OF
from bench.view import node_id
from graph.events.newest import utc_text
from graph.identity.normalising.identifiers import key_of
from graph.intake.reading import read_event
from graph.intake.record import record
from graph.store import Store, Transaction
from graph.touchpoints import TOUCHPOINTS
from graph.touchpoints.attention import kept_attention

LONG, SHORT, WAITING = 100_000, 100, 5
FIRST_NUMBER = 8_200_000
DAYS = 170
"""All of it lies within the time that attention looks back."""
PIECE, WARM_UP, ROUNDS = 10_000, 40, 160
TARGET = 1.5

# (:SourceRecord)-[:DID]->(:Touchpoint); one that is nobody's: (:Touchpoint)-[:VIA]->(:Identifier)
CREATE: LiteralString = """
MATCH (r:SourceRecord {key: $p.key}) MATCH (i:Identifier {key: $p.phone})
UNWIND $p.rows AS row
CREATE (t:Touchpoint:$(row.label) {id: row.properties.id})
SET t += row.properties, t.at = datetime(row.time)
FOREACH (_ IN CASE WHEN row.properties.bare THEN [] ELSE [1] END | CREATE (r)-[:DID {rule: 'NAMED'}]->(t))
FOREACH (_ IN CASE WHEN row.properties.bare THEN [1] ELSE [] END |
  CREATE (t)-[:VIA {unattributed: i.key, position: row.properties.position}]->(i))
"""
SHARED: LiteralString = "MATCH (i:Identifier {key: $p.phone}) SET i.contacts = true, i.state = 'SHARED'"
TALK = '[{"from":"customer","text":"在庫はありますか。"},{"from":"S7","text":"ございます。"}]'
SORTS: tuple[tuple[str, bool, dict[str, Any]], ...] = (
    ("CALL", False, {"direction": "INBOUND", "duration_seconds": 90, "staff": "S7"}),
    ("EMAIL", False, {"direction": "INBOUND"}),
    ("CHAT_THREAD", False, {"messages": TALK}),
    ("WEB_SESSION", False, {}),
    ("CALL", True, {"direction": "INBOUND", "duration_seconds": 0}),
)
"""Kind, whether it is nobody's, and what it says; in turns."""


async def compare_pages(store: Store, address: str, token: str) -> Figure:
    """Ask for the page of both customers in turns, by its two operations."""
    customers = [await _customer(store, FIRST_NUMBER + turn, size) for turn, size in enumerate((LONG, SHORT))]
    connection = await Connection.open(address, token)
    spent: dict[str, list[float]] = {customer: [] for customer in customers}
    for _ in range(WARM_UP + ROUNDS):
        for customer in customers:
            spent[customer].append(await page_seconds(connection, node_id("Customer", customer)))
    connection.close()
    long, short = (median_ms(spent[customer][WARM_UP:]) for customer in customers)
    return at_most("page_100k_vs_100", long, "ms", short, TARGET)


async def page_seconds(connection: Connection, customer: str) -> float:
    """Return the seconds that the two operations of a customer's page take; `customer` is a global id."""
    began = time.perf_counter()
    await connection.post("/graphql", {"query": CUSTOMER, "variables": page_variables(customer)})
    await connection.post("/graphql", {"query": IDENTITY, "variables": {"id": customer, "language": "JA"}})
    return time.perf_counter() - began


def page_variables(customer: str) -> dict[str, Any]:
    """Return what the page asks its first operation with."""
    now = datetime.now(UTC).replace(microsecond=0)
    cursors = dict.fromkeys(("filter", "after", "ordersAfter", "waitingAfter"))
    since = (now - timedelta(days=730)).isoformat()
    return {**cursors, "id": customer, "language": "JA", "now": now.isoformat(), "since": since, "timeZone": "Asia/Tokyo"}


async def _customer(store: Store, number: int, size: int) -> str:
    """Create customer `number` with twenty orders and so many further touchpoints; return its Customer.id."""
    event, random = person(number), Random(number)
    orders = [order(number, turn, random) for turn in range(20)]
    await record(store, [read_event(each, b"bench") for each in (event, *orders)])
    key, own_phone = f"/bench:{event['subject']}", key_of("PHONE", phone(number))
    rows = _rows(number, size)
    while piece := list(islice(rows, PIECE)):
        await store.write(partial(_create, key=key, own_phone=own_phone, rows=piece))
    [[customer]] = await store.read(CUSTOMER_OF, {"key": key})
    return customer


async def _create(transaction: Transaction, key: str, own_phone: str, rows: list[dict[str, Any]]) -> None:
    for row in rows:
        row["properties"]["record"] = row["properties"]["id"] if row["properties"]["bare"] else key
    await transaction.run(CREATE, {"key": key, "phone": own_phone, "rows": rows})
    await transaction.run(SHARED, {"phone": own_phone})


def _rows(number: int, size: int) -> Iterator[dict[str, Any]]:
    """Yield touchpoints of all sorts up to now; the last of them are letters that nobody answered."""
    now = datetime.now(UTC)
    for index in range(size):
        kind, bare, own = SORTS[index % len(SORTS)] if index < size - WAITING else ("EMAIL", False, {"direction": "INBOUND"})
        own_id, at = f"page-{number}-{index:06d}", utc_text(now - timedelta(days=DAYS) * ((size - index) / size))
        properties = {"id": own_id, "kind": kind, "channel": TOUCHPOINTS[kind].channel, "position": at + own_id, "bare": bare}
        properties |= {"source": "/bench", "subject": "在庫の問い合わせ", **own, **kept_attention(kind, own)}
        yield {"label": TOUCHPOINTS[kind].label, "time": at, "properties": properties}
