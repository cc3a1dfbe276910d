"""What all tests share: one local Neo4j for the whole session, a migrated store that is empty for each module."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import platformdirs
import pytest

from graph.local import LocalServer, Memory
from graph.local.configuration import SHORT_LIVED
from graph.schema import migrate
from graph.store import Store

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

    from graph.store import Transaction

TEST_MEMORY = Memory(heap=768, page_cache=64)


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="session")
def jars_folder() -> Path:
    return platformdirs.user_cache_path("customer360")


@pytest.fixture(scope="session")
def neo4j_server(tmp_path_factory: pytest.TempPathFactory, jars_folder: Path) -> Iterator[LocalServer]:
    """One server for the session, in a folder of its own, gone with it."""
    folder = tmp_path_factory.mktemp("neo4j")
    server = asyncio.run(LocalServer.start(folder, jars_folder, memory=TEST_MEMORY, flags=SHORT_LIVED))
    yield server
    server.stop(at_once=True)


@pytest.fixture(scope="module")
async def store(neo4j_server: LocalServer, anyio_backend: str) -> AsyncIterator[Store]:
    """A store on a graph that has its schema and nothing else."""
    opened = await Store.open(neo4j_server.uri, neo4j_server.user, neo4j_server.password)
    await migrate(opened)
    await wipe(opened)
    yield opened
    await opened.close()


async def wipe(store: Store) -> None:
    """Remove everything but the record of migrations."""

    async def delete(transaction: Transaction) -> None:
        await transaction.run("MATCH (n) WHERE NOT n:Migration AND NOT n:MigrationLock DETACH DELETE n")

    await store.write(delete)
