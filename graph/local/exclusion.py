"""One process at a time: a lock on a file, which the system drops when its process ends, however it ends."""

from __future__ import annotations

import asyncio
import fcntl
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator
    from pathlib import Path

POLL_SECONDS = 0.1


@asynccontextmanager
async def alone(path: Path) -> AsyncGenerator[None]:
    """Hold the lock of this file; wait for whoever holds it, in a way that Ctrl-C ends."""
    with path.open("w") as file:
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                await asyncio.sleep(POLL_SECONDS)
        yield
