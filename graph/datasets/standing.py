"""How far an export has come, and its files: a line for each row, as long as they were when that was written down."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Self, TypeAlias

import orjson

Row: TypeAlias = dict[str, Any]


@dataclass(slots=True)
class Standing:
    """`end` is the number of the newest change when it began: the next export goes on after it.

    `place` is the number of the last change that was dealt with; of a full export `table` is how many tables are done and
    `after` the id of the last row. `lengths` are bytes by file name, `counts` rows by table.
    """

    end: int
    place: int = 0
    table: int = 0
    after: str = ""
    lengths: dict[str, int] = field(default_factory=dict[str, int])
    counts: dict[str, int] = field(default_factory=dict[str, int])

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Self:
        return cls(**told)

    def members(self) -> dict[str, Any]:
        return asdict(self)

    def holds(self, folder: Path) -> bool:
        """Tell whether the files are here, and at least as long."""
        return all(
            path_of(folder, name).is_file() and path_of(folder, name).stat().st_size >= length
            for name, length in self.lengths.items()
        )

    def add(self, folder: Path, table: str, rows: Iterable[Row]) -> None:
        """Write rows behind what is known, over what a process has left that ended before it said so."""
        lines = [orjson.dumps(row) + b"\n" for row in rows]
        with open(os.open(path_of(folder, table), os.O_RDWR | os.O_CREAT, 0o600), "r+b") as file:  # noqa: PTH123 (has a mode)
            file.seek(self.lengths.get(table, 0))
            file.truncate()
            file.writelines(lines)
            file.flush()
            os.fsync(file.fileno())
            self.lengths[table] = file.tell()
        self.counts[table] = self.counts.get(table, 0) + len(lines)

    def cut(self, folder: Path) -> None:
        """Take off what stands behind what is known."""
        for name, length in self.lengths.items():
            os.truncate(path_of(folder, name), length)


def path_of(folder: Path, table: str) -> Path:
    return folder / f"{table}.jsonl"
