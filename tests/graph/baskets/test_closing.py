"""A basket is handed over by an opaque id, and closed by the order that names it."""

from __future__ import annotations

import pytest

from graph.baskets.changing import Line, hand_over
from graph.baskets.following import follow_order
from graph.baskets.records import Whose
from graph.errors import BasketChanged, InvalidInput
from graph.store import Store
from tests.conftest import wipe
from tests.graph.baskets.shopping import INK, PEN, WEB, basket_of, change, handed_over, opened
from tests.graph.coupons.giving_out import author, do
from tests.graph.orders.selling import order, order_id, tell

pytestmark = pytest.mark.anyio

CLOSED = "MATCH (h:BasketHandover)-[:BECAME]->(o:Order) RETURN o.id, h.closed_at IS NOT NULL"
CHANGES = "MATCH (e:OutboxEntry {type: 'basket.changed'}) RETURN count(e)"


@pytest.fixture
async def hanako(store: Store) -> str:
    """A customer with two pens and one ink in their basket."""
    await wipe(store)
    [whose] = await opened(store, "1")
    await change(store, whose, Line(PEN, 2), Line(INK, 1))
    return whose


async def ordered(store: Store, basket: str, **more: str) -> None:
    await tell(store, order("B-1", {"sku": "PEN-1", "quantity": 2, "amount": "1000"}, basket=basket, **more))
    await follow_order(store, order_id("B-1"))


async def test_the_order_that_names_it_takes_what_was_handed_over_and_leaves_what_was_added_since(
    store: Store, hanako: str
) -> None:
    reference = await handed_over(store, hanako)
    await change(store, hanako, Line(PEN, 1, adds=True))

    await ordered(store, reference)

    assert (await basket_of(store, hanako))[1] == {"PEN-1": 1}
    assert await store.read(CLOSED) == [[order_id("B-1"), True]]


async def test_an_order_that_is_told_and_followed_again_takes_nothing_twice(store: Store, hanako: str) -> None:
    reference = await handed_over(store, hanako)
    await ordered(store, reference)
    await change(store, hanako, Line(PEN, 5))
    before = await store.read(CHANGES)

    await ordered(store, reference, time="2026-07-02T00:00:00Z", status="CONFIRMED")

    assert (await basket_of(store, hanako))[1] == {"PEN-1": 5}
    assert await store.read(CHANGES) == before


@pytest.mark.parametrize(("basket", "status"), [("none", "PLACED"), (None, "CANCELLED")])
async def test_an_order_that_names_none_or_never_came_to_be_leaves_the_basket(
    store: Store, hanako: str, basket: str | None, status: str
) -> None:
    reference = await handed_over(store, hanako)

    await ordered(store, basket or reference, status=status)

    assert (await basket_of(store, hanako))[1] == {"PEN-1": 2, "INK-1": 1}


async def test_what_was_taken_out_meanwhile_is_not_taken_twice(store: Store, hanako: str) -> None:
    reference = await handed_over(store, hanako)
    await change(store, hanako, Line(PEN, 0), Line(INK, 3))

    await ordered(store, reference)

    assert (await basket_of(store, hanako))[1] == {"INK-1": 2}


async def test_only_what_somebody_has_seen_is_handed_over_and_something_must_be_in_it(store: Store, hanako: str) -> None:
    version, _ = await basket_of(store, hanako)
    await change(store, hanako, Line(PEN, 0), Line(INK, 0))

    with pytest.raises(BasketChanged):
        await do(store, hand_over(author(), Whose(hanako), version, WEB))
    empty, _ = await basket_of(store, hanako)
    with pytest.raises(InvalidInput):
        await do(store, hand_over(author(), Whose(hanako), empty, WEB))
