"""How many dry runs a process has at once: each holds the locks of a real command, for as long as its answer is read."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from weakref import WeakKeyDictionary

from graph.errors import Overloaded, ServiceUnavailable
from graph.store import Store

MOST = 4
WAIT_SECONDS = 1.0
SECONDS = 5.0

_turns: WeakKeyDictionary[Store, asyncio.Semaphore] = WeakKeyDictionary()


@asynccontextmanager
async def turn(store: Store) -> AsyncGenerator[None]:
    """Hold one of the turns of a store.

    Raises Overloaded when none becomes free within a second, ServiceUnavailable when it is held for more than 5.
    """
    turns = _turns.setdefault(store, asyncio.Semaphore(MOST))
    try:
        async with asyncio.timeout(WAIT_SECONDS):
            await turns.acquire()
    except TimeoutError:
        raise Overloaded("Too many dry runs at once. Try again in a moment.") from None
    try:
        async with asyncio.timeout(SECONDS):
            yield
    except TimeoutError:
        raise ServiceUnavailable("The dry run took too long. Try again in a moment.") from None
    finally:
        turns.release()
