"""For how long whoever asks waits: one deadline for all that is done for them, what is given up when they leave, what is not."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Generator
from contextlib import contextmanager, nullcontext, suppress
from contextvars import ContextVar
from math import inf
from typing import Any, TypeVar

T = TypeVar("T")

DEADLINE: ContextVar[float] = ContextVar("deadline", default=inf)
"""Until when (time of the event loop) whoever asks waits for all that is read and written for them."""


class Asker:
    """Whoever waits for an answer: when they leave, what is being read for them is cancelled."""

    __slots__ = ("_reading", "left")

    def __init__(self) -> None:
        self.left = False
        self._reading: set[asyncio.Task[Any] | None] = set()

    def leave(self) -> None:
        self.left = True
        for task in self._reading:
            if task is not None:
                task.cancel()

    @contextmanager
    def reading(self) -> Generator[None]:
        """Have the task that runs this block cancelled when the asker leaves within it."""
        task = asyncio.current_task()
        self._reading.add(task)
        try:
            yield
        finally:
            self._reading.discard(task)


ASKER: ContextVar[Asker | None] = ContextVar("asker", default=None)


def seconds_left() -> float:
    return DEADLINE.get() - asyncio.get_running_loop().time()


@contextmanager
def deadline(seconds: float) -> Generator[None]:
    """Have all that is read and written within this block answered or given up after so many seconds."""
    token = DEADLINE.set(min(DEADLINE.get(), asyncio.get_running_loop().time() + seconds))
    try:
        yield
    finally:
        DEADLINE.reset(token)


@contextmanager
def reading(seconds: float) -> Generator[None]:
    """The same for what only reads, which is also given up when whoever asks leaves: the database ends its statements then."""
    asker = ASKER.get()
    with deadline(seconds), asker.reading() if asker else nullcontext():
        yield


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
