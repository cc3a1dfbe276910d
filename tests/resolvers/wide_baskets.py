"""Baskets beside the wide town: of two records, changed at two doors, handed over and ordered; seen products; offers."""

from __future__ import annotations

from collections.abc import Mapping

from graph.baskets.changing import Line, change_basket, hand_over
from graph.baskets.doors import Door
from graph.baskets.nodes import read_contents
from graph.baskets.records import READ_RECORDS, Whose
from graph.baskets.seen import mark_seen
from graph.commands.command import Answer, Author, Command, run
from graph.coupons.defining import coupon_id
from graph.keys import product_id, store_id
from graph.offers.making import Reply, Thing, answer_offer, make_offer
from graph.store import Reader, Store, Transaction

WEB, GINZA = Door("WEB"), Door("STORE", store_id("S001"))
PEN, INK, CASE = (product_id(sku) for sku in ("PEN-1", "INK-1", "CASE-1"))
ORDERED = """
MATCH (h:BasketHandover {id: $p.id})
MATCH (:Customer {id: $p.customer})<-[:RESOLVES_TO]-()-[:DID]->(o:Order)
WITH h, o ORDER BY o.id LIMIT 1
SET h.closed_at = '2026-05-01T10:00:00.000000Z', h.order_id = o.id
CREATE (h)-[:BECAME]->(o)
"""


async def fill(store: Store, customer: str) -> Mapping[str, str]:
    """Fill the basket of a customer by raw id, who has several records; return new raw ids with their types."""
    records = [key for _, key in await store.read(READ_RECORDS, {"customer": customer})]
    done = 0

    async def do(command: Command) -> Answer:
        async def itself(answer: Answer, _: Reader) -> Answer:
            return answer

        return await run(store, command, itself)

    def author() -> Author:
        nonlocal done
        done += 1
        return Author("tests", "clerk-1", f"wide-basket-{done}")

    async def handed_over(record: str) -> str:
        version = (await read_contents(store, records)).version
        return (await do(hand_over(author(), Whose(customer, record), version, WEB)))["handover"]

    first, last = Whose(customer, records[0]), Whose(customer, records[-1])
    await do(change_basket(author(), first, [Line(PEN, 2, adds=True), Line(INK, 1, adds=True)], None, WEB))
    await do(change_basket(author(), last, [Line(PEN, 1, adds=True), Line(CASE, 4, adds=True)], None, GINZA))
    handovers = [await handed_over(record) for record in (records[0], records[-1])]

    async def order(transaction: Transaction) -> None:
        await transaction.run(ORDERED, {"id": handovers[0], "customer": customer})

    await store.write(order)
    await do(mark_seen(author(), first, [PEN, INK], WEB))
    await do(mark_seen(author(), last, [CASE, INK], GINZA))
    things = (Thing(product=PEN), Thing(coupon=coupon_id("PENS-10")), Thing(text="会員カードのご入会"), Thing(product=INK))
    offers = [(await do(make_offer(author(), whose, thing, WEB)))["offer"] for whose in (first, last) for thing in things]
    replies = (Reply("DECLINED", note="不要とのこと"), Reply("ACCEPTED"), Reply("LATER", "2099-01-01T00:00:00.000000Z"))
    for offer, reply in zip(offers, replies, strict=False):
        await do(answer_offer(author(), offer, reply, GINZA))
    return {**dict.fromkeys(handovers, "BasketHandover"), **dict.fromkeys(offers, "Offer")}
