"""Fulfilments that an earlier version kept as text on their order become nodes, also where the step was cut off before."""

from __future__ import annotations

from typing import Any

import orjson
import pytest

from graph.orders.moving import move_fulfillments
from graph.store import Store, Transaction
from tests.graph.orders.selling import order, order_id, tell

pytestmark = pytest.mark.anyio

SHIRTS = {"sku": "SHIRT-M", "quantity": 2, "amount": "6000"}
TOLD = {
    "M-1": [{"kind": "PICK_UP", "store": "S01", "state": "READY", "gift": True}],
    "M-2": [{"method": "SHIP", "status": "LOST"}, {"drone": 7}],
    "M-3": [],
}
# (:Order {unfolded, fulfillments}), as the migration leaves those of an earlier version
AS_BEFORE = """
UNWIND $p.rows AS row
MATCH (o:Order {id: row.id})
SET o.fulfillments = row.told, o.unfolded = true, o.state = 'OPEN',
    o.stamps = replace(o.stamps, '"lines"', '"fulfillments","lines"')
"""
READ = """
UNWIND $p.ids AS id
MATCH (o:Order {id: id})
RETURN o.fulfillments, o.unfolded, o.state, COLLECT {
  MATCH (o)-[:HAS_FULFILLMENT]->(f) RETURN [f.method, f.state, f.since, f.told, COUNT { (f)-[:FULFILLS]->() }] ORDER BY f.place
}
"""


async def test_text_becomes_nodes_once_and_nobody_who_follows_is_told(store: Store) -> None:
    await tell(store, *(order(subject, SHIRTS, time="2026-05-01T00:00:00Z") for subject in TOLD))
    rows = [{"id": order_id(subject), "told": orjson.dumps(told).decode()} for subject, told in TOLD.items()]

    async def as_before(transaction: Transaction) -> None:
        await transaction.run(AS_BEFORE, {"rows": rows})

    await store.write(as_before)
    changes = "MATCH (e:OutboxEntry) RETURN count(e)"
    before = await store.read(changes)

    assert await move_fulfillments(store) == 3
    assert await move_fulfillments(store) == 0

    at = "2026-05-01T00:00:00.000000Z"
    told: list[list[Any]] = await store.read(READ, {"ids": [order_id(subject) for subject in TOLD]})
    assert [row[:3] for row in told] == [[None, None, "OPEN"]] * 3
    assert [[each[:3] + each[4:] for each in row[3]] for row in told] == [
        [["PICKUP", "READY_FOR_PICKUP", at, 1]],
        [["SHIP", "PENDING", at, 0], [None, None, at, 0]],
        [],
    ]
    assert [orjson.loads(each[3]) for row in told for each in row[3]] == [*TOLD["M-1"], *TOLD["M-2"]]
    assert await store.read(changes) == before
    [[expires]] = await store.read("MATCH (f:Fulfillment {order_id: $p.id}) RETURN f.expires_at", {"id": order_id("M-1")})
    assert expires == "2026-05-08T00:00:00.000000Z", "what has waited since then is past its time, and the sweep says so"
