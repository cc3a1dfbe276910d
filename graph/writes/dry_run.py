"""A write, or the same write rolled back: what a dry run says is what the write would have done (ADR 9)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from graph.store import Store, Transaction

T = TypeVar("T")


class _RolledBack(Exception):
    """Carries the result out of a transaction that is rolled back."""

    def __init__(self, result: Any) -> None:
        self.result = result


async def write_or_roll_back(store: Store, work: Callable[[Transaction], Awaitable[T]], *, dry_run: bool) -> T:
    """Return what `work` returns, committed or, with `dry_run`, rolled back."""

    async def rolled_back(transaction: Transaction) -> T:
        raise _RolledBack(await work(transaction))

    try:
        return await store.write(rolled_back if dry_run else work)
    except _RolledBack as done:
        return done.result
