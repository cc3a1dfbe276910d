"""The locks of the write path hold: what is read after a lock is what the last writer left."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, Any, LiteralString

import pytest

from graph.catalogue.items import LOCK_PRODUCTS, LOCK_STORES
from graph.intake.arrival import ARRIVE
from graph.resolution.neighbourhood import LOCK

if TYPE_CHECKING:
    from graph.store import Store, Transaction

ROWS = [{"key": "a", "id": "a", "name": "a", "fresh": {"holders": []}}]
NOTHING: dict[str, list[Any]] = {"touchpoints": [], "receipts": [], "identifiers": [], "records": []}
WRITERS = 20


@pytest.mark.parametrize(
    ("label", "lock", "parameters"),
    [
        ("Identifier", LOCK, NOTHING | {"identifiers": ROWS}),
        ("Identifier", ARRIVE, NOTHING | {"identifiers": ROWS}),
        ("SourceRecord", LOCK, NOTHING | {"records": ["a"]}),
        ("SourceRecord", ARRIVE, NOTHING | {"records": ["a"]}),
        ("Touchpoint", ARRIVE, NOTHING | {"touchpoints": ["a"]}),
        ("Store", LOCK_STORES, {"rows": ROWS}),
        ("Product", LOCK_PRODUCTS, {"rows": ROWS}),
    ],
)
async def test_of_many_writers_that_lock_and_count_none_is_lost(
    store: Store, label: Any, lock: LiteralString, parameters: dict[str, Any]
) -> None:
    async def prepare(transaction: Transaction) -> None:
        await transaction.run("MERGE (n:$(label) {id: 'a', key: 'a'}) SET n.visits = 0".replace("$(label)", label))

    async def visit(transaction: Transaction) -> None:
        await transaction.run(lock, parameters)
        [[visits]] = await transaction.run("MATCH (n {id: 'a'}) WHERE $p.label IN labels(n) RETURN n.visits", {"label": label})
        await transaction.run(
            "MATCH (n {id: 'a'}) WHERE $p.label IN labels(n) SET n.visits = $p.more", {"label": label, "more": visits + 1}
        )

    await store.write(prepare)
    await asyncio.gather(*(store.write(visit) for _ in range(WRITERS)))
    assert await store.read("MATCH (n {id: 'a'}) WHERE $p.label IN labels(n) RETURN n.visits", {"label": label}) == [[WRITERS]]


@pytest.mark.parametrize("lock", [LOCK, ARRIVE])
async def test_who_locks_a_record_has_the_identifiers_that_it_names(store: Store, lock: LiteralString) -> None:
    async def prepare(transaction: Transaction) -> None:
        await transaction.run("MERGE (i:Identifier {key: 'shared'}) SET i.visits = 0, i.state = 'ACTIVE'")
        records = "UNWIND $p.keys AS key MERGE (r:SourceRecord {key: key}) SET r.identifiers = ['shared']"
        await transaction.run(records, {"keys": keys})

    async def visit(transaction: Transaction, record: str) -> None:
        # Each writer has a record of its own: what they meet at is the identifier.
        rows = await transaction.run(lock, NOTHING | {"records": [record]})
        assert [identifier[0] for *_, identifier, _ in rows if identifier] == ["shared"]
        [[visits]] = await transaction.run("MATCH (i:Identifier {key: 'shared'}) RETURN i.visits")
        await transaction.run("MATCH (i:Identifier {key: 'shared'}) SET i.visits = $p.more", {"more": visits + 1})

    keys = [f"record-{number}" for number in range(WRITERS)]
    await store.write(prepare)
    await asyncio.gather(*(store.write(partial(visit, record=key)) for key in keys))
    assert await store.read("MATCH (i:Identifier {key: 'shared'}) RETURN i.visits") == [[WRITERS]]
