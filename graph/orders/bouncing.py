"""A notice of a pick-up that had left and came back: its pick-up knows of it, so that staff call."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import LiteralString

from graph.orders.fulfillment import Fulfillment
from graph.orders.nodes import Orders
from graph.orders.notices import BOUNCED, SENT, notices_of
from graph.resolution.conclusion import NOUNS, conclude
from graph.store import Store
from graph.waiting import to_its_end
from graph.writes.unit import Unit, execute

# What the company sent about an order and could not be delivered, and the pick-ups of that number that were told of by it
CAME_BACK: LiteralString = """
UNWIND $p.ids AS id
MATCH (t:Touchpoint {id: id})
WHERE t.direction = 'OUTBOUND' AND toUpper(t.delivery_status) STARTS WITH 'FAILED' AND t.order_numbers IS NOT NULL
UNWIND t.order_numbers AS number
MATCH (o:Order {number: number})-[:HAS_FULFILLMENT]->(f:Fulfillment)
WHERE f.notices CONTAINS t.id
RETURN DISTINCT o.id, t.id
"""


async def note_what_came_back(store: Store, touchpoints: Sequence[str]) -> None:
    """Keep with their pick-ups which of these touchpoints were notices that could not be delivered; twice changes nothing."""
    if not touchpoints:
        return
    for order_id, message in await to_its_end(store.read(CAME_BACK, {"ids": list(touchpoints)})):
        await execute(store, NOUNS, _of_order(order_id, message))


def _of_order(order_id: str, message: str) -> Callable[[Unit], Awaitable[None]]:
    async def work(unit: Unit) -> None:
        unit.want("Touchpoint", (order_id,))
        unit.want("Order", (order_id,))
        await unit.lock()
        parts = unit.of(Orders).parts[order_id]
        found = [_returned(pickup, message, unit.now) for pickup in parts.fulfillments.values()]
        if any(found):
            parts.touched = True
            await conclude(unit)

    return work


def _returned(pickup: Fulfillment, message: str, now: str) -> bool:
    """Let the notice of a pick-up that left as this touchpoint have come back; return whether there is one."""
    kinds = [
        each["kind"]
        for each in notices_of(pickup.properties.get("notices"))
        if each.get("message") == message and each["state"] == SENT
    ]
    for kind in kinds:
        pickup.note(kind, BOUNCED, now, channel=pickup.channel_of(kind), message=message)
    return bool(kinds)
