"""Baskets as they were handed over to a shop system, for its checkout."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, LiteralString

import strawberry

from resolvers.access.tags import Tag
from resolvers.catalogue.product import Product
from resolvers.catalogue.store import Store
from resolvers.engine.node import Node
from resolvers.engine.planner import many, one, planned, prop
from resolvers.values.scalars import DateTime
from resolvers.values.words import Channel

if TYPE_CHECKING:
    from resolvers.orders.order import Order
    from resolvers.people.customer import Customer

HANDOVERS: LiteralString = "UNWIND ${ids} AS {id} MATCH ({n}:BasketHandover {{id: {id}}})"
# (:BasketHandover {record}) = (:SourceRecord {key})-[:RESOLVES_TO]->(:Customer)
WHOSE: LiteralString = "MATCH (:SourceRecord {{key: {v}.record}})-[:RESOLVES_TO]->({n}:Customer)"
LINES: LiteralString = """
UNWIND range(0, size({v}.skus) - 1) AS {place}
WITH {v}.skus[{place}] AS {sku}, SUM({v}.quantities[{place}]) AS {all}
WITH {{sku: {sku}, quantity: {all}}} AS {n} ORDER BY {n}.sku
"""


@planned("Line of a basket as it was handed over.")
class HandedOverLine:
    product: Product = one("MATCH ({n}:Product {{sku: {v}.sku}})", Tag.ACTIVITY, "Product that was in the basket.")
    quantity: int = prop("{v}.quantity", Tag.ACTIVITY, "Number of pieces.")


@planned("Basket as it was handed over to a shop system; the order that names it takes its lines out of the basket.")
class BasketHandover(Node):
    reference: str = prop("{v}.id", Tag.ACTIVITY, "What the order names as `basket` in its events: opaque, for nobody to guess.")
    handed_over_at: DateTime = prop("{v}.at", Tag.ACTIVITY, "Time at which it was handed over, UTC.")
    handed_over_by: str | None = prop("{v}.by", Tag.INTERNAL, "Account or program that handed it over.")
    channel: Channel = prop("{v}.channel", Tag.ACTIVITY, "Channel at which the customer buys.")
    store: Store | None = one("MATCH ({n}:Store {{code: {v}.store_code}})", Tag.ACTIVITY, "Store; null if in none.")
    lines: list[HandedOverLine] = many(LINES, Tag.ACTIVITY, "Lines as they were then, by SKU.")
    ordered_at: DateTime | None = prop(
        "{v}.closed_at", Tag.ACTIVITY, "Time at which an order took them out of the basket, UTC; null while none did."
    )
    order: Annotated[Order, strawberry.lazy("resolvers.orders.order")] | None = one(
        "MATCH ({v})-[:BECAME]->({n}:Touchpoint:Order)", Tag.ACTIVITY, "That order; null while there is none."
    )
    customer: Annotated[Customer, strawberry.lazy("resolvers.people.customer")] | None = one(
        WHOSE, Tag.ACTIVITY, "Customer whose basket it is.", names={"requested": "null"}
    )
