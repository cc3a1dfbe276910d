"""Calls whose end got lost: closed as of when they were last heard of, and marked as an estimate."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta

import structlog

from api.connectors.delivery import RawEvent
from api.connectors.telephone.calls import ended_unseen
from graph.errors import Customer360Error
from graph.touchpoints.unended import Unended

LOST_AFTER, LOOKED_BACK = timedelta(hours=4), timedelta(days=3)
"""A call of which nothing is heard for so long has ended; those that began longer ago are left alone."""
EVERY_SECONDS = 300

Find = Callable[[datetime, datetime], Awaitable[list[Unended]]]
Take = Callable[[Sequence[RawEvent]], Awaitable[object]]

log = structlog.stdlib.get_logger("customer360.connectors")


async def close_lost_calls(find: Find, take: Take) -> None:
    """Close them every five minutes, for as long as the task runs. Several processes may: the events are the same."""
    while True:
        try:
            await close_once(find, take, datetime.now(UTC))
        except Customer360Error as error:
            log.warning("calls_not_closed", code=error.code)
        await asyncio.sleep(EVERY_SECONDS)


async def close_once(find: Find, take: Take, now: datetime) -> int:
    """Close what is lost at that time and return how many calls that were."""
    calls = await find(now - LOOKED_BACK, now - LOST_AFTER)
    if calls:
        await take([ended_unseen(call.source, call.subject, call.heard_at) for call in calls])
        log.info("calls_closed", count=len(calls))
    return len(calls)
