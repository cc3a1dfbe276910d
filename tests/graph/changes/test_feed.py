"""The feed of a process: what its followers are told when the server stops."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import anyio
import pytest

from graph.changes.feed import Feed
from graph.changes.numbering import number_changes
from graph.errors import ServiceUnavailable
from tests.conftest import wipe
from tests.graph.changes.test_numbering import change

if TYPE_CHECKING:
    from graph.store import Store

MOMENT = 30


async def test_who_begins_to_follow_when_the_server_already_stops_is_let_go_too(store: Store) -> None:
    await wipe(store)
    feed = Feed(store)
    running = asyncio.create_task(feed.run())
    with anyio.fail_after(MOMENT):
        while feed.known is None:
            await anyio.sleep(0.01)
        feed.end()
        await change(store, "while it stops")
        await number_changes(store, "relay")
        while feed.known != 1:
            await anyio.sleep(0.01)
        with pytest.raises(ServiceUnavailable):
            await anext(feed.batches(1))
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
