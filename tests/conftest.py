"""What all tests share: one local Neo4j for the whole session, a migrated store that is empty for each module."""

from __future__ import annotations

import asyncio
import shutil
from typing import TYPE_CHECKING

import platformdirs
import pytest
from hypothesis import settings
from playwright.async_api import async_playwright, expect

from graph.commands import turns
from graph.local import LocalServer, Memory
from graph.local.configuration import SHORT_LIVED
from graph.schema import migrate
from graph.store import Store
from tests.laws import TEST

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

    from playwright.async_api import Browser

    from graph.store import Transaction

CHROMIUM_FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
# The database plans a statement when it is first asked, which takes seconds on a busy machine.
expect.set_options(timeout=30_000)
turns.SECONDS = 60.0
Store.read.__kwdefaults__["seconds"] = Store.write.__kwdefaults__["seconds"] = 120.0
# An option of pytest may choose another one after this.
settings.load_profile(TEST)
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


@pytest.fixture(scope="module")
async def chromium(anyio_backend: str) -> AsyncIterator[Browser]:
    """The installed browser, without a window of its own."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert program, "Chromium is needed: `make test` installs it, or install the package chromium."
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=program, args=CHROMIUM_FLAGS)
        yield browser
        await browser.close()


async def wipe(store: Store) -> None:
    """Remove everything but the record of migrations."""

    async def delete(transaction: Transaction) -> None:
        await transaction.run("MATCH (n) WHERE NOT n:Migration AND NOT n:MigrationLock DETACH DELETE n")

    await store.write(delete)
