"""Orders use the coupons that they name and give them back, in whatever order they are told, and once however often."""

from __future__ import annotations

from typing import Any

import pytest

from graph.coupons.following import follow_order
from graph.coupons.redeeming import redeem, reverse
from graph.errors import CouponAlreadyUsed
from graph.store import Store
from tests.conftest import wipe
from tests.graph.coupons.giving_out import FOR_ALL, at_till, author, customer, do, given_out, person, with_issue
from tests.graph.orders.selling import SHOP, order, order_id, tell

pytestmark = pytest.mark.anyio

USES = """
MATCH (u:CouponRedemption)
RETURN u.state, u.order_id, u.record, COUNT { (u)-[:ON]->(:Order) }, COUNT { (:SourceRecord)-[:REDEEMED]->(u) }
ORDER BY u.turn
"""
COME_BACK = """
MATCH (o:Order {id: $p.id})-[:HAS_LINE]->(l:OrderLine)
CREATE (:Return {id: randomUUID()})-[:RETURNS {quantity: $p.quantity, amount: 0}]->(l)
"""
CHANGES = "MATCH (e:OutboxEntry {type: 'coupon.changed'}) RETURN count(e)"
LINE = {"sku": "PEN-1", "quantity": 2, "amount": "1000"}
LATER, LATEST = "2026-07-01T00:00:00Z", "2026-07-02T00:00:00Z"


@pytest.fixture(autouse=True)
async def _nothing_given_out(store: Store) -> None:  # pyright: ignore[reportUnusedFunction] - by pytest
    await wipe(store)


async def told(store: Store, *codes: str, time: str = "2026-06-30T00:00:00Z", by: str | None = "1", **more: Any) -> str:
    """Have an order told with these coupons and followed twice; return its id."""
    await tell(store, order("B-1", LINE, by=by, time=time, couponCodes=list(codes), **more))
    for _ in range(2):
        await follow_order(store, order_id("B-1"))
    return order_id("B-1")


async def test_an_order_uses_the_coupon_that_it_names_once(store: Store) -> None:
    code = await with_issue(store)

    own_id = await told(store, code.lower(), "OTHER-SYSTEM'S")

    assert await store.read(USES) == [["REDEEMED", own_id, f"{SHOP}:1", 1, 1]]
    with pytest.raises(CouponAlreadyUsed) as refused:
        await do(store, redeem(author(), at_till(code)))
    assert refused.value.shown["usedAt"] == "2026-06-30T00:00:00.000000Z"


async def test_an_order_that_is_cancelled_gives_it_back_and_one_that_is_opened_again_uses_it_again(store: Store) -> None:
    code = await with_issue(store)

    states: list[Any] = []
    for time, status in (("2026-06-30T00:00:00Z", "PLACED"), (LATER, "CANCELLED"), (LATEST, "CONFIRMED")):
        await told(store, code, time=time, status=status)
        states.append([row[0] for row in await store.read(USES)])

    assert states == [["REDEEMED"], ["REVERSED"], ["REDEEMED"]]


async def test_a_coupon_that_an_order_names_no_more_is_given_back(store: Store) -> None:
    code = await with_issue(store)
    await told(store, code)

    await told(store, time=LATER)

    assert [row[0] for row in await store.read(USES)] == ["REVERSED"]
    await do(store, redeem(author(), at_till(code)))


@pytest.mark.parametrize(("quantity", "state"), [(1, "REDEEMED"), (2, "REVERSED")])
async def test_a_coupon_is_given_back_when_all_of_the_order_has_come_back(store: Store, quantity: int, state: str) -> None:
    own_id = await told(store, await with_issue(store))

    await store.write(lambda transaction: transaction.run(COME_BACK, {"id": own_id, "quantity": quantity}))
    await follow_order(store, own_id)

    assert [row[0] for row in await store.read(USES)] == [state]


async def test_a_use_at_a_till_that_names_its_order_is_the_order_s_whichever_comes_first(store: Store) -> None:
    code = await with_issue(store)
    await do(store, redeem(author(), at_till(code, order=order_id("B-1"))))

    own_id = await told(store, code)

    assert await store.read(USES) == [["REDEEMED", own_id, f"{SHOP}:1", 1, 1]]
    await do(store, redeem(author(), at_till(code, order=own_id)))
    assert len(await store.read(USES)) == 1


async def test_a_use_that_named_no_order_is_that_of_the_order_that_tells_of_the_same_issue(store: Store) -> None:
    code = await with_issue(store)
    await do(store, redeem(author(), at_till(code)))

    own_id = await told(store, code)

    assert await store.read(USES) == [["REDEEMED", own_id, f"{SHOP}:1", 1, 1]]


async def test_a_code_for_all_is_used_by_whoever_s_order_it_is_also_when_that_changes_hands(store: Store) -> None:
    await given_out(store, "SPRING", FOR_ALL)
    await tell(store, person("1"), person("2"))

    await told(store, "SPRING")
    await told(store, "spring", by="2", time=LATER)

    assert [row[:1] + row[2:] for row in await store.read(USES)] == [["REDEEMED", f"{SHOP}:2", 1, 1]]


async def test_what_a_person_has_given_back_an_order_does_not_use_again(store: Store) -> None:
    code = await with_issue(store)
    await told(store, code)
    [[use]] = await store.read("MATCH (u:CouponRedemption) RETURN u.id")
    await do(store, reverse(author("op-1"), use))

    await told(store, code, time=LATER, status="CONFIRMED")

    assert [row[0] for row in await store.read(USES)] == ["REVERSED"]


async def test_an_order_that_is_followed_again_changes_nothing(store: Store) -> None:
    own_id = await told(store, await with_issue(store))
    before = await store.read(CHANGES)

    await follow_order(store, own_id)

    assert await store.read(CHANGES) == before
    assert await customer(store)
