"""Fulfilments that events of orders tell become nodes with a history, and the order's state follows."""

from __future__ import annotations

from typing import Any

import pytest

from graph.keys import store_id
from graph.store import Store
from tests.graph.orders.selling import order, order_id, refusals, tell

pytestmark = pytest.mark.anyio

# (:Order)-[:HAS_FULFILLMENT]->(:Fulfillment)-[:AT|FROM]->(:Store), (:Fulfillment)-[:FULFILLS]->(:OrderLine)
READ = """
MATCH (o:Order {id: $p.id})
RETURN o.state, o.given_at, COLLECT {
  MATCH (o)-[:HAS_FULFILLMENT]->(f:Fulfillment)
  RETURN [f.method, f.state, f.status, head([(f)-[r:AT|FROM]->(s:Store) | type(r) + ' ' + s.code]),
          COLLECT { MATCH (f)-[of:FULFILLS]->(l:OrderLine) RETURN [l.number, of.quantity] ORDER BY l.number }]
  ORDER BY f.place, f.id
}
"""
SHIRTS, SOCKS = {"sku": "SHIRT-M", "quantity": 2, "amount": "6000"}, {"sku": "SOCKS", "amount": "500"}


async def standing(store: Store, subject: str) -> list[Any]:
    [row] = await store.read(READ, {"id": order_id(subject)})
    return list(row)


async def test_the_only_fulfilment_hands_over_everything_at_its_store(store: Store) -> None:
    await tell(store, order("F-1", SHIRTS, SOCKS, fulfillments=[{"method": "PICKUP", "store": "S01", "status": "READY"}]))

    everything = [[1, 2.0], [2, 1.0]]
    assert await standing(store, "F-1") == ["OPEN", ["S01"], [["PICKUP", "READY_FOR_PICKUP", "READY", "AT S01", everything]]]


async def test_of_several_each_hands_over_the_lines_that_it_names_and_an_unknown_word_is_kept(store: Store) -> None:
    sent = {"id": "a", "kind": "SHIP", "state": "LOST", "store": "DEPOT", "lines": [{"line": 1}]}
    fetched = {"id": "b", "kind": "PICKUP", "state": "COLLECTED", "store": "S01", "lines": [{"line": 1}, {"line": 2}]}
    await tell(store, order("F-2", SHIRTS, SOCKS, fulfillments=[sent, fetched]))

    state, _, found = await standing(store, "F-2")

    assert state == "PARTLY_FULFILLED"
    assert found == [
        ["SHIP", "PENDING", "LOST", "FROM DEPOT", [[1, 1.0]]],
        ["PICKUP", "PICKED_UP", "COLLECTED", "AT S01", [[1, 1.0], [2, 1.0]]],
    ]


async def test_an_older_report_that_arrives_later_is_history_and_a_newer_impossible_one_is_refused(store: Store) -> None:
    def told(status: str, day: int) -> dict[str, Any]:
        return order("F-3", SHIRTS, time=f"2026-07-0{day}T00:00:00Z", fulfillments=[{"method": "SHIP", "status": status}])

    await tell(store, told("DELIVERED", 4), told("SHIPPED", 2))
    assert await refusals(store, told("PICKED", 5)) == [("IMPOSSIBLE_STATE", "/data/fulfillments/0")]
    assert await refusals(store, told("SHIPPED", 5)) == [None], "it was shipped, as is told again"

    [history] = await store.read(
        "MATCH (:Order {id: $p.id})-[:HAS_FULFILLMENT]->(f) RETURN f.state, f.history, f.since", {"id": order_id("F-3")}
    )
    assert (history[0], history[2]) == ("DELIVERED", "2026-07-04T00:00:00.000000Z")
    assert history[1].index('"SHIPPED","at":"2026-07-02') < history[1].index('"DELIVERED","at":"2026-07-04')


async def test_what_its_source_does_not_list_any_more_is_off_and_comes_back_when_it_is_listed_again(store: Store) -> None:
    def told(day: int, *ids: str) -> dict[str, Any]:
        fulfillments = [{"id": each, "method": "PICKUP", "store": "S01"} for each in ids]
        return order("F-4", SHIRTS, time=f"2026-07-0{day}T00:00:00Z", fulfillments=fulfillments)

    await tell(store, told(1, "a", "b"), told(2, "a"))
    assert sorted(each[1] for each in (await standing(store, "F-4"))[2]) == ["CANCELLED", "REQUESTED"]
    await tell(store, told(3, "b", "a"))
    assert [each[1] for each in (await standing(store, "F-4"))[2]] == ["REQUESTED", "REQUESTED"]


async def test_a_cancelled_order_takes_its_pickups_off_the_shelf(store: Store) -> None:
    await tell(store, order("F-5", SHIRTS, fulfillments=[{"method": "PICKUP", "store": "S01", "status": "READY"}]))
    shelf = "MATCH (f:Fulfillment {order_id: $p.id}) RETURN f.waits_at, f.state"
    assert await store.read(shelf, {"id": order_id("F-5")}) == [[store_id("S01"), "READY_FOR_PICKUP"]]

    await tell(store, order("F-5", status="CANCELLED", time="2026-07-02T00:00:00Z"))

    assert await store.read(shelf, {"id": order_id("F-5")}) == [[None, "CANCELLED"]]
    assert (await standing(store, "F-5"))[0] == "CANCELLED"


async def test_a_ready_pickup_ends_by_the_rule_of_its_store_or_after_seven_days(store: Store) -> None:
    rule = {"specversion": "1.0", "type": "customer360.store.v1", "source": "/hq", "id": "s-1", "subject": "S-3DAYS",
            "time": "2026-01-01T00:00:00Z", "data": {"pickupDays": 3, "pickupLeadHours": 4}}  # fmt: skip
    await tell(store, rule)
    for subject, code in (("F-6", "S-3DAYS"), ("F-7", "S-NO-RULE")):
        pickup = {"method": "PICKUP", "store": code, "status": "READY"}
        await tell(store, order(subject, SHIRTS, time="2026-07-01T00:00:00Z", fulfillments=[pickup]))

    ends = "UNWIND $p.ids AS id MATCH (f:Fulfillment {order_id: id}) RETURN f.expires_at"
    assert await store.read(ends, {"ids": [order_id("F-6"), order_id("F-7")]}) == [
        ["2026-07-04T00:00:00.000000Z"],
        ["2026-07-08T00:00:00.000000Z"],
    ]
