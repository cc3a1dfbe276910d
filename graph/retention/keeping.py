"""The job of a day: whatever is older than its kind is kept goes, a bounded part at a time."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeAlias

from graph.audit.removing import remove_readings
from graph.commands.command import Answer, Author, Command, run
from graph.events.newest import utc_text
from graph.jobs.job import Finished, Progress
from graph.jobs.nodes import Jobs
from graph.jobs.running import Run
from graph.retention.beside import BESIDE, Forgotten, forgetting
from graph.retention.closed_cases import CASES, CLEARING_NOUNS, NEXT_CLOSED, clear
from graph.retention.expiring import EXPIRING_NOUNS, NEXT_EXPIRED, expire
from graph.store import Reader, Store
from graph.writes.unit import Unit

RETENTION, ACCESSES = "RETENTION", "accesses"
PAGE = 500
"""Touchpoints or cases of one step."""
Going: TypeAlias = Callable[[Unit, Sequence[str]], Awaitable[int]]

Days = Mapping[str, int]
"""Kind of touchpoint, ACCESSES, CASES or a name of BESIDE -> for how many days it is kept; what is not named is kept."""


@dataclass(frozen=True, slots=True)
class Keeping:
    """`folder` and `key` are those of the read audit, `journal` begins the names of the files that this process writes."""

    store: Store
    days: Days
    folder: Path
    key: bytes
    journal: str

    async def run(self, run: Run) -> Finished:
        """Delete what was too old on the day that the job was asked for, and return how much of each kind."""
        begun = datetime.fromisoformat(run.job.request["day"]).replace(tzinfo=UTC)
        counts: dict[str, int] = dict(run.job.resume or {})
        for kind, days in sorted(self.days.items()):
            before = utc_text(begun - timedelta(days=days))
            if kind == ACCESSES:
                counts[kind] = await remove_readings(self.store, self.folder, self.key, before, self.journal)
            elif kind in BESIDE:
                counts = await self._forget(run, kind, before, counts)
            else:
                counts = await self._expire(run, kind, before, counts)
        return Finished(counts)

    async def _forget(self, run: Run, name: str, before: str, counts: dict[str, int]) -> dict[str, int]:
        while found := await self.store.read(BESIDE[name].next, {"before": before, "limit": PAGE}):
            counts = (await run.step(forgetting(name, found, before, counts), (Forgotten,))).resume
        return counts

    async def _expire(self, run: Run, kind: str, before: str, counts: dict[str, int]) -> dict[str, int]:
        asked: dict[str, Any] = {"kind": kind, "before": before, "after": "", "limit": PAGE}
        of_cases = (NEXT_CLOSED, clear, CLEARING_NOUNS)
        following, go, nouns = of_cases if kind == CASES else (NEXT_EXPIRED, expire, EXPIRING_NOUNS)
        while found := await self.store.read(following, asked):
            progress = await run.step(going(go, kind, [own_id for _, own_id in found], counts), nouns)
            counts, asked["after"] = progress.resume, found[-1][0]
        return counts


def going(go: Going, kind: str, ids: list[str], counts: Mapping[str, int]) -> Callable[[Unit], Awaitable[Progress]]:
    async def step(unit: Unit) -> Progress:
        gone = await go(unit, ids)
        now = {**counts, kind: counts.get(kind, 0) + gone}
        return Progress(sum(now.values()), 0, now)

    return step


async def ask_daily(store: Store, days: Days, today: datetime) -> None:
    """Have the job of a day done, once whichever process asks first; without rules there is none."""
    if not days:
        return
    day = today.astimezone(UTC).date().isoformat()
    author = Author("customer360", "system", f"retention of {day}")

    async def execute(unit: Unit, own_id: str) -> Answer:
        unit.of(Jobs).ask(own_id, RETENTION, author, None, day=day)
        return {"job": own_id}

    async def nothing(_: Answer, __: Reader) -> None:
        return None

    await run(store, Command(author, RETENTION, day, (Jobs,), execute), nothing)
