"""For how long whoever asks waits: one deadline for all that is read for them, and readings that come to their end."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Generator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from math import inf
from typing import Any, TypeVar

T = TypeVar("T")

DEADLINE: ContextVar[float] = ContextVar("deadline", default=inf)
"""Until when (time of the event loop) whoever asks waits for all that is read for them."""


def seconds_left() -> float:
    return DEADLINE.get() - asyncio.get_running_loop().time()


@contextmanager
def deadline(seconds: float) -> Generator[None]:
    """Have all that is read within this block answered or given up after so many seconds."""
    token = DEADLINE.set(min(DEADLINE.get(), asyncio.get_running_loop().time() + seconds))
    try:
        yield
    finally:
        DEADLINE.reset(token)


async def to_its_end(reading: Coroutine[Any, Any, T]) -> T:
    """Return what a reading returns; when this is cancelled, let the reading come to its end first.

    A connection that is cancelled while it is being opened leaves its socket behind.
    """
    task = asyncio.ensure_future(reading)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        with suppress(Exception):
            await task
        raise
