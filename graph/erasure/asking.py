"""The commands that ask for an erasure, with what it would do, and by which a second person approves a job."""

from __future__ import annotations

from typing import LiteralString

from graph.commands.command import Answer, Author, Command
from graph.erasure.erasing import ERASURE
from graph.erasure.scope import counted, scope_of
from graph.errors import Conflict, NotFound
from graph.exports.asking import living
from graph.exports.gathering import READ_OWN
from graph.jobs.job import QUEUED, WAITING
from graph.jobs.nodes import Jobs
from graph.words import Sentence
from graph.writes.unit import Unit

APPROVAL = "JOB_APPROVAL"

UNDER_WAY: LiteralString = """
MATCH (j:Job {about: $p.id, kind: 'CUSTOMER_ERASURE'}) WHERE j.state IN ['WAITING', 'QUEUED', 'RUNNING'] RETURN j.id LIMIT 1
"""


def erasure(author: Author, customer: str) -> Command:
    """Return the command that asks for the erasure of a customer (raw id); a second person must approve it."""

    async def execute(unit: Unit, own_id: str) -> Answer:
        about = await living(unit, author, customer)
        if await unit.transaction.run(UNDER_WAY, {"id": about}):
            raise Conflict(Sentence("refusal.ERASURE_ASKED"), "/customerId")
        [[_, records]] = await unit.transaction.run(READ_OWN, {"id": about})
        counts = await counted(unit.transaction, await scope_of(unit.transaction, records))
        unit.of(Jobs).ask(own_id, ERASURE, author, about, WAITING, records=len(records))
        return {"job": own_id, "counts": counts}

    return Command(author, ERASURE, customer, (Jobs,), execute)


def approval(author: Author, job: str) -> Command:
    """Return the command by which somebody else than who asked lets a job (raw id) be done."""

    async def execute(unit: Unit, _: str) -> Answer:
        unit.want("Job", (job,))
        await unit.lock()
        jobs = unit.of(Jobs)
        known = jobs.known.get(job)
        if known is None:
            raise NotFound(Sentence("refusal.NO_SUCH_JOB"), "/jobId")
        if known["state"] != WAITING:
            raise Conflict(Sentence("refusal.NOT_WAITING"), "/jobId")
        if known["asked_by"] == author.actor:
            raise Conflict(Sentence("refusal.SECOND_PERSON"), "/jobId")
        jobs.put(job, QUEUED, approved_by=author.actor, approved_at=unit.now)
        return {"job": job}

    return Command(author, APPROVAL, job, (Jobs,), execute)
