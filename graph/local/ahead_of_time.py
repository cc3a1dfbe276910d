"""An ahead-of-time cache for Java: the classes of Neo4j, read and linked before, so that it starts and plans sooner (ADR 26).

Made once for each build of Java and set of jars, by a throw-away server that does what a start does.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from graph.local.configuration import DEMO_MEMORY, server_command, write_configuration
from graph.local.exclusion import alone
from graph.local.jars import VERSION, locked_jars
from graph.local.java_cache import cache_file
from graph.local.password import ensure_password
from graph.local.processes import process, spawn
from graph.local.run_file import Run
from graph.local.server import OUTPUT, LocalServer, free_port, wait_until_ready
from graph.store import Store

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Awaitable, Callable, Sequence

LOWEST_PRIORITY = 19
TRAINING_SECONDS = 1800
"""At that priority it may get little of the machine."""
KEPT = 3
"""Caches of several installations of one user; 100 to 200 MB each."""


async def make_cache(cache_folder: Path, exercise: Callable[[Store], Awaitable[None]]) -> Path | None:
    """Make the cache unless it is there, at the lowest priority, and return its path; None if Java made none.

    `exercise` does with a server on an empty graph what the next starts should be quick at. Cut short, it leaves nothing.
    """
    jars = [cache_folder / f"neo4j-{VERSION}" / jar.filename for jar in locked_jars()]
    made = cache_file(cache_folder, jars)
    async with alone(made.with_suffix(".lock")):
        if made.exists():
            return made
        with tempfile.TemporaryDirectory(prefix="making-", dir=cache_folder) as folder:
            draft = Path(folder) / "draft.aot"
            await _train(Path(folder) / "neo4j", jars, draft, exercise)
            if not draft.exists():
                return None
            await asyncio.to_thread(_keep, draft, made)
        return made


async def _train(home: Path, jars: Sequence[Path], draft: Path, exercise: Callable[[Store], Awaitable[None]]) -> None:
    port = free_port(0)
    write_configuration(home, port, DEMO_MEMORY)
    password = await asyncio.to_thread(ensure_password, home, jars)
    command = server_command(home, jars, DEMO_MEMORY, [f"-XX:AOTCacheOutput={draft}"])
    child = _spawned(command, home / OUTPUT)
    try:
        server = LocalServer(home, Run(process(child.pid), port, process(os.getpid())), password, child)
        await wait_until_ready(server, TRAINING_SECONDS)
        store = await Store.open(server.uri, server.user, server.password)
        try:
            await exercise(store)
        finally:
            await store.close()
        # It writes the cache when it ends.
        child.send_signal(signal.SIGTERM)
        await asyncio.to_thread(child.wait)
    finally:
        _kill(child)


def _spawned(command: list[str], output: Path) -> subprocess.Popen[bytes]:
    with output.open("wb") as written:
        child = spawn(command, written, tethered=True)
    # Before it has threads, which inherit it.
    os.setpriority(os.PRIO_PROCESS, child.pid, LOWEST_PRIORITY)
    return child


def _kill(child: subprocess.Popen[bytes]) -> None:
    # With the Java that assembles the cache, which is a child of its own.
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()


def _keep(draft: Path, made: Path) -> None:
    """Give a whole draft its name, once it is on the disk, and remove the oldest of too many."""
    with draft.open("rb") as written:
        os.fsync(written.fileno())
    draft.replace(made)
    for older in sorted(made.parent.glob("neo4j-*.aot"), key=lambda file: file.stat().st_mtime)[:-KEPT]:
        older.unlink(missing_ok=True)
