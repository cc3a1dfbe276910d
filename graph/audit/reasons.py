"""Because of which cases somebody may read whom they have read: what the read audit says where they are asked about cases."""

from __future__ import annotations

from collections.abc import Collection
from typing import LiteralString

from graph.audit.copying import OF_THING
from graph.store import Store

# (:Staff {account})-[:MEMBER_OF]->(:Team)<-[:ASKED]-(:Case {record}) = (:SourceRecord {key}), and by the interactions of the case
READ_CASES: LiteralString = (
    "WITH $p.customers + COLLECT { UNWIND $p.things AS thing CALL (thing) {"
    + OF_THING
    + """} RETURN DISTINCT c.id } AS customers
MATCH (:Staff {account: $p.account})-[:MEMBER_OF]->(:Team)<-[:ASKED]-(k:Case)
WHERE k.id IN $p.things
  OR EXISTS { MATCH (:SourceRecord {key: k.record})-[:RESOLVES_TO]->(c:Customer) WHERE c.id IN customers }
  OR EXISTS {
    MATCH (k)<-[:IN_CASE]-(t:Touchpoint) WHERE t.id IN $p.things
      OR EXISTS { MATCH (t)<-[:DID]-(:SourceRecord)-[:RESOLVES_TO]->(c:Customer) WHERE c.id IN customers }
  }
RETURN DISTINCT k.number AS number ORDER BY number
"""
)


async def read_cases(store: Store, account: str, customers: Collection[str], things: Collection[str]) -> list[int]:
    """Return the numbers of the open cases about which a team of the account was asked and whose these people or things are."""
    asked = {"account": account, "customers": sorted(customers), "things": sorted(things)}
    return [row[0] for row in await store.read(READ_CASES, asked)]
