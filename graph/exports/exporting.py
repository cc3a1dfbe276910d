"""The job of an export: gathered beside its place, packed, and put there whole; what is begun again ends the same."""

from __future__ import annotations

import asyncio
import os
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from graph.errors import NotFound
from graph.events.newest import utc_text
from graph.exports.gathering import Told, gather
from graph.exports.package import Pages, head_of, write_package
from graph.jobs.job import Finished
from graph.jobs.running import Run
from graph.store import Store
from graph.words import Sentence

EXPORT = "CUSTOMER_EXPORT"


@dataclass(frozen=True, slots=True)
class Exporting:
    """`folder` is where exports lie, each for `days`; `pages` are what is written to be read, by file name."""

    store: Store
    folder: Path
    pages: Pages
    days: int

    async def run(self, run: Run) -> Finished:
        """Write the file of an export; raise NotFound where its customer is no more."""
        customer = run.job.about
        if customer is None:
            raise NotFound(Sentence("refusal.NO_SUCH_CUSTOMER"))
        draft = self.folder / f"{run.job.id}.{run.holder}.part"
        await asyncio.to_thread(self._begin, run.job.id, draft)
        own = bool(run.job.request.get("own"))

        async def told(rows: int) -> None:
            await run.tell(rows, 0)

        try:
            return await self._export(run, customer, draft, told, own=own)
        finally:
            await asyncio.to_thread(shutil.rmtree, draft, ignore_errors=True)

    async def _export(self, run: Run, customer: str, draft: Path, told: Told, *, own: bool) -> Finished:
        gathered = await gather(self.store, customer, draft, told, own=own)
        head = head_of(customer, utc_text(datetime.now(UTC)), own=own)
        package, count = draft / "export.zip", sum(gathered.counts.values())
        packing = asyncio.create_task(asyncio.to_thread(write_package, package, head, gathered, self.pages))
        while not (await asyncio.wait([packing], timeout=TELL_SECONDS))[0]:
            await run.tell(count, count)
        packing.result()
        await run.tell(count, count)
        name = f"{run.job.id}.zip"
        await asyncio.to_thread(os.replace, package, self.folder / name)
        return Finished(gathered.counts, name, self.days)

    def _begin(self, job: str, draft: Path) -> None:
        """Make room: what a runner before this one has left is of no use."""
        for left in self.folder.glob(f"{job}.*.part"):
            shutil.rmtree(left, ignore_errors=True)
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft.mkdir(mode=0o700)


TELL_SECONDS = 10
"""How often the lease is kept while a package is written."""
