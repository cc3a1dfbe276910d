"""The hashes of what was erased: in the graph, where writers look, and in a file that a restored backup does not undo."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, ClassVar, LiteralString

import orjson

from graph.writes.lock_order import Label
from graph.writes.unit import Nodes, Step, Unit

# (:Tombstone), read after everything that an event names is locked: whoever erased it has committed these before
FIND_TOMBSTONES: LiteralString = """
UNWIND $p.Tombstone AS key
MATCH (t:Tombstone {key: key})
RETURN 'Tombstone' AS label, [t.key] AS row
"""
WRITE_TOMBSTONES: LiteralString = "UNWIND $p.keys AS key MERGE (:Tombstone {key: key})"


class Tombstones(Nodes):
    """Those of a unit: which of the wanted ones there are, and which are put."""

    LOCKS: ClassVar[Mapping[Label, LiteralString]] = {"Tombstone": FIND_TOMBSTONES}

    def __init__(self, unit: Unit) -> None:
        super().__init__(unit)
        self.known: set[str] = set()
        self._new: set[str] = set()

    def take_in(self, label: Label, row: list[Any]) -> None:  # noqa: ARG002 - there is one label
        self.known.add(row[0])

    def put(self, keys: Iterable[str]) -> None:
        self._new.update(keys)

    def before(self) -> Iterable[Step]:
        if self._new:
            yield WRITE_TOMBSTONES, {"keys": sorted(self._new)}


def keep(path: Path, erasure: str, keys: Iterable[str]) -> None:
    """Append the hashes of an erasure to the file, on the disk before this returns; written twice they count once."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    line = orjson.dumps({"erasure": erasure, "tombstones": sorted(keys)}) + b"\n"
    with open(os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600), "r+b") as file:  # noqa: PTH123 (its mode from the first byte on)
        size = file.seek(0, os.SEEK_END)
        if size:
            file.seek(size - 1)
            if file.read(1) != b"\n":  # a process ended in the middle of a line, and erased nothing of it
                line = b"\n" + line
        file.write(line)
        file.flush()
        os.fsync(file.fileno())


def kept(path: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield each erasure of the file with its hashes; a line without an end was never acted upon."""
    if not path.exists():
        return
    with path.open("rb") as file:
        for line in file:
            try:
                told = orjson.loads(line)
            except orjson.JSONDecodeError:
                continue
            yield told["erasure"], told["tombstones"]
