"""What the process does in the graph beside its requests: forgets what is old, and attributes contacts that wait."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import structlog

from graph.audit.copying import copy_entries
from graph.errors import Customer360Error
from graph.resolution.attribution_steps import attribute_next
from graph.store import Store

HOUR_SECONDS, IDLE_SECONDS = 3600, 2

Forget = Callable[[Store, datetime], Awaitable[int]]

log = structlog.stdlib.get_logger("customer360.upkeep")


async def forget_hourly(store: Store, kept: Mapping[Forget, timedelta]) -> None:
    """Delete every hour what is kept no longer: `kept` says of each function that deletes how old that is."""
    while True:
        for forget, age in kept.items():
            await forget_old(store, forget, age)
        await asyncio.sleep(HOUR_SECONDS)


async def forget_old(store: Store, forget: Forget, age: timedelta) -> None:
    """Delete what is older than `age`; what fails is tried again the next time."""
    try:
        if count := await forget(store, datetime.now(UTC) - age):
            log.info("forgotten", by=forget.__name__, count=count)
    except Customer360Error as error:
        log.warning("not_forgotten", by=forget.__name__, code=error.code)


async def attribute_waiting(store: Store) -> None:
    """Attribute the anonymous contacts of values that very many came by, a step at a time, whenever some wait."""
    while True:
        try:
            done = await attribute_next(store)
        except Customer360Error as error:
            log.warning("contacts_not_attributed", code=error.code)
            done = 0
        if not done:
            await asyncio.sleep(IDLE_SECONDS)


async def copy_audit(store: Store, folder: Path) -> None:
    """Copy the read audit into the graph as it grows, also what processes left that ended before they had."""
    while True:
        try:
            await copy_entries(store, folder)
        except (Customer360Error, OSError) as error:
            log.warning("audit_not_copied", kind=type(error).__name__)
        await asyncio.sleep(IDLE_SECONDS)
