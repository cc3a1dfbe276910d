"""A local Neo4j that ends while a process works on it: who starts it again, and who does not."""

from __future__ import annotations

import asyncio
import os
import signal
from contextlib import asynccontextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING

import pytest
from structlog.testing import capture_logs

from graph.errors import ServiceUnavailable, StorageFull
from graph.free_space import MEGABYTE, free_bytes
from graph.local import KeptServer, LocalServer
from graph.local import keeping as keeping_module
from graph.local.keeping import LONGEST_PAUSE_SECONDS, is_ours_to_start, next_pause
from graph.local.processes import Process, process
from graph.local.run_file import Run
from graph.store import Store
from tests.disks import fill, make_room, small_disk
from tests.graph.local.test_repairing import LARGE
from tests.graph.local.test_server import command, data_folder, remember, remembered, start

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable
    from pathlib import Path

__all__ = ["data_folder"]

OURS, ALIVE, DEAD = process(os.getpid()), process(os.getppid()), Process(os.getpid(), "an earlier start")


@asynccontextmanager
async def kept(server: LocalServer, again: Callable[[], Awaitable[LocalServer]]) -> AsyncGenerator[tuple[KeptServer, Store]]:
    store = await Store.open(server.uri, server.user, server.password)
    keeper = KeptServer(server, again)
    task = asyncio.create_task(keeper.keep(store))
    try:
        yield keeper, store
    finally:
        task.cancel()
        await asyncio.wait([task])
        await store.close()
        keeper.server.stop(at_once=True)


async def until_another_runs(keeper: KeptServer, store: Store, pid: int) -> None:
    while keeper.server.pid == pid:
        await asyncio.sleep(0.05)
    await store.check()


async def test_one_that_is_killed_is_started_again_however_often_that_fails_and_what_was_committed_is_there(
    data_folder: Path, jars_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    failures = iter([OSError("secret"), ServiceUnavailable("not now")])

    async def again() -> LocalServer:
        if failure := next(failures, None):
            raise failure
        return await start(data_folder, jars_folder)

    monkeypatch.setattr(keeping_module, "next_pause", int)
    server = await start(data_folder, jars_folder)
    async with kept(server, again) as (keeper, store):
        await remember(store, "committed")
        with capture_logs() as lines:
            os.kill(server.pid, signal.SIGKILL)
            await until_another_runs(keeper, store, server.pid)
        assert await remembered(store) == ["committed"]
        assert (keeper.server.uri, keeper.server.password, keeper.server.attached) == (server.uri, server.password, False)
        assert [line["event"] for line in lines] == [
            "local_neo4j_ended", "local_neo4j_not_started", "local_neo4j_not_started", "local_neo4j_runs_again",
        ]  # fmt: skip
    assert (lines[0]["pid"], lines[0]["status"], lines[-1]["pid"]) == (server.pid, -signal.SIGKILL, keeper.server.pid)
    assert [line.get("code") for line in lines] == [None, "OSError", "SERVICE_UNAVAILABLE", None]


async def test_one_that_a_full_disk_has_failed_is_ended_and_started_again_when_there_is_room(
    tmp_path: Path, jars_folder: Path
) -> None:
    with small_disk(tmp_path / "disk", 200) as disk:
        data = disk / "data"

        async def again() -> LocalServer:
            if free_bytes(disk) < 10 * MEGABYTE:
                raise StorageFull("no room")
            return await start(data, jars_folder)

        server = await start(data, jars_folder)
        async with kept(server, again) as (keeper, store):
            fill(disk, 2 * MEGABYTE)
            acknowledged: list[str] = []
            with capture_logs() as lines:
                # Another program takes what is left, faster than anybody looks.
                with suppress(ServiceUnavailable):
                    while await remember(store, word := f"{len(acknowledged):04d}{LARGE}") is None:
                        acknowledged.append(word)
                async with asyncio.timeout(120):
                    while not any(line.get("code") == "STORAGE_FULL" for line in lines):
                        await asyncio.sleep(0.05)
                make_room(disk)
                await until_another_runs(keeper, store, server.pid)
            told = list(dict.fromkeys(line["event"] for line in lines))
            assert told == ["local_neo4j_panicked", "local_neo4j_ended", "local_neo4j_not_started", "local_neo4j_runs_again"]
            assert acknowledged
            assert set(acknowledged) <= set(await remembered(store))
            await remember(store, "later")


async def test_one_whose_owner_is_gone_is_taken_over(data_folder: Path, jars_folder: Path) -> None:
    with command(data_folder, jars_folder, "tethered") as owner:
        assert owner.stdout is not None
        pid = int(owner.stdout.readline().split()[0])
        attached = LocalServer.running(data_folder)
        assert attached is not None
        async with kept(attached, partial(start, data_folder, jars_folder)) as (keeper, store):
            await remember(store, "by the first")
            owner.kill()
            await until_another_runs(keeper, store, pid)
            assert not keeper.server.attached
            assert await remembered(store) == ["by the first"]


async def test_one_that_a_person_stopped_stays_so_until_somebody_starts_it(data_folder: Path, jars_folder: Path) -> None:
    server = await start(data_folder, jars_folder)
    by_hand = LocalServer.running(data_folder)
    assert by_hand is not None
    async with kept(server, partial(start, data_folder, jars_folder)) as (keeper, store):
        with capture_logs() as lines:
            await asyncio.to_thread(by_hand.stop, at_once=True)
            async with asyncio.timeout(60):
                while not lines:
                    await asyncio.sleep(0.05)
            assert [line["event"] for line in lines] == ["local_neo4j_stopped"]
            with pytest.raises(ServiceUnavailable):
                await store.check()
            with command(data_folder, jars_folder, "detached"):
                await until_another_runs(keeper, store, server.pid)
        assert keeper.server.attached


@pytest.mark.parametrize(
    ("latest", "ours"),
    [
        (None, True),
        (Run(DEAD, 7687, None), True),
        (Run(DEAD, 7687, OURS), True),
        (Run(DEAD, 7687, DEAD), True),
        (Run(DEAD, 7687, ALIVE), False),
        (Run(DEAD, 7687, OURS, stopped=True), False),
    ],
)
def test_who_started_it_starts_it_again_while_they_live_and_nobody_does_what_a_person_undid(
    latest: Run | None, ours: bool
) -> None:
    assert is_ours_to_start(latest) is ours


def test_the_pauses_grow_up_to_a_minute() -> None:
    pauses = [0]
    while len(pauses) < 10:
        pauses.append(next_pause(pauses[-1]))
    assert pauses == [0, 1, 2, 4, 8, 16, 32, 60, 60, 60]
    assert pauses[-1] == LONGEST_PAUSE_SECONDS
