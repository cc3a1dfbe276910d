"""Uses of coupons and reservations of them, at whatever door."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, LiteralString

import strawberry

from resolvers.access.tags import Tag
from resolvers.catalogue.store import Store
from resolvers.coupons.words import CouponRedemptionState, CouponReservationState
from resolvers.engine.connections import Connection
from resolvers.engine.node import Node
from resolvers.engine.planner import many, one, planned, prop
from resolvers.values.money import Money, money
from resolvers.values.scalars import DateTime
from resolvers.values.words import Channel

if TYPE_CHECKING:
    from resolvers.coupons.coupon import Coupon
    from resolvers.coupons.issued import IssuedCoupon
    from resolvers.orders.order import Order
    from resolvers.people.customer import Customer

REDEMPTIONS: LiteralString = "UNWIND ${ids} AS {id} MATCH ({n}:CouponRedemption {{id: {id}}})"
RESERVATIONS: LiteralString = "UNWIND ${ids} AS {id} MATCH ({n}:CouponReservation {{id: {id}}})"
AT_STORE: LiteralString = "MATCH ({n}:Store {{code: {v}.store_code}})"
# (:CouponRedemption {record}) = (:SourceRecord {key})-[:RESOLVES_TO]->(:Customer)
WHOSE: LiteralString = "MATCH (:SourceRecord {{key: {v}.record}})-[:RESOLVES_TO]->({n}:Customer)"


@planned("Line of a basket and what a coupon took off it.")
class CouponLine:
    number: int = prop("{v}.number", Tag.ACTIVITY, "Number of the line.")
    amount: Money = money("amount", Tag.MONEY, "What was taken off the line.")


@planned("Use of a coupon, once at any door.")
class CouponRedemption(Node):
    state: CouponRedemptionState = prop("{v}.state", Tag.PUBLIC, "How it stands.")
    redeemed_at: DateTime = prop("{v}.at", Tag.ACTIVITY, "Time of the use, UTC.")
    channel: Channel = prop("{v}.channel", Tag.ACTIVITY, "Channel at which it was used.")
    store: Store | None = one(AT_STORE, Tag.ACTIVITY, "Store in which it was used; null if in none.")
    redeemed_by: str | None = prop(
        "{v}.by", Tag.INTERNAL, "Account or program that used it; the source system where an order told it."
    )
    amount: Money | None = money("amount", Tag.MONEY, "What it took off in all; null where an order told of it only.")
    lines: list[CouponLine] = many(
        "UNWIND range(0, size(COALESCE({v}.line_numbers, [])) - 1) AS {place} "
        "WITH {{number: {v}.line_numbers[{place}], amount: {v}.line_amounts[{place}], currency: {v}.currency}} AS {n}",
        Tag.ACTIVITY,
        "What it took off each line, by line number; empty where an order told of it only.",
    )
    coupon: Annotated[Coupon, strawberry.lazy("resolvers.coupons.coupon")] | None = one(
        "MATCH ({v})-[:OF]->({n}:Coupon)", Tag.ACTIVITY, "The coupon."
    )
    issued: Annotated[IssuedCoupon, strawberry.lazy("resolvers.coupons.issued")] | None = one(
        "MATCH ({v})-[:USES]->({n}:IssuedCoupon)", Tag.ACTIVITY, "Issue that was used; null for a code for all."
    )
    order: Annotated[Order, strawberry.lazy("resolvers.orders.order")] | None = one(
        "MATCH ({v})-[:ON]->({n}:Touchpoint:Order)", Tag.ACTIVITY, "Order that it was used for; null while none is told."
    )
    customer: Annotated[Customer, strawberry.lazy("resolvers.people.customer")] | None = one(
        WHOSE, Tag.ACTIVITY, "Customer who used it; null while nobody knows who it was.", names={"requested": "null"}
    )
    reversed_at: DateTime | None = prop(
        "{v}.reversed_at", Tag.ACTIVITY, "Time at which it was given back, UTC; null while it is used."
    )
    reversed_by: str | None = prop(
        "{v}.reversed_by", Tag.INTERNAL, "Account that gave it back, or `the order`; null while it is used."
    )
    reason: str | None = prop("{v}.reason", Tag.FREE_TEXT, "Why it was given back; null if not told.")


@planned("Coupon that is held for a basket or a till, for 15 minutes.")
class CouponReservation(Node):
    state: CouponReservationState = prop(
        "CASE WHEN {v}.state = 'HELD' AND datetime({v}.until) <= datetime.realtime() THEN 'ENDED' ELSE {v}.state END",
        Tag.PUBLIC,
        "How it stands; it is over by its time, whether or not anybody has asked since.",
    )
    held_until: DateTime = prop("{v}.until", Tag.ACTIVITY, "Time until which it is held, UTC.")
    channel: Channel = prop("{v}.channel", Tag.ACTIVITY, "Channel at which it is held.")
    store: Store | None = one(AT_STORE, Tag.ACTIVITY, "Store in which it is held; null if in none.")
    held_by: str | None = prop("{v}.by", Tag.INTERNAL, "Account or program that holds it.")
    coupon: Annotated[Coupon, strawberry.lazy("resolvers.coupons.coupon")] | None = one(
        "MATCH ({v})-[:OF]->({n}:Coupon)", Tag.ACTIVITY, "The coupon."
    )


CouponRedemptionConnection = Connection[CouponRedemption]
