"""How an order stands: what was bought, by whom and where, as far as it was reported."""

from __future__ import annotations

import pytest

from graph.keys import scoped
from graph.orders.standing import LineStanding, standing_orders
from graph.store import Store
from tests.graph.orders.selling import SHOP, order, order_id, tell

pytestmark = pytest.mark.anyio


async def test_an_order_stands_as_its_events_say_with_its_lines_in_their_order(store: Store) -> None:
    shirts, wrapping = {"sku": "SHIRT-M", "quantity": 2, "amount": "6000"}, {"amount": "500"}
    await tell(store, order("A-1", shirts, wrapping, store="S01", status="PLACED", couponCodes=["MAY"]))

    [standing] = await standing_orders(store, [order_id("A-1"), order_id("nothing")])

    assert (standing.at, standing.number, standing.record) == ("2026-06-30T14:59:00.000000Z", "A-1", scoped(SHOP, "1"))
    assert (standing.currency, standing.store, standing.coupons) == ("JPY", "S01", ("MAY",))
    assert standing.lines == (
        LineStanding(1, "SHIRT-M", 2.0, 6000, returned=0, refunded=0),
        LineStanding(2, None, 1.0, 500, returned=0, refunded=0),
    )


async def test_an_order_of_nobody_hangs_on_no_record_and_may_have_no_lines(store: Store) -> None:
    await tell(store, order("A-2", by=None))

    [standing] = await standing_orders(store, [order_id("A-2")])

    assert (standing.record, standing.lines, standing.coupons, standing.points_used) == (None, (), (), None)
