"""Fulfilments that were kept as JSON text on their order become nodes: a step of `customer360 migrate`, in small parts."""

from __future__ import annotations

from typing import Any, LiteralString

import orjson

from graph.events.newest import read_stamps
from graph.orders.nodes import Orders
from graph.orders.told import told_fulfillments
from graph.resolution.conclusion import NOUNS, conclude
from graph.store import Store
from graph.touchpoints.nodes import Touchpoints
from graph.writes.unit import Unit, execute

STEP = 200
"""Orders of one transaction."""
# (:Order {unfolded, fulfillments})
NEXT: LiteralString = "MATCH (o:Order) USING INDEX SEEK o:Order(unfolded) WHERE o.unfolded = true RETURN o.id LIMIT $p.limit"
READ_TOLD: LiteralString = """
UNWIND $p.ids AS id
MATCH (o:Touchpoint {id: id}) WHERE o.unfolded
RETURN o.id, o.fulfillments, o.stamps, o.source
"""
CLEAR: LiteralString = "UNWIND $p.ids AS id MATCH (o:Touchpoint {id: id}) SET o.unfolded = null, o.fulfillments = null"


async def move_fulfillments(store: Store) -> int:
    """Make nodes of all fulfilments that are text and return of how many orders."""
    moved = 0
    while found := await store.read(NEXT, {"limit": STEP}):
        ids = [own_id for (own_id,) in found]

        async def move(unit: Unit, ids: list[str] = ids) -> int:
            return await _move(unit, ids)

        moved += await execute(store, NOUNS, move)
    return moved


async def _move(unit: Unit, ids: list[str]) -> int:
    unit.want("Touchpoint", ids)
    unit.want("Order", ids)
    await unit.lock()
    rows = await unit.transaction.run(READ_TOLD, {"ids": ids})
    for own_id, stored, stamps, source in rows:
        parts = unit.of(Orders).parts[own_id]
        if not parts.fulfillments:  # an event told newer ones in the meantime
            at = read_stamps(stamps).get("fulfillments", "").split("\t")[0] or unit.of(Touchpoints).states[own_id].at
            for place, told in enumerate(told_fulfillments(_listed(stored))):
                parts.fulfillment(told.key).report(told, place, at, source, newest=True)
                unit.of(Touchpoints).stores.update(filter(None, [told.properties["store_code"]]))
        parts.touched = True
    await conclude(unit)
    unit.changes.clear()  # nothing has happened to these orders: no follower and no webhook is told
    await unit.transaction.run(CLEAR, {"ids": ids})
    return len(rows)


def _listed(stored: str | None) -> list[dict[str, Any]]:
    return orjson.loads(stored or "[]")
