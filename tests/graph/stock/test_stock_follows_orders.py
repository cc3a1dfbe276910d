"""Orders move stock: what is ordered is committed, what leaves is gone, what comes back is there, and repeats move nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from graph.commands.command import run
from graph.errors import OutOfStock
from graph.keys import line_id
from graph.orders.following import Follower
from graph.stock.following import following
from graph.stock.places import Place
from graph.stock.reserving import reserve
from tests.conftest import wipe
from tests.graph.orders.selling import SHOP, order, order_id
from tests.graph.orders.selling import tell as tell_orders
from tests.graph.stock.moving import author, ids, level, moved, tell

if TYPE_CHECKING:
    from graph.commands.command import Answer
    from graph.store import Reader, Store

FOLLOW: Follower = following({SHOP: "web"})
OWN = order_id("N-1")
ONE = {"sku": "A", "quantity": 1, "amount": "100"}
TWO = {"sku": "A", "quantity": 2, "amount": "200"}
PUT_FULFILLMENT = """
MATCH (o:Order {id: $p.order}) MATCH (l:OrderLine {id: $p.line})
MERGE (f:Fulfillment {id: $p.id})
SET f.store_code = $p.store, f.state = $p.state, f.since = $p.since,
    f.history = '[{"state":"' + $p.state + '","at":"' + $p.since + '"}]'
