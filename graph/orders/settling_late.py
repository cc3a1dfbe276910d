"""A return and its order that were written at one moment, neither of which saw the other, are tied once both are there.

Both note a change of the order, so whoever follows orders comes by after the later of the two.
"""

from __future__ import annotations

from typing import LiteralString

from graph.orders.nodes import Orders
from graph.resolution.conclusion import NOUNS, conclude
from graph.store import Store
from graph.writes.unit import Unit, execute

# (:Return {order_id})-[:OF_ORDER]->(:Order)
UNTIED: LiteralString = """
MATCH (o:Touchpoint:Order {id: $p.id})
MATCH (r:Return {order_id: o.id}) WHERE NOT EXISTS { (r)-[:OF_ORDER]->() }
RETURN r.id LIMIT 1
"""


async def settle_late(store: Store, order_id: str) -> None:
    """Tie the returns of an order that wait for it; where none does, nothing is written."""
    if not await store.read(UNTIED, {"id": order_id}):
        return

    async def settle(unit: Unit) -> None:
        unit.want("Touchpoint", (order_id,))
        unit.want("Order", (order_id,))
        await unit.lock()
        parts = unit.of(Orders).parts[order_id]
        parts.touched = True
        await conclude(unit)

    await execute(store, NOUNS, settle)
