"""How stock is sought: what is left at a store, where else there is some, and what else a store has."""

from __future__ import annotations

from typing import LiteralString

from graph.errors import InvalidInput
from resolvers.engine import ids
from resolvers.engine.planner.readings import Given, Many, One, Page, Parameters

# Pieces that are held and whose time is over are anybody's, swept or not
RESERVED: LiteralString = """({l}.reserved - reduce({over} = 0, {pieces} IN COLLECT {{
  MATCH ({r}:Reservation) USING INDEX SEEK {r}:Reservation(level, held_until)
  WHERE {r}.level = {l}.id AND {r}.held_until <= datetime.realtime().epochMillis RETURN {r}.quantity
}} | {over} + {pieces}))"""
AVAILABLE: LiteralString = "({l}.on_hand - {l}.committed - {l}.unavailable - " + RESERVED + ")"
# (:InventoryLevel {sku, store_code}) of the product and store that were asked about, seen from a place
AVAILABILITY: LiteralString = """
OPTIONAL MATCH ({s}:Store {{id: ${store}}})
WITH {{product: {v}, here: {s}, quantity: ${quantity}, place: CASE WHEN ${latitude} IS NULL THEN {s}.location
  ELSE point({{latitude: ${latitude}, longitude: ${longitude}}}) END}} AS {n}
"""
HERE: LiteralString = """
MATCH ({n}:InventoryLevel) USING INDEX SEEK {n}:InventoryLevel(sku, store_code)
WHERE {n}.sku = {v}.product.sku AND {n}.store_code = {v}.here.code
"""
ELSEWHERE: LiteralString = (
    """
MATCH ({l}:InventoryLevel) USING INDEX SEEK {l}:InventoryLevel(sku, store_code)
WHERE {l}.sku = {v}.product.sku AND {l}.store_code > '' AND {l}.store_code <> coalesce({v}.here.code, '')
  AND """
    + AVAILABLE
    + """ >= {v}.quantity
MATCH ({l})-[:AT]->({s}:Store) WHERE (coalesce({s}.kind, 'SHOP') = 'SHOP') = SHOPS
WITH {{level: {l}, distance: toInteger(round(point.distance({s}.location, {v}.place))), code: {s}.code}} AS {n}
ORDER BY coalesce({n}.distance, 1000000000), {n}.code LIMIT 10
"""
)
SHOPS: LiteralString = ELSEWHERE.replace("SHOPS", "true")
WAREHOUSES: LiteralString = ELSEWHERE.replace("SHOPS", "false")
INCOMING: LiteralString = """
MATCH ({n}:IncomingStock) USING INDEX SEEK {n}:IncomingStock(sku, open_until)
WHERE {n}.sku = {v}.product.sku AND {n}.open_until > '' WITH {n} ORDER BY {n}.open_until, {n}.id LIMIT 20
"""
# Of the same category, at a price within 30 percent
ALTERNATIVES: LiteralString = (
    """
MATCH ({p}:Product) USING INDEX SEEK {p}:Product(category, price)
WHERE {p}.category = {v}.product.category AND {p}.price >= {v}.product.price * 0.7 AND {p}.price <= {v}.product.price * 1.3
  AND {p}.currency = {v}.product.currency AND {p}.id <> {v}.product.id
WITH {p}, abs({p}.price - {v}.product.price) AS {apart} ORDER BY {apart}, {p}.id LIMIT 200
MATCH ({l}:InventoryLevel) USING INDEX SEEK {l}:InventoryLevel(sku, store_code)
WHERE {l}.sku = {p}.sku AND {l}.store_code = {v}.here.code AND """
    + AVAILABLE
    + """ > 0
WITH {l} AS {n}, {apart} ORDER BY {apart}, {n}.id LIMIT 5
"""
)
OF_STORE: LiteralString = """
MATCH ({p}:Product {{id: ${product}}})
MATCH ({n}:InventoryLevel) USING INDEX SEEK {n}:InventoryLevel(sku, store_code)
WHERE {n}.sku = {p}.sku AND {n}.store_code = {v}.code
"""
# What was asked for in vain in the last 60 days, and the store that can spare most of it
SUGGESTED: LiteralString = (
    """
CALL ({v}) {{
  MATCH ({q}:StockRequest) USING INDEX SEEK {q}:StockRequest(store_code, position)
  WHERE {q}.store_code = {v}.code AND {q}.position > toString(datetime() - duration('P60D')) AND {q}.outcome <> 'SAVED'
  RETURN {q}.sku AS {sku}, COUNT({q}) AS {asked}, SUM({q}.quantity) AS {wanted}
  ORDER BY {asked} DESC, {sku} LIMIT 20
}}
CALL ({v}, {sku}) {{
  MATCH ({l}:InventoryLevel) USING INDEX SEEK {l}:InventoryLevel(sku, store_code)
  WHERE {l}.sku = {sku} AND {l}.store_code > '' AND {l}.store_code <> {v}.code
  WITH {l}, """
    + AVAILABLE
    + """ AS {spare} WHERE {spare} > 1
  RETURN {l}, {spare} ORDER BY {spare} DESC, {l}.store_code LIMIT 1
}}
WITH {{level: {l}, requests: {asked}, sku: {sku},
  quantity: CASE WHEN {wanted} < {spare} - 1 THEN {wanted} ELSE {spare} - 1 END}} AS {n}
ORDER BY {n}.requests DESC, {n}.sku
"""
)
REQUESTED: LiteralString = """
MATCH ({n}:StockRequest) USING INDEX SEEK {n}:StockRequest(store_code, position)
WHERE {n}.store_code = {v}.code AND {n}.position < ${after}
WITH {n} ORDER BY {n}.store_code DESC, {n}.position DESC LIMIT ${limit}
"""
COUNTED: LiteralString = "COUNT {{ MATCH ({q}:StockRequest) WHERE {q}.store_code = {v}.code AND {q}.position > '' }}"


def near(given: Given) -> Parameters:
    """Return what `availability` is asked by; raise InvalidInput for no pieces at all."""
    if given["quantity"] < 1:
        raise InvalidInput("`quantity` is how many pieces are wanted, at least 1.")
    place: dict[str, float] = given.get("near") or {}
    store = given.get("storeId")
    return {
        "store": ids.decode_as("Store", store) if store is not None else "",
        "latitude": place.get("latitude"),
        "longitude": place.get("longitude"),
        "quantity": given["quantity"],
    }


def of_product(given: Given) -> Parameters:
    return {"product": ids.decode_as("Product", given["productId"])}


PRODUCT_AVAILABILITY = One(AVAILABILITY, bind=near)
STORE_STOCK = One(OF_STORE, bind=of_product)
TRANSFERS = Many(SUGGESTED)
REQUESTS = Page("stock requests", REQUESTED, "{v}.position", COUNTED, "~")
