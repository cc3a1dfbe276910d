"""An entry is on the disk before its answer leaves; what cannot be written is not told."""

from __future__ import annotations

import asyncio
import os
from contextlib import suppress
from pathlib import Path

import pytest

from graph.audit.chain import checked
from graph.audit.copying import files_of
from graph.audit.journal import Journal, NotRecorded
from graph.audit.verifying import verify_files
from graph.errors import StorageFull
from graph.free_space import MEGABYTE, Room
from tests.disks import fill, make_room, small_disk
from tests.graph.audit.entries import KEY, entry, entry_of


def lines(folder: Path) -> list[bytes]:
    return [line for path in files_of(folder) for line in path.read_bytes().splitlines(keepends=True)]


async def test_an_entry_is_on_the_disk_when_it_is_said_to_be(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "audit", "one", KEY)
    for number in range(3):
        await journal.record(entry(number))
        assert len(lines(tmp_path / "audit")) == number + 1
    assert [entry_of(members) for members, _ in checked(KEY, lines(tmp_path / "audit"))] == [entry(n) for n in range(3)]
    await journal.close()


async def test_those_who_wait_together_share_one_fsync(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[int] = []
    true_fsync = os.fsync
    monkeypatch.setattr(os, "fsync", lambda handle: (synced.append(handle), true_fsync(handle))[1])
    journal = Journal(tmp_path, "one", KEY)
    await asyncio.gather(*(journal.record(entry(number)) for number in range(50)))
    assert len(lines(tmp_path)) == 50
    assert len(synced) < 10
    await journal.close()


async def test_a_full_file_is_followed_by_another_and_the_chain_goes_on(tmp_path: Path) -> None:
    journal = Journal(tmp_path, "one", KEY, largest=1_000)
    for number in range(9):
        await journal.record(entry(number))
    await journal.close()
    verified = verify_files(tmp_path, KEY)
    assert len(verified.ids) > 1
    assert (sum(map(len, verified.ids.values())), verified.findings) == (9, [])
    files_of(tmp_path)[0].unlink()
    assert [finding.line for finding in verify_files(tmp_path, KEY).findings] == [1]


async def test_what_cannot_be_written_is_refused_and_leaves_a_chain_that_holds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = Journal(tmp_path, "one", KEY)
    await journal.record(entry(1))
    true_fsync = os.fsync

    def full(_: int) -> None:
        raise OSError(28, "no space left")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(NotRecorded):
        await journal.record(entry(2))
    monkeypatch.setattr(os, "fsync", true_fsync)
    await journal.record(entry(3))
    await journal.close()
    assert verify_files(tmp_path, KEY).findings == []
    assert [entry_of(members).request for members, _ in checked(KEY, lines(tmp_path))] == [entry(n).request for n in (1, 3)]


async def test_a_full_disk_refuses_by_its_name_leaves_no_half_line_and_is_over_when_there_is_room(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 4) as disk:
        journal = Journal(disk / "audit", "one", KEY)
        await journal.record(entry(1))
        fill(disk, 0)
        told = 1
        # The rest of the block that the first entries lie in still takes some.
        with suppress(StorageFull):
            while await journal.record(entry(told + 1)) is None:
                told += 1
        for _ in range(3):
            with pytest.raises(StorageFull, match="make room"):
                await journal.record(entry(99))
        assert all(line.endswith(b"\n") for line in lines(disk / "audit"))
        assert len(files_of(disk / "audit")) == 1, "what was refused leaves no empty files"
        make_room(disk)
        await journal.record(entry(told + 1))
        await journal.close()
        assert verify_files(disk / "audit", KEY).findings == []
        found = [entry_of(members).request for members, _ in checked(KEY, lines(disk / "audit"))]
        assert found == [entry(number).request for number in range(1, told + 2)]


async def test_the_last_of_a_disk_is_left_to_the_database(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 4) as disk:
        fill(disk, MEGABYTE)
        kept, open_to_all = Journal(disk, "one", KEY, room=Room(disk, 8 * MEGABYTE)), Journal(disk, "two", KEY)
        with pytest.raises(StorageFull):
            await kept.record(entry(1))
        await open_to_all.record(entry(1))
        await open_to_all.close()
        assert [path.name for path in files_of(disk)] == ["two-0001.jsonl"]


async def test_a_line_that_a_crash_cut_is_passed_over(tmp_path: Path) -> None:
    journal = Journal(tmp_path, "one", KEY)
    await journal.record(entry(1))
    await journal.close()
    (path,) = files_of(tmp_path)
    with path.open("ab") as file:
        file.write(b'{"before":"')
    assert verify_files(tmp_path, KEY).findings == []
