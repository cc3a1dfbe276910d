"""A backup holds all of the graph, and only a whole one is kept."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

import pytest

from graph.errors import DataFolderInUse, InvalidInput, LocalServerFailed
from graph.intake.reading import read_event
from graph.intake.record import record
from graph.local.backups import back_up, restore
from graph.schema import migrate
from tests.graph.local.test_server import data_folder, opened, start
from tests.graph.resolution.fingerprint import differences, fingerprint

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

__all__ = ["data_folder"]

KEY = bytes(32)


def person(number: int, phone: str) -> dict[str, Any]:
    return {
        "specversion": "1.0",
        "type": "customer360.person.v1",
        "source": "/ec" if number % 2 else "/pos",
        "id": f"backup-{number}",
        "subject": f"U-{number}",
        "time": "2026-04-01T10:00:00+09:00",
        "data": {
            "name": {"full": f"試験 {number // 2}"},
            "identifiers": [{"kind": "PHONE", "value": phone}],
        },
    }


async def test_what_is_restored_elsewhere_is_the_same_graph(data_folder: Path, jars_folder: Path, tmp_path: Path) -> None:
    server = await start(data_folder, jars_folder)
    store = await opened(server)
    await migrate(store)
    events = [read_event(person(number, f"0909876{number // 2:04d}"), KEY) for number in range(40)]
    assert {receipt.outcome for receipt in await record(store, events)} <= {"CREATED", "UPDATED"}
    before = await fingerprint(store)
    await store.close()
    backup, other = tmp_path / "graph.backup", tmp_path / "other"
    with pytest.raises(DataFolderInUse, match="neo4j stop"):
        await back_up(data_folder, jars_folder, backup)
    server.stop()

    await back_up(data_folder, jars_folder, backup)
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    with pytest.raises(InvalidInput, match="there already"):
        await back_up(data_folder, jars_folder, backup)
    await restore(other, jars_folder, backup)

    server = await start(other, jars_folder)
    store = await opened(server)
    assert differences(await fingerprint(store), before) == []
    assert await migrate(store) == []
    await store.close()
    server.stop(at_once=True)

    with backup.open("r+b") as cut:
        cut.truncate(backup.stat().st_size // 2)
    with pytest.raises(LocalServerFailed, match="could not be loaded"):
        await restore(tmp_path / "third", jars_folder, backup)


async def test_a_backup_of_nothing_is_none(tmp_path: Path, jars_folder: Path) -> None:
    with pytest.raises(LocalServerFailed, match="There is no graph"):
        await back_up(tmp_path, jars_folder, tmp_path / "graph.backup")
    with pytest.raises(InvalidInput, match="cannot be opened"):
        await restore(tmp_path, jars_folder, tmp_path / "graph.backup")
