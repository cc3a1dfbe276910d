"""Erasures of the file that the graph does not know of, as after a backup was restored: done once more."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from typing import LiteralString

from graph.erasure.erasing import Erasing, Erasure
from graph.erasure.tombstones import Tombstones, kept
from graph.erasure.traces import IDENTIFIER, RECORD, trace
from graph.jobs.job import Progress
from graph.store import Store
from graph.writes.unit import Nodes, Unit, execute

KEYS_AT_ONCE, ERASED_AT_ONCE = 5_000, 50

KNOWN: LiteralString = "MATCH (t:Tombstone) WHERE t.key IN $p.keys RETURN t.key"
NEXT_RECORDS: LiteralString = "MATCH (n:SourceRecord) WHERE n.key > $p.after RETURN n.key ORDER BY n.key LIMIT $p.limit"
NEXT_IDENTIFIERS: LiteralString = "MATCH (n:Identifier) WHERE n.key > $p.after RETURN n.key ORDER BY n.key LIMIT $p.limit"
KEYS: tuple[tuple[str, LiteralString], ...] = ((RECORD, NEXT_RECORDS), (IDENTIFIER, NEXT_IDENTIFIERS))
# (:Identifier) that no record holds
UNHELD: LiteralString = """
UNWIND $p.keys AS key MATCH (i:Identifier {key: key}) WHERE NOT EXISTS { (i)<-[:HAS_IDENTIFIER]-() } RETURN i.key
"""


async def apply(erasing: Erasing) -> int:
    """Do again what the graph does not know of, and return how many erasures of the file that were.

    The hashes of a step are written in one transaction, so a line whose last one the graph has is known; it is put last here.
    """
    lines = [(own_id, hashes) for own_id, hashes in await asyncio.to_thread(list, kept(erasing.file)) if hashes]
    missing = await _missing(erasing.store, lines)
    if not missing:
        return 0
    known = {own for _, hashes in lines for own in hashes}
    await _put(erasing.store, [own for _, hashes in missing for own in hashes[:-1]])
    for label, statement in KEYS:
        async for keys in _pages(erasing.store, statement):
            if found := [key for key in keys if trace(erasing.key, label, key) in known]:
                for start in range(0, len(found), ERASED_AT_ONCE):
                    await _erase(erasing, missing[0][0], label, found[start : start + ERASED_AT_ONCE])
    await _put(erasing.store, [hashes[-1] for _, hashes in missing])
    return len({own_id for own_id, _ in missing})


async def _missing(store: Store, lines: Sequence[tuple[str, list[str]]]) -> list[tuple[str, list[str]]]:
    rows = await store.read(KNOWN, {"keys": [hashes[-1] for _, hashes in lines]})
    there = {key for (key,) in rows}
    return [(own_id, hashes) for own_id, hashes in lines if hashes[-1] not in there]


async def _erase(erasing: Erasing, own_id: str, label: str, keys: list[str]) -> None:
    async def step(work: Callable[[Unit], Awaitable[Progress]], nouns: Sequence[type[Nodes]]) -> Progress:
        return await execute(erasing.store, nouns, work)

    erasure = Erasure(erasing.store, erasing.key, erasing.file, own_id, step)
    if label == RECORD:
        await erasure.erase(keys)
    elif unheld := [key for (key,) in await erasing.store.read(UNHELD, {"keys": keys})]:
        await erasure.erase((), unheld)


async def _pages(store: Store, statement: LiteralString) -> AsyncIterator[list[str]]:
    after = ""
    while rows := await store.read(statement, {"after": after, "limit": KEYS_AT_ONCE}):
        yield [key for (key,) in rows]
        after = rows[-1][0]


async def _put(store: Store, hashes: Sequence[str]) -> None:
    for start in range(0, len(hashes), KEYS_AT_ONCE):
        part = hashes[start : start + KEYS_AT_ONCE]

        async def put(unit: Unit, part: Sequence[str] = part) -> None:
            unit.of(Tombstones).put(part)

        await execute(store, (Tombstones,), put)
