"""Lines of orders."""

from __future__ import annotations

from typing import LiteralString

from resolvers.access.tags import Tag
from resolvers.catalogue.product import Product
from resolvers.engine.connections import Connection
from resolvers.engine.node import Node
from resolvers.engine.planner import one, part, planned, prop
from resolvers.values.money import Money, money

# (:Order {discount})-[:HAS_LINE]->(:OrderLine {number, amount}): shares of the running sum, as in graph/orders/returned.py
PAID: LiteralString = """CASE WHEN {v}.amount IS NOT NULL THEN HEAD(COLLECT {{
  MATCH ({v})<-[:HAS_LINE]-({o}:Order) MATCH ({o})-[:HAS_LINE]->({l}:OrderLine)
  WITH COALESCE({o}.discount, 0) AS {taken}, CASE WHEN {l}.amount > 0 THEN {l}.amount ELSE 0 END AS {own}, {l}.number AS {at}
  WITH {taken}, SUM({own}) AS {goods}, SUM(CASE WHEN {at} <= {v}.number THEN {own} ELSE 0 END) AS {through}
  WITH {goods}, {through}, CASE WHEN {taken} < 0 THEN 0 WHEN {taken} > {goods} THEN {goods} ELSE {taken} END AS {taken},
    {through} - CASE WHEN {v}.amount > 0 THEN {v}.amount ELSE 0 END AS {before}
  RETURN [{v}.amount - CASE WHEN {goods} = 0 THEN 0 ELSE
    (2 * {taken} * {through} + {goods}) / (2 * {goods}) - (2 * {taken} * {before} + {goods}) / (2 * {goods}) END, {v}.currency]
}}) END"""


@planned("Line of an order.")
class OrderLine(Node):
    number: int = prop("{v}.number", Tag.ACTIVITY, "Line number, from 1.")
    sku: str | None = prop("{v}.sku", Tag.ACTIVITY, "SKU of the product; null if not reported.")
    name: str | None = prop("{v}.name", Tag.ACTIVITY, "Product name at the time of the order; null if not reported.")
    quantity: float = prop("toFloat({v}.quantity)", Tag.ACTIVITY, "Quantity; negative for what was given back.")
    returned_quantity: float = prop(
        "REDUCE({sum} = 0.0, {each} IN [({v})<-[{of}:RETURNS]-(:Return) | {of}.quantity] | {sum} + {each})",
        Tag.ACTIVITY,
        "How much of the quantity came back by now.",
    )
    unit_price: Money | None = money(
        "unit_price",
        Tag.MONEY,
        "Unit price before discounts, which may have more decimals than the currency; null if not reported.",
    )
    amount: Money = money("amount", Tag.MONEY, "Amount of the line.")
    paid: Money = part(
        Tag.MONEY,
        "What was paid for it: its amount less its share of the order's own discount. What all of it brings back.",
        presence=PAID,
        names={"money": PAID},
    )
    discount: Money | None = money("discount", Tag.MONEY, "Discount; null if not reported.")
    tax: Money | None = money("tax", Tag.MONEY, "Consumption tax included; null if not reported.")
    product: Product | None = one(
        "MATCH ({v})-[:OF]->({n}:Product)", Tag.ACTIVITY, "Product of the line; null if the line names none."
    )


OrderLineConnection = Connection[OrderLine]
