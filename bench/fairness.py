"""What one event costs while others read as much as they can: `python -m bench.fairness` measures only that.

The readers are a process of their own, or their work would stand in what is timed.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from collections.abc import Iterable
from contextlib import suppress
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import typer

from api.access.development_tokens import Tokens
from api.process.local_keys import local_key
from api.process.settings import Settings
from bench import customers
from bench.connection import Connection
from bench.figures import Figure, at_most, median_ms, publish
from bench.loaded import CUSTOMERS, load, settings_of
from bench.servers import free_port, product
from bench.views import view_route
from graph.local import LocalServer
from graph.local.configuration import DEMO_MEMORY
from graph.store import Store

READS_A_SECOND, READERS = 300, 64
ROLES = ("call_center", "steward", "admin")
"""Each is a reader of its own, or one would be held to what one may ask at once."""
WARM_UP, EVENTS = 100, 200
SETTLE_SECONDS = 2.0
TARGET = 4.0
RESULT = Path("build/bench-fairness.json")


async def compare_events(address: str, tokens: Tokens, ids: Iterable[str], first_customer: int) -> Figure:
    """Compare the median of events that one client sends, beside readers of views, with that of the client alone."""
    source, writer = customers.people(first_customer), tokens.issue("admin")
    await _time_events(address, writer, list(islice(source, WARM_UP)))
    quiet = await _time_events(address, writer, list(islice(source, EVENTS)))
    arguments = [address, *(tokens.issue(role) for role in ROLES), *islice(ids, READERS)]
    readers = await asyncio.create_subprocess_exec(sys.executable, "-m", "bench.fairness", *arguments)
    try:
        await asyncio.sleep(SETTLE_SECONDS)
        beside = await _time_events(address, writer, list(islice(source, EVENTS)))
    finally:
        readers.terminate()
        await readers.wait()
    return at_most("event_under_reads_ratio", median_ms(beside), "ms", median_ms(quiet), TARGET)


async def _time_events(address: str, token: str, events: list[dict[str, Any]]) -> list[float]:
    connection = await Connection.open(address, token)
    spent: list[float] = []
    for event in events:
        started = time.perf_counter()
        await connection.post("/events", event, "application/cloudevents+json")
        spent.append(time.perf_counter() - started)
    connection.close()
    return spent


async def read_on(address: str, *given: str) -> None:
    """Offer so many reads a second by as many connections as may wait, until ended; one that is refused has been answered."""
    tokens, ids = given[: len(ROLES)], given[len(ROLES) :]
    free = asyncio.Queue[Connection]()
    for number in range(READERS):
        free.put_nowait(await view_route(address, tokens[number % len(tokens)]).open())
    route = view_route(address, "")
    answered, began = 0, time.perf_counter()

    async def read(connection: Connection, key: str) -> None:
        nonlocal answered
        with suppress(SystemExit):
            await connection.post(route.path, route.asked(key))
            answered += 1
        free.put_nowait(connection)

    async with asyncio.TaskGroup() as tasks:
        for number, key in enumerate(cycle(ids)):
            await asyncio.sleep(began + number / READS_A_SECOND - time.perf_counter())
            tasks.create_task(read(await free.get(), key))
            if number % READS_A_SECOND == 0:
                typer.echo(f"{answered / (time.perf_counter() - began):,.0f} reads/s answered", err=True)


async def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        server = await LocalServer.start(folder / "graph", Settings().cache_folder, memory=DEMO_MEMORY)
        try:
            store = await Store.open(server.uri, server.user, server.password)
            ids = await load(store)
            await store.close()
            address = f"http://127.0.0.1:{(port := free_port())}"
            with product(address, settings_of(server, port, folder)):
                figure = await compare_events(address, Tokens(local_key(folder, "tokens")), ids, CUSTOMERS)
                publish([figure], RESULT)
        finally:
            server.stop(at_once=True)


if __name__ == "__main__":
    asyncio.run(read_on(*sys.argv[1:]) if sys.argv[1:] else main())
