"""The checkpoint of an import: how far it is committed, kept in a file, so that a killed import goes on from there."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import LiteralString

import orjson

from graph import keys
from graph.store import Store

# (:Receipt)
COUNT_RECEIPT: LiteralString = "MATCH (r:Receipt {key: $p.key}) RETURN count(r)"


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """`drafts` are done, of which the graph holds `receipt`; the file of rejects was `rejects_bytes` long then."""

    drafts: int = 0
    rejects_bytes: int = 0
    receipt: str | None = None
    outcomes: Mapping[str, int] = field(default_factory=dict[str, int])
    finished: bool = False


def import_name(mapping: Path, files: Sequence[Path], graph: str) -> str:
    """Name an import by its mapping, its files as they are now (path, size, time of change) and the graph it goes to."""
    of_files = [f"{path.resolve()} {path.stat().st_size} {path.stat().st_mtime_ns}" for path in files]
    return keys.opaque("Import", mapping.read_text(encoding="utf-8"), graph, *of_files)


def read_checkpoint(path: Path) -> Checkpoint | None:
    """Return what was saved; None where there is nothing, or nothing that can be read."""
    try:
        return Checkpoint(**orjson.loads(path.read_bytes()))
    except (OSError, orjson.JSONDecodeError, TypeError):
        return None


def save_checkpoint(path: Path, checkpoint: Checkpoint) -> None:
    replace_file(path, orjson.dumps(asdict(checkpoint)))


def replace_file(path: Path, content: bytes) -> None:
    """Replace a file in one step: it holds the old content or the new one, also after a power cut."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_suffix(".new")
    with draft.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


async def holds(store: Store, checkpoint: Checkpoint) -> bool:
    """Tell whether the graph is still the one that the checkpoint speaks of: a new or emptied one lacks its receipt."""
    if checkpoint.receipt is None:
        return True
    return (await store.read(COUNT_RECEIPT, {"key": checkpoint.receipt}))[0][0] > 0
