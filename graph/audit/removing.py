"""Files of the read audit whose time is over: the oldest of a process go, and a signed note says where its chain begins now."""

from __future__ import annotations

import asyncio
import hmac
import os
from dataclasses import asdict, dataclass
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from typing import LiteralString

import orjson

from graph.audit.chain import BEGINNING, HASH
from graph.audit.copying import files_of, process_of
from graph.store import Store, Transaction

ENTRIES_AT_ONCE = 5_000

READ_FILES: LiteralString = "MATCH (f:AuditFile) RETURN f.name"
DELETE_ENTRIES: LiteralString = """
MATCH (e:AuditEntry {file: $p.file})
WITH e LIMIT $p.limit
DETACH DELETE e
RETURN count(*)
"""
DELETE_FILE: LiteralString = "MATCH (f:AuditFile {name: $p.file}) DELETE f"


@dataclass(frozen=True, slots=True)
class Beginning:
    """The files of a process up to `file` are gone; the next one follows the line of the hash `before`."""

    before: str = BEGINNING
    file: str = ""

    def covers(self, file: str) -> bool:
        return file <= self.file


async def remove_readings(store: Store, folder: Path, key: bytes, before: str, own: str) -> int:
    """Remove the files that hold nothing from that time (UTC text) on, with their entries; return how many readings went.

    Never one of `own`, the process that asks: it may be written.
    """
    removed = 0
    for process, paths in await asyncio.to_thread(_over, folder, before, own):
        for path in paths:
            removed += await asyncio.to_thread(_remove, folder, key, process, path)
    for (file,) in await store.read(READ_FILES):
        beginning = await asyncio.to_thread(beginning_of, folder, key, process_of(file))
        if beginning is not None and beginning.covers(file):
            await _forget(store, file)
    return removed


def beginning_of(folder: Path, key: bytes, process: str) -> Beginning | None:
    """Return where the record of a process begins; None where the note of it was changed."""
    path = folder / f"{process}.begin"
    if not path.exists():
        return Beginning()
    try:
        note = orjson.loads(path.read_bytes())
        beginning, signed = Beginning(note["before"], note["file"]), note["signed"]
    except (orjson.JSONDecodeError, KeyError, TypeError):
        return None
    return beginning if hmac.compare_digest(signed, _signed(key, process, beginning)) else None


def _over(folder: Path, before: str, own: str) -> list[tuple[str, list[Path]]]:
    found: list[tuple[str, list[Path]]] = []
    for process, files in groupby(files_of(folder), key=lambda path: process_of(path.name)):
        paths = list(files)
        last = [_last(path) for path in paths]
        over = next((place for place, line in enumerate(last) if line is None or line["at"] >= before), len(paths))
        if process != own and over:
            found.append((process, paths[:over]))
    return found


def _last(path: Path) -> dict[str, str] | None:
    """Return the last line of a file as it was written; None where it has none, or ends in the middle of one."""
    lines = path.read_bytes().splitlines(keepends=True)
    return orjson.loads(lines[-1]) if lines and lines[-1].endswith(b"\n") else None


def _remove(folder: Path, key: bytes, process: str, path: Path) -> int:
    """Note where the chain begins after a file, and remove it; what stands in the note counts from then on."""
    lines = path.read_bytes().splitlines()
    noted = beginning_of(folder, key, process)
    if noted is None or noted.covers(path.name):  # cut short after the note: the record begins later already
        if noted is not None:
            path.unlink()
        return 0
    beginning = Beginning(orjson.loads(lines[-1])[HASH], path.name)
    note = orjson.dumps({**asdict(beginning), "signed": _signed(key, process, beginning)})
    draft = folder / f"{process}.begin.new"
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:  # noqa: PTH123 (its mode from the first byte on)
        file.write(note)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(folder / f"{process}.begin")
    path.unlink()
    return len(lines)


def _signed(key: bytes, process: str, beginning: Beginning) -> str:
    told = "\x1f".join(("begin", process, beginning.before, beginning.file))
    return hmac.digest(key, told.encode(), sha256).hex()


async def _forget(store: Store, file: str) -> None:
    async def some(transaction: Transaction) -> int:
        return (await transaction.run(DELETE_ENTRIES, {"file": file, "limit": ENTRIES_AT_ONCE}))[0][0]

    async def name(transaction: Transaction) -> None:
        await transaction.run(DELETE_FILE, {"file": file})

    while await store.write(some):
        pass
    await store.write(name)
