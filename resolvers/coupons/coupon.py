"""Coupons as they are given out: their terms, and how many saw, got and used them."""

from __future__ import annotations

from typing import LiteralString

import strawberry

from graph.coupons.terms import code_key
from resolvers.access.tags import Tag
from resolvers.catalogue.store import Store
from resolvers.coupons.uses import CouponRedemptionConnection
from resolvers.coupons.words import CouponIssueRuleKind, CouponKind
from resolvers.engine import ids
from resolvers.engine.connections import Connection
from resolvers.engine.node import Node
from resolvers.engine.planner import Argument, many, part, planned, prop
from resolvers.engine.planner.fields import PAGING, read
from resolvers.engine.planner.readings import Choice, Given, One, Page, Parameters
from resolvers.timeline.seeks import NEWEST
from resolvers.values.money import Money
from resolvers.values.scalars import DateTime
from resolvers.values.words import Channel

COUPONS: LiteralString = "UNWIND ${ids} AS {id} MATCH ({n}:Coupon {{id: {id}}})"
# (:CouponRedemption)-[:OF]->(:Coupon)
USES: LiteralString = """
MATCH ({n}:CouponRedemption) USING INDEX SEEK {n}:CouponRedemption(coupon, turn)
WHERE {n}.coupon = {v}.id AND {n}.turn < ${after} AND {CouponRedemption:n}
WITH {n} ORDER BY {n}.coupon DESC, {n}.turn DESC LIMIT ${limit}
"""
USED: LiteralString = "COUNT {{ MATCH ({n}:CouponRedemption {{coupon: {v}.id}}) WHERE {CouponRedemption:n} }}"
REDEMPTIONS = read(
    Page("coupon redemptions", USES, "{v}.turn", USED, NEWEST),
    Tag.ACTIVITY,
    "Its uses, the newest first, with those that were given back; those that you may read.",
    PAGING,
)
OFF: LiteralString = "CASE WHEN {v}.kind = 'VALUE' THEN [{v}.value, {v}.currency] END"
MINIMUM: LiteralString = "CASE WHEN {v}.minimum > 0 THEN [{v}.minimum, {v}.currency] END"


@planned("When a coupon is issued without anybody doing it, to each customer once, and how long each issue can be used.")
class CouponIssueRule:
    kind: CouponIssueRuleKind = prop("{v}.rule", Tag.PUBLIC, "What has to happen, or to hold.")
    rank: str | None = prop("{v}.rule_rank", Tag.PUBLIC, "Rank that must be reached, for `RANK`; else null.")
    stores: list[Store] = many(
        "UNWIND {v}.rule_stores AS {code} MATCH ({n}:Store {{code: {code}}}) WITH {n} ORDER BY {n}.code",
        Tag.PUBLIC,
        "Stores of which one must be visited, for `VISIT`, by code; empty for any.",
    )
    products: list[str] = prop("{v}.rule_products", Tag.PUBLIC, "SKUs of which one must be looked at, for `SEEN`, sorted.")
    categories: list[str] = prop(
        "{v}.rule_categories", Tag.PUBLIC, "Categories of which a product must be looked at, for `SEEN`, sorted."
    )
    valid_days: int | None = prop(
        "{v}.rule_days",
        Tag.PUBLIC,
        "Days for which each issue can be used after the day of its issue; null for as long as the coupon.",
    )


