"""Where a product is to be had: here, at other stores, from a warehouse, soon, or something like it."""

from __future__ import annotations

from resolvers.access.tags import Tag
from resolvers.catalogue.stock import ALTERNATIVES, HERE, INCOMING, SHOPS, WAREHOUSES
from resolvers.engine.planner import many, one, planned, prop
from resolvers.stock.level import IncomingStock, InventoryLevel


@planned("Stock of a product at another place.")
class NearbyStock:
    level: InventoryLevel = one("UNWIND [{v}.level] AS {n}", Tag.PUBLIC, "Its stock there.")
    distance_meters: int | None = prop(
        "{v}.distance", Tag.PUBLIC, "Distance in a straight line, in metres; null if either place is not known."
    )


@planned("Where a product is to be had, seen from a store or a place.")
class ProductAvailability:
    here: InventoryLevel | None = one(HERE, Tag.PUBLIC, "Stock at the store that was asked about; null if it never had any.")
    stores: list[NearbyStock] = many(SHOPS, Tag.PUBLIC, "At most ten other stores that have the quantity, the nearest first.")
    warehouses: list[NearbyStock] = many(
        WAREHOUSES, Tag.PUBLIC, "At most ten warehouses and web shops that have the quantity, the nearest first."
    )
    incoming: list[IncomingStock] = many(INCOMING, Tag.PUBLIC, "At most twenty deliveries on their way, the first one first.")
    alternatives: list[InventoryLevel] = many(
        ALTERNATIVES,
        Tag.PUBLIC,
        "Stock of at most five other products of the same category, at a price within 30 percent, that the store has; the "
        "closest price first. Empty if no store was asked about.",
    )


@planned("Transfer that would have met requests without stock.")
class TransferSuggestion:
    level: InventoryLevel = one(
        "UNWIND [{v}.level] AS {n}", Tag.PUBLIC, "Stock of the product at the store that can spare most of it."
    )
    quantity: int = prop("{v}.quantity", Tag.PUBLIC, "Pieces to transfer: as many as were asked for, leaving one there.")
    requests: int = prop("{v}.requests", Tag.PUBLIC, "Requests of the last 60 days that were not saved.")
