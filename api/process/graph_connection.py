"""Which graph this process works on: the server of NEO4J_URI, or the local one in the data folder."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from api.process.identity_files import source_trust
from api.process.settings import Settings
from graph import schema
from graph.local import LocalServer
from graph.resolution.source_trust import declare_trust
from graph.store import Store


@asynccontextmanager
async def open_graph(settings: Settings) -> AsyncGenerator[Store]:
    """Yield a store; a local server is started for the time being unless another command runs it already."""
    if settings.neo4j_uri is not None and settings.neo4j_password is not None:
        password = settings.neo4j_password.get_secret_value()
        store = await Store.open(settings.neo4j_uri, settings.neo4j_user, password, settings.neo4j_database)
        try:
            yield store
        finally:
            await store.close()
        return
    server = await LocalServer.start(settings.data_folder, settings.cache_folder)
    try:
        store = await Store.open(server.uri, server.user, server.password)
        try:
            yield store
        finally:
            await store.close()
    finally:
        if not server.attached:
            server.stop()


@asynccontextmanager
async def prepared_graph(settings: Settings) -> AsyncGenerator[Store]:
    """Yield a store on a graph of this program's schema, which a server of someone else's must have already (ADR 5).

    Where the settings say how far sources are trusted, the graph is told.
    """
    # Read first: a file that does not hold is told at once, not after the start of a database.
    trust = source_trust(settings)
    async with open_graph(settings) as store:
        if settings.neo4j_uri is None:
            await schema.migrate(store)
        else:
            await schema.require_current(store)
        if trust is not None:
            await declare_trust(store, trust)
        yield store
