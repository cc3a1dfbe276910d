"""Coupons that were issued to a customer, and the pages of them that a customer has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, LiteralString

import strawberry

from resolvers.access.tags import Tag
from resolvers.coupons.uses import CouponRedemption
from resolvers.engine.connections import Connection
from resolvers.engine.node import Node
from resolvers.engine.planner import one, planned, prop
from resolvers.engine.planner.fields import PAGING, read
from resolvers.engine.planner.readings import Page
from resolvers.timeline.seeks import NEWEST
from resolvers.values.scalars import DateTime

if TYPE_CHECKING:
    from resolvers.coupons.coupon import Coupon

ISSUES: LiteralString = "UNWIND ${ids} AS {id} MATCH ({n}:IssuedCoupon {{id: {id}}})"
# (:CouponRedemption)-[:USES]->(:IssuedCoupon)
USE: LiteralString = "MATCH ({n}:CouponRedemption {{issued: {v}.id, state: 'REDEEMED'}}) WITH {n} ORDER BY {n}.turn LIMIT 1"


@planned("Coupon that was issued to a customer under a code of its own; it is used once.")
class IssuedCoupon(Node):
    code: str = prop("{v}.code", Tag.ACTIVITY, "Code by which it is used, in whatever case, with or without dashes.")
    issued_at: DateTime = prop("{v}.at", Tag.ACTIVITY, "Time at which it was issued, UTC.")
    issued_by: str | None = prop("{v}.by", Tag.INTERNAL, "Account or program that issued it.")
    valid_to: DateTime | None = prop(
        "{v}.ends",
        Tag.ACTIVITY,
        "Time from which this issue is not valid any more, UTC; null if only the coupon's own end counts.",
    )
    coupon: Annotated[Coupon, strawberry.lazy("resolvers.coupons.coupon")] | None = one(
        "MATCH ({v})-[:OF]->({n}:Coupon)", Tag.ACTIVITY, "The coupon, with its terms."
    )
    redemption: CouponRedemption | None = one(USE, Tag.ACTIVITY, "Its use; null while it was not used, or was given back.")


IssuedCouponConnection = Connection[IssuedCoupon]

# (:SourceRecord)-[:HAS_COUPON]->(:IssuedCoupon), (:SourceRecord)-[:REDEEMED]->(:CouponRedemption)
HAS: LiteralString = "UNWIND {records} AS {s} MATCH ({s})-[:HAS_COUPON]->({n}:IssuedCoupon)"
USED: LiteralString = "UNWIND {records} AS {s} MATCH ({s})-[:REDEEMED]->({n}:CouponRedemption)"
COUPONS = read(
    Page(
        "customer coupons",
        HAS + " WITH {n}, {n}.at + {n}.id AS {key} WHERE {key} < ${after} WITH {n} ORDER BY {key} DESC LIMIT ${limit}",
        "{v}.at + {v}.id",
        "COUNT {{ " + HAS + " RETURN {n} }}",
        NEWEST,
        own=True,
    ),
    Tag.ACTIVITY,
    "Coupons that were issued to the customer, the newest first.",
    PAGING,
)
COUPON_REDEMPTIONS = read(
    Page(
        "customer coupon redemptions",
        USED + " WHERE {n}.turn < ${after} WITH {n} ORDER BY {n}.turn DESC LIMIT ${limit}",
        "{v}.turn",
        "COUNT {{ " + USED + " RETURN {n} }}",
        NEWEST,
        own=True,
    ),
    Tag.ACTIVITY,
    "Coupons that the customer used, the newest first, with those that were given back.",
    PAGING,
)
