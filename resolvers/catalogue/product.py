"""Products."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import strawberry

from graph.keys import product_id
from resolvers.access.tags import Tag
from resolvers.engine import ids
from resolvers.engine.connections import Connection
from resolvers.engine.node import Node
from resolvers.engine.planner import Argument, planned, prop
from resolvers.engine.planner.fields import PAGING, read
from resolvers.engine.planner.readings import Choice, Given, One, Parameters
from resolvers.timeline.places import PRODUCT_INTERACTIONS, PRODUCT_ORDERS
from resolvers.values.money import Money, money

if TYPE_CHECKING:
    from resolvers.orders.order import Order
    from resolvers.touchpoints.touchpoint import Touchpoint


@planned("An article that can be bought.")
class Product(Node):
    sku: str = prop("{v}.sku", Tag.PUBLIC, "Company-wide number of the article.")
    name: str | None = prop("{v}.name", Tag.PUBLIC, "Name as sold; null until the catalogue has told it.")
    brand: str | None = prop("{v}.brand", Tag.PUBLIC, "Maker's or house brand, as the catalogue writes it.")
    categories: list[str] = prop(
        "COALESCE({v}.categories, [])",
        Tag.PUBLIC,
        "Where it stands in the assortment, the widest group first; empty if not told.",
    )
    price: Money | None = money(
        "price", Tag.PUBLIC, "What one piece costs without discounts; null until the catalogue has told it."
    )
    jan: str | None = prop("{v}.jan", Tag.PUBLIC, "Bar code: 8 or 13 digits of GTIN; null if not told.")
    notes: str | None = prop("{v}.notes", Tag.INTERNAL, "What staff should know of care and fit, as free text.")
    image_url: str | None = prop(
        "{v}.image_url", Tag.PUBLIC, "Where a photograph of it can be fetched, as an absolute address; null if there is none."
    )
    orders: Connection[Annotated[Order, strawberry.lazy("resolvers.orders.order")]] = read(
        PRODUCT_ORDERS, Tag.ACTIVITY, "Orders that have it on a line, newest first.", PAGING
    )
    interactions: Connection[Annotated[Touchpoint, strawberry.lazy("resolvers.touchpoints.touchpoint")]] = read(
        PRODUCT_INTERACTIONS, Tag.ACTIVITY, "Calls, chats, visits and all else that was about it, newest first.", PAGING
    )


@strawberry.input(one_of=True, description="What tells which article is meant: give exactly one of these.")
class ProductBy:
    id: strawberry.ID | None = strawberry.field(default=strawberry.UNSET, description="Opaque id, as this schema gave it.")
    sku: str | None = strawberry.field(default=strawberry.UNSET, description="Its company-wide number.")


def by_id(given: Given) -> Parameters:
    return {"id": ids.decode_as("Product", given["by"]["id"])}


def by_sku(given: Given) -> Parameters:
    return {"id": product_id(given["by"]["sku"])}


CLAUSE = "MATCH ({n}:Product {{id: ${id}}})"
BY_ID = One(CLAUSE, bind=by_id)
BY_SKU = One(CLAUSE, bind=by_sku)

product = read(
    Choice(lambda given: BY_ID if "id" in given["by"] else BY_SKU),
    Tag.PUBLIC,
    "One article of the catalogue; null if nobody has told of it.",
    {"by": Argument(ProductBy, "Exactly one thing that tells which is meant.")},
)
