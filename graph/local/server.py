"""A local Neo4j Community in a data folder: started, attached to, stopped."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import time
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from graph.errors import DataFolderInUse, LocalServerFailed, LoginRefused, ServiceUnavailable
from graph.local.configuration import DEMO_MEMORY, Memory, server_command, write_configuration
from graph.local.exclusion import alone
from graph.local.jars import fetch_jars
from graph.local.java_cache import cache_file, cache_flags
from graph.local.last_words import GraphNotOpened, why_not_opened, written
from graph.local.password import FILE, ensure_password, read_password, refused
from graph.local.processes import holder_of, process, spawn
from graph.local.progress import download_progress
from graph.local.run_file import Run, read_run, write_run
from graph.store import READ_SECONDS, Store

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

READY_SECONDS = 120.0
STOP_SECONDS = 60.0
POLL_SECONDS = 0.1
ATTEMPTS = 3
OUTPUT = "output.log"
LOCK = "starting.lock"


FINAL = (DataFolderInUse, GraphNotOpened)
"""What another try does not change."""


class PortTaken(LocalServerFailed):
    """Another program took the chosen port while the server started."""


@dataclass(frozen=True, slots=True)
class LocalServer:
    """A running server; `child` is ours, and None if another command started it and we attached to it."""

    home: Path
    run: Run
    password: str
    child: subprocess.Popen[bytes] | None
    log_before: int = 0
    """Bytes of its log that are of former runs."""

    @property
    def uri(self) -> str:
        return f"bolt://127.0.0.1:{self.run.port}"

    @property
    def user(self) -> str:
        return "neo4j"

    @property
    def password_file(self) -> Path:
        return self.home / FILE

    @property
    def attached(self) -> bool:
        return self.child is None

    @property
    def pid(self) -> int:
        return self.run.server.pid

    @classmethod
    def running(cls, data_folder: Path) -> LocalServer | None:
        """Return the server that runs in this data folder, or None."""
        home = home_of(data_folder)
        run = read_run(home)
        return cls(home, run, read_password(home), None) if run is not None and run.is_there_to_stay() else None

    @classmethod
    async def start(
        cls,
        data_folder: Path,
        cache_folder: Path,
        *,
        memory: Memory = DEMO_MEMORY,
        tethered: bool = True,
        flags: Sequence[str] = (),
        settings: Mapping[str, str] = MappingProxyType({}),
    ) -> LocalServer:
        """Return the server of this data folder, ready for questions; start it unless it runs already.

        A tethered server ends with this process; `settings` are of Neo4j, for this start.
        Call from the main thread (see `processes.spawn`).
        Raises LocalServerFailed, or DataFolderInUse if a server that we cannot attach to holds the folder.
        """
        home = home_of(data_folder)
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        with download_progress() as report:
            jars = await fetch_jars(cache_folder, report)
        cache = cache_file(cache_folder, jars)
        # Of two commands that start at once, the second waits, then attaches.
        async with alone(home / LOCK):
            for left in reversed(range(ATTEMPTS)):
                server = cls.running(data_folder)
                ahead = cache_flags(cache)
                if server is None:
                    await _end_latest(home)
                    server = _spawned(home, jars, memory, [*flags, *ahead], settings, tethered=tethered)
                try:
                    await wait_until_ready(server)
                except BaseException as error:
                    if not server.attached:
                        server.stop(at_once=True)
                    if not left or not isinstance(error, LocalServerFailed) or isinstance(error, FINAL):
                        raise
                    if not isinstance(error, PortTaken):
                        if not ahead:
                            raise
                        # Never in the way of a start: whatever was wrong, it goes on without.
                        cache.unlink(missing_ok=True)
                else:
                    return server
        raise AssertionError("the last attempt returns or raises")

    def stop(self, *, at_once: bool = False) -> None:
        """Stop the server and wait until it has ended; in order, with a checkpoint, unless `at_once`.

        One that we attached to is stopped for whoever uses it: none of them starts it again by itself.
        """
        if self.attached:
            write_run(self.home, replace(self.run, stopped=True))
        self.end(at_once=at_once)

    def end(self, *, at_once: bool = False) -> None:
        """The same for one that has to be started again: whoever uses it does."""
        _end(self.run, at_once=at_once)
        if self.child is not None:
            self.child.wait()


def home_of(data_folder: Path) -> Path:
    return data_folder.resolve() / "neo4j"


def _end(run: Run, *, at_once: bool = False) -> None:
    run.server.send(signal.SIGKILL if at_once else signal.SIGTERM)
    deadline = time.monotonic() + STOP_SECONDS
    while run.server.is_alive():
        if time.monotonic() > deadline:
            run.server.send(signal.SIGKILL)
        time.sleep(POLL_SECONDS)


async def _end_latest(home: Path) -> None:
    latest = read_run(home)
    if latest is not None:
        # Its owner was killed, and it may not have ended yet: waited for beside the loop, which may serve meanwhile.
        await asyncio.to_thread(_end, latest)


def _spawned(
    home: Path, jars: Sequence[Path], memory: Memory, flags: Sequence[str], settings: Mapping[str, str], *, tethered: bool
) -> LocalServer:
    holder = _holder(home)
    if holder is not None:
        raise _in_use(home, holder)
    latest = read_run(home)
    # The same port as last time, if it is free: who was connected finds the server again.
    port = free_port(0 if latest is None else latest.port)
    write_configuration(home, port, memory, settings)
    password = ensure_password(home, jars)
    log_before = written(home)
    with (home / OUTPUT).open("wb") as output:
        child = spawn(server_command(home, jars, memory, flags), output, tethered=tethered)
    run = Run(process(child.pid), port, process(os.getpid()) if tethered else None)
    write_run(home, run)
    return LocalServer(home, run, password, child, log_before)


async def wait_until_ready(server: LocalServer, seconds: float = READY_SECONDS) -> None:
    """Return when the server answers; raise LocalServerFailed when it has ended or does not get there."""
    deadline = time.monotonic() + seconds
    store = await Store.open(server.uri, server.user, server.password)
    try:
        while True:
            try:
                # Patiently: what a cold one was asked and could not answer in time it would have to begin again.
                return await store.check(seconds=READ_SECONDS)
            except LoginRefused:
                raise refused(server.home) from None
            except ServiceUnavailable:
                if not server.run.server.is_alive():
                    raise why_it_ended(server.home) from None
                if (failed := why_not_opened(server.home, server.log_before)) is not None:
                    raise failed from None
                if time.monotonic() > deadline:
                    raise LocalServerFailed(f"The local Neo4j did not get ready. See {server.home / OUTPUT}.") from None
            await asyncio.sleep(POLL_SECONDS)
    finally:
        await store.close()


def why_it_ended(home: Path) -> LocalServerFailed:
    output = (home / OUTPUT).read_text("utf-8", "replace")
    if "FileLockException" in output:
        return _in_use(home, _holder(home))
    failed = PortTaken if "PortBindException" in output else LocalServerFailed
    return failed(f"The local Neo4j ended while it started. Its last words are in {home / OUTPUT}.")


def require_stopped(data_folder: Path) -> None:
    """Raise DataFolderInUse while a server runs in this data folder."""
    home = home_of(data_folder)
    run = read_run(home)
    if run is not None and run.server.is_alive():
        raise DataFolderInUse(
            f"Neo4j runs in {home} (process {run.server.pid}). Stop what uses it, then `customer360 neo4j stop`, then try again."
        )
    if (holder := _holder(home)) is not None:
        raise _in_use(home, holder)


def _holder(home: Path) -> int | None:
    return holder_of(home / "data" / "databases" / "store_lock")


def _in_use(home: Path, holder: int | None) -> DataFolderInUse:
    by = "another process" if holder is None else f"process {holder}"
    return DataFolderInUse(
        f"The data folder {home} is in use by {by}, a Neo4j that this program cannot attach to. "
        "Stop it, or choose another folder with DATA_FOLDER."
    )


def free_port(wanted: int) -> int:
    """Return this port of loopback if nobody listens there, else any that is free."""
    with socket.socket() as probe:
        # Connections that have just closed do not make a port taken.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", wanted))
        except OSError:
            return free_port(0)
        return probe.getsockname()[1]
