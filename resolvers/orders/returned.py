"""Returns: goods of an order that came back, at whichever store."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, LiteralString

import strawberry

from resolvers.access.tags import Tag
from resolvers.engine.node import Node
from resolvers.engine.planner import many, one, planned, prop
from resolvers.orders.line import OrderLine
from resolvers.touchpoints.touchpoint import Touchpoint
from resolvers.values.money import Money, money

if TYPE_CHECKING:
    from resolvers.orders.order import Order

# (:Return)-[:RETURNS {quantity, amount, restocked}]->(:OrderLine)
LINES: LiteralString = """
MATCH ({v})-[{of}:RETURNS]->({l}:OrderLine)
WITH {{line: {l}, quantity: {of}.quantity, amount: {of}.amount, restocked: {of}.restocked, currency: {l}.currency,
       number: {l}.number}} AS {n} ORDER BY {n}.number
"""


@planned("What came back of a line.")
class ReturnedLine:
    quantity: float = prop("toFloat({v}.quantity)", Tag.ACTIVITY, "How much of the line; never more than was left of it.")
    amount: Money | None = money("amount", Tag.MONEY, "What was paid back for it; null where the line has no currency.")
    restocked: bool = prop("{v}.restocked", Tag.ACTIVITY, "Whether it can be sold again where it came back.")
    line: OrderLine = one("UNWIND [{v}.line] AS {n}", Tag.ACTIVITY, "The line.")


@planned("Goods of an order that came back.")
class Return(Touchpoint, Node):
    order_number: str | None = prop("{v}.order_number", Tag.ACTIVITY, "Number of the order; null if it has none.")
    order_source: str | None = prop("{v}.order_source", Tag.INTERNAL, "Source that numbers the order.")
    reason: str | None = prop("{v}.reason", Tag.FREE_TEXT, "Why it came back; null if not reported.")
    order: Annotated[Order, strawberry.lazy("resolvers.orders.order")] | None = one(
        "MATCH ({v})-[:OF_ORDER]->({n}:Order)", Tag.ACTIVITY, "The order; null while it is not known."
    )
    lines: list[ReturnedLine] = many(
        LINES, Tag.ACTIVITY, "What counts of it, by line number; empty while the order is not known."
    )


RETURNS = many(
    "MATCH ({v})<-[:OF_ORDER]-({n}:Return) WITH {n} ORDER BY {n}.position",
    Tag.ACTIVITY,
    "What came back of the order, the earliest first.",
)
