"""Orders and their lines."""

from __future__ import annotations

import json
from typing import LiteralString

import strawberry

from graph.errors import Ambiguous
from graph.search.terms import terms
from resolvers.access.roles import STAFF
from resolvers.catalogue.product import Product
from resolvers.engine import ids
from resolvers.engine.connections import Connection
from resolvers.engine.node import Node
from resolvers.engine.planner import Argument, one, page, planned, prop
from resolvers.engine.planner.fields import PAGING, read
from resolvers.engine.planner.readings import Choice, Given, Many, One, Parameters
from resolvers.timeline.places import ORDER_INTERACTIONS
from resolvers.touchpoints.touchpoint import Touchpoint
from resolvers.values.money import Money, money
from resolvers.values.scalars import JSON
from resolvers.values.words import OrderStatus


@planned("One article of an order with how many and what they cost.", readers=STAFF)
class OrderLine(Node):
    number: int = prop("{v}.number", "Place in the order, from 1.")
    sku: str | None = prop("{v}.sku", "Number of the article, as the order names it.")
    name: str | None = prop("{v}.name", "What the article was called when it was bought.")
    quantity: float = prop("toFloat({v}.quantity)", "How many; 0 is possible.")
    unit_price: Money | None = money("unit_price", "What a single piece cost before discounts.")
    amount: Money = money("amount", "Sum that this line adds to the order.")
    discount: Money | None = money("discount", "What was taken off.")
    tax: Money | None = money("tax", "Consumption tax contained in that sum; null if not told.")
    product: Product | None = one("MATCH ({v})-[:OF]->({n}:Product)", "The article; null if the line names none.")


OrderLineConnection = Connection[OrderLine]


@planned("What a customer bought or ordered, whether in a shop, on the web or by telephone.", readers=STAFF)
class Order(Touchpoint, Node):
    number: str | None = prop("{v}.number", "Number by which customer and company know it.")
    status: OrderStatus | None = prop("{v}.status", "How far it has come, from being placed to handed over or returned.")
    total: Money | None = money("total", "Sum that the source says is to be paid for everything together; null if not told.")
    discount: Money | None = money("discount", "What was taken off.")
    shipping: Money | None = money("shipping", "What sending it costs the customer; null if not told.")
    tax: Money | None = money("tax", "Consumption tax contained in that sum; null if not told.")
    points_used: int | None = prop("{v}.points_used", "How many loyalty points were spent on it, in points; null if not told.")
    coupon_codes: list[str] = prop(
        "COALESCE({v}.coupon_codes, [])", "Codes of the vouchers that lowered the price, as typed; empty if none."
    )
    lines: OrderLineConnection = page(
        "lines",
        "MATCH ({v})-[:HAS_LINE]->({n}:OrderLine) WHERE {n}.id > ${after} WITH {n} ORDER BY {n}.id LIMIT ${limit}",
        "What was bought, article by article, as numbered on the receipt.",
        key="{v}.id",
        count="COUNT {{ ({v})-[:HAS_LINE]->() }}",
    )
    fulfillments: list[JSON] = prop(
        "COALESCE({v}.fulfillments, '[]')",
        "How it is or was handed over: objects with the keys and words of the system that told them.",
        form=json.loads,
    )
    interactions: Connection[Touchpoint] = read(
        ORDER_INTERACTIONS, "Calls, chats, visits and all else that refers to it by its number, newest first.", PAGING
    )


@strawberry.input(one_of=True, description="What tells which purchase is meant: give exactly one of these.")
class OrderBy:
    id: strawberry.ID | None = strawberry.field(default=strawberry.UNSET, description="Opaque id, as this schema gave it.")
    number: str | None = strawberry.field(default=strawberry.UNSET, description="Its number; an error if several orders have it.")


def by_id(given: Given) -> Parameters:
    return {"id": ids.decode_as("Order", given["by"]["id"])}


def by_number(given: Given) -> Parameters:
    return {"number": given["by"]["number"].strip()}


def several() -> Ambiguous:
    return Ambiguous("Several orders have this number. Look the customer up with `customerLookup` and choose from their orders.")


BY_ID = One("MATCH ({n}:Touchpoint:Order {{id: ${id}}})", bind=by_id)
BY_NUMBER = One("MATCH ({n}:Order {{number: ${number}}}) WITH {n} LIMIT 2", bind=by_number, sole=several)

order = read(
    Choice(lambda given: BY_ID if "id" in given["by"] else BY_NUMBER),
    "One purchase with its articles, from any channel; null if there is none.",
    {"by": Argument(OrderBy, "Exactly one thing that tells which is meant.")},
)


def by_number_as_typed(given: Given) -> Parameters:
    return {"numbers": terms(given["number"]).numbers}


# (:Order {number}): several systems may number alike
ORDERS: LiteralString = """
UNWIND ${numbers} AS {number} MATCH ({n}:Order {{number: {number}}})
WITH DISTINCT {n} ORDER BY {n}.position DESC, {n}.id LIMIT 20
"""
NO_ORDER: LiteralString = "UNWIND [] AS {n} WITH {n}"
orders = read(
    Many(ORDERS, bind=by_number_as_typed),
    "Orders that have a number as somebody reads it out, newest first; at most 20, since several systems may number alike.",
    {"number": Argument(str, "The whole number, in any width and case of its letters.")},
)
OrderConnection = Connection[Order]
