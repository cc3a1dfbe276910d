"""Files of the read audit whose time is over go; what is left holds, and says where it begins."""

from __future__ import annotations

from pathlib import Path

import orjson
import pytest

from graph.audit.copying import copy_entries, files_of
from graph.audit.journal import Journal
from graph.audit.removing import remove_readings
from graph.audit.verifying import compare_with_graph, verify_files
from graph.store import Store
from tests.conftest import wipe
from tests.graph.audit.entries import entry

KEY = bytes(32)
LIMIT = "2026-06-01T00:00:00.000000Z"


async def written(folder: Path, name: str, months: list[int]) -> None:
    """Write a file for each month, of two readings each."""
    journal = Journal(folder, name, KEY, largest=1)
    for month in months:
        for day in (1, 2):
            await journal.record(entry(day, operation=name, at=f"2026-{month:02d}-0{day}T10:00:00.000000Z"))
    await journal.close()


@pytest.fixture
async def folder(store: Store, tmp_path: Path) -> Path:
    await wipe(store)
    await written(tmp_path, "a", [3, 4, 5, 6, 7])
    await written(tmp_path, "b", [3, 4])
    await copy_entries(store, tmp_path)
    return tmp_path


async def findings(store: Store, folder: Path) -> list[tuple[str, int]]:
    verified = verify_files(folder, KEY)
    return [(each.file, each.line) for each in (*verified.findings, *await compare_with_graph(store, verified))]


async def test_what_is_over_goes_from_the_disk_and_from_the_graph_and_the_rest_holds(store: Store, folder: Path) -> None:
    assert await findings(store, folder) == []
    assert await remove_readings(store, folder, KEY, LIMIT, "own") == 10
    assert {path.name[0] for path in files_of(folder)} == {"a"}
    assert min(at for (at,) in await store.read("MATCH (e:AuditEntry) RETURN e.at")) >= LIMIT
    assert await store.read("MATCH (f:AuditFile) RETURN count(f)") == [[4]]
    assert await findings(store, folder) == []
    assert await remove_readings(store, folder, KEY, LIMIT, "own") == 0
    assert await copy_entries(store, folder) == 0


async def test_a_process_that_writes_its_files_keeps_them(store: Store, folder: Path) -> None:
    assert await remove_readings(store, folder, KEY, LIMIT, "a") == 4
    assert await findings(store, folder) == []


async def test_what_is_gone_beyond_the_note_and_a_note_that_was_changed_are_found(store: Store, folder: Path) -> None:
    await remove_readings(store, folder, KEY, LIMIT, "own")
    first = files_of(folder)[0]
    whole = first.read_bytes()
    first.unlink()
    assert (first.name, 0) in await findings(store, folder) or (files_of(folder)[0].name, 1) in await findings(store, folder)
    first.write_bytes(whole)
    note = folder / "a.begin"
    told = orjson.loads(note.read_bytes())
    note.write_bytes(orjson.dumps({**told, "file": "a-9999.jsonl"}))
    assert ("a.begin", 0) in await findings(store, folder)


async def test_a_removal_that_was_cut_short_between_disk_and_graph_is_gone_on_with(store: Store, folder: Path) -> None:
    kept = {path.name: path.read_bytes() for path in files_of(folder)}
    await remove_readings(store, folder, KEY, LIMIT, "own")
    first = min(kept)
    (folder / first).write_bytes(kept[first])
    assert await findings(store, folder) == []
    await copy_entries(store, folder)
    assert await findings(store, folder) == []
    await remove_readings(store, folder, KEY, LIMIT, "own")
    assert not (folder / first).exists()
    assert await findings(store, folder) == []
