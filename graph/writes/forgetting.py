"""Deleting what is old, a bounded part a transaction."""

from __future__ import annotations

from typing import Any, LiteralString

from graph.store import Store, Transaction


async def forget(store: Store, statement: LiteralString, before: str, **beside: Any) -> int:
    """Run a statement that deletes some of what is before `$p.before` and returns how many, until none is left.

    `beside` are further parameters.
    """

    async def some(transaction: Transaction) -> int:
        return (await transaction.run(statement, {"before": before, **beside}))[0][0]

    deleted = 0
    while count := await store.write(some):
        deleted += count
    return deleted
