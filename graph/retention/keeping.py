"""The job of a day: whatever is older than its kind is kept goes, a bounded part at a time."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, LiteralString, Protocol, TypeAlias

from graph.audit.removing import remove_readings
from graph.commands.command import Answer, Author, Command, run
from graph.events.newest import utc_text
from graph.jobs.job import Finished, Progress
from graph.jobs.nodes import Jobs
from graph.jobs.running import Run
from graph.retention.beside import BESIDE, Forgotten, forget
from graph.retention.closed_cases import CASES, CLEARING_NOUNS, NEXT_CLOSED, clear
from graph.retention.expiring import EXPIRING_NOUNS, NEXT_EXPIRED, expire
from graph.store import Reader, Store
from graph.writes.unit import Nodes, Unit

RETENTION, ACCESSES = "RETENTION", "accesses"
PAGE = 500
"""Touchpoints or cases of one step."""
Rows: TypeAlias = Sequence[Sequence[Any]]


class Going(Protocol):
    """Takes out what was found and returns how many there still were."""

    def __call__(self, unit: Unit, found: Rows) -> Awaitable[int]: ...


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
            else:
                counts = await self._remove(run, kind, before, counts)
        return Finished(counts)

    async def _remove(self, run: Run, kind: str, before: str, counts: dict[str, int]) -> dict[str, int]:
        following, go, nouns = way_of(kind, before)
        asked: dict[str, Any] = {"kind": kind, "before": before, "after": "", "limit": PAGE}
        while found := await self.store.read(following, asked):
            counts = (await run.step(going(go, kind, found, counts), nouns)).resume
            asked["after"] = found[-1][0]
        return counts


def way_of(kind: str, before: str) -> tuple[LiteralString, Going, tuple[type[Nodes], ...]]:
    """Return how the next of a kind are found, how they go, and what their unit holds."""
    if kind in BESIDE:
        return BESIDE[kind].next, partial(forget, name=kind, before=before), (Forgotten,)
    if kind == CASES:
        return NEXT_CLOSED, lambda unit, found: clear(unit, [own_id for _, own_id in found]), CLEARING_NOUNS
    return NEXT_EXPIRED, lambda unit, found: expire(unit, [own_id for _, own_id in found]), EXPIRING_NOUNS


def going(go: Going, kind: str, found: Rows, counts: Mapping[str, int]) -> Callable[[Unit], Awaitable[Progress]]:
    async def step(unit: Unit) -> Progress:
        gone = await go(unit, found=found)
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
