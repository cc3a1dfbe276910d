"""`make bench`: load made-up customers, then compare view and intake with their baselines, in turns, in one run."""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from itertools import cycle, islice
from pathlib import Path
from random import Random

import httpx2
import typer
from rich.progress import track

from api.local_keys import local_key
from api.settings import Settings
from api.tokens import Tokens
from bench import customers, view
from bench.figures import Figure, at_most, median_ms, publish
from bench.intake import compare_intake
from bench.servers import free_port, process
from graph.ingest.reading import read_event
from graph.ingest.record import LARGEST_BATCH, record
from graph.local import LocalServer
from graph.local.configuration import DEMO_MEMORY
from graph.schema import migrate
from graph.store import Store

CUSTOMERS, WARM_UP, ROUNDS = 300, 400, 2_000
VIEW_TARGET = 1.15
FIRST_PLAN_SECONDS = 30
RESULT = Path("build/bench.json")


async def load(store: Store) -> list[str]:
    """Load the customers and return their ids."""
    await migrate(store)
    events = [read_event(event, b"bench") for event in customers.events(CUSTOMERS)]
    started = time.perf_counter()
    for start in track(range(0, len(events), LARGEST_BATCH), "Loading"):
        await record(store, events[start : start + LARGEST_BATCH])
    typer.echo(f"Loaded {len(events):,} events at {len(events) / (time.perf_counter() - started):,.0f} a second.")
    return [row[0] for row in await store.read("MATCH (c:Customer {status: 'ACTIVE'}) RETURN c.id ORDER BY c.id")]


def compare_view(product: str, baseline: str, headers: dict[str, str], ids: list[str]) -> Figure:
    """Time both routes, one request each in turn, on the same customers; their bodies must be the same bytes."""
    chosen = list(islice(cycle(Random(2).sample(ids, len(ids))), WARM_UP + ROUNDS))
    ours: list[float] = []
    theirs: list[float] = []
    with httpx2.Client(headers=headers, timeout=FIRST_PLAN_SECONDS) as client:
        for raw in track(chosen, "Comparing the view"):
            asked = {"query": view.QUERY, "variables": {"id": view.global_id(raw)}}
            started = time.perf_counter()
            answer = client.post(product, json=asked)
            between = time.perf_counter()
            bare = client.post(baseline, json={"id": raw})
            ended = time.perf_counter()
            if answer.content != bare.content:
                raise SystemExit("The two routes do not answer the same bytes, so there is nothing to compare.")
            ours.append(between - started)
            theirs.append(ended - between)
        typer.echo(f"A view has {len(answer.content):,} bytes.")
    return at_most("view_p50", median_ms(ours[WARM_UP:]), "ms", median_ms(theirs[WARM_UP:]), VIEW_TARGET)


async def prepare(folder: Path, cache: Path) -> tuple[LocalServer, list[str]]:
    server = await LocalServer.start(folder / "graph", cache, memory=DEMO_MEMORY)
    store = await Store.open(server.uri, server.user, server.password)
    try:
        return server, await load(store)
    finally:
        await store.close()


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        server, ids = asyncio.run(prepare(folder, Settings().cache_folder))
        try:
            publish(_figures(folder, server, ids), RESULT)
        finally:
            server.stop(at_once=True)


def _figures(folder: Path, server: LocalServer, ids: list[str]) -> list[Figure]:
    ports = free_port(), free_port()
    product, baseline = (f"http://127.0.0.1:{port}" for port in ports)
    secret = {"NEO4J_PASSWORD": server.password, "NEO4J_USER": server.user}
    settings = secret | {"NEO4J_URI": server.uri, "PORT": str(ports[0]), "DATA_FOLDER": str(folder)}
    tokens = Tokens(local_key(folder, "tokens"))
    headers = {"Authorization": f"Bearer {tokens.issue('call_center')}"}
    with (
        process([Path(sys.executable).with_name("customer360"), "serve"], f"{product}/livez", settings),
        process([sys.executable, "-m", "bench.bare_route", server.uri, str(ports[1])], baseline, secret),
    ):
        seen = compare_view(f"{product}/graphql", f"{baseline}/view", headers, ids)
        return [seen, asyncio.run(compare_intake(product, tokens.issue("admin"), first_customer=CUSTOMERS))]


if __name__ == "__main__":
    main()
