"""Points follow orders in the graph: once, on the account of whose the order is, and as it stands by now."""

from __future__ import annotations

import asyncio

import pytest

from graph.loyalty.following import follow_points
from graph.loyalty.programmes import use_programmes
from graph.store import Store, Transaction
from tests.graph.loyalty.accounts import account, balance, bought, entries, expire, returned
from tests.graph.orders.selling import order, order_id, tell

pytestmark = pytest.mark.anyio


async def test_an_order_earns_once_however_often_it_is_followed_and_by_how_many_at_once(graph: Store) -> None:
    await tell(graph, order("P-1", {"amount": "10000"}))
    await asyncio.gather(*(follow_points(graph, order_id("P-1")) for _ in range(8)))
    await follow_points(graph, order_id("P-1"))
    assert await entries(graph, account()) == [["EARN", 100, 0]]
    assert await graph.read("MATCH (a:LoyaltyAccount) RETURN count(a)") == [[1]]


async def test_a_new_order_is_pending_until_its_return_period_ends(graph: Store) -> None:
    await bought(graph, "P-2", 5_000, time="2026-11-29T03:00:00Z")
    assert await entries(graph, account()) == [["EARN", 0, 50]]

    await expire(graph, account(), active=False)
    await bought(graph, "P-3", 1_000, time="2026-11-29T03:00:00Z")

    assert await entries(graph, account()) == [["EARN", 0, 50], ["ACTIVATE", 50, -50], ["EARN", 0, 10]]


async def test_what_is_cancelled_edited_opened_again_and_returned_has_what_its_lines_deserve(graph: Store) -> None:
    own_id = await bought(graph, "P-4", 10_000)
    await bought(graph, "P-4", 10_000, status="CANCELLED", time="2026-07-01T00:00:00Z")
    await bought(graph, "P-4", 50_000, status="CANCELLED", time="2026-07-02T00:00:00Z")
    assert await balance(graph, account()) == 0
    await bought(graph, "P-4", 20_000, status="PLACED", time="2026-07-03T00:00:00Z")
    assert await balance(graph, account()) == 200
    await returned(graph, own_id, 5_000)
    await follow_points(graph, own_id)
    assert await balance(graph, account()) == 150


async def test_an_order_of_nobody_earns_nothing_until_it_is_somebodys_and_follows_whose_it_is(graph: Store) -> None:
    own_id = await bought(graph, "P-5", 10_000, by=None)
    assert await graph.read("MATCH (a:LoyaltyAccount) RETURN count(a)") == [[0]]
    await bought(graph, "P-5", 10_000, by="1", time="2026-07-01T00:00:00Z")
    assert await balance(graph, account("1")) == 100

    await bought(graph, "P-5", 10_000, by="2", time="2026-07-02T00:00:00Z")

    assert (await balance(graph, account("1")), await balance(graph, account("2"))) == (0, 100)
    assert await graph.read("MATCH (:SourceRecord)-[:HAS_ACCOUNT]->(a) RETURN count(a)") == [[2]]
    assert own_id == order_id("P-5")


async def test_points_that_the_shop_says_were_used_are_taken_and_a_debt_where_there_are_none(graph: Store) -> None:
    await bought(graph, "P-6", 10_000)
    await bought(graph, "P-7", 1_000, pointsUsed=130)
    assert await balance(graph, account()) == 100 + 10 - 130
    await bought(graph, "P-7", 1_000, pointsUsed=130, status="CANCELLED", time="2026-07-01T00:00:00Z")
    assert await balance(graph, account()) == 100


async def test_the_rank_of_the_day_of_the_order_counts_and_stays(graph: Store) -> None:
    await bought(graph, "P-8", 250_000, time="2026-03-01T03:00:00Z")
    before = await balance(graph, account())
    await bought(graph, "P-9", 1_000, time="2026-03-02T03:00:00Z")
    assert await balance(graph, account()) - before == 30

    await tell(graph, order("P-8", {"amount": "250000"}, status="CANCELLED", time="2026-07-01T00:00:00Z"))
    await bought(graph, "P-9", 2_000, time="2026-07-02T00:00:00Z")

    assert await balance(graph, account()) - before == 60


async def test_without_a_programme_nothing_is_posted_and_no_account_opened(graph: Store) -> None:
    use_programmes([])
    await bought(graph, "P-10", 10_000, pointsUsed=5)
    assert await graph.read("MATCH (a) WHERE a:LoyaltyAccount OR a:PointEntry RETURN count(a)") == [[0]]


async def test_what_an_erasure_left_to_nobody_keeps_its_points(graph: Store) -> None:
    own_id = await bought(graph, "P-11", 10_000)

    async def forget(transaction: Transaction) -> None:
        await transaction.run("MATCH (r:SourceRecord) DETACH DELETE r")
        await transaction.run("MATCH (t:Order {id: $p.id}) SET t.record = t.id, t.bare = true", {"id": own_id})

    await graph.write(forget)
    await follow_points(graph, own_id)
    assert await balance(graph, account()) == 100
    await returned(graph, own_id, 4_000)
    await follow_points(graph, own_id)
    assert await balance(graph, account()) == 60
