"""Coupons that were issued to a customer, and the pages of them that a customer has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, LiteralString

import strawberry

from graph.words import say
from resolvers.access.tags import Tag
from resolvers.coupons.uses import CouponRedemption
from resolvers.coupons.words import CouponIssueRuleKind
from resolvers.engine.connections import Connection
from resolvers.engine.node import Node
from resolvers.engine.planner import one, planned, prop
from resolvers.engine.planner.fields import PAGING, read
from resolvers.engine.planner.readings import Page
from resolvers.timeline.seeks import NEWEST
from resolvers.values.scalars import DateTime
from resolvers.values.sentences import IN_WORDS, in_words

if TYPE_CHECKING:
    from resolvers.coupons.coupon import Coupon

ISSUES: LiteralString = "UNWIND ${ids} AS {id} MATCH ({n}:IssuedCoupon {{id: {id}}})"
# (:CouponRedemption)-[:USES]->(:IssuedCoupon)
USE: LiteralString = "MATCH ({n}:CouponRedemption {{issued: {v}.id, state: 'REDEEMED'}}) WITH {n} ORDER BY {n}.turn LIMIT 1"


# (:Store {code}), (:Product {sku}): what a rule was about
FACTS: LiteralString = """[
  {v}.rule, {v}.why, left({v}.why_at, 10),
  CASE {v}.rule WHEN 'VISIT' THEN HEAD(COLLECT {{ MATCH ({s}:Store {{code: {v}.why}}) RETURN {s}.name }})
    WHEN 'SEEN' THEN HEAD(COLLECT {{ MATCH ({p}:Product {{sku: {v}.why}}) RETURN {p}.name }}) END
]"""


def explained(facts: list[Any], language: str) -> str:
    rule, why, day, name = facts
    return say(f"issued.{rule or 'PERSON'}", language, why=name or why, day=day)


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
    rule: CouponIssueRuleKind | None = prop(
        "{v}.rule", Tag.ACTIVITY, "Rule of the coupon by which it was issued; null where somebody did."
    )
    sentence: str = prop(
        FACTS,
        Tag.ACTIVITY,
        "Why it was issued, in words; contains no personal data.",
        form=in_words(explained),
        arguments=IN_WORDS,
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
