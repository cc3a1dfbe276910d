"""The file of one process: entries that wait together are written at once, by one fsync, before their answers leave."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from errno import EDQUOT, ENOSPC
from pathlib import Path
from typing import BinaryIO

import structlog

from graph.audit.chain import BEGINNING, linked
from graph.audit.entry import Entry
from graph.errors import ServiceUnavailable, StorageFull
from graph.free_space import Room

LARGEST_FILE = 64_000_000
"""Bytes after which the next file begins; its first line follows the last one of the file before."""

NO_ROOM = (ENOSPC, EDQUOT)

log = structlog.stdlib.get_logger("customer360.audit")


class NotRecorded(ServiceUnavailable):
    """What was read cannot be recorded, so it is not told."""

    def __init__(self, what_to_do: str = "Try again later.") -> None:
        super().__init__(f"The read audit cannot be written, so no personal data is answered. {what_to_do}")


class NoRoomToRecord(NotRecorded, StorageFull):
    """The disk of the read audit is full, or nearly so."""

    def __init__(self) -> None:
        super().__init__("Its disk is full: make room on the server, then try again.")


@dataclass(slots=True)
class Journal:
    """`folder` holds the files, `name` begins their names: no two processes have the same. `largest` is in bytes."""

    folder: Path
    name: str
    key: bytes
    largest: int = LARGEST_FILE
    room: Room | None = None
    _number: int = 0
    _file: BinaryIO | None = None
    _before: str = BEGINNING
    _whole: int = 0
    _waiting: list[tuple[Entry, asyncio.Future[None]]] = field(default_factory=list["tuple[Entry, asyncio.Future[None]]"])
    _writing: asyncio.Task[None] | None = None

    async def record(self, entry: Entry) -> None:
        """Return when the entry is on the disk; raise NotRecorded when it cannot be written."""
        recorded: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((entry, recorded))
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write())
        await asyncio.shield(recorded)

    async def close(self) -> None:
        """Wait for what is being written, and let go of the file."""
        if self._writing is not None:
            await self._writing
        self._end_file()

    async def _write(self) -> None:
        while self._waiting:
            taken, self._waiting = self._waiting, []
            try:
                await asyncio.to_thread(self._append, [entry for entry, _ in taken])
            except OSError as error:
                log.error("audit_not_written", kind=type(error).__name__, number=error.errno)
                await asyncio.to_thread(self._end_file)
                settle(taken, NoRoomToRecord() if error.errno in NO_ROOM else NotRecorded())
            else:
                settle(taken, None)

    def _append(self, entries: Sequence[Entry]) -> None:
        if self.room is not None and not self.room.has_reserve:
            raise OSError(ENOSPC, os.strerror(ENOSPC))
        file, before = self._opened(), self._before
        lines: list[bytes] = []
        for entry in entries:
            line, before = linked(self.key, before, entry.members())
            lines.append(line)
        file.write(b"".join(lines))
        file.flush()
        os.fsync(file.fileno())
        self._before, self._whole = before, file.tell()

    def _opened(self) -> BinaryIO:
        if self._file is not None and self._file.tell() >= self.largest:
            self._end_file()
        if self._file is None:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._number += 1
            path = self.folder / f"{self.name}-{self._number:04d}.jsonl"
            path.touch(0o600, exist_ok=False)
            self._file, self._whole = path.open("ab"), 0
            _sync_folder(self.folder)
        return self._file

    def _end_file(self) -> None:
        """Let go of the file, without what may have been written of a failure: nobody was told that it is recorded."""
        file, self._file = self._file, None
        if file is None:
            return
        with suppress(OSError):
            file.close()
        with suppress(OSError):
            if self._whole:
                os.truncate(file.name, self._whole)
            else:
                Path(file.name).unlink()


def settle(taken: Sequence[tuple[Entry, asyncio.Future[None]]], failure: Exception | None) -> None:
    for _, recorded in taken:
        if recorded.cancelled():
            continue
        if failure is None:
            recorded.set_result(None)
        else:
            recorded.set_exception(failure)
            recorded.exception()  # whoever asked may be gone


def _sync_folder(folder: Path) -> None:
    """Have the disk know of a new file, not only of what is in it."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
