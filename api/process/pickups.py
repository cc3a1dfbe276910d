"""Pick-ups that nobody fetched end beside the requests; that several processes look for them does no harm."""

from __future__ import annotations

import asyncio

import structlog

from graph.errors import Customer360Error
from graph.orders.expiring import expire_pickups
from graph.store import Store
from graph.waiting import to_its_end

SECONDS = 2.0
"""How often it is looked for them."""

log = structlog.stdlib.get_logger("customer360.pickups")


async def end_pickups(store: Store) -> None:
    """End what has waited for too long in a store, until this is cancelled."""
    while True:
        try:
            if ended := await to_its_end(expire_pickups(store)):
                log.info("pickups_ended", count=ended)
        except Customer360Error as error:
            log.warning("pickups_not_ended", code=error.code)
        await asyncio.sleep(SECONDS)
