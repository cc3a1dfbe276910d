"""Which product at which store a command is about, and which stores near one have the product."""

from __future__ import annotations

from dataclasses import dataclass
from typing import LiteralString

from graph.errors import NotFound
from graph.store import Reader
from graph.words import Sentence

MOST_NEAR = 5

READ_PLACE: LiteralString = """
OPTIONAL MATCH (p:Product {id: $p.product})
OPTIONAL MATCH (s:Store {id: $p.store})
RETURN p.sku, s.code
"""
READ_STORE: LiteralString = "MATCH (s:Store {id: $p.store}) RETURN s.code"
# What can be promised: held pieces whose time is over are anybody's, swept or not
AVAILABLE: LiteralString = """l.on_hand - l.committed - l.unavailable - l.reserved + reduce(over = 0, quantity IN COLLECT {
    MATCH (r:Reservation) USING INDEX SEEK r:Reservation(level, held_until)
    WHERE r.level = l.id AND r.held_until <= datetime.realtime().epochMillis
    RETURN r.quantity
  } | over + quantity)"""
# (:InventoryLevel)-[:AT]->(:Store {location})
NEAREST: LiteralString = (
    """
MATCH (here:Store {code: $p.store})
MATCH (l:InventoryLevel) USING INDEX SEEK l:InventoryLevel(sku, store_code)
WHERE l.sku = $p.sku AND l.store_code > '' AND l.store_code <> $p.store
WITH here, l WHERE """
    + AVAILABLE
    + """ >= $p.quantity
MATCH (l)-[:AT]->(s:Store)
RETURN l.id ORDER BY coalesce(point.distance(s.location, here.location), 1e9), s.code LIMIT $p.limit
"""
)


@dataclass(frozen=True, slots=True)
class Place:
    """A product at a store, by the ids of both."""

    product: str
    store: str


async def named(reader: Reader, place: Place) -> tuple[str, str]:
    """Return (SKU, store code); raise NotFound for a product or store that there is not."""
    [[sku, code]] = await reader.read(READ_PLACE, {"product": place.product, "store": place.store})
    if sku is None:
        raise NotFound(Sentence("refusal.NO_SUCH_PRODUCT"), "/productId")
    if code is None:
        raise NotFound(Sentence("refusal.NO_SUCH_STORE"), "/storeId")
    return sku, code


async def store_code(reader: Reader, store: str, pointer: str) -> str:
    codes = await reader.read(READ_STORE, {"store": store})
    if not codes:
        raise NotFound(Sentence("refusal.NO_SUCH_STORE"), pointer)
    return codes[0][0]


async def nearest_with(reader: Reader, sku: str, store: str, quantity: int) -> tuple[str, ...]:
    """Return the ids of at most five levels that have so many pieces at other stores, the nearest first."""
    asked = {"sku": sku, "store": store, "quantity": quantity, "limit": MOST_NEAR}
    return tuple(row[0] for row in await reader.read(NEAREST, asked))
