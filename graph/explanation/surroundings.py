"""Two customers with all that the partition looks at when it decides about them, read by one statement."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from typing import LiteralString

from graph.identity.strength import could_link
from graph.resolution.composites import COMPOSITE_COLUMNS, CompositeState
from graph.resolution.identifiers import IdentifierState
from graph.resolution.loading import IDENTIFIER_COLUMNS, RECORD_COLUMNS, identifier_state, marked_record
from graph.resolution.records import RecordState
from graph.store import Store
from graph.vocabulary import IDENTIFIER_KINDS, SHARINGS

# The customers of both ends: (:SourceRecord)-[:RESOLVES_TO]->(:Customer), or the end of (:Customer)-[:REDIRECTS_TO]->(:Customer)
# Their components, in one pass from each customer, since of each node only is asked whether it can be reached:
# (:Customer)<-[:RESOLVES_TO]-(:SourceRecord), on by (:SourceRecord)-[:HAS_IDENTIFIER]->(:Identifier) that can link,
# and by (:SourceRecord)<-[:JOINS]-(:PersonDecision)
LOAD: LiteralString = (
    """
UNWIND $p.ends AS end
CALL (end) {
  MATCH (:SourceRecord {id: end})-[:RESOLVES_TO]->(c:Customer) RETURN c
  UNION
  MATCH (:Customer {id: end})-[:REDIRECTS_TO*0..]->(c:Customer) WHERE NOT EXISTS { (c)-[:REDIRECTS_TO]->() } RETURN c
}
WITH COLLECT([end, c.id]) AS ends, COLLECT(DISTINCT c) AS customers
WITH ends, COLLECT {
  UNWIND customers AS c
  CALL (c) {
    MATCH way = (c)-[:RESOLVES_TO|HAS_IDENTIFIER|JOINS*1..]-(r)
    WHERE all(n IN nodes(way) WHERE (NOT n:Customer OR n = c) AND (NOT n:Identifier OR (
      NOT n.state IN ['BLOCKED', 'QUARANTINED']
      AND n.kind + ' ' + toString(n.mobile) IN $p.linking AND n.sharing IN $p.personal)))
    RETURN DISTINCT r
  }
  WITH r WHERE r:SourceRecord
  RETURN DISTINCT r
} AS records
RETURN ends,
  COLLECT { UNWIND records AS r RETURN ["""
    + RECORD_COLUMNS
    + """] },
  COLLECT { UNWIND records AS r UNWIND r.identifiers AS key WITH DISTINCT key MATCH (i:Identifier {key: key})
            RETURN ["""
    + IDENTIFIER_COLUMNS
    + """] },
  COLLECT { UNWIND records AS r UNWIND r.composites AS key WITH DISTINCT key MATCH (k:CompositeKey {key: key})
            RETURN ["""
    + COMPOSITE_COLUMNS
    + """] },
  COLLECT { UNWIND records AS r MATCH (r)<-[:CONCERNS]-(d:PersonDecision)
            WITH DISTINCT d RETURN [d.id, d.actor, d.at, d.reason] }
"""
)


_LINKING = [
    f"{kind} {str(mobile).lower()}"
    for kind, mobile in product(IDENTIFIER_KINDS, (True, False))
    if could_link(kind, mobile=mobile, sharing="UNKNOWN")
]
_PERSONAL = [sharing for sharing in SHARINGS if could_link("MEMBER_NUMBER", mobile=False, sharing=sharing)]


@dataclass(frozen=True, slots=True)
class Said:
    """A person's decision: its id, who, when (UTC text) and why."""

    decision: str
    actor: str
    at: str
    reason: str


@dataclass(frozen=True, slots=True)
class Surroundings:
    """`customer_of` tells the customer of each end; `records`, `identifiers` and `composites` are those of their components,
    by key.
    """

    customer_of: Mapping[str, str]
    records: Mapping[str, RecordState]
    identifiers: Mapping[str, IdentifierState]
    composites: Mapping[str, CompositeState]
    said: Mapping[str, Said]

    def keys(self, end: str) -> list[str]:
        """Return the keys of the records that an end stands for: itself, or all of a customer, the oldest first."""
        own = [record.key for record in self.records.values() if record.properties["id"] == end]
        return own or self.members(end)

    def members(self, end: str) -> list[str]:
        """Return the keys of all records of an end's customer, the oldest first."""
        found = [record for record in self.records.values() if record.customer == self.customer_of[end]]
        return [record.key for record in sorted(found, key=lambda record: (record.first_seen, record.key))]


async def surroundings(store: Store, one: str, other: str) -> Surroundings | None:
    """Read what there is about two ids of customers or source records; None where there is no such thing."""
    rows = await store.read(LOAD, {"ends": sorted({one, other}), "linking": _LINKING, "personal": _PERSONAL})
    ends, records, identifiers, composites, said = rows[0]
    customer_of: dict[str, str] = dict(ends)
    if len(customer_of) < len({one, other}):
        return None
    return Surroundings(
        customer_of,
        {row[0]: marked_record(row) for row in records},
        {row[0]: identifier_state(row) for row in identifiers},
        {key: CompositeState(key, set(holders), closed) for key, holders, closed in composites},
        {row[0]: Said(*row) for row in said},
    )
