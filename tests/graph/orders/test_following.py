"""Who follows orders takes up each that came or changed, in the order of the changes, and again what failed."""

from __future__ import annotations

import pytest

from graph.changes.numbering import number_changes
from graph.errors import ServiceUnavailable
from graph.orders.following import follow_orders
from graph.store import Store
from tests.graph.orders.selling import order, order_id, tell

pytestmark = pytest.mark.anyio


class Follower:
    def __init__(self) -> None:
        self.taken: list[str] = []
        self.fails = False

    async def __call__(self, _: Store, own_id: str) -> None:
        if self.fails:
            raise ServiceUnavailable("The database is away.")
        self.taken.append(own_id)


async def test_each_order_of_a_change_is_taken_up_once_and_a_failure_is_taken_up_again(store: Store) -> None:
    follower = Follower()
    await tell(store, order("B-1"), order("B-2"))
    await number_changes(store, "relay")

    follower.fails = True
    with pytest.raises(ServiceUnavailable):
        await follow_orders(store, "one", [follower])
    follower.fails = False
    assert await follow_orders(store, "other", [follower]) is None, "the first holds the lease"
    while await follow_orders(store, "one", [follower]):
        pass

    assert follower.taken == [order_id("B-1"), order_id("B-2")]
    await tell(store, order("B-1", status="CANCELLED", time="2026-07-01T00:00:00Z"))
    await number_changes(store, "relay")
    await follow_orders(store, "one", [follower])
    assert follower.taken[2:] == [order_id("B-1")]
