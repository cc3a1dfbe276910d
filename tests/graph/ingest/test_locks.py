"""The locks of the write path hold: what is read after a lock is what the last writer left."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, LiteralString

import pytest

from graph.ingest.arrival import ARRIVE
from graph.ingest.catalogue import LOCK_PRODUCTS, LOCK_STORES
from graph.ingest.neighbourhood import LOCK_IDENTIFIERS, LOCK_RECORDS

if TYPE_CHECKING:
    from graph.store import Store, Transaction

ROWS = [{"key": "a", "id": "a", "name": "a", "fresh": {"holders": []}}]
PARAMETERS = {"rows": ROWS, "keys": ["a"], "lists": {"touchpoints": ["a"], "receipts": []}}
WRITERS = 20


@pytest.mark.parametrize(
    ("label", "lock"),
    [
        ("Identifier", LOCK_IDENTIFIERS),
        ("SourceRecord", LOCK_RECORDS),
        ("Touchpoint", ARRIVE),
        ("Store", LOCK_STORES),
        ("Product", LOCK_PRODUCTS),
    ],
)
async def test_of_many_writers_that_lock_and_count_none_is_lost(store: Store, label: Any, lock: LiteralString) -> None:
    async def prepare(transaction: Transaction) -> None:
        await transaction.run("MERGE (n:$(label) {id: 'a', key: 'a'}) SET n.visits = 0".replace("$(label)", label))

    async def visit(transaction: Transaction) -> None:
        await transaction.run(lock, PARAMETERS)
        [[visits]] = await transaction.run("MATCH (n {id: 'a'}) WHERE $label IN labels(n) RETURN n.visits", {"label": label})
        await transaction.run(
            "MATCH (n {id: 'a'}) WHERE $label IN labels(n) SET n.visits = $more", {"label": label, "more": visits + 1}
        )

    await store.write(prepare)
    await asyncio.gather(*(store.write(visit) for _ in range(WRITERS)))
    assert await store.read("MATCH (n {id: 'a'}) WHERE $label IN labels(n) RETURN n.visits", {"label": label}) == [[WRITERS]]