MERGE (o)-[:HAS_FULFILLMENT]->(f)
MERGE (f)-[part:FULFILLS]->(l) SET part.quantity = $p.quantity
"""
PUT_RETURN = """
MATCH (l:OrderLine {id: $p.line})
MERGE (r:Return {id: $p.id}) SET r.store_code = $p.store, r.position = $p.at + $p.id
MERGE (r)-[part:RETURNS]->(l) SET part.quantity = 1.0, part.restocked = $p.restocked
"""
STATES = "MATCH (r:Reservation) RETURN r.owner, r.state ORDER BY r.owner"
ENTRIES = (
    "MATCH (e:StockEntry) WHERE e.order_id IS NOT NULL RETURN e.kind, e.store_code, e.quantity ORDER BY e.kind, e.store_code"
)


async def itself(answer: Answer, _: Reader) -> Answer:
    return answer


async def put(store_: Store, statement: Any, **parameters: Any) -> None:
    await store_.write(lambda transaction: transaction.run(statement, parameters))


async def fulfilled(
    store: Store, state: str, since: str = "2026-07-01T00:00:00.000000Z", at: str = "ginza", own: str = "f"
) -> None:
    told = {"id": own, "store": at, "state": state, "since": since, "quantity": 1.0}
    await put(store, PUT_FULFILLMENT, order=OWN, line=line_id(OWN, 1), **told)


async def came_back(store: Store, own: str, at: str, *, restocked: bool = True) -> None:
    told = {"id": own, "store": at, "at": "2026-07-05T00:00:00.000000Z", "restocked": restocked}
    await put(store, PUT_RETURN, line=line_id(OWN, 1), **told)


async def stands(store: Store, at: str = "web") -> tuple[int, int, int]:
    """Return on hand, committed and available."""
    found = await level(store, at=at) or {}
    return found["on_hand"], found["committed"], found["available"]


async def follow(store: Store, *orders: dict[str, Any]) -> None:
    """Tell orders and take them up, twice, as whoever follows at least once does."""
    await tell_orders(store, *orders)
    for _ in range(2):
        await FOLLOW(store, OWN)


@pytest.fixture(autouse=True)
async def _five(store: Store) -> None:
    await wipe(store)
    for at in ("web", "ginza", "shibuya"):
        await tell(store, moved("RECEIPT", 5, "08:00", store=at))


async def test_an_order_commits_then_sells_and_a_cancelled_one_frees(store: Store) -> None:
    await follow(store, order("N-1", TWO, status="PLACED"))
    assert await stands(store) == (5, 2, 3)
    await follow(store, order("N-1", TWO, status="FULFILLED", time="2026-07-02T00:00:00Z"))
    assert await stands(store) == (3, 0, 3)
    await follow(store, order("N-1", TWO, status="CANCELLED", time="2026-07-03T00:00:00Z"))
    assert await stands(store) == (5, 0, 5)
    assert await store.read(ENTRIES) == []


async def test_an_order_of_a_store_moves_the_stock_of_that_store(store: Store) -> None:
    await follow(store, order("N-1", ONE, channel="STORE", store="ginza"))
    assert (await stands(store, "ginza"), await stands(store)) == ((4, 0, 4), (5, 0, 5))


async def test_a_source_that_keeps_its_own_stock_moves_none_here(store: Store) -> None:
    await tell_orders(store, order("N-1", ONE, status="FULFILLED"))
    await following({"/other": "web"})(store, OWN)
    assert await stands(store) == (5, 0, 5)
    await following({"*": "web"})(store, OWN)
    assert await stands(store) == (4, 0, 4)


async def test_lines_that_change_move_the_difference(store: Store) -> None:
    await follow(store, order("N-1", TWO, status="FULFILLED"))
    await follow(store, order("N-1", ONE, status="FULFILLED", time="2026-07-02T00:00:00Z"))
    assert await stands(store) == (4, 0, 4)


async def test_what_is_sold_by_measure_and_what_has_no_sku_moves_nothing(store: Store) -> None:
    await follow(store, order("N-1", {**ONE, "quantity": 1.5}, {"quantity": 1, "amount": "5"}, status="FULFILLED"))
    assert await stands(store) == (5, 0, 5)


async def test_a_sale_before_a_count_that_is_taken_up_after_it_moves_nothing(store: Store) -> None:
    # given four counted on 2 July
    counted = moved("COUNT", 4, "08:00", store="web")
    await tell(store, {**counted, "time": "2026-07-02T00:00:00Z"})
    # when an order that was fulfilled the day before comes, then is corrected
    await follow(store, order("N-1", TWO, status="FULFILLED", time="2026-07-01T00:00:00Z"))
    await follow(store, order("N-1", ONE, status="FULFILLED", time="2026-07-01T01:00:00Z"))
    # then
    assert await stands(store) == (4, 0, 4)


async def test_the_last_piece_for_pick_up_becomes_ready_and_is_handed_over(store: Store) -> None:
    # given the last piece
    await tell(store, moved("SALE", 4, "09:00"))
    await tell_orders(store, order("N-1", ONE, status="CONFIRMED"))
    for state, wanted in (
        ("REQUESTED", (1, 1, 0)),
        ("READY_FOR_PICKUP", (1, 1, 0)),
        ("PICKED_UP", (0, 0, 0)),
    ):
        # when
        await fulfilled(store, state)
        await FOLLOW(store, OWN)
        # then nothing stands in its way, and nobody else gets the piece
        assert await stands(store, "ginza") == wanted
        with pytest.raises(OutOfStock):
            await run(store, reserve(author(), Place(*ids()), 1, "basket-1", 15), itself)


@pytest.mark.parametrize("state", ["EXPIRED", "CANCELLED"])
async def test_goods_that_nobody_fetched_are_back_in_that_store(store: Store, state: str) -> None:
    await tell_orders(store, order("N-1", ONE, status="CONFIRMED"))
    await fulfilled(store, "READY_FOR_PICKUP")
    await FOLLOW(store, OWN)
    assert await stands(store, "ginza") == (5, 1, 4)
    await fulfilled(store, state)
    await FOLLOW(store, OWN)
    assert (await stands(store, "ginza"), await stands(store)) == ((5, 0, 5), (5, 0, 5))


async def test_bought_online_picked_up_in_one_store_half_returned_in_another(store: Store) -> None:
    # given
    await tell_orders(store, order("N-1", TWO, status="CONFIRMED"))
    await fulfilled(store, "PICKED_UP")
    await fulfilled(store, "PICKED_UP", own="g")
    await FOLLOW(store, OWN)
    assert (await stands(store, "ginza"), await stands(store, "shibuya")) == ((3, 0, 3), (5, 0, 5))
    # when one is brought back, another that cannot be sold any more
    await came_back(store, "r", "shibuya")
    await came_back(store, "s", "shibuya", restocked=False)
    for _ in range(2):
        await FOLLOW(store, OWN)
    # then
    assert (await stands(store, "ginza"), await stands(store, "shibuya"), await stands(store)) == (
        (3, 0, 3),
        (6, 0, 6),
        (5, 0, 5),
    )
    assert await store.read(ENTRIES) == [["RETURN", "shibuya", 1], ["SALE", "ginza", 1], ["SALE", "ginza", 1]]


async def test_an_order_takes_over_what_was_held_under_its_number(store: Store) -> None:
    # given
    place = Place(*ids(at="web"))
    await run(store, reserve(author(), place, 2, "N-1", 15), itself)
    await run(store, reserve(author(), place, 1, "N-2", 15), itself)
    assert await stands(store) == (5, 0, 2)
    # when
    await follow(store, order("N-1", TWO, status="PLACED"))
    # then
    assert await stands(store) == (5, 2, 2)
    assert await store.read(STATES) == [["N-1", "FULFILLED"], ["N-2", "HELD"]]
