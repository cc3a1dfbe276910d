"""Offers that were made to a customer, with what they answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, LiteralString

import strawberry

from resolvers.access.tags import Tag
from resolvers.catalogue.product import Product
from resolvers.catalogue.store import Store
from resolvers.engine.connections import Connection
from resolvers.engine.node import Node
from resolvers.engine.planner import one, planned, prop
from resolvers.engine.planner.fields import PAGING, read
from resolvers.engine.planner.readings import Page
from resolvers.offers.words import OfferState
from resolvers.timeline.seeks import NEWEST
from resolvers.values.scalars import DateTime
from resolvers.values.words import Channel

if TYPE_CHECKING:
    from resolvers.coupons.coupon import Coupon
    from resolvers.people.customer import Customer

OFFERS: LiteralString = "UNWIND ${ids} AS {id} MATCH ({n}:Offer {{id: {id}}})"
# (:Offer {record}) = (:SourceRecord {key})-[:RESOLVES_TO]->(:Customer)
WHOSE: LiteralString = "MATCH (:SourceRecord {{key: {v}.record}})-[:RESOLVES_TO]->({n}:Customer)"


@planned("Something that was offered to a customer, and what they answered.")
class Offer(Node):
    state: OfferState = prop("{v}.state", Tag.ACTIVITY, "How it stands.")
    product: Product | None = one(
        "MATCH ({n}:Product {{sku: {v}.sku}})", Tag.ACTIVITY, "Product that is offered; null for something else."
    )
    coupon: Annotated[Coupon, strawberry.lazy("resolvers.coupons.coupon")] | None = one(
        "MATCH ({n}:Coupon {{id: {v}.coupon}})", Tag.ACTIVITY, "Coupon that is offered; null for something else."
    )
    text: str | None = prop("{v}.text", Tag.ACTIVITY, "What is offered in words; null for a product or a coupon.")
    made_at: DateTime = prop("{v}.at", Tag.ACTIVITY, "Time at which it was made, UTC.")
    made_by: str | None = prop("{v}.by", Tag.INTERNAL, "Account or program that made it.")
    channel: Channel = prop("{v}.channel", Tag.ACTIVITY, "Channel at which it was made.")
    store: Store | None = one(
        "MATCH ({n}:Store {{code: {v}.store_code}})", Tag.ACTIVITY, "Store in which it was made; null if in none."
    )
    until: DateTime | None = prop(
        "{v}.until", Tag.ACTIVITY, "Time from which the customer wants to be asked again, UTC; null for another answer."
    )
    answered_at: DateTime | None = prop(
        "{v}.answered_at", Tag.ACTIVITY, "Time of the newest answer, UTC; null while there is none."
    )
    answered_by: str | None = prop("{v}.answered_by", Tag.INTERNAL, "Account or program that recorded it.")
    answered_channel: Channel | None = prop(
        "{v}.answered_channel", Tag.ACTIVITY, "Channel at which it was answered; null while there is no answer."
    )
    answered_store: Store | None = one(
        "MATCH ({n}:Store {{code: {v}.answered_store_code}})", Tag.ACTIVITY, "Store in which it was answered; null if in none."
    )
    note: str | None = prop("{v}.note", Tag.FREE_TEXT, "What was noted with the answer; null for nothing.")
    customer: Annotated[Customer, strawberry.lazy("resolvers.people.customer")] | None = one(
        WHOSE, Tag.ACTIVITY, "Customer to whom it was made.", names={"requested": "null"}
    )


OfferConnection = Connection[Offer]
# (:Offer {record, turn}): of each record, then of all of them
NEWEST_OFFERS: LiteralString = """
UNWIND {records} AS {s}
CALL ({s}) {{
  MATCH ({o}:Offer) USING INDEX SEEK {o}:Offer(record, turn)
  WHERE {o}.record = {s}.key AND {o}.turn < ${after}
  RETURN {o} ORDER BY {o}.record DESC, {o}.turn DESC LIMIT ${limit}
}}
WITH {o} AS {n} ORDER BY {n}.turn DESC LIMIT ${limit}
"""
CUSTOMER_OFFERS = read(
    Page(
        "customer offers",
        NEWEST_OFFERS,
        "{v}.turn",
        "COUNT {{ UNWIND {records} AS {s} MATCH ({o}:Offer) USING INDEX SEEK {o}:Offer(record, turn) "
        "WHERE {o}.record = {s}.key AND {o}.turn > '' }}",
        NEWEST,
        own=True,
    ),
    Tag.ACTIVITY,
    "Offers that were made to the customer at any door, the newest first.",
    PAGING,
)
