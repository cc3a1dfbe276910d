"""Events by 64 clients one at a time, beside the same number in batches of 1,000, over HTTP."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from itertools import islice
from typing import Any

from bench import customers
from bench.connection import Connection
from bench.figures import Figure, at_least

CLIENTS, BATCH, EVENTS = 64, 1_000, 16_000
WARM_UP_BY_MANY, WARM_UP_BY_BATCHES = 48_000, 16_000
TARGET = 0.5


async def compare_intake(address: str, token: str, first_customer: int) -> Figure:
    """Send new customers' events in both ways, in turns, and compare events per second."""
    source = customers.people(first_customer)
    # Java compiles what it runs often, so a server that has just started is several times slower, most of all in small
    # steps: 48,000 events by many are 750 transactions, after 250 it still compiles for half a core.
    await _by_many(address, token, list(islice(source, WARM_UP_BY_MANY)))
    await _by_batches(address, token, list(islice(source, WARM_UP_BY_BATCHES)))
    events = list(islice(source, 2 * EVENTS))
    single, batched = [0.0, 0], [0.0, 0]
    for start in range(0, 2 * EVENTS, 2 * BATCH * 2):
        half = start + BATCH * 2
        for spent, part, send in (
            (single, events[start:half], _by_many),
            (batched, events[half : half + BATCH * 2], _by_batches),
        ):
            began = time.perf_counter()
            await send(address, token, part)
            spent[0] += time.perf_counter() - began
            spent[1] += len(part)
    return at_least("events_64_clients", single[1] / single[0], "/s", batched[1] / batched[0], TARGET)


async def _by_many(address: str, token: str, events: Sequence[dict[str, Any]]) -> None:
    async def client(mine: Sequence[dict[str, Any]]) -> None:
        connection = await Connection.open(address, token)
        for event in mine:
            await connection.post("/events", event, "application/cloudevents+json")
        connection.close()

    await asyncio.gather(*(client(events[number::CLIENTS]) for number in range(CLIENTS)))


async def _by_batches(address: str, token: str, events: Sequence[dict[str, Any]]) -> None:
    connection = await Connection.open(address, token)
    for start in range(0, len(events), BATCH):
        await connection.post("/events", events[start : start + BATCH], "application/cloudevents-batch+json")
    connection.close()
