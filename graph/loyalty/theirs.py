"""The accounts of a customer, found through the source records that are theirs by now, and held."""

from __future__ import annotations

from typing import LiteralString

from graph.errors import NotFound
from graph.loyalty.ledger import Ledger
from graph.loyalty.nodes import Accounts
from graph.words import Sentence
from graph.writes.unit import Unit

# (:Customer)-[:REDIRECTS_TO*]->(:Customer)<-[:RESOLVES_TO]-(:SourceRecord)-[:HAS_ACCOUNT]->(:LoyaltyAccount)
READ_THEIRS: LiteralString = """
MATCH (:Customer {id: $p.id})-[:REDIRECTS_TO*0..]->(c:Customer) WHERE NOT EXISTS { (c)-[:REDIRECTS_TO]->() }
RETURN c.id, COLLECT { MATCH (c)<-[:RESOLVES_TO]-(:SourceRecord)-[:HAS_ACCOUNT]->(a:LoyaltyAccount) RETURN a.id ORDER BY a.id },
  COLLECT { MATCH (c)<-[:RESOLVES_TO]-(r:SourceRecord) RETURN r.key ORDER BY r.first_seen, r.key LIMIT 1 }
"""
# (:LoyaltyAccount)-[:HAS_ENTRY]->(:PointEntry)
READ_ENTRY: LiteralString = "MATCH (e:PointEntry {id: $p.id}) RETURN e.account, e.kind, e.redemption, e.order_id"
READ_REDEEMED: LiteralString = "MATCH (e:PointEntry {redemption: $p.redemption}) RETURN DISTINCT e.account"


async def accounts_of(unit: Unit, customer: str) -> tuple[str, list[Ledger], list[str]]:
    """Return the customer that is left of one, their accounts, held and settled, and the key of their earliest record.

    Raises NotFound for a customer that there is not.
    """
    found = await unit.transaction.run(READ_THEIRS, {"id": customer})
    if not found or not found[0][2]:
        raise NotFound(Sentence("refusal.NO_SUCH_CUSTOMER"), "/customerId")
    [[surviving, ids, earliest]] = found
    return surviving, await unit.of(Accounts).lock(ids), earliest


async def account(unit: Unit, own_id: str, pointer: str) -> Ledger:
    """Return an account, held and settled; raise NotFound for one that there is not."""
    found = await unit.of(Accounts).lock([own_id])
    if not found:
        raise NotFound(Sentence("refusal.NO_SUCH_LOYALTYACCOUNT"), pointer)
    return found[0]
