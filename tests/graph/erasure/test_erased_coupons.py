"""An erasure takes the coupons of a person; that one was used stays, and is nobody's."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.coupons.following import follow_order
from graph.coupons.issuing import mark_shown
from graph.coupons.redeeming import redeem, reverse
from graph.coupons.reserving import reserve
from graph.erasure.erasing import Erasure
from graph.store import Store
from graph.writes.unit import execute
from tests.conftest import wipe
from tests.graph.coupons.giving_out import FOR_ALL, TEN, at_till, author, customer, do, given_out, issued, person
from tests.graph.orders.selling import SHOP, order, order_id, tell


@pytest.fixture
async def graph(store: Store) -> Store:
    await wipe(store)
    await tell(store, person("1"))
    return store


async def test_what_was_used_stays_and_is_nobody_s(graph: Store, tmp_path: Path) -> None:
    whose = await customer(graph)
    coupon = await given_out(graph, "SPRING", TEN)
    by_order, at_counter, held = [await issued(graph, coupon, whose) for _ in range(3)]
    await given_out(graph, "EVERYBODY", FOR_ALL)
    await tell(graph, order("B-1", {"sku": "PEN-1", "quantity": 1, "amount": "1000"}, couponCodes=[by_order]))
    await follow_order(graph, order_id("B-1"))
    used = await do(graph, redeem(author(), at_till(at_counter)))
    await do(graph, reverse(author(), used["redemptions"][0]))
    await do(graph, redeem(author(), at_till("EVERYBODY", customer=whose)))
    await do(graph, reserve(author(), at_till(held)))
    await do(graph, mark_shown(author(), whose, [coupon], "APP"))

    async def step(work, nouns):  # type: ignore[no-untyped-def]
        return await execute(graph, nouns, work)

    await Erasure(graph, bytes(32), tmp_path / "erasures.jsonl", "job", step).erase([f"{SHOP}:1"])
    await follow_order(graph, order_id("B-1"))

    left = await graph.read(
        "MATCH (n) WHERE n:IssuedCoupon OR n:CouponView OR n:CouponReservation OR n:CouponRedemption "
        "RETURN labels(n)[0], n.state, properties(n) ORDER BY n.state"
    )
    assert [row[:2] for row in left] == [["CouponRedemption", state] for state in ("REDEEMED", "REDEEMED", "REVERSED")]
    assert SHOP + ":1" not in str(left)
    assert by_order.replace("-", "") not in str(left)
    assert await graph.read("MATCH (u:CouponRedemption)-[:ON]->(o:Order) RETURN o.id") == [[order_id("B-1")]]
