"""Stores, warehouses and web shops."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, LiteralString

import strawberry

from graph.keys import store_id
from resolvers.access.roles import STAFF
from resolvers.catalogue.product import Product
from resolvers.engine import ids
from resolvers.engine.connections import Connection
from resolvers.engine.node import Node
from resolvers.engine.planner import Argument, many, one, page, part, planned, prop
from resolvers.engine.planner.fields import PAGING, read
from resolvers.engine.planner.readings import Choice, Given, One, Parameters
from resolvers.timeline.places import STORE_INTERACTIONS, STORE_ORDERS
from resolvers.values.words import StoreKind

if TYPE_CHECKING:
    from resolvers.orders.order import Order
    from resolvers.people.customer import Customer
    from resolvers.touchpoints.touchpoint import Touchpoint

# (:Store {id}) = (:Customer {favourite_store})
REGULARS: LiteralString = """
MATCH ({n}:Customer) USING INDEX SEEK {n}:Customer(favourite_store, id)
WHERE {n}.favourite_store = {v}.id AND {n}.id > ${after}
WITH {n} ORDER BY {n}.favourite_store, {n}.id LIMIT ${limit}
"""
COUNTED_REGULARS: LiteralString = """COUNT {{
  MATCH ({c}:Customer) USING INDEX SEEK {c}:Customer(favourite_store, id)
  WHERE {c}.favourite_store = {v}.id AND {c}.id > ''
}}"""
# (:Order {store_code})-[:HAS_LINE]->(:OrderLine)-[:OF]->(:Product), of the newest 200 orders
BEST_SELLERS: LiteralString = """
CALL ({v}) {{
  MATCH ({t}:Touchpoint) USING INDEX SEEK {t}:Touchpoint(store_code, kind, position)
  WHERE {t}.store_code = {v}.code AND {t}.kind = 'ORDER' AND {t}.position < '~'
  RETURN {t} ORDER BY {t}.store_code DESC, {t}.kind DESC, {t}.position DESC LIMIT 200
}}
MATCH ({t})-[:HAS_LINE]->({l}:OrderLine)-[:OF]->({p}:Product) WHERE COALESCE({t}.status, '') <> 'CANCELLED'
WITH {p}, COUNT(DISTINCT {t}) AS {orders}, toFloat(SUM({l}.quantity)) AS {quantity}
WITH {{product: {p}, orders: {orders}, quantity: {quantity}}} AS {n}
ORDER BY {n}.orders DESC, {n}.quantity DESC, {n}.product.id LIMIT 10
"""


@planned("A point on the earth, WGS 84.", readers=STAFF)
class Location:
    latitude: float = prop("{v}.location.latitude", "Degrees north of the equator, -90 to 90.")
    longitude: float = prop("{v}.location.longitude", "Degrees east of Greenwich, -180 to 180.")


@planned("How well an article sold.", readers=STAFF)
class ProductSale:
    product: Product = one("UNWIND [{v}.product] AS {n}", "The article that was sold.")
    orders: int = prop("{v}.orders", "How many of the orders have it on a line.")
    quantity: float = prop("{v}.quantity", "How many of it these orders come to.")


@planned("A place that sells or keeps goods.", readers=STAFF)
class Store(Node):
    code: str = prop("{v}.code", "What the whole company calls it in its systems, like `ginza`.")
    name: str | None = prop("{v}.name", "Name; null until it has been told.")
    kana: str | None = prop("{v}.kana", "How it is pronounced, in full-width katakana.")
    kind: StoreKind | None = prop("{v}.kind", "Whether one can walk in, order online, call, or only fetch goods.")
    address: str | None = prop("{v}.address", "Where it stands, for letters and maps, as one line of text.")
    location: Location | None = part("Its point on the map; null if nobody told it.", presence="{v}.location")
    phone: str | None = prop("{v}.phone", "Telephone number of the place.")
    hours: str | None = prop("{v}.hours", "When it is open, as free text for people.")
    time_zone: str | None = prop("{v}.time_zone", "IANA name like `Asia/Tokyo`, by which its hours are to be read.")
    orders: Connection[Annotated[Order, strawberry.lazy("resolvers.orders.order")]] = read(
        STORE_ORDERS, "Orders that it sold, newest first.", PAGING
    )
    interactions: Connection[Annotated[Touchpoint, strawberry.lazy("resolvers.touchpoints.touchpoint")]] = read(
        STORE_INTERACTIONS, "Visits, calls and all else but orders that happened there, newest first.", PAGING
    )
    best_sellers: list[ProductSale] = many(
        BEST_SELLERS, "At most ten articles that most of its newest 200 orders have; cancelled ones do not count."
    )
    regulars: Connection[Annotated[Customer, strawberry.lazy("resolvers.people.customer")]] = page(
        "regulars",
        REGULARS,
        "Customers who come here more than to any other store, by id.",
        key="{v}.id",
        count=COUNTED_REGULARS,
    )


@strawberry.input(one_of=True, description="What tells which place is meant: give exactly one of these.")
class StoreBy:
    id: strawberry.ID | None = strawberry.field(default=strawberry.UNSET, description="Opaque id, as this schema gave it.")
    code: str | None = strawberry.field(default=strawberry.UNSET, description="What the whole company calls it, like `ginza`.")


def by_id(given: Given) -> Parameters:
    return {"id": ids.decode_as("Store", given["by"]["id"])}


def by_code(given: Given) -> Parameters:
    return {"id": store_id(given["by"]["code"])}


CLAUSE = "MATCH ({n}:Store {{id: ${id}}})"
BY_ID = One(CLAUSE, bind=by_id)
BY_CODE = One(CLAUSE, bind=by_code)

store = read(
    Choice(lambda given: BY_ID if "id" in given["by"] else BY_CODE),
    "One shop, warehouse, web shop or call centre; null if there is none.",
    {"by": Argument(StoreBy, "Exactly one thing that tells which is meant.")},
)
stores = page(
    "stores",
    "MATCH ({n}:Store) USING INDEX SEEK {n}:Store(id) WHERE {n}.id > ${after} WITH {n} ORDER BY {n}.id LIMIT ${limit}",
    "Every shop, warehouse, web shop and call centre, in an order that stays.",
    key="{v}.id",
    count="COUNT {{ MATCH (:Store) }}",
)
StoreConnection = Connection[Store]
