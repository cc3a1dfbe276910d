"""Exports whose time is over: the file goes first, then the job says that it has none."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import LiteralString

from graph.events.newest import utc_text
from graph.jobs.nodes import Jobs
from graph.store import Store
from graph.writes.unit import Unit, execute

READ_OVER: LiteralString = "MATCH (j:Job) WHERE j.file_until < $p.now RETURN j.id, j.file ORDER BY j.id LIMIT 100"
READ_NAMED: LiteralString = "MATCH (j:Job) WHERE j.file IN $p.files RETURN j.file"
READ_GOING_ON: LiteralString = "MATCH (j:Job) WHERE j.id IN $p.ids AND j.state IN ['QUEUED', 'RUNNING'] RETURN j.id"
READ_FILE: LiteralString = """
MATCH (j:Job {id: $p.id, state: 'DONE'}) WHERE j.file_until > $p.now RETURN j.file, j.about
"""


async def remove_files(store: Store, folder: Path) -> int:
    """Remove the files whose time is over and return how many; each is named by no job any more."""
    removed = 0
    while over := await store.read(READ_OVER, {"now": utc_text(datetime.now(UTC))}):
        await drop_files(store, folder, dict(over))
        removed += len(over)
    return removed


async def remove_strays(store: Store, folder: Path, older_than: float) -> None:
    """Remove files that no job names and that were made before that time: of a job that was erased while it was done.

    Drafts go whose job is not going on.
    """
    drafts = await asyncio.to_thread(_drafts, folder)
    going_on = {own_id for (own_id,) in await store.read(READ_GOING_ON, {"ids": sorted(drafts)})}
    for path in (path for own_id, paths in drafts.items() if own_id not in going_on for path in paths):
        await asyncio.to_thread(shutil.rmtree, path, ignore_errors=True)
    names = await asyncio.to_thread(_older, folder, older_than)
    rows = await store.read(READ_NAMED, {"files": names})
    for name in set(names) - {file for (file,) in rows}:
        await asyncio.to_thread((folder / name).unlink, missing_ok=True)


def _drafts(folder: Path) -> dict[str, list[Path]]:
    """Return the drafts that lie there, by the id of their job."""
    found: dict[str, list[Path]] = {}
    for path in folder.glob("*.part"):
        found.setdefault(path.name.split(".")[0], []).append(path)
    return found


def _older(folder: Path, older_than: float) -> list[str]:
    return [path.name for path in folder.glob("*.zip") if path.stat().st_mtime < older_than]


async def drop_files(store: Store, folder: Path, files: Mapping[str, str | None]) -> None:
    """Remove the files of these jobs."""
    for name in filter(None, files.values()):
        await asyncio.to_thread((folder / name).unlink, missing_ok=True)

    async def forget(unit: Unit) -> None:
        unit.want("Job", files)
        await unit.lock()
        for own_id in files:
            unit.of(Jobs).put(own_id, file=None, file_until=None)

    await execute(store, (Jobs,), forget)


async def find_file(store: Store, folder: Path, job: str) -> tuple[Path, str | None] | None:
    """Return the file of a job that is done, and whom it is about, which is nobody for tables.

    None where its time is over, or where it lies on another machine.
    """
    rows = await store.read(READ_FILE, {"id": job, "now": utc_text(datetime.now(UTC))})
    for name, about in rows:
        if await asyncio.to_thread((folder / name).is_file):
            return folder / name, about
    return None
