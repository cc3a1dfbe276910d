"""Made-up customers in a graph, and the settings of a server that reads it."""

from __future__ import annotations

from rich.progress import track

from bench import customers
from graph.intake.reading import read_event
from graph.intake.record import LARGEST_BATCH, record
from graph.local import LocalServer
from graph.schema import migrate
from graph.store import Store

CUSTOMERS = 300
NO_BUDGET = {"COST_PER_MINUTE": "1000000000"}
"""One client asks here for as much as thousands."""
ALIVE = "MATCH (c:Customer {status: 'ACTIVE'}) RETURN c.id ORDER BY c.id"


async def load(store: Store, count: int = CUSTOMERS) -> list[str]:
    """Load so many customers and return their ids."""
    await migrate(store)
    events = [read_event(event, b"bench") for event in customers.events(count)]
    for start in track(range(0, len(events), LARGEST_BATCH), "Loading customers"):
        await record(store, events[start : start + LARGEST_BATCH])
    return await alive(store)


async def alive(store: Store) -> list[str]:
    return [row[0] for row in await store.read(ALIVE)]


def settings_of(server: LocalServer, port: int, folder: object) -> dict[str, str]:
    """Return the settings of a product on the graph of a server, with a data folder of its own and no budget for anybody."""
    graph = {"NEO4J_URI": server.uri, "NEO4J_USER": server.user, "NEO4J_PASSWORD": server.password}
    return {**graph, "PORT": str(port), "DATA_FOLDER": str(folder), **NO_BUDGET}
