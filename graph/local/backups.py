"""A backup of the local graph in one file, made and put back while its server is stopped, and checked both times."""

from __future__ import annotations

import os
from typing import IO, TYPE_CHECKING

from graph.errors import InvalidInput, LocalServerFailed
from graph.local.admin import GRAPH, OUTPUT, dump, is_sound, load
from graph.local.configuration import DEMO_MEMORY, write_configuration
from graph.local.exclusion import alone
from graph.local.jars import fetch_jars
from graph.local.password import ensure_password
from graph.local.progress import download_progress
from graph.local.server import LOCK, free_port, home_of, require_stopped

if TYPE_CHECKING:
    from pathlib import Path


async def back_up(data_folder: Path, cache_folder: Path, file: Path) -> None:
    """Write the graph to a file that is not there yet, whole or not at all.

    Raises DataFolderInUse while a server runs, and LocalServerFailed where the graph is not sound: no backup would be.
    """
    home = home_of(data_folder)
    if not (home / "data" / "databases" / GRAPH).exists():
        raise LocalServerFailed(f"There is no graph in {home}.")
    _require_new(file)
    with download_progress() as report:
        jars = await fetch_jars(cache_folder, report)
    async with alone(home / LOCK):
        require_stopped(data_folder)
        await _require_sound(home, jars)
        draft = file.with_name(f"{file.name}.part")
        try:
            with _opened(draft, "xb") as written:
                await dump(home, jars, written)
                os.fsync(written.fileno())
            draft.rename(file)
        except BaseException:
            draft.unlink(missing_ok=True)
            raise


async def restore(data_folder: Path, cache_folder: Path, file: Path) -> None:
    """Put the graph of a backup in the place of what is there, or where nothing is.

    Raises DataFolderInUse while a server runs, and LocalServerFailed where the file is no backup or its graph not sound.
    """
    home = home_of(data_folder)
    with _opened(file, "rb") as kept:
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        with download_progress() as report:
            jars = await fetch_jars(cache_folder, report)
        async with alone(home / LOCK):
            require_stopped(data_folder)
            write_configuration(home, free_port(0), DEMO_MEMORY)
            # Before the graph: a folder that has one and no password is one whose password was lost.
            ensure_password(home, jars)
            await load(home, jars, kept)
            await _require_sound(home, jars)


def _require_new(file: Path) -> None:
    if file.exists():
        raise InvalidInput(f"{file} is there already. Name another file, or remove it.")


def _opened(file: Path, mode: str) -> IO[bytes]:
    try:
        # Personal data: for its user only.
        return open(file, mode, opener=lambda path, flags: os.open(path, flags, 0o600))
    except OSError as error:
        raise InvalidInput(f"{file} cannot be opened ({error.strerror}).") from None


async def _require_sound(home: Path, jars: list[Path]) -> None:
    if not await is_sound(home, jars):
        raise LocalServerFailed(
            f"The graph is not sound, or was not closed in order; {home / OUTPUT} says what. "
            "Run `customer360 neo4j repair`, or restore another backup."
        )
