"""The locks of the write path hold: what is read after a lock is what the last writer left."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, Any, LiteralString

import pytest

from graph.ingest.arrival import ARRIVE
from graph.ingest.catalogue import LOCK_PRODUCTS, LOCK_STORES
from graph.ingest.neighbourhood import LOCK

if TYPE_CHECKING:
    from graph.store import Store, Transaction

ROWS: list[dict[str, Any]] = [{"key": "a", "id": "a", "name": "a", "fresh": {"holders": []}}]
BY_KEY: dict[str, Any] = {"rows": ROWS, "keys": ["a"]}
NAMED: dict[str, Any] = {"identifiers": ROWS, "records": ["a"]}
TOUCHPOINT: dict[str, Any] = {"touchpoints": ["a"], "receipts": []}
WRITERS = 20
# (:SourceRecord)-[:HAS_IDENTIFIER]->() of the label that is counted on, from a record for each writer
PREPARE: LiteralString = """
MERGE (n:$($label) {id: 'a', key: 'a'})
SET n.visits = 0
WITH n
UNWIND range(1, $writers) AS number
MERGE (record:SourceRecord {id: toString(number), key: toString(number)})
MERGE (record)-[:HAS_IDENTIFIER]->(n)
"""


@pytest.mark.parametrize(
    ("label", "lock", "parameters"),
    [
        pytest.param("Identifier", LOCK, NAMED, id="an identifier that an event names"),
        pytest.param("Identifier", LOCK, {"identifiers": []}, id="an identifier that the writer's own record holds"),
        pytest.param("SourceRecord", LOCK, NAMED, id="a source record"),
        pytest.param("Touchpoint", ARRIVE, TOUCHPOINT, id="a touchpoint"),
        pytest.param("Store", LOCK_STORES, BY_KEY, id="a store"),
        pytest.param("Product", LOCK_PRODUCTS, BY_KEY, id="a product"),
    ],
)
async def test_of_many_writers_that_lock_and_count_none_is_lost(
    store: Store, label: str, lock: LiteralString, parameters: dict[str, Any]
) -> None:
    async def prepare(transaction: Transaction) -> None:
        await transaction.run(PREPARE, {"label": label, "writers": WRITERS})

    async def visit(transaction: Transaction, writer: int) -> None:
        await transaction.run(lock, {"lists": {"records": [str(writer)], **parameters}, **parameters})
        [[visits]] = await transaction.run("MATCH (n {id: 'a'}) WHERE $label IN labels(n) RETURN n.visits", {"label": label})
        await transaction.run(
            "MATCH (n {id: 'a'}) WHERE $label IN labels(n) SET n.visits = $more", {"label": label, "more": visits + 1}
        )

    await store.write(prepare)
    await asyncio.gather(*(store.write(partial(visit, writer=number)) for number in range(1, WRITERS + 1)))
    assert await store.read("MATCH (n {id: 'a'}) WHERE $label IN labels(n) RETURN n.visits", {"label": label}) == [[WRITERS]]
