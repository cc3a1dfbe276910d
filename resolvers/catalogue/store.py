"""Stores, warehouses and web shops."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, LiteralString

import strawberry

from graph.errors import InvalidInput
from graph.keys import store_id
from graph.orders.sales import IS_SALE
from resolvers.access.tags import Tag
from resolvers.catalogue.product import Product
from resolvers.catalogue.stock import REQUESTS, STORE_STOCK, TRANSFERS
from resolvers.engine import ids
from resolvers.engine.connections import Connection
from resolvers.engine.node import Node
from resolvers.engine.planner import Argument, many, one, page, part, planned, prop
from resolvers.engine.planner.fields import PAGING, read
from resolvers.engine.planner.readings import Choice, Given, One, Page, Parameters
from resolvers.timeline.places import STORE_INTERACTIONS, STORE_ORDERS
from resolvers.values.words import StoreKind

if TYPE_CHECKING:
    from resolvers.orders.fulfillment import Fulfillment
    from resolvers.orders.order import Order
    from resolvers.people.customer import Customer
    from resolvers.stock.asking import StockRequest
    from resolvers.stock.availability import TransferSuggestion
    from resolvers.stock.level import InventoryLevel
    from resolvers.touchpoints.touchpoint import Touchpoint

# (:Store {id}) = (:Customer {favourite_store}), who ordered most first
REGULARS: LiteralString = """
MATCH ({n}:Customer) USING INDEX SEEK {n}:Customer(favourite_store, order_count, id)
WHERE {n}.favourite_store = {v}.id AND {n}.order_count <= ${orders} AND {n}.id IS NOT NULL
  AND ({n}.order_count < ${orders} OR {n}.id < ${before}) AND {Customer:n}
WITH {n} ORDER BY {n}.favourite_store DESC, {n}.order_count DESC, {n}.id DESC LIMIT ${limit}
"""
COUNTED_REGULARS: LiteralString = """COUNT {{
  MATCH ({c}:Customer) USING INDEX SEEK {c}:Customer(favourite_store, order_count, id)
  WHERE {c}.favourite_store = {v}.id AND {c}.order_count >= 0 AND {c}.id IS NOT NULL
    AND {Customer:c}
}}"""
ORDERS_DIGITS = 10
"""A count of orders in a cursor, with zeros before it, so that cursors sort as text."""
REGULARS_KEY: LiteralString = "right('0000000000' + toString({v}.order_count), 10) + {v}.id"
# (:Order {store_code})-[:HAS_LINE]->(:OrderLine)-[:OF]->(:Product), of the newest 200 orders
BEST_SELLERS: LiteralString = (
    """
CALL ({v}) {{
  MATCH ({t}:Touchpoint) USING INDEX SEEK {t}:Touchpoint(store_code, kind, position)
  WHERE {t}.store_code = {v}.code AND {t}.kind = 'ORDER' AND {t}.position < '~'
  RETURN {t} ORDER BY {t}.store_code DESC, {t}.kind DESC, {t}.position DESC LIMIT 200
}}
MATCH ({t})-[:HAS_LINE]->({l}:OrderLine)-[:OF]->({p}:Product) WHERE """
    + IS_SALE
    + """
