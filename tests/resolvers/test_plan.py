"""Readings beside one that failed."""

from __future__ import annotations

import asyncio

import pytest

from graph.waiting import to_its_end


async def test_a_cancelled_reading_comes_to_its_end_first() -> None:
    begun, may_end, ended = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def reading() -> None:
        begun.set()
        await may_end.wait()
        ended.set()
        raise ConnectionRefusedError

    caller = asyncio.create_task(to_its_end(reading()))
    await begun.wait()
    caller.cancel()
    may_end.set()
    with pytest.raises(asyncio.CancelledError):
        await caller
    assert ended.is_set()


async def test_what_a_reading_returns_or_raises_is_handed_on() -> None:
    async def reading(error: Exception | None) -> int:
        if error is not None:
            raise error
        return 3

    assert await to_its_end(reading(None)) == 3
    with pytest.raises(ConnectionRefusedError):
        await to_its_end(reading(ConnectionRefusedError()))
