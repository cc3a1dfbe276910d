"""What was bought, as ranks count it: less what was given back, whether its source tells a refund or a return does."""

from __future__ import annotations

from datetime import date

import pytest

from graph.keys import scoped
from graph.loyalty.purchases import purchases_before
from graph.loyalty.ranks import Purchase
from graph.store import Store
from tests.graph.loyalty.standings import programme
from tests.graph.orders.selling import SHOP, come_back, order, tell

pytestmark = pytest.mark.anyio
DAY = date(2026, 6, 30)


async def test_what_came_back_is_bought_no_more_and_a_cancelled_order_never_was(graph: Store) -> None:
    two = ({"amount": "6000"}, {"amount": "4000"})
    await tell(graph, order("R-1", *two, by="9"), order("R-2", *two, by="9", refunded="1000"), order("R-3", *two, by="9"))
    await tell(graph, come_back("B-1", "R-1", {"line": 2}), order("R-3", by="9", status="CANCELLED", time="2026-07-02T00:00:00Z"))

    found = await purchases_before(graph, scoped(SHOP, "9"), date(2026, 7, 10), programme())

    assert sorted(found, key=lambda each: each.amount) == [Purchase(DAY, 6_000), Purchase(DAY, 9_000)]
