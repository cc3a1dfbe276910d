"""What those who answer customers wait for: a ringing call, and the inbox. `python -m bench.service` measures only that."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import AsyncGenerator
from pathlib import Path

import typer

from api.access.development_tokens import Tokens
from api.process.local_keys import local_key
from api.process.settings import Settings
from bench import customers
from bench.figures import Figure, publish
from bench.inboxes import compare_inboxes
from bench.ringing import compare_screen_pops
from bench.servers import free_port, process, product
from graph.intake.reading import read_event
from graph.intake.record import LARGEST_BATCH, record
from graph.local import LocalServer
from graph.local.configuration import DEMO_MEMORY
from graph.schema import migrate
from graph.store import Store

CUSTOMERS = 300
RESULT = Path("build/bench-service.json")


async def compare_service(store: Store, address: str, baseline: str, tokens: Tokens) -> AsyncGenerator[Figure]:
    """Yield what an operator waits for. The customers of the benchmark are loaded; the cases fill the graph."""
    yield await compare_screen_pops(store, address, baseline, tokens.issue("call_center"))
    for figure in await compare_inboxes(store, address, baseline, tokens):
        yield figure


async def measure(folder: Path, server: LocalServer) -> AsyncGenerator[Figure]:
    """Load the customers, start the product and the hand-written routes, and yield the figures of this part."""
    store = await Store.open(server.uri, server.user, server.password)
    await migrate(store)
    events = [read_event(event, b"bench") for event in customers.events(CUSTOMERS)]
    for start in range(0, len(events), LARGEST_BATCH):
        await record(store, events[start : start + LARGEST_BATCH])
    ports, secret = (free_port(), free_port()), {"NEO4J_PASSWORD": server.password, "NEO4J_USER": server.user}
    ours, baseline = (f"http://127.0.0.1:{port}" for port in ports)
    settings = {"NEO4J_URI": server.uri, "PORT": str(ports[0]), "DATA_FOLDER": str(folder), "COST_PER_MINUTE": "1000000000"}
    bare = [sys.executable, "-m", "bench.bare_route", server.uri, str(ports[1]), str(folder)]
    with product(ours, secret | settings), process(bare, baseline, secret):
        async for figure in compare_service(store, ours, baseline, Tokens(local_key(folder, "tokens"))):
            yield figure
    await store.close()


async def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        server = await LocalServer.start(Path(name) / "graph", Settings().cache_folder, memory=DEMO_MEMORY)
        try:
            figures: list[Figure] = []
            async for figure in measure(Path(name), server):
                typer.echo(f"{figure.name} {figure.value:,.2f} {figure.unit}")
                figures.append(figure)
            publish(figures, RESULT)
        finally:
            server.stop(at_once=True)


if __name__ == "__main__":
    asyncio.run(main())
