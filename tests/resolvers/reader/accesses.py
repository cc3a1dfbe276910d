"""Who has read a customer, as the reader answers it: also what was read of those that were merged into them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tests.resolvers.reader.fields import field
from tests.resolvers.reader.pages import page
from tests.resolvers.reader.request import Request, Thing

ENTRIES = "MATCH (e:AuditEntry)-[:OF]->(c:Customer) WHERE c.id IN $p.ids RETURN DISTINCT e.id, properties(e)"
ALL = "MATCH (e:AuditEntry) RETURN e.id, properties(e)"
READ = "MATCH (:AuditEntry {id: $p.id})-[:OF]->(c:Customer) RETURN c.id ORDER BY c.id LIMIT 20"
MERGED = "MATCH (old:Customer)-[:REDIRECTS_TO]->(c:Customer) WHERE c.id IN $p.ids RETURN old.id"


@field("Customer", "accesses")
def accesses(customer: Thing, request: Request, first: int | None = None, after: str | None = None) -> dict[str, Any]:
    ids = known = {customer.id}
    while known:
        known = {old for (old,) in request.rows(MERGED, ids=sorted(known))} - ids
        ids = ids | known
    items = [(entry["at"] + own, told(entry)) for own, entry in request.rows(ENTRIES, ids=sorted(ids))]
    return page("accesses", items, first, after, newest_first=True)


@field("Query", "accesses")
def all_accesses(_: None, request: Request, **given: Any) -> dict[str, Any]:
    first, after, subject = given.get("first"), given.get("after"), given.get("subject")
    since, until = given.get("from"), given.get("to")
    items = [
        (entry["at"] + own, told(entry))
        for own, entry in request.rows(ALL)
        if subject in (None, entry["subject"])
        and (since is None or since <= datetime.fromisoformat(entry["at"]))
        and (until is None or datetime.fromisoformat(entry["at"]) < until)
    ]
    name = "all accesses" if subject is None else "accesses of a subject"
    return page(name, items, first, after, newest_first=True)


@field("AccessEntry", "customers")
def customers(entry: dict[str, Any], request: Request) -> list[Thing]:
    return [Thing("Customer", own) for (own,) in request.rows(READ, id=entry["id"])]


def told(entry: dict[str, Any]) -> dict[str, Any]:
    given = {name: entry[name] for name in ("id", "subject", "roles", "tags")}
    given["accessedAt"] = entry["at"]
    return {**given, "purpose": entry["purpose"] or None, "operation": entry["operation"] or None}
