"""A graph that does not start any more: what is torn at the end of its transaction log is cut off, and all of it checked."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from graph.errors import DataFolderInUse, LocalServerFailed
from graph.local.admin import GRAPH, OUTPUT, is_sound
from graph.local.configuration import CUTTING, DEMO_MEMORY, Memory
from graph.local.exclusion import alone
from graph.local.jars import fetch_jars
from graph.local.progress import download_progress
from graph.local.server import LOCK, LocalServer, home_of, require_stopped
from graph.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

CUT_OFF = Path("data", "databases", GRAPH, "corrupted-neostore.transaction.db")
"""Where Neo4j keeps what it cuts off, in archives."""

RESTORE = "Restore the last backup (customer360 neo4j restore FILE) and send again what came after it."


@dataclass(frozen=True, slots=True)
class Size:
    """How much a graph holds."""

    nodes: int
    relationships: int

    def __str__(self) -> str:
        return f"{self.nodes} nodes and {self.relationships} relationships"


@dataclass(frozen=True, slots=True)
class Repaired:
    """`cut` are the archives of what was cut off; empty where nothing was torn."""

    size: Size
    cut: tuple[Path, ...]


async def repair(
    data_folder: Path,
    cache_folder: Path,
    tell: Callable[[str], None],
    *,
    memory: Memory = DEMO_MEMORY,
    flags: Sequence[str] = (),
) -> Repaired:
    """Start once with leave to cut, check the stopped graph, and start as always; the server is stopped in the end.

    Raises DataFolderInUse while a server runs there, and LocalServerFailed where the graph does not start or is not sound,
    with what to do then.
    """
    home = home_of(data_folder)
    if not (home / "data" / "databases" / GRAPH).exists():
        raise LocalServerFailed(f"There is no graph in {home}.")
    require_stopped(data_folder)
    before = set((home / CUT_OFF).glob("*"))
    tell("Starting Neo4j once, with leave to cut off what is torn at the end of its transaction log")
    try:
        size = await _started(data_folder, cache_folder, memory, flags, cutting=True)
    except DataFolderInUse:
        raise
    except LocalServerFailed as error:
        raise LocalServerFailed(f"{error.message} It does not start even with leave to cut. {RESTORE}") from None
    cut = tuple(sorted(set((home / CUT_OFF).glob("*")) - before))
    tell(f"It started, with {size}. Checking all of the graph")
    with download_progress() as report:
        jars = await fetch_jars(cache_folder, report)
    async with alone(home / LOCK):
        require_stopped(data_folder)
        sound = await is_sound(home, jars)
    if not sound:
        raise LocalServerFailed(f"The graph is not sound: {home / OUTPUT} says where. Do not go on with it. {RESTORE}")
    tell("It is sound. Starting it as always")
    size = await _started(data_folder, cache_folder, memory, flags, cutting=False)
    return Repaired(size, cut)


async def _started(data_folder: Path, cache_folder: Path, memory: Memory, flags: Sequence[str], *, cutting: bool) -> Size:
    settings = CUTTING if cutting else {}
    server = await LocalServer.start(data_folder, cache_folder, memory=memory, flags=flags, settings=settings)
    try:
        return await size_of(server)
    finally:
        server.stop()


async def size_of(server: LocalServer) -> Size:
    store = await Store.open(server.uri, server.user, server.password)
    try:
        [[nodes]] = await store.read("MATCH (n) RETURN count(n)")
        [[relationships]] = await store.read("MATCH ()-[r]->() RETURN count(r)")
    finally:
        await store.close()
    return Size(nodes, relationships)
