"""The relay: numbers what was committed, for as long as the process lives; of several processes one does it at a time."""

from __future__ import annotations

import asyncio
from uuid import uuid4

import structlog

from graph.changes.numbering import number_changes
from graph.errors import Customer360Error
from graph.store import Store

BUSY_SECONDS, IDLE_SECONDS, ELSEWHERE_SECONDS = 0.05, 0.25, 1.0
"""Pauses: while changes come, while none do, and while another process has the lease or the database is away."""

log = structlog.stdlib.get_logger("customer360.relay")


async def relay(store: Store) -> None:
    holder, pause = uuid4().hex, IDLE_SECONDS
    while True:
        try:
            numbered = await number_changes(store, holder)
        except Customer360Error as error:
            log.warning("changes_not_numbered", code=error.code)
            numbered = None
        pause = next_pause(pause, numbered)
        await asyncio.sleep(pause)


def next_pause(before: float, done: int | None, elsewhere: float = ELSEWHERE_SECONDS) -> float:
    """Return the pause after a turn that did so much, or None where it was not ours: then `elsewhere`."""
    if done is None:
        return elsewhere
    return BUSY_SECONDS if done else min(max(before, BUSY_SECONDS) * 1.5, IDLE_SECONDS)
