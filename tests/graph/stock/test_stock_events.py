"""What events do to levels on the graph: once each, in whichever order and batch they arrive."""

from __future__ import annotations

from itertools import permutations
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from graph.events.invalid import InvalidEvent
from graph.intake.reading import read_event
from graph.keys import level_id, product_id, store_id
from tests.conftest import wipe
from tests.graph.stock.moving import FOUND, NOTED, level, moved, tell

if TYPE_CHECKING:
    from graph.store import Store

TOMORROW = "2026-04-02T09:00:00Z"
PLACES = "MATCH (s:Store)<-[:AT]-(l:InventoryLevel)-[:OF]->(p:Product) RETURN p.sku, s.code, l.on_hand ORDER BY s.code"
ON_ITS_WAY = "MATCH (i:IncomingStock) RETURN i.announced, i.received, i.open_until"


@pytest.fixture(autouse=True)
async def _empty(store: Store) -> None:
    await wipe(store)


async def test_a_count_and_a_sale_that_arrives_after_it_but_happened_before(store: Store) -> None:
    # given nine by the book
    await tell(store, moved("RECEIPT", 9, "08:00"))
    # when seven are counted
    await tell(store, moved("COUNT", 7, "10:00", staff="見本 花子"))
    # then
    assert (await store.read(FOUND)) == [[-2, 9, "見本 花子"]]
    # when
    assert await tell(store, moved("SALE", 1, "09:00")) == ["CREATED"]
    # then
    assert (await level(store) or {})["on_hand"] == 7
    assert (await store.read(FOUND)) == [[-2, 9, "見本 花子"]]


async def test_a_repeated_event_moves_nothing_also_when_its_receipt_is_forgotten(store: Store) -> None:
    # given
    event = moved("RECEIPT", 3, "08:00")
    await tell(store, event)
    # when
    assert await tell(store, event, event) == ["REPEATED", "REPEATED"]
    await store.write(lambda transaction: transaction.run("MATCH (r:Receipt) DETACH DELETE r"))
    assert await tell(store, event) == ["UNCHANGED"]
    # then
    assert (await level(store) or {})["on_hand"] == 3


async def test_levels_converge_in_any_order_and_any_batch(store: Store) -> None:
    # given
    events = [
        moved("RECEIPT", 9, "08:00", id="a"),
        moved("SALE", 2, "09:00", id="b"),
        moved("COUNT", 6, "10:00", id="c"),
        moved("RETURN", 1, "11:00", id="d", unavailable="DAMAGED"),
        moved("RECEIPT", 4, "07:00", id="e", reference="PO-1", expectedAt=TOMORROW),
        moved("RECEIPT", 1, "12:00", id="f", reference="PO-1"),
    ]
    orders = list(permutations(events))
    for order in Random(16).sample(orders, 3):
        await wipe(store)
        # when one by one, the first three again
        for event in (*order, *order[:3]):
            await tell(store, event)
        # then
        wanted = {"on_hand": 8, "committed": 0, "reserved": 0, "incoming": 3, "unavailable": 1, "available": 7}
        assert await level(store) == wanted, [event["id"] for event in order]
        # when at once
        await wipe(store)
        await tell(store, *order)
        assert await level(store) == wanted, [event["id"] for event in order]


async def test_a_transfer_moves_both_stores_and_one_on_its_way_arrives_later(store: Store) -> None:
    # given
    await tell(store, moved("RECEIPT", 5, "08:00"))
    # when one goes over at once, two are sent
    await tell(store, moved("TRANSFER", 1, "09:00", toStore="shibuya"))
    await tell(store, moved("TRANSFER", 2, "09:30", toStore="shibuya", reference="T-7", expectedAt=TOMORROW))
    # then
    assert await store.read(PLACES) == [["A", "ginza", 2], ["A", "shibuya", 1]]
    assert (await level(store, at="shibuya") or {})["incoming"] == 2
    assert await store.read(ON_ITS_WAY) == [[2, 0, "2026-04-02T09:00:00.000000Z"]]
    # when they arrive
    await tell(store, moved("RECEIPT", 2, "15:00", store="shibuya", reference="T-7"))
    # then
    assert (await level(store, at="shibuya") or {}) == {
        "on_hand": 3, "committed": 0, "reserved": 0, "incoming": 0, "unavailable": 0, "available": 3,
    }  # fmt: skip
    assert await store.read(ON_ITS_WAY) == [[2, 2, None]]


async def test_whoever_follows_is_told_of_the_level_its_product_and_its_store(store: Store) -> None:
    await tell(store, moved("RECEIPT", 3, "08:00"))
    own = f"InventoryLevel:{level_id('A', 'ginza')}"
    assert await store.read(NOTED) == [[own, [own, f"Product:{product_id('A')}", f"Store:{store_id('ginza')}"]]]


@pytest.mark.parametrize(
    ("told", "pointer"),
    [
        ({"kind": "TRANSFER"}, "/data/toStore"),
        ({"kind": "SALE", "toStore": "shibuya"}, "/data/toStore"),
        ({"kind": "TRANSFER", "toStore": "ginza"}, "/data/toStore"),
        ({"kind": "SALE", "quantity": -1}, "/data/quantity"),
        ({"kind": "COUNT", "quantity": -1}, "/data/quantity"),
        ({"kind": "SALE", "quantity": 1.5}, "/data/quantity"),
        ({"kind": "SALE", "unavailable": "DAMAGED"}, "/data/unavailable"),
        ({"kind": "COUNT", "unavailable": "DAMAGED"}, "/data/unavailable"),
        ({"kind": "SALE", "expectedAt": TOMORROW, "reference": "x"}, "/data/expectedAt"),
        ({"kind": "RECEIPT", "expectedAt": TOMORROW}, "/data/expectedAt"),
        ({"kind": "THEFT"}, "/data/kind"),
    ],
)
def test_what_does_not_belong_together_is_refused_with_its_place(told: dict[str, Any], pointer: str) -> None:
    event = moved("SALE", 1, "08:00")
    event["data"] |= told
    with pytest.raises(InvalidEvent) as refused:
        read_event(event, b"a key for tests")
    assert refused.value.pointer == pointer
