"""The graph has what the files have, once, and a difference between the two is told."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path

import pytest

from graph.audit.copying import copy_entries, files_of
from graph.audit.journal import Journal
from graph.audit.verifying import compare_with_graph, verify_files
from graph.store import Store, Transaction
from tests.conftest import wipe
from tests.graph.audit.entries import KEY, entry

TOWN = """
CREATE (c:Customer {id: 'c-1'}), (:Customer {id: 'c-2'}),
  (c)<-[:RESOLVES_TO]-(:SourceRecord {key: 'r', id: 'r-1'})-[:DID]->(:Touchpoint:Call {id: 't-1'})
"""
OF = "MATCH (e:AuditEntry)-[:OF]->(c:Customer) RETURN e.request, c.id ORDER BY e.request, c.id"


async def run(store: Store, statement: str) -> None:
    async def work(transaction: Transaction, text: str) -> None:
        await transaction.run(text)  # type: ignore[arg-type]

    await store.write(partial(work, text=statement))


@pytest.fixture
async def folder(store: Store, tmp_path: Path) -> Path:
    """A folder with three entries: of one customer, of another, and of a call of the first; nothing is copied yet."""
    await wipe(store)
    await run(store, TOWN)
    journal = Journal(tmp_path, "one", KEY)
    await journal.record(entry(1))
    await journal.record(entry(2))
    await journal.record(entry(3, customers=(), things=(("Call", "t-1"),)))
    await journal.close()
    return tmp_path


async def told(store: Store, folder: Path) -> list[tuple[int, str]]:
    verified = verify_files(folder, KEY)
    return [(each.line, each.what) for each in (*verified.findings, *await compare_with_graph(store, verified))]


async def test_each_line_is_copied_once_and_tied_to_whom_it_is_about(store: Store, folder: Path) -> None:
    assert await copy_entries(store, folder) == 3
    assert await copy_entries(store, folder) == 0
    assert await store.read(OF) == [[entry(n).request, c] for n, c in ((1, "c-1"), (2, "c-2"), (3, "c-1"))]
    assert await told(store, folder) == []


class Growing:
    """A store while which writes something else is recorded, five times."""

    def __init__(self, store: Store, journal: Journal) -> None:
        self.read = store.read
        self.store, self.journal, self.writes = store, journal, 0

    async def write(self, work: Callable[[Transaction], Awaitable[None]]) -> None:
        await self.store.write(work)
        self.writes += 1
        if self.writes <= 5:
            await self.journal.record(entry(3 + self.writes))


async def test_what_is_recorded_meanwhile_is_copied_together_the_next_time(store: Store, folder: Path) -> None:
    journal = Journal(folder, "two", KEY)
    await journal.record(entry(1))
    growing = Growing(store, journal)
    copied = [await copy_entries(growing, folder) for _ in range(2)]  # type: ignore[arg-type]
    assert (copied, growing.writes) == ([3 + 2, 1], 3)
    await journal.close()


async def test_what_is_not_copied_yet_is_no_difference(store: Store, folder: Path) -> None:
    assert await told(store, folder) == []


async def test_an_entry_that_is_gone_from_the_graph_is_told_with_its_line(store: Store, folder: Path) -> None:
    await copy_entries(store, folder)
    await run(store, f"MATCH (e:AuditEntry {{request: '{entry(2).request}'}}) DETACH DELETE e")
    assert await told(store, folder) == [(2, "is not in the graph any more")]


async def test_lines_that_are_gone_from_the_end_are_told(store: Store, folder: Path) -> None:
    await copy_entries(store, folder)
    (path,) = files_of(folder)
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:2]))
    found = await told(store, folder)
    assert found[0] == (3, "is gone, and what follows it: the graph has copied 3 lines")


async def test_a_file_that_is_gone_is_told(store: Store, folder: Path) -> None:
    await copy_entries(store, folder)
    (path,) = files_of(folder)
    path.unlink()
    assert await told(store, folder) == [(0, "is gone; the graph has its entries")]
