"""The job of an export of tables: it goes on from the last page that was written down, whoever runs it."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeAlias

from graph.changes.following import ends
from graph.datasets.finishing import finish, packed
from graph.datasets.making import Making, Read
from graph.datasets.standing import Row, Standing
from graph.datasets.tables import Columns
from graph.errors import Overloaded, ServiceUnavailable
from graph.events.newest import utc_text
from graph.jobs.job import Finished, Job, Progress
from graph.jobs.running import LeaseLost, Run
from graph.store import Store
from graph.writes.unit import Unit

TELL_SECONDS = 10
"""How often the lease is kept while files are made."""

ReadAs: TypeAlias = Callable[[Job], Read]
"""Returns how rows are read as whoever asked for a job."""


@dataclass(frozen=True, slots=True)
class DataExporting:
    """`folder` is where exports lie, each for `days`; `cursor(number)` is what a reader gets of the number of a change."""

    store: Store
    folder: Path
    days: int
    columns: Columns
    read_as: ReadAs
    removed: Callable[[str, str], Row]
    cursor: Callable[[int], str]

    async def run(self, run: Run) -> Finished:
        """Write the file of an export; raise ChangesForgotten where what it goes on from is kept no longer."""
        draft = self.folder / f"{run.job.id}.{run.holder}.part"
        try:
            return await self._export(run, draft)
        except (ServiceUnavailable, Overloaded, LeaseLost, asyncio.CancelledError):
            raise  # whoever goes on needs it
        except BaseException:
            await asyncio.to_thread(shutil.rmtree, draft, ignore_errors=True)
            raise

    async def _export(self, run: Run, draft: Path) -> Finished:
        standing = await self._begun(run.job, draft)
        total = 0

        async def saved(now: Standing) -> None:
            async def nothing(_: Unit) -> Progress:
                return Progress(sum(now.counts.values()), total, now.members())

            await run.step(nothing)

        request = run.job.request
        making = Making(self.store, draft, request["tables"], self.read_as(run.job), saved, self.removed)
        if request["after"] is None:
            total = await making.total()
            await making.full(standing)
        else:
            await making.since(standing)
        package = draft / "export.zip"
        finishing = asyncio.create_task(asyncio.to_thread(self._finish, draft, package, standing, request))
        while not (await asyncio.wait([finishing], timeout=TELL_SECONDS))[0]:
            await saved(standing)
        finishing.result()
        await saved(standing)
        name = f"{run.job.id}.zip"
        await asyncio.to_thread(os.replace, package, self.folder / name)
        await asyncio.to_thread(shutil.rmtree, draft, ignore_errors=True)
        return Finished(standing.counts, name, self.days)

    async def _begun(self, job: Job, draft: Path) -> Standing:
        """Return how far a runner before this one has come, with its files in this one's folder; or the beginning."""
        known = None if job.resume is None else Standing.of(job.resume)
        held = await asyncio.to_thread(self._taken_over, job.id, draft, known)
        if known is not None and held:
            return known
        return Standing((await ends(self.store)).newest, job.request["after"] or 0)

    def _taken_over(self, job: str, draft: Path, known: Standing | None) -> bool:
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for left in self.folder.glob(f"{job}.*.part"):
            if known is not None and known.holds(left) and not draft.exists():
                left.rename(draft)  # a runner that was only slow finds its files gone
            else:
                shutil.rmtree(left, ignore_errors=True)
        held = draft.exists()
        draft.mkdir(exist_ok=True, mode=0o700)
        return held

    def _finish(self, draft: Path, package: Path, standing: Standing, request: Mapping[str, Any]) -> None:
        told = manifest(standing, request["after"], request["roles"], self.cursor)
        packed(package, finish(draft, standing, self.columns, request["format"], told))


def manifest(standing: Standing, after: int | None, roles: list[str], cursor: Callable[[int], str]) -> dict[str, Any]:
    """Return what an export says of itself; `cursor` is where the next one goes on, `after` where this one did."""
    return {
        "exported_at": utc_text(datetime.now(UTC)),
        "after": None if after is None else cursor(after),
        "cursor": cursor(standing.end),
        "roles": roles,
    }
