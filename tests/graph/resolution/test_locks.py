"""The locks of the write path hold: what is read after a lock is what the last writer left."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from graph.intake.event_types import EVENT_NOUNS
from graph.writes.lock_order import LOCK_ORDER
from graph.writes.unit import locking

if TYPE_CHECKING:
    from graph.store import Store, Transaction

LOCK = locking(EVENT_NOUNS)
ITEM = [{"id": "a", "name": "a"}]
WANTED: dict[str, list[Any]] = {
    "Touchpoint": ["a"],
    "Identifier": [{"key": "a", "fresh": {"holders": []}}],
    "CompositeKey": ["a"],
    "SourceRecord": ["a"],
    "Consent": ["a"],
    "Store": ITEM,
    "Product": ITEM,
    "InventoryLevel": [{"id": "a", "sku": "a", "store": "a"}],
    "Customer": ["a"],
    "ThreadKey": ["a"],
    "Thread": ["a"],
    "Case": ["a"],
    "CaseCounter": ["a"],
}
READ_ONLY = {"Receipt", "Tombstone", "Order", "IncomingStock", "StockEntry", "Reservation"}
"""What is unique, or written only by whoever holds what it hangs on."""
WRITERS = 20


def test_the_statement_locks_in_the_stated_order() -> None:
    places = [LOCK.find(f"'{label}' AS label") for label in LOCK_ORDER if f"'{label}' AS label" in LOCK]
    assert places == sorted(places)
    assert {label for label in LOCK_ORDER if f"'{label}' AS label" in LOCK} == {*WANTED} | READ_ONLY


@pytest.mark.parametrize("label", WANTED)
async def test_of_many_writers_that_lock_and_count_none_is_lost(store: Store, label: Any) -> None:
    async def prepare(transaction: Transaction) -> None:
        await transaction.run("MERGE (n:$(label) {id: 'a', key: 'a'}) SET n.visits = 0".replace("$(label)", label))

    async def visit(transaction: Transaction) -> None:
        assert [(found, len(rows)) for found, rows in await transaction.run(LOCK, {label: WANTED[label]})] == [(label, 1)]
        [[visits]] = await transaction.run("MATCH (n {id: 'a'}) WHERE $p.label IN labels(n) RETURN n.visits", {"label": label})
        await transaction.run(
            "MATCH (n {id: 'a'}) WHERE $p.label IN labels(n) SET n.visits = $p.more", {"label": label, "more": visits + 1}
        )

    await store.write(prepare)
    await asyncio.gather(*(store.write(visit) for _ in range(WRITERS)))
    assert await store.read("MATCH (n {id: 'a'}) WHERE $p.label IN labels(n) RETURN n.visits", {"label": label}) == [[WRITERS]]


async def test_who_locks_a_record_has_the_identifiers_that_it_names(store: Store) -> None:
    async def prepare(transaction: Transaction) -> None:
        await transaction.run("MERGE (i:Identifier {key: 'shared'}) SET i.visits = 0, i.state = 'ACTIVE'")
        records = "UNWIND $p.keys AS key MERGE (r:SourceRecord {key: key}) SET r.identifiers = ['shared']"
        await transaction.run(records, {"keys": keys})

    async def visit(transaction: Transaction, record: str) -> None:
        # Each writer has a record of its own: what they meet at is the identifier.
        rows = await transaction.run(LOCK, {"SourceRecord": [record]})
        assert [row[0] for label, found in rows if label == "Identifier" for row in found] == ["shared"]
        [[visits]] = await transaction.run("MATCH (i:Identifier {key: 'shared'}) RETURN i.visits")
        await transaction.run("MATCH (i:Identifier {key: 'shared'}) SET i.visits = $p.more", {"more": visits + 1})

    keys = [f"record-{number}" for number in range(WRITERS)]
    await store.write(prepare)
    await asyncio.gather(*(store.write(partial(visit, record=key)) for key in keys))
    assert await store.read("MATCH (i:Identifier {key: 'shared'}) RETURN i.visits") == [[WRITERS]]
