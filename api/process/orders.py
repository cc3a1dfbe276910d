"""Points, coupons and stock follow the orders beside the requests; of several processes one has them follow."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from uuid import uuid4

import structlog

from api.process.relay import IDLE_SECONDS, next_pause
from graph.errors import Customer360Error
from graph.orders.following import Follower, follow_orders
from graph.store import Store

log = structlog.stdlib.get_logger("customer360.orders")


async def keep_following_orders(store: Store, followers: Sequence[Follower]) -> None:
    """Have each order taken up as it comes or changes, until this is cancelled."""
    holder, pause = uuid4().hex, IDLE_SECONDS
    while True:
        try:
            done = await follow_orders(store, holder, followers)
        except Customer360Error as error:
            log.warning("orders_not_followed", code=error.code)
            done = None
        pause = next_pause(pause, done)
        await asyncio.sleep(pause)
