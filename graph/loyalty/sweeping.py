"""What happens to points by itself, posted: the end of a return period, and expiry. Reads count by the moment anyway."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import LiteralString

from graph.events.newest import utc_text
from graph.loyalty.nodes import Accounts
from graph.store import Store
from graph.waiting import to_its_end
from graph.writes.unit import Unit, execute

AT_ONCE = 100
"""Accounts of one transaction."""

# (:LoyaltyAccount {due})
READ_DUE: LiteralString = """
MATCH (a:LoyaltyAccount) USING INDEX SEEK a:LoyaltyAccount(due)
WHERE a.due <= $p.now
RETURN a.id ORDER BY a.due LIMIT $p.limit
"""


async def settle_due(store: Store) -> int:
    """Post what is due on up to AT_ONCE accounts and return on how many; the same by whoever does it first."""
    asked = {"now": utc_text(datetime.now(UTC)), "limit": AT_ONCE}
    found = [row[0] for row in await to_its_end(store.read(READ_DUE, asked))]

    async def work(unit: Unit) -> None:
        await unit.of(Accounts).lock(found)
        await unit.of(Accounts).note()

    if found:
        await to_its_end(execute(store, (Accounts,), work))
    return len(found)
