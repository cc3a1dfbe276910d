"""Who is on which case, as one process knows it: what its pages say is written together, what is new goes to its pages."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncGenerator
from contextlib import suppress

import structlog

from graph.cases.presence import Seen, Sign, Signs, differing
from graph.cases.present import look, say
from graph.errors import Customer360Error
from graph.store import Store

LOOK_SECONDS = 1.0
"""How often it is looked at what other processes have written, while somebody follows."""
TOGETHER_SECONDS = 0.2
"""What is said in such quick succession is written, and looked at, together."""
LIST_SECONDS = 3.0
"""Whoever follows all cases is told at most so often, all of them at once: they can share what they read then."""
KEPT = 1_000
"""So many of the newest changes are kept; who is further behind is told that it can be any case."""

log = structlog.stdlib.get_logger("customer360.presence")


class Board:
    """The board of one process, written and read by `run`."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._signs = Signs()
        self._seen: Seen | None = None
        self._changes: deque[tuple[int, frozenset[str] | None]] = deque(maxlen=KEPT)
        self._version = self._listed = 0
        self._looked = self._told_lists = float("-inf")
        self._followers = 0
        self._wake, self._news = asyncio.Event(), asyncio.Event()

    @property
    def version(self) -> int:
        """Grows with each change that this process has seen."""
        return self._version

    def take(self, sign: Sign) -> None:
        """Take what a page says of itself."""
        self._signs.take(sign, asyncio.get_running_loop().time())
        self._wake.set()

    async def changes(self, case: str | None = None) -> AsyncGenerator[frozenset[str] | None]:
        """Yield the cases (raw ids) on which somebody has come, gone, begun or ended to write; None where it may be any.

        The first is None. Who follows one `case` is told at once, and of no other.
        """
        self._followers += 1
        self._wake.set()
        at = self._published(case)
        try:
            if self._seen is not None:  # else the first look, which is about to come, is told as any case
                yield None
            while True:
                news, now = self._news, self._published(case)
                if now == at:
                    await news.wait()
                    continue
                changed, at = self._between(at, now), now
                if changed is None or case is None or case in changed:
                    yield changed
        finally:
            self._followers -= 1
            self._let_go()

    async def run(self) -> None:
        """Write what is said and look at what is new, for ever; with a database that is away it is tried again."""
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(self._pause()):
                    await self._wake.wait()
            self._wake.clear()
            try:
                await self._turn(asyncio.get_running_loop().time())
            except Customer360Error as error:
                log.warning("presence_not_kept", code=error.code)
                await asyncio.sleep(LOOK_SECONDS)
            await asyncio.sleep(TOGETHER_SECONDS)

    def _pause(self) -> float | None:
        """Return after how many seconds there is something to do, if nobody says anything before; None for never."""
        now = asyncio.get_running_loop().time()
        pauses = [self._signs.pause(now), max(0.0, self._looked + LOOK_SECONDS - now) if self._followers else None]
        return min((pause for pause in pauses if pause is not None), default=None)

    async def _turn(self, now: float) -> None:
        written = self._signs.pause(now) == 0
        if written:
            signs = self._signs.taken_out(now)
            try:
                await say(self._store, signs)
            except Customer360Error:
                self._signs.put_back(signs, now)
                raise
        if self._followers and (written or self._seen is None or now >= self._looked + LOOK_SECONDS):
            self._looked = now
            self._compare(await look(self._store), now)
            self._let_go()

    def _compare(self, found: Seen, now: float) -> None:
        changed = None if self._seen is None else differing(self._seen, found)
        self._seen = found
        if changed is None or changed:
            self._version += 1
            self._changes.append((self._version, changed))
        if self._listed < self._version and (changed is None or now >= self._told_lists + LIST_SECONDS):
            self._listed, self._told_lists = self._version, now
        news, self._news = self._news, asyncio.Event()
        news.set()

    def _let_go(self) -> None:
        if not self._followers:
            self._seen = None  # nobody looks from now on: by the next time anything can have happened

    def _published(self, case: str | None) -> int:
        return self._listed if case is None else self._version

    def _between(self, before: int, until: int) -> frozenset[str] | None:
        kept = [changed for version, changed in self._changes if before < version <= until]
        if len(kept) < until - before:
            return None
        known = [changed for changed in kept if changed is not None]
        return frozenset[str]().union(*known) if len(known) == len(kept) else None
