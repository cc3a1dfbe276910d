"""The run file: what is read is what was written, and what cannot be read counts for nothing."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from graph.errors import LocalServerFailed
from graph.local.processes import Process, process
from graph.local.run_file import NAME, Run, read_run, write_run

if TYPE_CHECKING:
    from pathlib import Path

ALIVE = process(os.getpid())
DEAD = Process(os.getpid(), "an earlier start")


@pytest.mark.parametrize("owner", [None, DEAD])
def test_a_run_is_read_as_it_was_written(tmp_path: Path, owner: Process | None) -> None:
    run = Run(ALIVE, 7687, owner)
    write_run(tmp_path, run)
    assert read_run(tmp_path) == run


@pytest.mark.parametrize("text", [None, "", "[]", "{}", '{"server": {"pid": 1}, "port": 1, "owner": null}', '"text"'])
def test_a_file_that_is_missing_or_says_something_else_is_no_run(tmp_path: Path, text: str | None) -> None:
    if text is not None:
        (tmp_path / NAME).write_text(text)
    assert read_run(tmp_path) is None


@pytest.mark.parametrize(
    ("server", "owner", "stays"), [(ALIVE, None, True), (ALIVE, ALIVE, True), (ALIVE, DEAD, False), (DEAD, None, False)]
)
def test_a_server_stays_while_it_and_its_owner_are_alive(server: Process, owner: Process | None, stays: bool) -> None:
    assert Run(server, 7687, owner).is_there_to_stay() is stays


def test_one_that_cannot_be_read_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / NAME).mkdir()
    with pytest.raises(LocalServerFailed, match=r"run\.json, .* cannot be read \(Is a directory\)"):
        read_run(tmp_path)
