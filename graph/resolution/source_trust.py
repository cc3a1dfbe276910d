"""How far each source is trusted stands in the graph, so that every process that writes golden records means the same."""

from __future__ import annotations

from typing import Any, LiteralString

from graph.identity.trust import Trust
from graph.store import Store, Transaction

# (:SourceTrust {key, rank}), one for each name of a source, and no others
DECLARE: LiteralString = """
CALL () { MATCH (old:SourceTrust) WHERE NOT old.key IN keys($p.ranks) DELETE old }
UNWIND keys($p.ranks) AS key
MERGE (t:SourceTrust {key: key})
SET t.rank = $p.ranks[key]
"""
READ: LiteralString = "MATCH (t:SourceTrust) RETURN t.key, t.rank"


async def declare_trust(store: Store, trust: Trust) -> None:
    """Let this be what golden records are computed with from now on; each takes it up with its customer's next change."""
    if _ranks(await store.read(READ)) == trust:
        return

    async def declare(transaction: Transaction) -> None:
        await transaction.run(DECLARE, {"ranks": dict(trust)})

    await store.write(declare)


async def declared_trust(transaction: Transaction) -> Trust:
    """Return the ranks of sources as they were last declared; without any, all are equal."""
    return _ranks(await transaction.run(READ))


def _ranks(rows: list[list[Any]]) -> dict[str, int]:
    return {row[0]: row[1] for row in rows}