WITH {p}, COUNT(DISTINCT {t}) AS {orders}, toFloat(SUM({l}.quantity)) AS {quantity}
WITH {{product: {p}, orders: {orders}, quantity: {quantity}}} AS {n}
ORDER BY {n}.orders DESC, {n}.quantity DESC, {n}.product.id LIMIT 10
"""
)

# (:Store {id}) = (:Fulfillment {waits_at})
PICKUPS: LiteralString = """
MATCH ({n}:Fulfillment) USING INDEX SEEK {n}:Fulfillment(waits_at, turn)
WHERE {n}.waits_at = {v}.id AND {n}.turn > ${after} AND {Fulfillment:n}
WITH {n} ORDER BY {n}.waits_at, {n}.turn LIMIT ${limit}
"""
COUNTED_PICKUPS: LiteralString = """COUNT {{
  MATCH ({f}:Fulfillment) USING INDEX SEEK {f}:Fulfillment(waits_at, turn)
  WHERE {f}.waits_at = {v}.id AND {f}.turn > '' AND {Fulfillment:f}
}}"""


@planned("Geographic coordinates, WGS 84.")
class Location:
    latitude: float = prop("{v}.location.latitude", Tag.PUBLIC, "Latitude in degrees, -90 to 90.")
    longitude: float = prop("{v}.location.longitude", Tag.PUBLIC, "Longitude in degrees, -180 to 180.")


@planned("Sales figures of a product.")
class ProductSale:
    product: Product = one("UNWIND [{v}.product] AS {n}", Tag.PUBLIC, "The product.")
    orders: int = prop("{v}.orders", Tag.PUBLIC, "Number of orders that contain the product.")
    quantity: float = prop("{v}.quantity", Tag.PUBLIC, "Quantity sold in these orders.")


def regulars_before(_: Given, parameters: Parameters) -> Parameters:
    """Return the count of orders and the id at which a page of regulars begins; raise InvalidInput for no such cursor."""
    orders, before = parameters["after"][:ORDERS_DIGITS], parameters["after"][ORDERS_DIGITS:]
    if not orders.isascii() or not orders.isdecimal():
        raise InvalidInput("`after` is not a cursor of this list.")
    return {"orders": int(orders), "before": before}


@planned("Store, warehouse, web shop or call centre of the company.")
class Store(Node):
    code: str = prop("{v}.code", Tag.PUBLIC, "Store code, unique in the company, for example `ginza`.")
    name: str | None = prop("{v}.name", Tag.PUBLIC, "Name of the store; null if not reported.")
    kana: str | None = prop("{v}.kana", Tag.PUBLIC, "Reading of the store's name in full-width katakana; null if not reported.")
    kind: StoreKind | None = prop("{v}.kind", Tag.PUBLIC, "Kind of the store; null if not reported.")
    address: str | None = prop("{v}.address", Tag.PUBLIC, "Postal address in one line; null if not reported.")
    location: Location | None = part(Tag.PUBLIC, "Coordinates of the store; null if not reported.", presence="{v}.location")
    phone: str | None = prop("{v}.phone", Tag.PUBLIC, "Telephone number of the store; null if not reported.")
    opening_hours: str | None = prop("{v}.hours", Tag.PUBLIC, "Opening hours, free text; null if not reported.")
    pickup_days: int = prop(
        "COALESCE({v}.pickup_days, 7)", Tag.PUBLIC, "Days for which the store keeps what waits to be picked up."
    )
    pickup_lead_hours: int = prop(
        "COALESCE({v}.pickup_lead_hours, 0)", Tag.PUBLIC, "Hours that the store needs until something can be picked up."
    )
    pickup_reminder_days: int = prop(
        "COALESCE({v}.pickup_reminder_days, 2)",
        Tag.PUBLIC,
        "Days before the end at which customers who have not come are reminded; 0 for never.",
    )
    pickups: Connection[Annotated[Fulfillment, strawberry.lazy("resolvers.orders.fulfillment")]] = page(
        "pickups",
        PICKUPS,
        Tag.ACTIVITY,
        "What waits in the store to be picked up, what has stood so longest first.",
        key="{v}.turn",
        count=COUNTED_PICKUPS,
    )
    time_zone: str | None = prop(
        "{v}.time_zone", Tag.PUBLIC, "IANA time zone of the store, for example `Asia/Tokyo`; null if not reported."
    )
    orders: Connection[Annotated[Order, strawberry.lazy("resolvers.orders.order")]] = read(
        STORE_ORDERS, Tag.ACTIVITY, "Orders sold by the store, newest first.", PAGING
    )
    interactions: Connection[Annotated[Touchpoint, strawberry.lazy("resolvers.touchpoints.touchpoint")]] = read(
        STORE_INTERACTIONS, Tag.ACTIVITY, "Interactions at the store, newest first.", PAGING
    )
    best_sellers: list[ProductSale] = many(
        BEST_SELLERS,
        Tag.PUBLIC,
        "At most ten products found in most of the store's newest 200 orders, without cancelled and returned ones.",
    )
    stock: Annotated[InventoryLevel, strawberry.lazy("resolvers.stock.level")] | None = read(
        STORE_STOCK,
        Tag.PUBLIC,
        "Stock of a product at the store; null if it never had any.",
        {"productId": Argument(strawberry.ID, "Global id of the product.")},
    )
    transfer_suggestions: list[Annotated[TransferSuggestion, strawberry.lazy("resolvers.stock.availability")]] = read(
        TRANSFERS,
        Tag.PUBLIC,
        "At most twenty transfers that would have met requests without stock, those that were asked for most first.",
    )
    stock_requests: Connection[Annotated[StockRequest, strawberry.lazy("resolvers.stock.asking")]] = read(
        REQUESTS, Tag.ACTIVITY, "Requests at the store that met no stock, newest first.", PAGING
    )
    regular_customers: Connection[Annotated[Customer, strawberry.lazy("resolvers.people.customer")]] = read(
        Page("regulars", REGULARS, REGULARS_KEY, COUNTED_REGULARS, ORDERS_DIGITS * "9", bounds=regulars_before),
        Tag.ACTIVITY,
        "Customers whose favourite store this is, most orders first.",
        PAGING,
    )


@strawberry.input(one_of=True, description="Key by which a store is found; exactly one.")
class StoreBy:
    id: strawberry.ID | None = strawberry.field(default=strawberry.UNSET, description="Global id.")
    code: str | None = strawberry.field(default=strawberry.UNSET, description="Store code, for example `ginza`.")


def by_id(given: Given) -> Parameters:
    return {"id": ids.decode_as("Store", given["by"]["id"])}


def by_code(given: Given) -> Parameters:
    return {"id": store_id(given["by"]["code"])}


CLAUSE = "MATCH ({n}:Store {{id: ${id}}})"
BY_ID = One(CLAUSE, bind=by_id)
BY_CODE = One(CLAUSE, bind=by_code)

store = read(
    Choice(lambda given: BY_ID if "id" in given["by"] else BY_CODE),
    Tag.PUBLIC,
    "Store by a key; null if there is none.",
    {"by": Argument(StoreBy, "Key; exactly one member.")},
)
stores = page(
    "stores",
    "MATCH ({n}:Store) USING INDEX SEEK {n}:Store(id) WHERE {n}.id > ${after} WITH {n} ORDER BY {n}.id LIMIT ${limit}",
    Tag.PUBLIC,
    "All stores, by id.",
    key="{v}.id",
    count="COUNT {{ MATCH (:Store) }}",
)
StoreConnection = Connection[Store]