@planned("Coupon that is given out: its terms, and how often it was shown, issued and used.")
class Coupon(Node):
    code: str = prop(
        "{v}.code", Tag.PUBLIC, "Code of the coupon, unique in the company; with `forAll` the one that customers use."
    )
    name: str = prop("{v}.name", Tag.PUBLIC, "Name of the coupon, as customers read it.")
    version: int = prop("{v}.version", Tag.PUBLIC, "Version: an integer that grows with each change of its terms.")
    kind: CouponKind = prop("{v}.kind", Tag.PUBLIC, "What it takes off.")
    percent: int | None = prop(
        "CASE {v}.kind WHEN 'PERCENT' THEN {v}.value END",
        Tag.PUBLIC,
        "Percentage that it takes off, 1 to 100; null for an amount.",
    )
    amount_off: Money | None = part(
        Tag.PUBLIC, "Amount that it takes off; null for a percentage.", presence=OFF, names={"money": OFF}
    )
    minimum: Money | None = part(
        Tag.PUBLIC,
        "What the items that it is for must come to before any coupon; null if there is no minimum.",
        presence=MINIMUM,
        names={"money": MINIMUM},
    )
    products: list[str] = prop("{v}.products", Tag.PUBLIC, "SKUs of the products that it is for, sorted.")
    categories: list[str] = prop(
        "{v}.categories", Tag.PUBLIC, "Categories that it is for, sorted; without products and categories it is for all."
    )
    stores: list[Store] = many(
        "UNWIND {v}.stores AS {code} MATCH ({n}:Store {{code: {code}}}) WITH {n} ORDER BY {n}.code",
        Tag.PUBLIC,
        "Stores in which it can be used, by code; empty for all.",
    )
    channels: list[Channel] = prop("{v}.channels", Tag.PUBLIC, "Channels at which it can be used, sorted; empty for all.")
    starts_at: DateTime | None = prop("{v}.starts", Tag.PUBLIC, "Time from which it can be used, UTC; null if from ever.")
    ends_at: DateTime | None = prop("{v}.ends", Tag.PUBLIC, "Time from which it cannot be used any more, UTC; null if never.")
    uses_per_customer: int | None = prop(
        "{v}.uses_per_customer", Tag.PUBLIC, "How often one customer can use it, over all doors; null if without limit."
    )
    uses: int | None = prop("{v}.uses", Tag.PUBLIC, "How often it can be used in all; null if without limit.")
    combinable: bool = prop("{v}.combinable", Tag.PUBLIC, "Whether it can be used together with others that can.")
    for_all: bool = prop("{v}.for_all", Tag.PUBLIC, "Whether whoever has its code can use it; otherwise it is issued.")
    withdrawn: bool = prop("{v}.withdrawn", Tag.PUBLIC, "Whether it cannot be used any more, whatever its dates.")
    issue_rule: CouponIssueRule | None = part(
        Tag.PUBLIC, "Rule by which it is issued without anybody doing it; null for none.", presence="{v}.rule"
    )
    rule_issued_count: int = prop(
        "COUNT {{ MATCH ({i}:IssuedCoupon {{coupon: {v}.id}}) WHERE {i}.rule IS NOT NULL }}",
        Tag.PUBLIC,
        "How often it was issued by a rule.",
    )
    shown_count: int = prop(
        "COUNT {{ MATCH (:CouponView {{coupon: {v}.id}}) }}", Tag.PUBLIC, "To how many records of customers it was shown."
    )
    issued_count: int = prop("COUNT {{ MATCH (:IssuedCoupon {{coupon: {v}.id}}) }}", Tag.PUBLIC, "How often it was issued.")
    used_count: int = prop(
        "COUNT {{ MATCH (:CouponRedemption {{coupon: {v}.id, state: 'REDEEMED'}}) }}", Tag.PUBLIC, "How many uses of it stand."
    )
    reversed_count: int = prop(
        "COUNT {{ MATCH (:CouponRedemption {{coupon: {v}.id, state: 'REVERSED'}}) }}",
        Tag.PUBLIC,
        "How many uses were given back.",
    )
    held_count: int = prop(
        "COUNT {{ MATCH ({h}:CouponReservation {{coupon: {v}.id, state: 'HELD'}}) "
        "WHERE datetime({h}.until) > datetime.realtime() }}",
        Tag.PUBLIC,
        "How many are held for a basket or a till right now.",
    )
    redemptions: CouponRedemptionConnection = REDEMPTIONS


CouponConnection = Connection[Coupon]


@strawberry.input(one_of=True, description="Key by which a coupon is found; exactly one.")
class CouponBy:
    id: strawberry.ID | None = strawberry.field(default=strawberry.UNSET, description="Global id.")
    code: str | None = strawberry.field(
        default=strawberry.UNSET, description="Code, in whatever case, with or without dashes; not that of an issue."
    )


def by_id(given: Given) -> Parameters:
    return {"id": ids.decode_as("Coupon", given["by"]["id"])}


def by_code(given: Given) -> Parameters:
    return {"key": code_key(given["by"]["code"])}


BY_ID = One("MATCH ({n}:Coupon {{id: ${id}}})", bind=by_id)
BY_CODE = One("MATCH ({n}:Coupon {{key: ${key}}})", bind=by_code)
coupon = read(
    Choice(lambda given: BY_ID if "id" in given["by"] else BY_CODE),
    Tag.PUBLIC,
    "Coupon by a key; null if there is none that you may read.",
    {"by": Argument(CouponBy, "Key; exactly one member.")},
)
# By code: there are as many as somebody has set up, so all of them are sorted
LISTED: LiteralString = "MATCH ({n}:Coupon) WHERE {n}.key > ${after} AND {Coupon:n} WITH {n} ORDER BY {n}.key LIMIT ${limit}"
coupons = read(
    Page("coupons", LISTED, "{v}.key", "COUNT {{ MATCH ({n}:Coupon) WHERE {Coupon:n} }}"),
    Tag.PUBLIC,
    "Coupons that you may read, by code.",
    PAGING,
)
