"""An erasure takes the basket, the seen-list and the offers of a person, and leaves those of others."""

from __future__ import annotations

from pathlib import Path

from graph.baskets.changing import Line
from graph.baskets.following import follow_order
from graph.baskets.records import Whose
from graph.baskets.seen import mark_seen
from graph.erasure.erasing import Erasure
from graph.offers.making import Thing, make_offer
from graph.store import Store
from graph.writes.unit import execute
from tests.conftest import wipe
from tests.graph.baskets.shopping import PEN, WEB, basket_of, change, handed_over, key, opened
from tests.graph.coupons.giving_out import author, do
from tests.graph.orders.selling import order, order_id, tell

LEFT = """
MATCH (n) WHERE n:Basket OR n:BasketLine OR n:BasketHandover OR n:ProductView OR n:Offer
RETURN labels(n)[0] AS label, n.record ORDER BY label
"""


async def test_nothing_of_them_is_left_and_all_of_the_other(store: Store, tmp_path: Path) -> None:
    await wipe(store)
    for whose in await opened(store, "1", "2"):
        await change(store, whose, Line(PEN, 2))
        await handed_over(store, whose)
        await do(store, mark_seen(author(), Whose(whose), [PEN], WEB))
        await do(store, make_offer(author(), Whose(whose), Thing(text="試験"), WEB))
        reference = (await store.read("MATCH (h:BasketHandover) RETURN h.id ORDER BY h.turn DESC LIMIT 1"))[0][0]
    await tell(store, order("B-1", {"sku": "PEN-1", "quantity": 1, "amount": "500"}, by="1", basket=reference))

    async def step(work, nouns):  # type: ignore[no-untyped-def]
        return await execute(store, nouns, work)

    await Erasure(store, bytes(32), tmp_path / "erasures.jsonl", "job", step).erase([key("1")])
    await follow_order(store, order_id("B-1"))

    labels = ("Basket", "BasketHandover", "BasketLine", "Offer", "ProductView")
    assert await store.read(LEFT) == [[label, key("2")] for label in labels]
    [[_, other]] = await store.read(
        "MATCH (r:SourceRecord {key: $p.key})-[:RESOLVES_TO]->(c) RETURN r.key, c.id", {"key": key("2")}
    )
    assert (await basket_of(store, other))[1] == {"PEN-1": 2}, "an order that is nobody's closes nothing any more"
    assert await store.read("MATCH (o:Order) RETURN o.basket") == [[None]]
