"""A write, or the same write rolled back: what a preview says is what the write would have done (ADR 9)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from graph.store import Store, Transaction

T = TypeVar("T")


class _Rehearsed(Exception):
    """Carries the result out of a transaction that is rolled back."""

    def __init__(self, result: Any) -> None:
        self.result = result


async def write_or_rehearse(store: Store, work: Callable[[Transaction], Awaitable[T]], *, rehearse: bool) -> T:
    """Return what `work` returns, committed or, with `rehearse`, rolled back."""

    async def rehearsed(transaction: Transaction) -> T:
        raise _Rehearsed(await work(transaction))

    try:
        return await store.write(rehearsed if rehearse else work)
    except _Rehearsed as rolled_back:
        return rolled_back.result
