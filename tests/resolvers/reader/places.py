"""Stores and products, as the reader reads them."""

from __future__ import annotations

from typing import Any

from tests.resolvers.reader.fields import field, properties
from tests.resolvers.reader.figures import is_sale
from tests.resolvers.reader.pages import page
from tests.resolvers.reader.request import Request, Thing
from tests.resolvers.reader.spelling import global_id, money, read_id_of
from tests.resolvers.reader.touchpoints import thing

properties(
    "Store", "Store", code="code", name="name", kana="kana", kind="kind", address="address", phone="phone",
    openingHours="hours", timeZone="time_zone",
)  # fmt: skip
properties("Product", "Product", sku="sku", name="name", brand="brand", barcode="jan", notes="notes", imageUrl="image_url")


@field("Store", "id")
def store_id(store: Thing, request: Request) -> str:
    return global_id("Store", store.id)


@field("Store", "location")
def location(store: Thing, request: Request) -> dict[str, float] | None:
    rows = request.rows("MATCH (s:Store {id: $p.id}) RETURN s.latitude, s.longitude", id=store.id)
    latitude, longitude = rows[0]
    return None if latitude is None or longitude is None else {"latitude": latitude, "longitude": longitude}


@field("Product", "id")
def product_id(product: Thing, request: Request) -> str:
    return global_id("Product", product.id)


@field("Product", "categories")
def categories(product: Thing, request: Request) -> list[str]:
    return request.value("MATCH (p:Product {id: $p.id}) RETURN p.categories", id=product.id) or []


@field("Product", "price")
def price(product: Thing, request: Request) -> dict[str, str] | None:
    rows = request.rows("MATCH (p:Product {id: $p.id}) RETURN p.price, p.currency", id=product.id)
    return money(*rows[0])


@field("Query", "store")
def store_by(_: None, request: Request, by: dict[str, str]) -> Thing | None:
    if "id" in by:
        raw = request.value("MATCH (s:Store {id: $p.id}) RETURN s.id", id=read_id_of("Store", by["id"]))
    else:
        raw = request.value("MATCH (s:Store) WHERE s.code = $p.code RETURN s.id", code=by["code"])
    return raw and Thing("Store", raw)


@field("Query", "product")
def product_by(_: None, request: Request, by: dict[str, str]) -> Thing | None:
    if "id" in by:
        raw = request.value("MATCH (p:Product {id: $p.id}) RETURN p.id", id=read_id_of("Product", by["id"]))
    else:
        raw = request.value("MATCH (p:Product) WHERE p.sku = $p.sku RETURN p.id", sku=by["sku"])
    return raw and Thing("Product", raw)


@field("Query", "stores")
def stores(_: None, request: Request, first: int | None = None, after: str | None = None) -> dict[str, Any]:
    rows = request.rows("MATCH (s:Store) RETURN s.id")
    return page("stores", [(raw, Thing("Store", raw)) for (raw,) in rows], first, after)


def happenings(name: str, rows: list[list[Any]], orders: bool, first: int | None, after: str | None) -> dict[str, Any]:
    """Return the page of the orders, or of all else, among rows of (id, labels, position)."""
    items = {raw: (position, thing(raw, labels)) for raw, labels, position in rows if ("Order" in labels) == orders}
    return page(name, list(items.values()), first, after, newest_first=True)


AT_STORE = "MATCH (:Store {id: $p.id})<-[:AT|SOLD_AT]-(t:Touchpoint) RETURN t.id, labels(t), t.position"
OF_LINES = (
    "MATCH (p:Product {id: $p.id}) MATCH (p)<-[:OF]-()<-[:HAS_LINE]-(t:Touchpoint) "
    "WHERE t.status IS NULL OR t.status <> 'CANCELLED' RETURN t.id, labels(t), t.position"
)
ABOUT = "MATCH (:Product {id: $p.id})<-[:ABOUT]-(t:Touchpoint) RETURN t.id, labels(t), t.position"


@field("Store", "orders")
def store_orders(store: Thing, request: Request, first: int | None = None, after: str | None = None) -> dict[str, Any]:
    return happenings("store orders", request.rows(AT_STORE, id=store.id), True, first, after)


@field("Store", "interactions")
def store_interactions(store: Thing, request: Request, first: int | None = None, after: str | None = None) -> dict[str, Any]:
    return happenings("store interactions", request.rows(AT_STORE, id=store.id), False, first, after)


@field("Store", "regularCustomers")
def regular_customers(store: Thing, request: Request, first: int | None = None, after: str | None = None) -> dict[str, Any]:
    rows = request.rows(
        "MATCH (s:Store {id: $p.id}) MATCH (c:Customer) WHERE c.favourite_store = s.id RETURN c.id, c.order_count", id=store.id
    )
    items = [(f"{orders:010d}{raw}", Thing("Customer", raw)) for raw, orders in rows]
    return page("regulars", items, first, after, newest_first=True)


@field("Store", "bestSellers")
def best_sellers(store: Thing, request: Request) -> list[dict[str, Any]]:
    sold = sorted((position, raw) for raw, labels, position in request.rows(AT_STORE, id=store.id) if "Order" in labels)
    found: dict[str, tuple[set[str], float]] = {}
    for _, raw in sold[-200:]:
        for product, quantity, *order in request.rows(
            "MATCH (o:Order {id: $p.id})-[:HAS_LINE]->(l)-[:OF]->(p:Product) RETURN p.id, l.quantity, o.status, o.total",
            id=raw,
        ):
            if not is_sale(*order):
                continue
            orders, together = found.get(product, (set(), 0.0))
            found[product] = (orders | {raw}, together + (quantity or 0))
    ordered = sorted(found.items(), key=lambda item: (-len(item[1][0]), -item[1][1], item[0]))
    return [
        {"product": Thing("Product", product), "orders": len(orders), "quantity": together}
        for product, (orders, together) in ordered[:10]
    ]


@field("Product", "orders")
def product_orders(product: Thing, request: Request, first: int | None = None, after: str | None = None) -> dict[str, Any]:
    return happenings("product orders", request.rows(OF_LINES, id=product.id), True, first, after)


@field("Product", "interactions")
def product_interactions(product: Thing, request: Request, first: int | None = None, after: str | None = None) -> dict[str, Any]:
    return happenings("product interactions", request.rows(ABOUT, id=product.id), False, first, after)
