"""A local Neo4j that does not start any more is brought back with all that was committed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from graph.errors import DatabasePanicked, DataFolderInUse, LocalServerFailed, ServiceUnavailable
from graph.local import LocalServer
from graph.local.configuration import SHORT_LIVED
from graph.local.repairing import Repaired, Size, repair
from graph.local.server import home_of
from tests.disks import fill, make_room, small_disk
from tests.graph.local.test_server import MEMORY, data_folder, opened, remember, remembered, start

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["data_folder"]

GARBAGE = bytes((7, 255, 19)) * 100
LARGE = "x" * 100_000


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    with small_disk(tmp_path / "disk", 200) as mounted:
        yield mounted
        server = LocalServer.running(mounted / "data")
        if server is not None:
            server.stop(at_once=True)


async def repaired(data_folder: Path, jars_folder: Path) -> Repaired:
    told: list[str] = []
    done = await repair(data_folder, jars_folder, told.append, memory=MEMORY, flags=SHORT_LIVED)
    assert len(told) == 3
    return done


async def test_a_torn_transaction_log_keeps_it_from_starting_which_is_told_at_once_until_it_is_repaired(
    data_folder: Path, jars_folder: Path
) -> None:
    server = await start(data_folder, jars_folder)
    store = await opened(server)
    for word in ("one", "two"):
        await remember(store, word)
    with pytest.raises(DataFolderInUse, match=r"customer360 neo4j stop"):
        await repaired(data_folder, jars_folder)
    await store.close()
    server.stop(at_once=True)
    *_, log = sorted((home_of(data_folder) / "data" / "transactions" / "neo4j").glob("neostore*"))
    with log.open("ab") as file:
        file.write(GARBAGE)

    with pytest.raises(LocalServerFailed, match="customer360 neo4j repair"):
        await start(data_folder, jars_folder)

    done = await repaired(data_folder, jars_folder)
    assert done.size == Size(nodes=2, relationships=0)
    assert [path.suffix for path in done.cut] == [".zip"]
    server = await start(data_folder, jars_folder)
    store = await opened(server)
    assert await remembered(store) == ["one", "two"]
    await store.close()
    server.stop(at_once=True)


async def test_a_disk_that_another_program_fills_takes_nothing_of_what_was_acknowledged(disk: Path, jars_folder: Path) -> None:
    data = disk / "data"
    server = await start(data, jars_folder)
    store = await opened(server)
    fill(disk, 2_000_000)
    acknowledged: list[str] = []
    with pytest.raises(ServiceUnavailable):  # noqa: PT012 (how many fit is not known)
        while True:
            await remember(store, f"{len(acknowledged):04d}{LARGE}")
            acknowledged.append(f"{len(acknowledged):04d}{LARGE}")
    assert acknowledged
    with pytest.raises(DatabasePanicked):
        await store.check()
    await store.close()
    server.stop(at_once=True)

    make_room(disk)
    server = await start(data, jars_folder)
    store = await opened(server)
    assert set(acknowledged) <= set(await remembered(store))
    await store.close()
    server.stop()


async def test_what_is_no_graph_is_not_begun_by_a_repair(tmp_path: Path, jars_folder: Path) -> None:
    with pytest.raises(LocalServerFailed, match="There is no graph"):
        await repaired(tmp_path, jars_folder)
    assert not home_of(tmp_path).exists()
