"""Jobs, as the reader answers them: administrators read all, others what they asked for."""

from __future__ import annotations

import json
from typing import Any

from tests.resolvers.reader.fields import field, properties
from tests.resolvers.reader.pages import page
from tests.resolvers.reader.request import Request, Thing
from tests.resolvers.reader.roots import living
from tests.resolvers.reader.spelling import global_id, read_id_of

properties("Job", "Job", kind="kind", state="state", reason="reason", done="done", failure="failure")
properties("Job", "Job", askedAt="asked_at", askedBy="asked_by", approvedBy="approved_by")
properties("Job", "Job", startedAt="started_at", endedAt="ended_at", availableUntil="file_until")

LISTED = "MATCH (j:Job) WHERE $p.all OR j.asked_by = $p.name RETURN j.asked_at, j.id"


def listed(request: Request) -> list[list[Any]]:
    return request.rows(LISTED, all="admin" in request.viewer.roles, name=request.viewer.name)


@field("Query", "job")
def job(_: None, request: Request, id: str) -> Thing | None:  # noqa: A002 (the argument's own name)
    raw = read_id_of("Job", id)
    return Thing("Job", raw) if raw in {own for _, own in listed(request)} else None


@field("Query", "jobs")
def jobs(_: None, request: Request, first: int | None = None, after: str | None = None) -> dict[str, Any]:
    return page("jobs", [(at + own, Thing("Job", own)) for at, own in listed(request)], first, after, newest_first=True)


@field("Job", "id")
def own_id(thing: Thing, request: Request) -> str:
    return global_id("Job", thing.id)


def value(thing: Thing, request: Request, name: str) -> Any:
    return request.value(f"MATCH (j:Job) WHERE j.id = $p.id RETURN j.{name}", id=thing.id)


@field("Job", "total")
def total(thing: Thing, request: Request) -> int | None:
    return value(thing, request, "total") or None


@field("Job", "customer")
def customer(thing: Thing, request: Request) -> Thing | None:
    about = value(thing, request, "about")
    found = living(request, about) if about else None
    return found and Thing("Customer", found.id)


@field("Job", "receipt")
def receipt(thing: Thing, request: Request) -> list[dict[str, Any]]:
    return [{"name": name, "count": count} for name, count in json.loads(value(thing, request, "receipt") or "{}").items()]


@field("Job", "downloadPath")
def download_path(thing: Thing, request: Request) -> str | None:
    return f"/exports/{global_id('Job', thing.id)}" if value(thing, request, "file") else None
