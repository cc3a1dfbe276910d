"""Free space of the disk under a folder: below a mark nothing new is taken, below a quarter of it nothing is written."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from pathlib import Path

import structlog

from graph.errors import StorageFull

LOOK_SECONDS = 1.0
"""For how long what was seen of a disk holds, so that no write costs a look of its own."""
RESERVE_SHARE = 4
MEGABYTE = 1_000_000

log = structlog.stdlib.get_logger("customer360.storage")


def free_bytes(folder: Path) -> int:
    """Return what this user may still write on the disk of a folder, or of the nearest one above it that is there."""
    for place in (folder, *folder.parents):
        try:
            found = os.statvfs(place)
        except FileNotFoundError:
            continue
        return found.f_bavail * found.f_frsize
    return 0


@dataclass(slots=True)
class Room:
    """`mark` is in bytes: with less, nothing new is taken; the last quarter is for the database to end in order."""

    folder: Path
    mark: int
    _free: int = 0
    _looked: float = float("-inf")
    _low: bool = False

    @property
    def free(self) -> int:
        """What is free, as it was a second ago at most."""
        now = time.monotonic()
        if now - self._looked >= LOOK_SECONDS:
            self._free, self._looked = free_bytes(self.folder), now
            self._tell()
        return self._free

    @property
    def is_low(self) -> bool:
        return self.free < self.mark

    @property
    def has_reserve(self) -> bool:
        return self.free >= self.reserve

    @property
    def reserve(self) -> int:
        return self.mark // RESERVE_SHARE

    def require(self) -> None:
        """Raise StorageFull where nothing new may be taken."""
        if self.is_low:
            raise self.full()

    def require_reserve(self) -> None:
        """Raise StorageFull where nothing at all may be written, or not even a database would end in order."""
        if not self.has_reserve:
            raise self.full()

    def full(self) -> StorageFull:
        least = self.mark // MEGABYTE
        return StorageFull(
            f"Only {self.free // MEGABYTE} MB are free on the server's disk, and nothing new is recorded below {least} MB. "
            "Nothing of this was. Make room there, then send the same again; reads go on."
        )

    def _tell(self) -> None:
        if (low := self._free < self.mark) != self._low:
            self._low = low
            log.log(40 if low else 30, "storage_low" if low else "storage_enough", free=self._free, mark=self.mark)
