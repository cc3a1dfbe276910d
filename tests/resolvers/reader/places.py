"""Stores and products, as the reader reads them."""

from __future__ import annotations

from typing import Any

from tests.resolvers.reader.fields import field, properties
from tests.resolvers.reader.pages import page
from tests.resolvers.reader.request import Request, Thing
from tests.resolvers.reader.spelling import global_id, money, read_id_of

properties(
    "Store", "Store", code="code", name="name", kana="kana", kind="kind", address="address", phone="phone", hours="hours",
    timeZone="time_zone",
)  # fmt: skip
properties("Product", "Product", sku="sku", name="name", brand="brand", jan="jan", notes="notes", imageUrl="image_url")


@field("Store", "id")
def store_id(store: Thing, request: Request) -> str:
    return global_id("Store", store.id)


@field("Store", "location")
def location(store: Thing, request: Request) -> dict[str, float] | None:
    rows = request.rows("MATCH (s:Store {id: $id}) RETURN s.latitude, s.longitude", id=store.id)
    latitude, longitude = rows[0]
    return None if latitude is None or longitude is None else {"latitude": latitude, "longitude": longitude}


@field("Product", "id")
def product_id(product: Thing, request: Request) -> str:
    return global_id("Product", product.id)


@field("Product", "categories")
def categories(product: Thing, request: Request) -> list[str]:
    return request.value("MATCH (p:Product {id: $id}) RETURN p.categories", id=product.id) or []


@field("Product", "price")
def price(product: Thing, request: Request) -> dict[str, str] | None:
    rows = request.rows("MATCH (p:Product {id: $id}) RETURN p.price, p.currency", id=product.id)
    return money(*rows[0])


@field("Query", "store")
def store_by(_: None, request: Request, by: dict[str, str]) -> Thing | None:
    if "id" in by:
        raw = request.value("MATCH (s:Store {id: $id}) RETURN s.id", id=read_id_of("Store", by["id"]))
    else:
        raw = request.value("MATCH (s:Store) WHERE s.code = $code RETURN s.id", code=by["code"])
    return raw and Thing("Store", raw)


@field("Query", "product")
def product_by(_: None, request: Request, by: dict[str, str]) -> Thing | None:
    if "id" in by:
        raw = request.value("MATCH (p:Product {id: $id}) RETURN p.id", id=read_id_of("Product", by["id"]))
    else:
        raw = request.value("MATCH (p:Product) WHERE p.sku = $sku RETURN p.id", sku=by["sku"])
    return raw and Thing("Product", raw)


@field("Query", "stores")
def stores(_: None, request: Request, first: int | None = None, after: str | None = None) -> dict[str, Any]:
    rows = request.rows("MATCH (s:Store) RETURN s.id")
    return page("stores", [(raw, Thing("Store", raw)) for (raw,) in rows], first, after)
