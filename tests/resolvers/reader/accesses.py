"""Who has read a customer, as the reader answers it: also what was read of those that were merged into them."""

from __future__ import annotations

from typing import Any

from tests.resolvers.reader.fields import field
from tests.resolvers.reader.pages import page
from tests.resolvers.reader.request import Request, Thing

ENTRIES = "MATCH (e:AuditEntry)-[:OF]->(c:Customer) WHERE c.id IN $p.ids RETURN DISTINCT e.id, properties(e)"
MERGED = "MATCH (old:Customer)-[:REDIRECTS_TO]->(c:Customer) WHERE c.id IN $p.ids RETURN old.id"


@field("Customer", "accesses")
def accesses(customer: Thing, request: Request, first: int | None = None, after: str | None = None) -> dict[str, Any]:
    ids = known = {customer.id}
    while known:
        known = {old for (old,) in request.rows(MERGED, ids=sorted(known))} - ids
        ids = ids | known
    items = [(entry["at"] + own, told(entry)) for own, entry in request.rows(ENTRIES, ids=sorted(ids))]
    return page("accesses", items, first, after, newest_first=True)


def told(entry: dict[str, Any]) -> dict[str, Any]:
    given = {name: entry[name] for name in ("at", "subject", "roles", "tags")}
    return {**given, "purpose": entry["purpose"] or None, "operation": entry["operation"] or None}
