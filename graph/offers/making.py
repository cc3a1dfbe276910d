"""The commands that make an offer at a door, and that record what the customer answered at the same or any other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import LiteralString

from graph.baskets.doors import Door
from graph.baskets.records import Whose, hold
from graph.commands.command import Answer, Author, Command
from graph.errors import Conflict, InvalidInput, NotFound
from graph.offers.answers import LATER, OPEN, may_answer, unwelcome
from graph.offers.nodes import Offers
from graph.search.folding import fold_text
from graph.words import Sentence
from graph.writes.unit import Unit

MOST_BEFORE = 200
"""So many of the newest offers of a record are looked through."""
READ_THING: LiteralString = """
RETURN HEAD(COLLECT { MATCH (p:Product {id: $p.product}) RETURN p.sku }),
  HEAD(COLLECT { MATCH (c:Coupon {id: $p.coupon}) RETURN c.id })
"""
# (:Offer {record, turn}): the newest of each record
READ_BEFORE: LiteralString = """
UNWIND $p.records AS record
CALL (record) {
  MATCH (o:Offer) USING INDEX SEEK o:Offer(record, turn)
  WHERE o.record = record AND o.turn > ''
  RETURN o ORDER BY o.record DESC, o.turn DESC LIMIT $p.most
}
WITH o WHERE o.about = $p.about
RETURN o {.id, .state, .until, .answered_at}
"""


@dataclass(frozen=True, slots=True)
class Thing:
    """What is offered, one of the three: a product or a coupon, by id, or something in words."""

    product: str | None = None
    coupon: str | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """What a customer answers; `until` is when they want to be asked again, UTC text, told with LATER alone."""

    answer: str
    until: str | None = None
    note: str | None = None


def make_offer(author: Author, whose: Whose, thing: Thing, door: Door) -> Command:
    """Return the command that makes an offer; its answer is `offer` and `before`, by id.

    `before` is the offer of the same thing that the customer declined, or put off until later, at whatever door; else None.
    """

    async def execute(unit: Unit, own_id: str) -> Answer:
        [[sku, coupon]] = await unit.transaction.run(READ_THING, {"product": thing.product, "coupon": thing.coupon})
        if thing.product is not None and sku is None:
            raise NotFound(Sentence("refusal.NO_SUCH_PRODUCT"), "/productId")
        if thing.coupon is not None and coupon is None:
            raise NotFound(Sentence("refusal.NO_SUCH_COUPON"), "/couponId")
        held = await hold(unit, author, whose)
        about = f"product:{sku}" if sku else f"coupon:{coupon}" if coupon else f"text:{fold_text(thing.text or '')}"
        asked = {"records": list(held.records), "about": about, "most": MOST_BEFORE}
        before = [row[0] for row in await unit.transaction.run(READ_BEFORE, asked)]
        unit.of(Offers).put(
            own_id,
            "offer.made",
            held.customer,
            record=held.own,
            about=about,
            sku=sku,
            coupon=coupon,
            text=thing.text,
            state=OPEN,
            at=unit.now,
            turn=unit.now + own_id,
            by=author.actor,
            **await door.told(unit.transaction),
        )
        return {"offer": own_id, "before": unwelcome(before, unit.now)}

    asked = [whose.customer, whose.record, thing.product, thing.coupon, thing.text, door.channel, door.store]
    return Command(author, "OFFER_MAKE", asked, (Offers,), execute)


def answer_offer(author: Author, offer: str, reply: Reply, door: Door) -> Command:
    """Return the command that records the answer to an offer; its answer is `offer`, by id.

    Raises Conflict for one that was accepted or declined already.
    """

    async def execute(unit: Unit, _: str) -> Answer:
        if (reply.until is not None) != (reply.answer == LATER) or (reply.until is not None and reply.until <= unit.now):
            raise InvalidInput(Sentence("refusal.OFFER_UNTIL"), "/until")
        unit.want("Offer", (offer,))
        await unit.lock()
        offers = unit.of(Offers)
        told = offers.known.get(offer)
        if told is None:
            raise NotFound(Sentence("refusal.NO_SUCH_OFFER"), "/offerId")
        if not may_answer(told["state"]):
            raise Conflict(Sentence("refusal.OFFER_ANSWERED"), "/offerId")
        door_of = await door.told(unit.transaction)
        offers.put(
            offer,
            "offer.answered",
            offers.customers[offer],
            state=reply.answer,
            until=reply.until,
            note=reply.note,
            answered_at=unit.now,
            answered_by=author.actor,
            answered_channel=door_of["channel"],
            answered_store_code=door_of["store_code"],
        )
        return {"offer": offer}

    asked = [offer, reply.answer, reply.until, reply.note, door.channel, door.store]
    return Command(author, "OFFER_ANSWER", asked, (Offers,), execute)
