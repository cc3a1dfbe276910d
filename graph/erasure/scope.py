"""What an erasure is about: source records, the identifiers that only they hold, and what others hold too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import LiteralString

from graph.store import Reader

# (:SourceRecord)-[:HAS_IDENTIFIER]->(:Identifier)<-[:HAS_IDENTIFIER]-(:SourceRecord)
READ_HELD: LiteralString = """
UNWIND $p.records AS key
MATCH (:SourceRecord {key: key})-[:HAS_IDENTIFIER]->(i:Identifier)
WITH DISTINCT i
RETURN i.key, EXISTS { MATCH (i)<-[:HAS_IDENTIFIER]-(o:SourceRecord) WHERE NOT o.key IN $p.records },
       i.state IN ['ACTIVE', 'SHARED'], coalesce(i.reason, '') = 'LISTED'
ORDER BY i.key
"""
# (:SourceRecord)-[:DID]->(:Touchpoint), (:Touchpoint)-[:VIA]->(:Identifier) that is nobody's
COUNT: LiteralString = """
CALL () {
  UNWIND $p.records AS key MATCH (:SourceRecord {key: key})-[:DID]->(t:Touchpoint) RETURN t
UNION
  UNWIND $p.identifiers AS key
  MATCH (:Identifier {key: key})<-[:VIA]-(t:Touchpoint) WHERE NOT EXISTS { (t)<-[:DID]-() } RETURN t
}
WITH count(CASE WHEN t:Order THEN 1 END) AS orders, count(t) AS all
RETURN orders, all - orders,
  COUNT { UNWIND $p.records AS key MATCH (:SourceRecord {key: key})-[:SAID]->(c:Consent) RETURN DISTINCT c },
  COUNT { UNWIND $p.records AS key MATCH (:SourceRecord {key: key})<-[:MOVED|CONCERNS]-(d:Decision) RETURN DISTINCT d }
"""


@dataclass(frozen=True, slots=True)
class Scope:
    """Keys of nodes. `sole` are held by these records alone; `shared` by others too, and may link; `listed` is nobody's."""

    records: Sequence[str]
    sole: Sequence[str]
    shared: Sequence[str]
    held_by_others: int
    listed: frozenset[str]


async def scope_of(reader: Reader, records: Sequence[str], beside: Sequence[str] = ()) -> Scope:
    """Return the scope of these records; `beside` are identifiers that no record holds and that go too."""
    held = await reader.read(READ_HELD, {"records": list(records)})
    sole = sorted({*beside, *(key for key, others, _, _ in held if not others)})
    shared = [key for key, others, links, _ in held if others and links]
    listed = frozenset(key for key, _, _, is_listed in held if is_listed)
    return Scope(list(records), sole, shared, sum(others for _, others, _, _ in held), listed)


async def counted(reader: Reader, scope: Scope) -> dict[str, int]:
    """Return how much an erasure is about, by name."""
    asked = {"records": scope.records, "identifiers": scope.sole}
    [[orders, touchpoints, consents, decisions]] = await reader.read(COUNT, asked)
    erased = {"touchpoints": touchpoints, "records": len(scope.records), "identifiers": len(scope.sole)}
    return {**erased, "consents": consents, "decisions": decisions, "orders": orders, "shared": scope.held_by_others}
