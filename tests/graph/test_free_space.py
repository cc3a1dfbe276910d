"""Below a mark nothing new is taken, below a quarter of it nothing at all is written, and looking costs next to nothing."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from graph.errors import StorageFull
from graph.free_space import MEGABYTE, Room, free_bytes
from tests.disks import fill, make_room, small_disk

MARK = 8 * MEGABYTE


def test_the_free_space_of_a_folder_is_that_of_its_disk_also_before_it_is_there(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 16) as disk:
        empty = free_bytes(disk / "not" / "yet")
        (disk / "file").write_bytes(bytes(MEGABYTE))
        assert MEGABYTE <= empty - free_bytes(disk) < 2 * MEGABYTE


@pytest.mark.parametrize(
    ("free", "low", "reserve"),
    [(9, False, True), (7, True, True), (3, True, True), (1, True, False), (0, True, False)],
)
def test_what_may_be_written_is_said_by_what_is_free(tmp_path: Path, free: int, low: bool, reserve: bool) -> None:
    with small_disk(tmp_path / "disk", 16) as disk:
        fill(disk, free * MEGABYTE)
        room = Room(disk, MARK)
        assert (room.is_low, room.has_reserve) == (low, reserve)


def test_it_says_what_to_do_and_in_the_log_when_it_is_low_and_when_there_is_room_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.free_space.LOOK_SECONDS", 0)
    with small_disk(tmp_path / "disk", 16) as disk, capture_logs() as lines:
        room = Room(disk, MARK)
        room.require()
        fill(disk, 5 * MEGABYTE)
        for _ in range(3):
            with pytest.raises(StorageFull, match=r"Only [45] MB are free .* below 8 MB.*Make room"):
                room.require()
        room.require_reserve()
        make_room(disk)
        room.require()
    assert [(line["event"], line["log_level"]) for line in lines] == [("storage_low", "error"), ("storage_enough", "warning")]


def test_a_second_of_writes_costs_one_look(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    looks: list[Path] = []
    look = os.statvfs
    monkeypatch.setattr(os, "statvfs", lambda path: (looks.append(path), look(path))[1])
    monkeypatch.setattr("graph.free_space.LOOK_SECONDS", 3600)
    room = Room(tmp_path, 0)
    for _ in range(1_000):
        room.require()
    assert looks == [tmp_path]
