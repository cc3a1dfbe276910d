"""Within how many days the same topic or order is one thread: in the graph, so that every process that writes means the same."""

from __future__ import annotations

from typing import LiteralString

from graph.store import Store, Transaction
from graph.threads.rules import DEFAULT_DAYS

# (:ThreadSpan), the only one
DECLARE: LiteralString = "MERGE (s:ThreadSpan {key: 'days'}) SET s.days = $p.days"
READ: LiteralString = "MATCH (s:ThreadSpan {key: 'days'}) RETURN s.days"


async def declare_days(store: Store, days: int) -> None:
    """Let this be the span from now on; what is recorded already takes it up with a rebuild."""
    rows = await store.read(READ)
    if (rows[0][0] if rows else DEFAULT_DAYS) == days:
        return

    async def declare(transaction: Transaction) -> None:
        await transaction.run(DECLARE, {"days": days})

    await store.write(declare)
