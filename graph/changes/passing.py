"""How far changes were passed on to somebody else: a number under a lease, moved only once what is before it has arrived."""

from __future__ import annotations

from typing import LiteralString

from graph.changes.lease import held
from graph.store import Store, Transaction
from graph.waiting import to_its_end

KAFKA = "kafka"
"""The lease under which changes are published; its number is that of the last one that has arrived."""
LEASE_MS = 10_000
"""For how long nobody else passes changes on after the holder was heard of last, by the clock of the database."""

IS_BEHIND: LiteralString = """
MATCH (numbered:Lease {name: 'changes'})
OPTIONAL MATCH (l:Lease {name: $p.name})
RETURN numbered.seq > coalesce(l.seq, 0)
"""
# (:Lease {name, holder, until, seq})
MOVE: LiteralString = """
MATCH (l:Lease {name: $p.name})
REMOVE l.lock
WITH l WHERE l.holder = $p.holder
SET l.seq = $p.seq, l.until = timestamp() + $p.lease
RETURN l.seq
"""


async def is_behind(store: Store, name: str) -> bool:
    """Tell whether there are changes that were not passed on."""
    return any(behind for (behind,) in await to_its_end(store.read(IS_BEHIND, {"name": name})))


async def take_place(store: Store, name: str, holder: str, lease: int = LEASE_MS) -> int | None:
    """Take or renew the lease and return the number of the last change that was passed on; None where another has it."""

    async def take(transaction: Transaction) -> int | None:
        return await held(transaction, name, holder, lease)

    return await store.write(take)


async def move_place(store: Store, name: str, holder: str, seq: int, lease: int = LEASE_MS) -> bool:
    """Say that everything up to a number has arrived; return False, and say nothing, where another has the lease."""

    async def move(transaction: Transaction) -> bool:
        return bool(await transaction.run(MOVE, {"name": name, "holder": holder, "seq": seq, "lease": lease}))

    return await store.write(move)
