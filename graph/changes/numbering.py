"""Changes get their numbers after they are committed: 1, 2, 3 ... without a gap, by one holder of a lease at a time.

No writer waits for a counter, and a change that is committed late is numbered late instead of being missed.
"""

from __future__ import annotations

from typing import LiteralString

from graph.changes.lease import held
from graph.store import Store, Transaction
from graph.waiting import to_its_end

CHANGES = "changes"
"""The lease under which it is done; its number is the last one that was given."""
LEASE_MS = 5_000
"""For how long nobody else numbers after the holder has numbered last, by the clock of the database."""
AT_ONCE = 500

IS_NEW: LiteralString = """
MATCH (e:OutboxEntry) USING INDEX SEEK e:OutboxEntry(state, written, id)
WHERE e.state = 'NEW' AND e.written >= 0 AND e.id > ''
RETURN true LIMIT 1
"""
NUMBER: LiteralString = """
MATCH (e:OutboxEntry) USING INDEX SEEK e:OutboxEntry(state, written, id)
WHERE e.state = 'NEW' AND e.written >= 0 AND e.id > ''
WITH e ORDER BY e.state, e.written, e.id LIMIT $p.limit
WITH collect(e) AS entries
CALL (entries) {
  UNWIND range(1, size(entries)) AS place
  WITH entries[place - 1] AS e, place
  SET e.seq = $p.seq + place, e.state = 'NUMBERED'
}
MATCH (l:Lease {name: 'changes'})
SET l.seq = $p.seq + size(entries)
RETURN size(entries)
"""


async def number_changes(store: Store, holder: str, lease: int = LEASE_MS) -> int | None:
    """Number up to AT_ONCE changes and return how many; None where another holder has the lease.

    `holder` is a name that no other process has, `lease` in milliseconds.
    """
    if not await to_its_end(store.read(IS_NEW)):
        return 0

    async def number(transaction: Transaction) -> int | None:
        seq = await held(transaction, CHANGES, holder, lease)
        if seq is None:
            return None
        return (await transaction.run(NUMBER, {"seq": seq, "limit": AT_ONCE}))[0][0]

    return await store.write(number)
