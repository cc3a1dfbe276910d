"""A line of an order that is reported again stays the node that it was, since what becomes of it hangs on that node."""

from __future__ import annotations

import pytest

from graph.store import Store
from tests.graph.orders.selling import order, order_id, tell

pytestmark = pytest.mark.anyio

# (:Order)-[:HAS_LINE]->(:OrderLine)-[:OF]->(:Product)
LINES = """
MATCH (:Order {id: $p.id})-[:HAS_LINE]->(l:OrderLine)
RETURN elementId(l), l.number, l.name, l.quantity, [(l)-[:OF]->(p:Product) | p.sku] ORDER BY l.number
"""


async def lines(store: Store, subject: str) -> list[list[object]]:
    return [list(row) for row in await store.read(LINES, {"id": order_id(subject)})]


async def test_a_line_that_is_told_again_keeps_its_node_and_takes_what_is_told_of_it_now(store: Store) -> None:
    shirt = {"sku": "SHIRT-M", "name": "Shirt", "quantity": 2, "amount": "6000"}
    await tell(store, order("L-1", shirt, {"sku": "SOCKS", "amount": "500"}))
    [(node, *_), _] = await lines(store, "L-1")

    await tell(store, order("L-1", {"sku": "SHIRT-L", "quantity": 3, "amount": "9000"}, time="2026-07-01T00:00:00Z"))

    assert await lines(store, "L-1") == [[node, 1, None, 3.0, ["SHIRT-L"]]]


async def test_an_older_list_of_lines_that_arrives_later_changes_no_line(store: Store) -> None:
    await tell(store, order("L-2", {"sku": "SHIRT-M", "amount": "3000"}, time="2026-07-02T00:00:00Z"))
    before = await lines(store, "L-2")

    await tell(store, order("L-2", {"amount": "1"}, {"amount": "2"}, time="2026-07-01T00:00:00Z"))

    assert await lines(store, "L-2") == before
