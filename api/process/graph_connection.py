"""Which graph this process works on: the server of NEO4J_URI, or the local one in the data folder."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress

from api.process.identity_files import source_trust
from api.process.job_kinds import erasing
from api.process.settings import Settings
from api.process.steps import tell
from api.telemetry.observed_store import ObservedStore
from graph import schema
from graph.erasure.applying import apply
from graph.errors import StorageFull
from graph.free_space import MEGABYTE, Room
from graph.local import KeptServer, LocalServer
from graph.local.server import home_of
from graph.orders.moving import move_fulfillments
from graph.resolution.source_trust import declare_trust
from graph.store import Store
from graph.threads.span import declare_days


@asynccontextmanager
async def open_graph(settings: Settings) -> AsyncGenerator[Store]:
    """Yield a store; a local server is started for the time being unless another command runs it already.

    A local one that ends meanwhile is started again.
    """
    if settings.neo4j_uri is not None and settings.neo4j_password is not None:
        password = settings.neo4j_password.get_secret_value()
        store = await ObservedStore.open(settings.neo4j_uri, settings.neo4j_user, password, settings.neo4j_database)
        try:
            yield store
        finally:
            await store.close()
        return
    tell("Starting Neo4j")
    room = graph_room(settings)

    async def start() -> LocalServer:
        require_room_to_start(room)
        return await LocalServer.start(settings.data_folder, settings.cache_folder)

    kept = KeptServer(await start(), start)
    server = kept.server
    try:
        store = await ObservedStore.open(server.uri, server.user, server.password, room=room)
        keeping = asyncio.create_task(kept.keep(store))
        try:
            yield store
        finally:
            await ended(keeping)
            await store.close()
    finally:
        if not kept.server.attached:
            kept.server.stop()


def graph_room(settings: Settings) -> Room:
    """Return the room of the disk that holds the local graph."""
    return Room(home_of(settings.data_folder), settings.free_megabytes * MEGABYTE)


def require_room_to_start(room: Room) -> None:
    """Raise StorageFull where a local server would have too little room to end in order."""
    if not room.has_reserve:
        raise StorageFull(
            f"Only {room.free // MEGABYTE} MB are free on the disk of {room.folder}, and with less than "
            f"{room.reserve // MEGABYTE} Neo4j is not started: it could not end in order. Make room, then start again."
        )


async def ended(task: asyncio.Task[None]) -> None:
    """Cancel a task and wait until it has cleaned up, also where the one who waits is cancelled meanwhile."""
    task.cancel()
    while not task.done():
        with suppress(asyncio.CancelledError):
            await asyncio.wait([task])


@asynccontextmanager
async def prepared_graph(settings: Settings) -> AsyncGenerator[Store]:
    """Yield a store on a graph of this program's schema, which a server of someone else's must have already (ADR 5).

    Where the settings say how far sources are trusted, the graph is told. What was erased stays so, also after a backup was
    restored.
    """
    # Read first: a file that does not hold is told at once, not after the start of a database.
    trust = source_trust(settings)
    async with open_graph(settings) as store:
        if settings.neo4j_uri is None:
            for name in await schema.migrate(store):
                tell(f"Migrated {name}")
            await move_fulfillments(store)
        else:
            await schema.require_current(store)
        if trust is not None:
            await declare_trust(store, trust)
        await declare_days(store, settings.thread_days)
        if count := await apply(erasing(settings, store)):
            tell(f"Erased again, as {count} erasures that this graph did not know of say")
        yield store
