"""Who knows what a case is about already: who had it, has another open one of the customer, or spoke to them last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, LiteralString

from graph.cases.candidates import Waiting
from graph.cases.case import Case
from graph.cases.staff import weight_of
from graph.store import Transaction

KNOWN_FOR = timedelta(days=90)
"""Who spoke to a customer longer ago is nobody who knows them."""

# (:Case {record}) = (:SourceRecord {key}), (:Case)<-[:IN_CASE]-(:Touchpoint)<-[:DID]-(:SourceRecord)-[:RESOLVES_TO]->(:Customer);
# each record is sought in the indexes of cases and of touchpoints
WHO_KNOWS: LiteralString = """
UNWIND $p.cases AS id
MATCH (k:Case {id: id})
CALL (k) {
  MATCH (:SourceRecord {key: k.record})-[:RESOLVES_TO]->(c:Customer) RETURN c
UNION
  MATCH (k)<-[:IN_CASE]-(:Touchpoint)<-[:DID]-(:SourceRecord)-[:RESOLVES_TO]->(c:Customer) RETURN c
}
WITH k, c LIMIT 1000
MATCH (c)<-[:RESOLVES_TO]-(r:SourceRecord)
WITH k, COLLECT(DISTINCT r.key) AS keys
RETURN k.id, COLLECT {
  UNWIND keys AS key
  CALL (key) {
    MATCH (o:Case) USING INDEX SEEK o:Case(record, id) WHERE o.record = key AND o.id > '' RETURN o
  UNION
    MATCH (t:Touchpoint) USING INDEX SEEK t:Touchpoint(record, case_id) WHERE t.record = key AND t.case_id > ''
    MATCH (t)-[:IN_CASE]->(o:Case) RETURN o
  }
  WITH DISTINCT k, o WHERE o <> k AND o.listed = 'OPEN' AND o.staff <> ''
  RETURN o.staff ORDER BY o.opened_at DESC LIMIT 1
}, COLLECT {
  UNWIND keys AS key
  CALL (key) {
    MATCH (t:Touchpoint) USING INDEX SEEK t:Touchpoint(record, position)
    WHERE t.record = key AND t.position > $p.since AND t.staff IS NOT NULL
    RETURN t.position AS position, t.staff AS staff ORDER BY t.position DESC LIMIT 1
  }
  RETURN staff ORDER BY position DESC LIMIT 1
}
"""


@dataclass(frozen=True, slots=True)
class Known:
    """Accounts: `owner` has another open case of the customer, `served_last` spoke to them last. Null: nobody."""

    owner: str | None = None
    served_last: str | None = None


async def who_knows(transaction: Transaction, cases: Sequence[str], since: str) -> Mapping[str, Known]:
    """Return who knows the customers of these cases (ids), of contacts since a time (UTC text)."""
    rows = await transaction.run(WHO_KNOWS, {"cases": list(cases), "since": since})
    return {case: Known(*(found[0] if found else None for found in (owners, last))) for case, owners, last in rows}


def waiting_of(case: Case, known: Known) -> Waiting:
    """Return a case as assignment looks at it."""
    told: Mapping[str, Any] = case.properties
    return Waiting(
        case.id,
        told["queued"],
        weight_of(told.get("channel")),
        team=told["team"] or None,
        topic=told["topic"] or None,
        language=told.get("language"),
        owner=told.get("last_owner") or known.owner,
        served_last=known.served_last,
        declined=frozenset(told["declined"]),
    )
