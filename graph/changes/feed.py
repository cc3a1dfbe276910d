"""The feed of one process: numbered changes as they come, to any number of followers, each from a number of its own."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncGenerator
from itertools import takewhile

import structlog

from graph.changes.following import NumberedChange, changes_after, ends
from graph.errors import Customer360Error, InvalidInput, ServiceUnavailable
from graph.store import Store
from graph.waiting import to_its_end

KEPT = 5_000
"""So many of the newest changes are in memory; who is further behind reads them from the graph."""
BUSY_SECONDS, IDLE_SECONDS = 0.05, 0.25
FORGOTTEN = "The changes after this cursor are kept no longer. Read what you need again, and subscribe without `after`."
STOPS = "The server stops. Go on after your last cursor in a moment."

log = structlog.stdlib.get_logger("customer360.feed")


class ChangesForgotten(InvalidInput):
    """Somebody wants to go on after a change from which on not all are kept any more."""

    code = "CURSOR_EXPIRED"


class Feed:
    """Follows the graph while it runs. A follower that is slow holds nothing and nobody up: it reads when it comes."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._recent: deque[NumberedChange] = deque(maxlen=KEPT)
        self._newest: int | None = None
        self._news = asyncio.Event()
        self._ended = False

    def end(self) -> None:
        """Let go of every follower: the server is about to stop."""
        self._ended = True
        self._news.set()

    async def run(self) -> None:
        """Take in what is numbered, for ever; a database that is away is asked again."""
        pause = IDLE_SECONDS
        while True:
            try:
                came = await self._take()
            except Customer360Error as error:
                log.warning("changes_not_read", code=error.code)
                came = False
            pause = BUSY_SECONDS if came else min(pause * 1.5, IDLE_SECONDS)
            await asyncio.sleep(pause)

    async def newest(self) -> int:
        """Return the number of the newest change that there is."""
        return (await ends(self._store)).newest

    @property
    def known(self) -> int | None:
        """The number of the newest change that is told by now; None before the first look at the graph."""
        return self._newest

    async def changes(self, after: int) -> AsyncGenerator[NumberedChange]:
        """Yield every change with a greater number, for ever; raise ChangesForgotten where some are kept no more."""
        async for come in self.batches(after):
            for change in come:
                yield change

    async def batches(self, after: int) -> AsyncGenerator[list[NumberedChange]]:
        """Yield the same changes, all at once that have come since the last were taken."""
        if not (await ends(self._store)).hold(after):
            raise ChangesForgotten(FORGOTTEN)
        while True:
            news, newest = self._news, self._newest
            if come := await self._since(after):
                yield come
                after = come[-1].seq
            elif newest is not None and newest > after:
                raise ChangesForgotten(FORGOTTEN)  # they were deleted since it began
            if self._ended:
                raise ServiceUnavailable(STOPS)
            if self._newest is None or self._newest <= after:
                await news.wait()

    async def _take(self) -> bool:
        if self._newest is None:
            self._tell((await to_its_end(ends(self._store))).newest)
            return False
        came = await to_its_end(changes_after(self._store, self._newest))
        if came:
            self._recent.extend(came)
            self._tell(came[-1].seq)
        return bool(came)

    def _tell(self, newest: int) -> None:
        self._newest = newest
        news, self._news = self._news, asyncio.Event()
        news.set()

    async def _since(self, after: int) -> list[NumberedChange]:
        if not self._recent or self._recent[0].seq > after + 1:
            return await changes_after(self._store, after)
        newer = list(takewhile(lambda change: change.seq > after, reversed(self._recent)))
        return newer[::-1]
