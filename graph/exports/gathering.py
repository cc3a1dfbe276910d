"""Everything that is held of a customer, read page by page into files of lines: memory holds one page at a time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import LiteralString

import orjson

from graph.errors import NotFound
from graph.exports.sections import ALL, CUSTOMER, OF_EMPLOYEES, SECTIONS, Row, Section
from graph.store import Store
from graph.words import Sentence

PAGE = 500
"""Things that are read by one statement."""

# (:Customer)-[:REDIRECTS_TO]->(:Customer)<-[:RESOLVES_TO]-(:SourceRecord)
READ_OWN: LiteralString = """
MATCH (c:Customer {id: $p.id})
RETURN COLLECT { MATCH (old:Customer)-[:REDIRECTS_TO*0..]->(c) RETURN DISTINCT old.id ORDER BY old.id },
       COLLECT { MATCH (c)<-[:RESOLVES_TO]-(r:SourceRecord) RETURN r.key ORDER BY r.key }
"""

Told = Callable[[int], Awaitable[None]]


@dataclass(slots=True)
class Gathered:
    """The lines of each section in a file of `folder`: `columns` are the names that its rows have, `counts` how many it has."""

    folder: Path
    columns: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    counts: dict[str, int] = field(default_factory=dict[str, int])

    def begin(self, section: Section, withheld: frozenset[str]) -> None:
        self.columns[section.name] = [name for name in section.columns if name not in withheld]
        self.counts[section.name] = 0
        self._path(section.name).touch(0o600)

    def add(self, name: str, rows: Sequence[Row]) -> None:
        known = self.columns[name]
        known += sorted({column for row in rows for column in row} - set(known))
        self.counts[name] += len(rows)
        with self._path(name).open("ab") as file:
            file.writelines(orjson.dumps(row) + b"\n" for row in rows)

    def rows(self, name: str) -> Iterator[Row]:
        """Yield the rows of a section, one line after the other."""
        with self._path(name).open("rb") as file:
            for line in file:
                yield orjson.loads(line)

    def _path(self, name: str) -> Path:
        return self.folder / f"{name}.jsonl"


async def gather(store: Store, customer: str, folder: Path, told: Told, *, own: bool) -> Gathered:
    """Read everything that is held of a customer, or raise NotFound; `told` is awaited after each page with the rows so far.

    `own`: the customer asks for themselves, and is not told which employee did what.
    """
    gathered = Gathered(folder)
    rows = await store.read(READ_OWN, {"id": customer})
    if not rows:
        raise NotFound(Sentence("refusal.NO_SUCH_CUSTOMER"))
    [[customers, records]] = rows
    for section in SECTIONS:
        withheld = OF_EMPLOYEES.get(section.name, frozenset[str]()) if own else frozenset[str]()
        gathered.begin(section, withheld)
        seen: set[str] = set()
        async for page in _pages(store, section, customers, records):
            rows = [row for what in page for row in section.told(what) if not (section.once and row["id"] in seen)]
            seen |= {row["id"] for row in rows} if section.once else set()
            shown = [{name: value for name, value in row.items() if name not in withheld} for row in rows]
            await asyncio.to_thread(gathered.add, section.name, shown)
            await told(sum(gathered.counts.values()))
    return gathered


async def _pages(store: Store, section: Section, customers: list[str], records: list[str]) -> AsyncIterator[list[object]]:
    each = {ALL: [""], CUSTOMER: customers}.get(section.each, records)
    for of in each:
        asked = {"of": of, "after": "", "customers": customers, "limit": PAGE}
        while found := await store.read(section.statement, asked):
            yield [what for _, what in found]
            if len(found) < PAGE:
                break
            asked["after"] = found[-1][0]
