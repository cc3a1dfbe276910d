"""Who is on what a page shows, told among the changes that it watches."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import replace
from typing import TypeVar

from graph.cases.board import Board
from resolvers.engine import ids
from resolvers.live.watching import Watched

A = TypeVar("A")
B = TypeVar("B")


async def attended(watching: AsyncGenerator[Watched], board: Board, own_id: str, after: int | None) -> AsyncGenerator[Watched]:
    """Yield what is watched after a change, and on which cases somebody has come or gone: on one, or with an empty id, on any.

    Where the page is to be read anew first, it is read with who is there.
    """
    last = None if after is None else Watched(after, after)
    changes = board.changes(ids.decode_as("Case", own_id) if own_id else None)
    async with aclosing(either(watching, changes)) as told:
        async for each in told:
            if isinstance(each, Watched):
                last = each
                yield replace(each, version=board.version)
            elif last is not None:
                cases = frozenset(ids.encode("Case", case) for case in each or ())
                yield Watched(last.seq, last.newest, present=cases, version=board.version)


async def either(one: AsyncGenerator[A], other: AsyncGenerator[B]) -> AsyncGenerator[A | B]:
    """Yield what comes of two that never end, as it comes; raise what one of them raises."""
    sources: tuple[AsyncGenerator[A | B], ...] = (one, other)
    waiting = {asyncio.ensure_future(anext(each)): each for each in sources}
    try:
        while True:
            done, _ = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                source, come = waiting.pop(task), task.result()
                waiting[asyncio.ensure_future(anext(source))] = source
                yield come
    finally:
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
        for source in sources:
            await source.aclose()
