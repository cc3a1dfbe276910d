"""Pick-ups that nobody fetched end at the time that their store's rule gave them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import LiteralString

from graph.events.newest import utc_text
from graph.orders.nodes import OrderParts, Orders
from graph.orders.states import EXPIRED, READY_FOR_PICKUP
from graph.resolution.conclusion import NOUNS, conclude
from graph.store import Store
from graph.writes.unit import Unit, execute

STEP = 100
"""Pick-ups of one transaction."""
NOT_COLLECTED = "NOT_COLLECTED"
"""The reason that the history gives."""
# (:Order)-[:HAS_FULFILLMENT]->(:Fulfillment {state, expires_at})
NEXT: LiteralString = """
MATCH (f:Fulfillment) USING INDEX SEEK f:Fulfillment(state, expires_at)
WHERE f.state = $p.state AND f.expires_at <= $p.now
RETURN f.order_id LIMIT $p.limit
"""


async def expire_pickups(store: Store, now: datetime | None = None) -> int:
    """End what has waited for too long and return how many there were; `now` is the time by which that is judged."""
    at, ended = utc_text(now or datetime.now(UTC)), 0
    while found := await store.read(NEXT, {"state": READY_FOR_PICKUP, "now": at, "limit": STEP}):
        ids = sorted({order_id for (order_id,) in found})

        async def expire(unit: Unit, ids: list[str] = ids) -> int:
            unit.want("Touchpoint", ids)
            unit.want("Order", ids)
            await unit.lock()
            count = sum(_expire(unit.of(Orders).parts[each], at) for each in ids)
            await conclude(unit)
            return count

        ended += await execute(store, NOUNS, expire)
    return ended


def _expire(parts: OrderParts, now: str) -> int:
    """End those of one order; the end is when their time was over, whenever it is looked for."""
    over = [
        each
        for each in parts.fulfillments.values()
        if each.state == READY_FOR_PICKUP and (each.properties.get("expires_at") or "~") <= now
    ]
    for each in over:
        each.reach(EXPIRED, each.properties["expires_at"], rule=NOT_COLLECTED)
    parts.touched = parts.touched or bool(over)
    return len(over)
