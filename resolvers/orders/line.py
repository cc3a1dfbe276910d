"""Lines of orders."""

from __future__ import annotations

from resolvers.access.tags import Tag
from resolvers.catalogue.product import Product
from resolvers.engine.connections import Connection
from resolvers.engine.node import Node
from resolvers.engine.planner import one, planned, prop
from resolvers.values.money import Money, money


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
    discount: Money | None = money("discount", Tag.MONEY, "Discount; null if not reported.")
    tax: Money | None = money("tax", Tag.MONEY, "Consumption tax included; null if not reported.")
    product: Product | None = one(
        "MATCH ({v})-[:OF]->({n}:Product)", Tag.ACTIVITY, "Product of the line; null if the line names none."
    )


OrderLineConnection = Connection[OrderLine]
