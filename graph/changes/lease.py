"""A lease: of several processes one at a time does some work, by the clock of the database."""

from __future__ import annotations

from typing import LiteralString

from graph.store import Store, Transaction

# (:Lease {name, holder, until, seq}): until is a timestamp in milliseconds, seq a number that belongs to the work
HOLD: LiteralString = """
MERGE (l:Lease {name: $p.name}) ON CREATE SET l.seq = 0, l.until = 0, l.holder = ''
REMOVE l.lock
WITH l WHERE l.holder = $p.holder OR l.until < timestamp()
SET l.holder = $p.holder, l.until = timestamp() + $p.lease
RETURN l.seq
"""


async def held(transaction: Transaction, name: str, holder: str, lease: int) -> int | None:
    """Take or renew a lease for so many milliseconds and return its number; None where another holder has it.

    `holder` is a name that no other process has.
    """
    rows = await transaction.run(HOLD, {"name": name, "holder": holder, "lease": lease})
    return rows[0][0] if rows else None


async def hold(store: Store, name: str, holder: str, lease: int) -> bool:
    """Take or renew a lease in a transaction of its own, and tell whether it is held."""

    async def take(transaction: Transaction) -> int | None:
        return await held(transaction, name, holder, lease)

    return await store.write(take) is not None
