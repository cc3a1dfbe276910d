"""Calls that go on, and whose a touchpoint may be, as the reader reads them: every holder looked at, one after the other."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from tests.resolvers.reader.fields import field
from tests.resolvers.reader.pages import page
from tests.resolvers.reader.request import Request, Thing
from tests.resolvers.reader.touchpoints import thing

GOING_ON = ("RINGING", "ANSWERED", "TRANSFERRED")
CALLS = "MATCH (t:Call) RETURN t.id, labels(t), t.position, t.outcome, t.queue, t.staff"
OWNER = "MATCH (:Touchpoint {id: $p.id})<-[:DID]-(:SourceRecord)-[:RESOLVES_TO]->(c:Customer) RETURN c.id"
HOLDERS = (
    "MATCH (:Touchpoint {id: $p.id})-[:VIA]->(i:Identifier) "
    "MATCH (i)<-[:HAS_IDENTIFIER]-(:SourceRecord)-[:RESOLVES_TO]->(c:Customer) "
    "WHERE i.state IN ['ACTIVE', 'SHARED', 'QUARANTINED'] RETURN DISTINCT c.id"
)
CASES = (
    "MATCH (:Customer {id: $p.id})<-[:RESOLVES_TO]-(r:SourceRecord) MATCH (k:Case) "
    "WHERE k.record = r.key OR EXISTS { (r)-[:DID]->(:Touchpoint)-[:IN_CASE]->(k) } RETURN k.state"
)
CONTACTS = "MATCH (:Customer {id: $p.id})<-[:RESOLVES_TO]-(:SourceRecord)-[:DID]->(t:Touchpoint) RETURN t.kind, t.position"


@field("Query", "ongoingCalls")
def ongoing_calls(
    _: None,
    request: Request,
    queue: str | None = None,
    staff: str | None = None,
    first: int | None = None,
    after: str | None = None,
) -> dict[str, Any]:
    since = (datetime.now(UTC) - timedelta(hours=12)).isoformat()
    items = [
        (position, thing(raw, labels))
        for raw, labels, position, outcome, line, person in request.rows(CALLS)
        if outcome in GOING_ON and position > since and queue in (None, line) and staff in (None, person)
    ]
    return page("ongoing calls", items, first, after, newest_first=True)


@field("Touchpoint", "possibleCustomers")
def possible_customers(touchpoint: Thing, request: Request) -> list[dict[str, Any]]:
    by, found = "ATTRIBUTED", request.rows(OWNER, id=touchpoint.id)
    if not found:
        by, found = "IDENTIFIER", request.rows(HOLDERS, id=touchpoint.id)
    position = request.value("MATCH (t:Touchpoint {id: $p.id}) RETURN t.position", id=touchpoint.id)
    told = [(raw, lately(raw, position, request)) for (raw,) in found]
    told.sort(key=lambda one: ([not each for each in one[1].values()], one[0]))
    return [
        {"customer": Thing("Customer", raw), "reasons": [by, *(word for word, holds in reasons.items() if holds)]}
        for raw, reasons in told[:10]
    ]


def lately(customer: str, position: str, request: Request) -> dict[str, bool]:
    since = (date.fromisoformat(position[:10]) - timedelta(days=30)).isoformat()
    before = [kind for kind, at in request.rows(CONTACTS, id=customer) if since < at < position]
    return {
        "OPEN_CASE": any(state not in ("RESOLVED", "CLOSED") for (state,) in request.rows(CASES, id=customer)),
        "RECENT_ORDER": "ORDER" in before,
        "RECENT_CONTACT": any(kind != "ORDER" for kind in before),
    }
