"""Jobs: what somebody asked for, how far it has come, and what was done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, LiteralString

import orjson
import strawberry

from resolvers.access.tags import Tag
from resolvers.engine import ids
from resolvers.engine.connections import Connection
from resolvers.engine.node import Node
from resolvers.engine.planner import Argument, entry, one, planned, prop
from resolvers.engine.planner.fields import PAGING, read
from resolvers.engine.planner.readings import Entries, Given, One, Page, Parameters
from resolvers.jobs.words import JobKind, JobState
from resolvers.timeline.seeks import NEWEST
from resolvers.values.references import SURVIVING
from resolvers.values.scalars import DateTime

if TYPE_CHECKING:
    from resolvers.people.customer import Customer

BY_ID: LiteralString = "MATCH ({n}:Job {{id: ${id}}})"
BY_IDS: LiteralString = "UNWIND ${ids} AS {id} MATCH ({n}:Job {{id: {id}}})"
# Newest first; there are as many as requests of people and days, so all of them are sorted
LISTED: LiteralString = """
MATCH ({n}:Job) WITH {n}, {n}.asked_at + {n}.id AS {key} WHERE {key} < ${after} AND {Job:n}
WITH {n} ORDER BY {key} DESC LIMIT ${limit}
"""
COUNTED: LiteralString = "COUNT {{ MATCH ({j}:Job) WHERE {Job:j} }}"


def counts(text: str) -> list[dict[str, Any]]:
    return [{"name": name, "count": count} for name, count in orjson.loads(text or "{}").items()]


def path(file: str) -> str:
    return f"/exports/{ids.encode('Job', file.removesuffix('.zip'))}"


@planned("Number of things of one kind that a job has dealt with.")
class JobCount:
    name: str = entry("name", Tag.PUBLIC, "What was counted, for example `touchpoints`.")
    count: int = entry("count", Tag.PUBLIC, "How many there were.")


@planned("Long work that somebody asked for. Read by who asked for it or approves it, and by administrators.")
class Job(Node):
    kind: JobKind = prop("{v}.kind", Tag.PUBLIC, "What the job does.")
    state: JobState = prop("{v}.state", Tag.PUBLIC, "How it stands.")
    asked_at: DateTime = prop("{v}.asked_at", Tag.PUBLIC, "Time at which it was asked for, UTC.")
    asked_by: str | None = prop("{v}.asked_by", Tag.INTERNAL, "Account of the person, or client id of the program, that asked.")
    reason: str | None = prop("{v}.reason", Tag.FREE_TEXT, "Why it was asked for; null if not stated.")
    approved_by: str | None = prop(
        "{v}.approved_by", Tag.INTERNAL, "Account of the second person who approved it; null where none has, or none is needed."
    )
    started_at: DateTime | None = prop("{v}.started_at", Tag.PUBLIC, "Time at which it was begun, UTC; null while it waits.")
    ended_at: DateTime | None = prop("{v}.ended_at", Tag.PUBLIC, "Time at which it ended, UTC; null until then.")
    done: int = prop("{v}.done", Tag.PUBLIC, "Number of things that are dealt with so far.")
    total: int | None = prop(
        "CASE {v}.total WHEN 0 THEN null ELSE {v}.total END", Tag.PUBLIC, "Number of things in all; null while it is not known."
    )
    customer: Annotated[Customer, strawberry.lazy("resolvers.people.customer")] | None = one(
        "MATCH ({asked}:Customer {{id: {v}.about}}) WITH {asked}, " + SURVIVING + " AS {n} WHERE {n} IS NOT NULL",
        Tag.PUBLIC,
        "Customer that it is about; null if it is about none.",
        names={"requested": "null"},
    )
    receipt: list[JobCount] = read(
        Entries("COALESCE({v}.receipt, '')", counts), Tag.PUBLIC, "What was done, in counts; empty until it is done."
    )
    failure: str | None = prop("{v}.failure", Tag.PUBLIC, "Code of the error for which it was given up; null otherwise.")
    download_path: str | None = prop(
        "{v}.file", Tag.PUBLIC, "Path on this server of the file that it made; null while there is none, or no more.", form=path
    )
    available_until: DateTime | None = prop(
        "{v}.file_until", Tag.PUBLIC, "Time at which the file is removed, UTC; null if there is none."
    )


JobConnection = Connection[Job]


def by_id(given: Given) -> Parameters:
    return {"id": ids.decode_as("Job", given["id"])}


job = read(
    One(BY_ID, bind=by_id),
    Tag.PUBLIC,
    "Job by its id; null if there is none that you may read.",
    {"id": Argument(strawberry.ID, "Global id of the job.")},
)
jobs = read(
    Page("jobs", LISTED, "{v}.asked_at + {v}.id", COUNTED, NEWEST),
    Tag.PUBLIC,
    "Jobs that you asked for or may approve, newest first; for administrators all.",
    PAGING,
)
