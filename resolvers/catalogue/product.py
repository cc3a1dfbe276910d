"""Products."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import strawberry

from graph.keys import product_id
from resolvers.access.tags import Tag
from resolvers.catalogue.stock import PRODUCT_AVAILABILITY
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
    from resolvers.stock.availability import ProductAvailability
    from resolvers.touchpoints.touchpoint import Touchpoint


@strawberry.input(description="Coordinates near which a product is wanted, WGS 84.")
class NearInput:
    latitude: float = strawberry.field(description="Latitude in degrees, -90 to 90.")
    longitude: float = strawberry.field(description="Longitude in degrees, -180 to 180.")


@planned("Product of the catalogue.")
class Product(Node):
    sku: str = prop("{v}.sku", Tag.PUBLIC, "SKU, unique in the company.")
    name: str | None = prop("{v}.name", Tag.PUBLIC, "Product name; null if not reported.")
    brand: str | None = prop("{v}.brand", Tag.PUBLIC, "Brand; null if not reported.")
    categories: list[str] = prop(
        "COALESCE({v}.categories, [])",
        Tag.PUBLIC,
        "Categories, the widest first; empty if not reported.",
    )
    price: Money | None = money("price", Tag.PUBLIC, "List price without discounts; null if not reported.")
    barcode: str | None = prop(
        "{v}.jan", Tag.PUBLIC, "Bar code of the article, in Japan a JAN code (GTIN-8 or GTIN-13); null if not reported."
    )
    notes: str | None = prop("{v}.notes", Tag.INTERNAL, "Notes for staff about care and fit, free text.")
    image_url: str | None = prop("{v}.image_url", Tag.PUBLIC, "URL of an image; null if there is none.")
    orders: Connection[Annotated[Order, strawberry.lazy("resolvers.orders.order")]] = read(
        PRODUCT_ORDERS, Tag.ACTIVITY, "Orders that contain the product, newest first; cancelled ones are left out.", PAGING
    )
    interactions: Connection[Annotated[Touchpoint, strawberry.lazy("resolvers.touchpoints.touchpoint")]] = read(
        PRODUCT_INTERACTIONS, Tag.ACTIVITY, "Interactions about the product, newest first.", PAGING
    )
    availability: Annotated[ProductAvailability, strawberry.lazy("resolvers.stock.availability")] = read(
        PRODUCT_AVAILABILITY,
        Tag.PUBLIC,
        "Where the product is to be had, seen from a store or a place.",
        {
            "storeId": Argument(
                strawberry.ID | None, "Store that is asked about; others are told by their distance from it.", None
            ),
            "near": Argument(NearInput | None, "Place from which distances are told, instead of that of the store.", None),
            "quantity": Argument(int, "Pieces wanted; other places that have fewer are left out.", 1),
        },
    )


@strawberry.input(one_of=True, description="Key by which a product is found; exactly one.")
class ProductBy:
    id: strawberry.ID | None = strawberry.field(default=strawberry.UNSET, description="Global id.")
    sku: str | None = strawberry.field(default=strawberry.UNSET, description="SKU of the product.")


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
    "Product by a key; null if there is none.",
    {"by": Argument(ProductBy, "Key; exactly one member.")},
)
