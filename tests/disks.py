"""A small disk of its own for a test: a file system in memory, mounted for the time being."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from graph.free_space import MEGABYTE, free_bytes

FILLER = "filler"


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[Path]:
    """Mount a disk of so many megabytes; skips the test where this user may not mount anything."""
    folder.mkdir()
    words = ["mount", "-t", "tmpfs", "-o", f"size={megabytes * MEGABYTE}", "customer360-test", str(folder)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        pytest.skip(f"this user may not mount a file system: {done.stderr.strip()}")
    try:
        yield folder
    finally:
        # Lazily: a process that a failed test has left behind must not keep it.
        subprocess.run(["umount", "-l", str(folder)], check=True)


def fill(disk: Path, leave: int) -> None:
    """Write a file until so many bytes are free, or none where that is 0."""
    with (disk / FILLER).open("ab", buffering=0) as file:
        while (free := free_bytes(disk)) > leave:
            file.write(bytes(min(free - leave, MEGABYTE)))


def make_room(disk: Path) -> None:
    (disk / FILLER).unlink()
