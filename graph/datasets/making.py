"""Making an export: page by page, so that memory holds one; after each page it is written down how far it is."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from graph.changes.feed import ChangesForgotten
from graph.changes.following import NumberedChange, changes_after
from graph.datasets.standing import Row, Standing
from graph.datasets.tables import COUNTED, CUSTOMERS, LISTED, ORDERS, REMOVED, THEIRS
from graph.store import Store

PAGE = 100
"""Rows that are read at once."""
MOVES = frozenset({"customer.changed", "customer.merged"})
"""Types of changes by which touchpoints may have come to another customer."""

Read: TypeAlias = Callable[[str, Sequence[str]], Awaitable[Mapping[str, Row]]]
"""`read(table, ids)` returns the rows that whoever exports may see, by raw id, in the order of the ids."""
Saved: TypeAlias = Callable[[Standing], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Making:
    """One export into `folder`. `saved` is awaited after each page; what it raises ends the export, which can go on later.

    `removed(table, id)` is the row of one that was there, or was readable, and is no more.
    """

    store: Store
    folder: Path
    tables: Sequence[str]
    read: Read
    saved: Saved
    removed: Callable[[str, str], Row]

    async def total(self) -> int:
        """Return how many rows a full export has, about."""
        return sum([(await self.store.read(COUNTED[table]))[0][0] for table in self.tables])

    async def full(self, standing: Standing) -> None:
        """Write every row of every table."""
        for table in self.tables[standing.table :]:
            while ids := await self._listed(table, standing.after):
                await self._write(standing, table, ids)
                standing.after = ids[-1]
                await self.saved(standing)
            standing.table, standing.after = standing.table + 1, ""
            await asyncio.to_thread(standing.add, self.folder, table, ())
            await self.saved(standing)

    async def since(self, standing: Standing) -> None:
        """Write the rows that have changed from `place` to `end` as they are now, each after its last change at least."""
        while standing.place < standing.end:
            changes = [each for each in await changes_after(self.store, standing.place) if each.seq <= standing.end]
            # Numbers have no gap: one that is not there was forgotten.
            if not changes or changes[0].seq != standing.place + 1:
                raise ChangesForgotten("The changes after this cursor are kept no longer. Export everything.")
            for table in self.tables:
                for page in pages(await self._changed(table, changes)):
                    await self._write(standing, table, page)
            standing.place = changes[-1].seq
            await self.saved(standing)
        for table in (*self.tables, REMOVED):
            await asyncio.to_thread(standing.add, self.folder, table, ())
        await self.saved(standing)

    async def _listed(self, table: str, after: str) -> list[str]:
        return [own_id for (own_id,) in await self.store.read(LISTED[table], {"after": after, "limit": PAGE})]

    async def _write(self, standing: Standing, table: str, ids: Sequence[str]) -> None:
        found = await self.read(table, ids)
        await asyncio.to_thread(standing.add, self.folder, table, found.values())
        if gone := [self.removed(table, each) for each in ids if each not in found]:
            await asyncio.to_thread(standing.add, self.folder, REMOVED, gone)

    async def _changed(self, table: str, changes: Sequence[NumberedChange]) -> list[str]:
        """Return the ids of a table's rows that these changes may have changed, each once."""
        if table == CUSTOMERS:
            return named(changes, "Customer")
        noun = "order." if table == ORDERS else "touchpoint."
        own = named((each for each in changes if each.type.startswith(noun)), "Touchpoint")
        customers = named((each for each in changes if each.type in MOVES), "Customer")
        return list(dict.fromkeys([*own, *await self._theirs(customers, orders=table == ORDERS)]))

    async def _theirs(self, customers: Sequence[str], *, orders: bool) -> list[str]:
        found: list[str] = []
        asked = {"customers": customers, "orders": orders, "after": "", "limit": 10_000}
        while customers and (rows := await self.store.read(THEIRS, asked)):
            found += [own_id for (own_id,) in rows]
            asked["after"] = found[-1]
        return found


def pages(ids: Sequence[str]) -> list[Sequence[str]]:
    return [ids[start : start + PAGE] for start in range(0, len(ids), PAGE)]


def named(changes: Iterable[NumberedChange], label: str) -> list[str]:
    """Return the raw ids of a label that changes refer to, each once."""
    beginning = f"{label}:"
    return list(dict.fromkeys(ref.removeprefix(beginning) for each in changes for ref in each.refs if ref.startswith(beginning)))
