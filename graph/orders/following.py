"""What follows orders: points, coupons and stock take up each order that came or changed, and what told of one and came back.

Intake waits for none of them.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import TypeAlias

from graph.changes.following import NumberedChange
from graph.changes.taking_up import refs_of, take_up_next
from graph.orders.bouncing import note_what_came_back
from graph.store import Store

ORDERS = "orders"
"""The lease under which it is done; its number is that of the last change that was taken up."""
FOLLOWED = frozenset({"order.added", "order.changed"})
TOLD_ANEW = frozenset({"touchpoint.changed"})
"""A message that has left changes when it is reported that it could not be delivered."""
Follower: TypeAlias = Callable[[Store, str], Awaitable[None]]
"""Takes up an order by its id as it stands by now; whoever asks it twice for the same leaves nothing twice."""


async def follow_orders(store: Store, holder: str, followers: Sequence[Follower]) -> int | None:
    """Have the orders of the next changes taken up and return how many changes; None where another process does."""

    async def take_each(changes: Sequence[NumberedChange]) -> None:
        for own_id in refs_of(changes, FOLLOWED, "Touchpoint"):
            for follower in followers:
                await follower(store, own_id)
        await note_what_came_back(store, refs_of(changes, TOLD_ANEW, "Touchpoint"))

    return await take_up_next(store, ORDERS, holder, take_each)
