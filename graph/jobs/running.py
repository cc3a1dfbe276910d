"""Who runs a job: one runner at a time, under a lease that each step renews in its own transaction.

A runner that dies leaves its lease to end, and the next one goes on from the last step that was committed. One that was only
slow finds at its next step that another has the job, and lets go: what a step writes is committed with the lease or not at all.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import LiteralString, TypeAlias

import orjson
import structlog

from graph.errors import Customer360Error, Overloaded, ServiceUnavailable
from graph.events.newest import utc_text
from graph.jobs.job import DONE, FAILED, QUEUED, RUNNING, Finished, Job, Progress
from graph.jobs.nodes import Jobs
from graph.store import Store
from graph.waiting import to_its_end
from graph.writes.unit import Nodes, Unit, execute

LEASE_MS, PAUSE_MS = 60_000, 10_000
"""For how long a step may take, and how long a job rests whose step could not be done just now."""
MOST_TAKES = 5
"""So many runners take a job up; one that brings each of them down is given up."""

# (:Job)
NEXT_JOB: LiteralString = """
MATCH (j:Job) USING INDEX SEEK j:Job(state)
WHERE j.state IN ['QUEUED', 'RUNNING'] AND j.lease_until < timestamp() AND j.kind IN $p.kinds
RETURN j.id ORDER BY j.asked_at, j.id LIMIT 1
"""

log = structlog.stdlib.get_logger("customer360.jobs")


class LeaseLost(Exception):
    """Another runner has the job."""


@dataclass(slots=True)
class Run:
    """One runner's hold on a job; `holder` is a name that no other runner has."""

    store: Store
    job: Job
    holder: str

    async def step(self, work: Callable[[Unit], Awaitable[Progress]], nouns: Sequence[type[Nodes]] = ()) -> Progress:
        """Do a part in one transaction with the lease; raise LeaseLost, and write nothing, where another has the job."""

        async def held(unit: Unit) -> Progress:
            jobs = await self._hold(unit)
            made = await work(unit)
            resume = orjson.dumps(made.resume).decode()
            jobs.put(self.job.id, done=made.done, total=made.total, resume=resume, lease_until=jobs.clock + LEASE_MS)
            return made

        return await execute(self.store, (Jobs, *nouns), held)

    async def tell(self, done: int, total: int) -> None:
        """Say how far it has come, and keep the lease."""

        async def nothing(_: Unit) -> Progress:
            return Progress(done, total, self.job.resume)

        await self.step(nothing)

    async def finish(self, finished: Finished) -> None:
        async def work(unit: Unit) -> None:
            jobs, now = await self._hold(unit), datetime.now(UTC)
            receipt = orjson.dumps(dict(finished.receipt)).decode()
            until = utc_text(now + timedelta(days=finished.days)) if finished.file else None
            kept = {"receipt": receipt, "file": finished.file, "file_until": until, "ended_at": utc_text(now), "holder": None}
            jobs.put(self.job.id, DONE, **kept)

        await execute(self.store, (Jobs,), work)

    async def fail(self, code: str) -> None:
        async def work(unit: Unit) -> None:
            jobs = await self._hold(unit)
            jobs.put(self.job.id, FAILED, failure=code, ended_at=unit.now, holder=None)

        await execute(self.store, (Jobs,), work)

    async def rest(self) -> None:
        """Give the job back for a while: what it needs is not there just now."""

        async def work(unit: Unit) -> None:
            jobs = await self._hold(unit)
            takes = jobs.known[self.job.id]["takes"] - 1
            jobs.put(self.job.id, QUEUED, lease_until=jobs.clock + PAUSE_MS, holder=None, takes=takes)

        await execute(self.store, (Jobs,), work)

    async def _hold(self, unit: Unit) -> Jobs:
        jobs = unit.of(Jobs)
        unit.want("Job", (self.job.id,))
        await unit.lock()
        if jobs.known.get(self.job.id, {}).get("holder") != self.holder:
            raise LeaseLost
        return jobs


Work: TypeAlias = Callable[[Run], Awaitable[Finished]]
Kinds: TypeAlias = Mapping[str, Work]
"""Kind -> what is done; it may be begun again by another runner, and ends the same."""


async def take(store: Store, holder: str, kinds: Kinds) -> Job | None:
    """Return the job that has waited longest, held by this runner; None where none waits, or others were faster."""
    rows = await to_its_end(store.read(NEXT_JOB, {"kinds": sorted(kinds)}))
    if not rows:
        return None
    [[own_id]] = rows

    async def work(unit: Unit) -> Job | None:
        jobs = unit.of(Jobs)
        unit.want("Job", (own_id,))
        await unit.lock()
        known = jobs.known[own_id]
        if known["state"] not in (QUEUED, RUNNING) or known["lease_until"] >= jobs.clock:
            return None
        if known["takes"] >= MOST_TAKES:
            jobs.put(own_id, FAILED, failure="GIVEN_UP", ended_at=unit.now, holder=None)
            return None
        begun = {"started_at": known.get("started_at") or unit.now, "takes": known["takes"] + 1}
        jobs.put(own_id, RUNNING, **begun, holder=holder, lease_until=jobs.clock + LEASE_MS)
        return Job.of(known)

    return await execute(store, (Jobs,), work)


async def run_next(store: Store, holder: str, kinds: Kinds) -> bool:
    """Run the job that has waited longest to its end; return False where none waits."""
    job = await take(store, holder, kinds)
    if job is None:
        return False
    run = Run(store, job, holder)
    try:
        await _run(run, kinds[job.kind])
    except LeaseLost:
        log.warning("job_taken_over", kind=job.kind, job=job.id)
    return True


async def _run(run: Run, work: Work) -> None:
    try:
        await run.finish(await work(run))
    except (ServiceUnavailable, Overloaded) as error:
        log.warning("job_rests", kind=run.job.kind, job=run.job.id, code=error.code)
        await run.rest()
    except LeaseLost:
        raise
    except Customer360Error as error:
        log.warning("job_failed", kind=run.job.kind, job=run.job.id, code=error.code)
        await run.fail(error.code)
    except Exception:  # whatever it is, the jobs behind it go on
        log.exception("job_failed", kind=run.job.kind, job=run.job.id)
        await run.fail("INTERNAL_ERROR")
