"""Keeps the local Neo4j of a data folder running for as long as a process works on it."""

from __future__ import annotations

import asyncio
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

import structlog

from graph.errors import Customer360Error, DatabasePanicked, ServiceUnavailable, StorageFull
from graph.local.processes import process
from graph.local.run_file import Run, read_run
from graph.local.server import LocalServer

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from graph.store import Store

LOOK_SECONDS = 0.5
ASK_SECONDS = 2.0
"""How often it is asked whether it still answers: one that has panicked does not end."""
ROOM_PAUSE_SECONDS = 5
LONGEST_PAUSE_SECONDS = 60
STEADY_SECONDS = 60
"""A server that ran for so long had a good start: when it ends, the next one is started at once."""

log = structlog.stdlib.get_logger("customer360.local")


@dataclass(slots=True)
class KeptServer:
    """The server that this process works on now; another one, by `start`, after the first has ended."""

    server: LocalServer
    start: Callable[[], Awaitable[LocalServer]]

    async def keep(self, store: Store) -> None:
        """Look after the server until cancelled, and point `store` to whichever runs.

        One that ended is started again, with longer pauses when that does not help. What another process started
        is that one's to start again while it lives; what a person stopped stays so until somebody starts it.
        """
        loop = asyncio.get_running_loop()
        began, asked, pause, told = loop.time(), 0.0, 0, False
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            try:
                if self.server.run.is_there_to_stay():
                    if loop.time() - asked < ASK_SECONDS:
                        continue
                    asked = loop.time()
                    if not await self._has_panicked(store):
                        continue
                    # Asked in order it would not end: what it cannot write keeps it.
                    await asyncio.to_thread(self.server.end, at_once=True)
                if not told:
                    await self._tell_the_end()
                    pause, told = (0 if loop.time() - began > STEADY_SECONDS else pause), True
                former = self.server.uri
                if await self._found_or_started(pause):
                    if self.server.uri != former:
                        await store.move(self.server.uri, self.server.user, self.server.password)
                    began, told = loop.time(), False
                    log.warning("local_neo4j_runs_again", pid=self.server.pid, ours=not self.server.attached)
                    pause = next_pause(pause)
            except Exception as error:  # whatever it is, the next try may do
                pause = ROOM_PAUSE_SECONDS if isinstance(error, StorageFull) else next_pause(pause)
                code = error.code if isinstance(error, Customer360Error) else type(error).__name__
                log.exception("local_neo4j_not_started", code=code, next_try_seconds=pause)

    async def _has_panicked(self, store: Store) -> bool:
        try:
            await store.check()
        except DatabasePanicked:
            log.error("local_neo4j_panicked", pid=self.server.pid)
            return is_ours_to_start(read_run(self.server.home))
        except ServiceUnavailable:
            pass  # busy, or away: that is no panic
        return False

    async def _found_or_started(self, pause: int) -> bool:
        home = self.server.home
        if LocalServer.running(home.parent) is None:
            if not is_ours_to_start(read_run(home)):
                return False
            await asyncio.sleep(pause)
        self.server = await self.start()
        return True

    async def _tell_the_end(self) -> None:
        child = self.server.child
        # Its threads may still hold the files.
        status = None if child is None else await asyncio.to_thread(child.wait)
        run = read_run(self.server.home)
        by_person = run is not None and run.stopped
        log.error("local_neo4j_stopped" if by_person else "local_neo4j_ended", pid=self.server.pid, status=status)


def is_ours_to_start(latest: Run | None) -> bool:
    """Tell whether this process may start the server of a folder whose latest run is this one and has ended."""
    if latest is None:
        return True
    if latest.stopped:
        return False
    return latest.owner is None or latest.owner == process(os.getpid()) or not latest.owner.is_alive()


def next_pause(pause: int) -> int:
    """Return the seconds to wait before the try after the next: 0, 1, 2, 4 ... 60."""
    return min(pause * 2, LONGEST_PAUSE_SECONDS) if pause else 1
