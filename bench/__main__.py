"""`make bench`: load made-up customers, then compare the product with its baselines, in turns, in one run."""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from collections.abc import AsyncGenerator
from pathlib import Path

import typer

from admin.pages.customers.operations import CUSTOMER
from api.access.development_tokens import Tokens
from api.process.local_keys import local_key
from api.process.settings import Settings
from bench import customers, view
from bench.auditing import time_audit
from bench.claiming import time_claims
from bench.fairness import compare_events
from bench.figures import Figure, publish
from bench.first_use import first_uses
from bench.growth import compare_sizes
from bench.history import compare_histories
from bench.intake import compare_intake
from bench.library import compare_library, library
from bench.limits import compare_bystander, time_refusals
from bench.live import time_pages, time_subscribers
from bench.loaded import CUSTOMERS, alive, load, settings_of
from bench.loading import compare_orders, compare_persons
from bench.merging import compare_merges
from bench.outbox import time_outbox
from bench.page import compare_pages, page_variables
from bench.redeeming import compare_redemptions
from bench.reserving import compare_reservations
from bench.routes import Route
from bench.servers import free_port, process, product, resident_megabytes
from bench.service import compare_service
from bench.statements import count_statements, time_planning
from bench.view import node_id
from bench.views import compare_views, shuffled, view_route
from graph.local import LocalServer
from graph.local.configuration import DEMO_MEMORY, Memory
from graph.store import Store

NEW_CUSTOMERS = 1_000_000
"""From this number on they are told of by the events of bench/fairness.py, and by no others."""
BYSTANDER_ANSWERS = 600
SCALE_MEMORY = Memory(heap=4096, page_cache=8192)
RESULT = Path("build/bench.json")


async def measure(folder: Path, server: LocalServer, scale: int) -> AsyncGenerator[Figure]:
    """Yield all figures; those of cases and, where a scale is given, of growth come last, since they fill the graph."""
    store = await Store.open(server.uri, server.user, server.password)
    try:
        ids = await load(store)
        yield await compare_persons(store)
        yield await compare_orders(store, CUSTOMERS)
        yield await time_outbox(store, CUSTOMERS)
        ports = free_port(), free_port()
        ours, baseline = (f"http://127.0.0.1:{port}" for port in ports)
        secret = {"NEO4J_PASSWORD": server.password, "NEO4J_USER": server.user}
        settings = settings_of(server, ports[0], folder)
        with (
            product(ours, settings) as pid,
            process([sys.executable, "-m", "bench.bare_route", server.uri, str(ports[1]), str(folder)], baseline, secret),
            library(server) as peer,
        ):
            async for figure in compare_doors(store, ours, baseline, Tokens(local_key(folder, "tokens")), ids, peer=peer):
                yield figure
            tokens = Tokens(local_key(folder, "tokens"))
            yield await time_pages(store, ours, tokens.issue("admin"))
            for figure in await time_subscribers(store, ours, tokens, pid):
                yield figure
            yield Figure("rss_mb", resident_megabytes(pid), "MB")
            async for figure in compare_service(store, ours, baseline, tokens):
                yield figure
            if scale:
                for figure in await compare_sizes(store, ours, Tokens(local_key(folder, "tokens")).issue("call_center"), scale):
                    yield figure
    finally:
        await store.close()


async def compare_doors(
    store: Store, address: str, baseline: str, tokens: Tokens, ids: list[str], *, peer: Route | None
) -> AsyncGenerator[Figure]:
    """Yield what clients of the running product see; `peer` is the library for Node, where it is there."""
    operator = tokens.issue("call_center")
    phones = [customers.phone(number) for number in range(CUSTOMERS)]
    for figure in await compare_views(address, baseline, operator, ids, phones):
        yield figure
    if peer is not None:
        for figure in await compare_library(view_route(address, operator), peer, ids):
            yield figure
    yield await time_audit(store, ids)
    yield time_refusals()
    yield await compare_bystander(view_route(address, operator), shuffled(ids, BYSTANDER_ANSWERS), tokens.issue("analyst"))
    yield await compare_histories(store, address, operator)
    yield await compare_pages(store, address, operator)
    yield await compare_redemptions(store, ids[0])
    yield await compare_merges(store)
    yield await time_claims(store)
    yield await compare_reservations(store)
    someone = node_id("Customer", ids[0])
    yield await count_statements(store, someone, phones[0])
    yield await time_planning(store, "cold_plan_ms", view.QUERY, {"id": someone})
    yield await time_planning(store, "cold_page_plan_ms", CUSTOMER, page_variables(someone))
    yield await compare_events(address, tokens, ids, first_customer=NEW_CUSTOMERS)
    yield await compare_intake(address, tokens.issue("admin"), first_customer=CUSTOMERS)


async def measure_first_uses(folder: Path, server: LocalServer) -> list[Figure]:
    """Start the product on a database that has just been started too, and use it."""
    store = await Store.open(server.uri, server.user, server.password)
    ids = (await alive(store))[:CUSTOMERS]
    await store.close()
    port, tokens = free_port(), Tokens(local_key(folder, "tokens"))
    address = f"http://127.0.0.1:{port}"
    phones = [customers.phone(number) for number in range(CUSTOMERS)]
    with product(address, settings_of(server, port, folder), planned=False):
        return await first_uses(address, tokens.issue("call_center"), ids, phones)


async def main() -> None:
    scale = int(os.environ.get("SCALE", "0"))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        memory = SCALE_MEMORY if scale else DEMO_MEMORY
        server = await LocalServer.start(folder / "graph", Settings().cache_folder, memory=memory)
        try:
            figures: list[Figure] = []
            async for figure in measure(folder, server, scale):
                typer.echo(f"{figure.name} {figure.value:,.2f} {figure.unit}")
                figures.append(figure)
            server.stop()
            server = await LocalServer.start(folder / "graph", Settings().cache_folder, memory=memory)
            figures += await measure_first_uses(folder, server)
            publish(figures, RESULT)
        finally:
            server.stop(at_once=True)


if __name__ == "__main__":
    asyncio.run(main())
