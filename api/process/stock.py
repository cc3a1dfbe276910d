"""Reservations end beside the requests, each within a second of its time."""

from __future__ import annotations

import asyncio

import structlog

from graph.errors import Customer360Error
from graph.stock.sweeping import sweep
from graph.store import Store

SWEEPING_SECONDS = 1.0

log = structlog.stdlib.get_logger("customer360.stock")


async def keep_sweeping(store: Store) -> None:
    """End what is held too long, until this is cancelled; several processes may do so at once."""
    while True:
        try:
            await sweep(store)
        except Customer360Error as error:
            log.warning("reservations_not_swept", code=error.code)
        await asyncio.sleep(SWEEPING_SECONDS)
