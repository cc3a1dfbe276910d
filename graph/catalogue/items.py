"""Stores and products in a write transaction: company-wide by code and SKU, named by others before they are told about."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, LiteralString

from graph.events.facts import Article, Event, Place
from graph.events.newest import Stamps, read_stamps, stamp, take_newer, utc_text, write_stamps
from graph.keys import product_id, store_id
from graph.store import Transaction
from graph.writes.batching import over_rows

# (:Store), (:Product): a stub until its own system tells about it
NAME_STORES: LiteralString = "UNWIND $p.stores AS row MERGE (s:Store {id: row.id}) ON CREATE SET s.code = row.name"
NAME_PRODUCTS: LiteralString = "UNWIND $p.products AS row MERGE (p:Product {id: row.id}) ON CREATE SET p.sku = row.name"
LOCK_STORES: LiteralString = """
UNWIND $p.rows AS row
MERGE (s:Store {id: row.id})
ON CREATE SET s.code = row.name
REMOVE s.lock
WITH s
RETURN s.id, s.stamps
"""
LOCK_PRODUCTS: LiteralString = """
UNWIND $p.rows AS row
MERGE (p:Product {id: row.id})
ON CREATE SET p.sku = row.name
REMOVE p.lock
WITH p
RETURN p.id, p.stamps
"""
WRITE_STORES: LiteralString = """
UNWIND $p.rows AS row
MATCH (s:Store {id: row.id})
SET s += row.changes
SET s.location = CASE WHEN s.latitude IS NULL OR s.longitude IS NULL THEN null
                      ELSE point({latitude: s.latitude, longitude: s.longitude}) END
"""
WRITE_PRODUCTS: LiteralString = "UNWIND $p.rows AS row MATCH (p:Product {id: row.id}) SET p += row.changes"


@dataclass(slots=True)
class ItemState:
    """A store or product; one without stamps has only been named so far."""

    id: str
    stamps: Stamps
    changes: dict[str, Any] = field(default_factory=dict[str, Any])

    def apply(self, item: Place | Article, event: Event) -> str:
        """Put an event's facts on it and return the outcome."""
        known = bool(self.stamps)
        won = take_newer(self.stamps, item.attributes, stamp(utc_text(event.time), event.source, event.id))
        for name in won:
            self.changes |= item.attributes[name]
        if not known:
            return "CREATED"
        return "UPDATED" if won else "UNCHANGED"


async def lock_items(transaction: Transaction, places: Iterable[str], articles: Iterable[str]) -> dict[str, ItemState]:
    """Return the stores and products that events tell about, locked and created where new, by id."""
    stores = await over_rows(transaction, LOCK_STORES, store_rows(places))
    products = await over_rows(transaction, LOCK_PRODUCTS, product_rows(articles))
    return {item_id: ItemState(item_id, read_stamps(stamps)) for item_id, stamps in (*stores, *products)}


async def write_items(transaction: Transaction, events: Mapping[str, Place | Article], items: Mapping[str, ItemState]) -> None:
    """Write the stores and products that changed; `events` tells of each id what it is."""
    stores: list[dict[str, Any]] = []
    products: list[dict[str, Any]] = []
    for item in items.values():
        if item.changes:
            row = {"id": item.id, "changes": {**item.changes, "stamps": write_stamps(item.stamps)}}
            (stores if isinstance(events[item.id], Place) else products).append(row)
    await over_rows(transaction, WRITE_STORES, stores)
    await over_rows(transaction, WRITE_PRODUCTS, products)


def store_rows(codes: Iterable[str]) -> list[dict[str, Any]]:
    """Return rows for the statements that create a store by its code."""
    return _rows(codes, store_id)


def product_rows(skus: Iterable[str]) -> list[dict[str, Any]]:
    """Return rows for the statements that create a product by its SKU."""
    return _rows(skus, product_id)


def _rows(names: Iterable[str], make_id: Callable[[str], str]) -> list[dict[str, Any]]:
    return sorted(({"id": make_id(name), "name": name} for name in set(names)), key=lambda row: row["id"])
