"""What runs beside the requests for as long as the application does: the writer of events, and forgetting old receipts."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import structlog

from graph.errors import Customer360Error
from graph.intake.queue import IntakeQueue
from graph.intake.receipts import forget_receipts
from graph.store import Store

HOUR_SECONDS = 3600

log = structlog.stdlib.get_logger("customer360.background")


@asynccontextmanager
async def background(queue: IntakeQueue, store: Store, retention: timedelta) -> AsyncGenerator[None]:
    """Run the tasks until the block ends; who waits in the queue then is told to come again."""
    async with asyncio.TaskGroup() as tasks:
        running = [tasks.create_task(queue.run()), tasks.create_task(forget_hourly(store, retention))]
        try:
            yield
        finally:
            for task in running:
                task.cancel()


async def forget_hourly(store: Store, retention: timedelta) -> None:
    while True:
        await forget_old(store, retention)
        await asyncio.sleep(HOUR_SECONDS)


async def forget_old(store: Store, retention: timedelta) -> None:
    """Delete receipts that arrived longer than `retention` ago; what fails is tried again the next time."""
    try:
        count = await forget_receipts(store, datetime.now(UTC) - retention)
        if count:
            log.info("receipts_forgotten", count=count)
    except Customer360Error as error:
        log.warning("receipts_not_forgotten", code=error.code)
