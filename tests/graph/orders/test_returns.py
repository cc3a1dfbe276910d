"""Returns: never above what was bought, at any store, of orders known or not known yet, late or told again."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest

from graph.changes.numbering import number_changes
from graph.orders.following import follow_orders
from graph.orders.settling_late import settle_late
from graph.orders.standing import standing_orders
from graph.store import Store
from tests.graph.orders.selling import SHOP, come_back, order, order_id, refusals, tell

pytestmark = pytest.mark.anyio

SHIRTS, SOCKS = {"sku": "SHIRT-M", "quantity": 2, "amount": "6000"}, {"sku": "SOCKS", "amount": "500"}
# (:Return)-[:OF_ORDER]->(:Order), (:SourceRecord)-[:DID]->(:Return), (:Return)-[:RETURNS]->(:OrderLine)
READ = """
MATCH (o:Order {id: $p.id})
RETURN o.state, o.returned, COLLECT {
  MATCH (r:Return)-[:OF_ORDER]->(o)
  RETURN [r.external_id, head([(r)<-[:DID]-(s) | s.key]), r.rule,
          COLLECT { MATCH (r)-[of:RETURNS]->(l) RETURN [l.number, of.quantity, of.amount, of.restocked] ORDER BY l.number }]
  ORDER BY r.external_id
}
"""


async def standing(store: Store, subject: str) -> list[Any]:
    [row] = await store.read(READ, {"id": order_id(subject)})
    return list(row)


async def test_half_of_an_order_comes_back_at_another_store_damaged_and_is_its_customers(store: Store) -> None:
    await tell(store, order("R-1", SHIRTS, SOCKS, status="FULFILLED", total="6500"))

    await tell(store, come_back("B-1", "R-1", {"line": 1, "restocked": False}, store="S02", reason="seam"))

    lines = [[1, 1.0, 3000, False]]
    assert await standing(store, "R-1") == ["PARTLY_RETURNED", 3000, [["B-1", f"{SHOP}:1", "OF_ORDER", lines]]]
    [stands] = await standing_orders(store, [order_id("R-1")])
    assert [(line.returned, line.refunded) for line in stands.lines] == [(1.0, 3000), (0, 0)]
    spent = "MATCH (:SourceRecord {key: $p.key})-[:RESOLVES_TO]->(c:Customer) RETURN c.spend, c.stores"
    [[spend, stores]] = await store.read(spent, {"key": f"{SHOP}:1"})
    assert (spend, "S02" in stores) == (["JPY:3500"], True)


async def test_what_comes_back_brings_back_what_was_paid_for_it_and_follows_a_discount_that_is_told_later(store: Store) -> None:
    at = "2026-06-30T14:59:00Z"
    again = come_back("B-D2", "R-D", {"line": 1, "amount": "1000"}, currency="JPY")
    await tell(store, order("R-D", SHIRTS, SOCKS, time=at, status="FULFILLED", total="5850", discount="650"))

    await tell(store, come_back("B-D1", "R-D", {"line": 1}), again)

    assert [each[3][0][2] for each in (await standing(store, "R-D"))[2]] == [2700, 1000]
    await tell(store, order("R-D", SHIRTS, SOCKS, time="2026-07-01T00:00:00Z", total="5200", discount="1300"))
    assert [each[3][0][2] for each in (await standing(store, "R-D"))[2]] == [2400, 1000]


async def test_more_than_was_bought_is_refused_with_its_place_and_leaves_nothing(store: Store) -> None:
    await tell(store, order("R-2", SHIRTS, SOCKS))
    await tell(store, come_back("B-2", "R-2", {"line": 1}))
    before = await standing(store, "R-2")

    refused = await refusals(
        store,
        come_back("B-3", "R-2", {"line": 2}, {"line": 1, "quantity": 2}),
        come_back("B-4", "R-2", {"line": 9}),
        come_back("B-5", "R-2", {"line": 2, "amount": "1.50"}, currency="USD"),
    )

    assert refused == [
        ("MORE_THAN_BOUGHT", "/data/lines/1/quantity"),
        ("MORE_THAN_BOUGHT", "/data/lines/0/quantity"),
        ("OTHER_CURRENCY", "/data/currency"),
    ]
    assert await standing(store, "R-2") == before
    assert await store.read("MATCH (r:Return) WHERE r.external_id IN ['B-3', 'B-4', 'B-5'] RETURN r.id") == []


async def test_a_return_that_is_told_again_counts_once_and_the_newest_that_is_told_of_it_counts(store: Store) -> None:
    await tell(store, order("R-3", SHIRTS))
    told = come_back("B-6", "R-3", {"line": 1, "quantity": 2})
    await tell(store, told, told)
    await tell(store, come_back("B-6", "R-3", {"line": 1, "amount": "2500"}, currency="JPY", time="2026-07-06T00:00:00Z"))

    assert await standing(store, "R-3") == ["PARTLY_RETURNED", 2500, [["B-6", f"{SHOP}:1", "OF_ORDER", [[1, 1.0, 2500, True]]]]]
    other = come_back("B-6", "R-OTHER", {"line": 1})
    assert await refusals(store, other) == [("OTHER_ORDER", "/data/order")]


async def test_in_whichever_order_an_order_and_its_returns_arrive_the_same_stands(store: Store) -> None:
    found: list[Any] = []
    for place, arrival in enumerate(permutations(range(4))):
        number = f"R-4-{place}"
        events = [
            order(number, SHIRTS, SOCKS, status="PLACED", fulfillments=[{"method": "PICKUP", "store": "S01"}]),
            order(number, SHIRTS, SOCKS, status="FULFILLED", time="2026-07-02T00:00:00Z"),
            come_back(f"{number}-a", number, {"line": 1}, store="S02"),
            come_back(f"{number}-b", number, {"line": 1}, {"line": 2, "restocked": False}, time="2026-07-06T00:00:00Z"),
        ]
        for each in arrival:
            await tell(store, events[each])
        state, returned, returns = await standing(store, number)
        found.append((state, returned, [(each[1], each[3]) for each in returns]))

    lines = [[[1, 1.0, 3000, True]], [[1, 1.0, 3000, True], [2, 1.0, 500, False]]]
    assert found == [("RETURNED", 6500, [(f"{SHOP}:1", each) for each in lines])] * 24


async def test_a_shorter_order_that_is_told_later_lets_no_more_count_than_it_has(store: Store) -> None:
    await tell(store, order("R-5", SHIRTS), come_back("B-7", "R-5", {"line": 1, "quantity": 2}))

    await tell(store, order("R-5", {**SHIRTS, "quantity": 1, "amount": "3000"}, time="2026-07-09T00:00:00Z"))

    assert await standing(store, "R-5") == ["RETURNED", 3000, [["B-7", f"{SHOP}:1", "OF_ORDER", [[1, 1.0, 3000, True]]]]]


async def test_a_return_goes_with_its_order_when_that_changes_hands(store: Store) -> None:
    await tell(store, order("R-6", SHIRTS, by=None), come_back("B-8", "R-6", {"line": 1}))
    assert (await standing(store, "R-6"))[2] == [["B-8", None, None, [[1, 1.0, 3000, True]]]]

    await tell(store, order("R-6", SHIRTS, by="7", time="2026-07-07T00:00:00Z"))

    assert (await standing(store, "R-6"))[2] == [["B-8", f"{SHOP}:7", "OF_ORDER", [[1, 1.0, 3000, True]]]]


async def test_a_return_that_missed_its_order_by_a_moment_is_tied_when_orders_are_followed(store: Store) -> None:
    await tell(store, order("R-7", SHIRTS), come_back("B-9", "R-7", {"line": 1}))
    # As two transactions leave it of which neither has seen the other.
    await store.write(_untie)
    assert (await standing(store, "R-7"))[2] == []

    await number_changes(store, "relay")
    while await follow_orders(store, "one", [settle_late]):
        pass

    assert (await standing(store, "R-7"))[2] == [["B-9", f"{SHOP}:1", "OF_ORDER", [[1, 1.0, 3000, True]]]]


async def _untie(transaction: Any) -> None:
    await transaction.run(
        "MATCH (r:Return {order_id: $p.id})-[t:OF_ORDER|RETURNS]->() DELETE t WITH DISTINCT r SET r.record = r.id, r.rule = null "
        "WITH r MATCH (r)<-[d:DID]-() DELETE d",
        {"id": order_id("R-7")},
    )
