"""Orders and their lines."""

from __future__ import annotations

from typing import LiteralString

import strawberry

from graph.errors import Ambiguous
from graph.search.order_key import order_key
from resolvers.access.tags import Tag
from resolvers.coupons.uses import CouponRedemption
from resolvers.engine import ids
from resolvers.engine.connections import Connection
from resolvers.engine.node import Node
from resolvers.engine.planner import Argument, many, page, planned, prop
from resolvers.engine.planner.fields import PAGING, asks_by, read
from resolvers.engine.planner.readings import Choice, Given, Many, One, Parameters
from resolvers.orders.fulfillment import FULFILLMENTS, Fulfillment
from resolvers.orders.line import OrderLineConnection
from resolvers.orders.points import ORDER_POINTS, OrderPoints
from resolvers.orders.returned import RETURNS, Return
from resolvers.orders.words import OrderState
from resolvers.timeline.places import ORDER_INTERACTIONS
from resolvers.touchpoints.touchpoint import Touchpoint
from resolvers.values.money import Money, money
from resolvers.values.words import OrderStatus


@planned("Order or purchase from any channel.")
class Order(Touchpoint, Node):
    number: str | None = prop("{v}.number", Tag.ACTIVITY, "Order number; null if not reported.")
    status: OrderStatus | None = prop("{v}.status", Tag.ACTIVITY, "Status of the order; null if not reported.")
    state: OrderState = prop(
        "COALESCE({v}.state, 'OPEN')", Tag.ACTIVITY, "How it stands, from its status, its fulfilments and its returns."
    )
    total: Money | None = money("total", Tag.MONEY, "Total of the order; null if not reported.")
    discount: Money | None = money("discount", Tag.MONEY, "Discount; null if not reported.")
    shipping: Money | None = money("shipping", Tag.MONEY, "Shipping charge; null if not reported.")
    fee: Money | None = money("fee", Tag.MONEY, "Fee for payment or handling; null if not reported.")
    tax: Money | None = money("tax", Tag.MONEY, "Consumption tax included; null if not reported.")
    refunded: Money | None = money("refunded", Tag.MONEY, "What was paid back of the total so far; null if not reported.")
    returned: Money | None = money(
        "returned", Tag.MONEY, "What was paid back for what came back of its lines; null if nothing did."
    )
    points_used: int | None = prop("{v}.points_used", Tag.MONEY, "Loyalty points used on the order; null if not reported.")
    points: OrderPoints | None = ORDER_POINTS
    coupon_codes: list[str] = prop(
        "COALESCE({v}.coupon_codes, [])", Tag.ACTIVITY, "Coupon codes used on the order; empty if none."
    )
    coupons: list[CouponRedemption] = many(
        "MATCH ({v})<-[:ON]-({n}:CouponRedemption) WITH {n} ORDER BY {n}.turn",
        Tag.ACTIVITY,
        "Uses of coupons for the order, with those given back; codes of other systems stand in `couponCodes` only.",
    )
    lines: OrderLineConnection = page(
        "lines",
        "MATCH ({v})-[:HAS_LINE]->({n}:OrderLine) WHERE {n}.id > ${after} WITH {n} ORDER BY {n}.id LIMIT ${limit}",
        Tag.ACTIVITY,
        "Order lines, by line number.",
        key="{v}.id",
        count="COUNT {{ ({v})-[:HAS_LINE]->() }}",
        own=True,
    )
    fulfillments: list[Fulfillment] = FULFILLMENTS
    returns: list[Return] = RETURNS
    interactions: Connection[Touchpoint] = read(
        ORDER_INTERACTIONS,
        Tag.ACTIVITY,
        "Interactions that refer to the order by its number, newest first.",
        PAGING,
    )


@strawberry.input(one_of=True, description="Key by which an order is found; exactly one.")
class OrderBy:
    id: strawberry.ID | None = strawberry.field(default=strawberry.UNSET, description="Global id.")
    number: str | None = strawberry.field(
        default=strawberry.UNSET,
        description="Order number; the error AMBIGUOUS if several orders have it.",
        metadata=asks_by(Tag.ACTIVITY, whole=True),
    )


def by_id(given: Given) -> Parameters:
    return {"id": ids.decode_as("Order", given["by"]["id"])}


def by_number(given: Given) -> Parameters:
    return {"number": given["by"]["number"].strip()}


def several() -> Ambiguous:
    return Ambiguous("Several orders have this number. Look up the customer with `customerLookup` and choose among their orders.")


BY_ID = One("MATCH ({n}:Touchpoint:Order {{id: ${id}}})", bind=by_id)
BY_NUMBER = One("MATCH ({n}:Order {{number: ${number}}}) WHERE {Touchpoint:n} WITH {n} LIMIT 2", bind=by_number, sole=several)

order = read(
    Choice(lambda given: BY_ID if "id" in given["by"] else BY_NUMBER),
    Tag.PUBLIC,
    "Order by a key; null if there is none.",
    {"by": Argument(OrderBy, "Key; exactly one member.")},
)


def by_number_as_typed(given: Given) -> Parameters:
    return {"numbers": [order_key(given["number"])]}


# (:Order {number}): several systems may number alike
ORDERS: LiteralString = """
UNWIND ${numbers} AS {number} MATCH ({n}:Order {{number_key: {number}}}) WHERE {Touchpoint:n}
WITH DISTINCT {n} ORDER BY {n}.position DESC, {n}.id LIMIT 20
"""
NO_ORDER: LiteralString = "UNWIND [] AS {n} WITH {n}"
orders = read(
    Many(ORDERS, bind=by_number_as_typed),
    Tag.PUBLIC,
    "Orders with a number, newest first, at most 20; several systems may use the same number.",
    {
        "number": Argument(
            str,
            "Whole order number, in any width and case, with or without # and dashes.",
            asks=asks_by(Tag.ACTIVITY, whole=True),
        )
    },
)
OrderConnection = Connection[Order]
