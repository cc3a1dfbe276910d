"""Stores and products in a unit of work: company-wide by code and SKU, named by others before they are reported."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, LiteralString

from graph.events.newest import Stamps, read_stamps, write_stamps
from graph.keys import product_id, store_id
from graph.writes.lock_order import Label
from graph.writes.unit import Nodes, Step, Unit

# (:Store), (:Product): without stamps until its own system reports it
NAME_STORES: LiteralString = "UNWIND $p.stores AS row MERGE (s:Store {id: row.id}) ON CREATE SET s.code = row.name"
NAME_PRODUCTS: LiteralString = "UNWIND $p.products AS row MERGE (p:Product {id: row.id}) ON CREATE SET p.sku = row.name"
LOCK_STORES: LiteralString = """
UNWIND $p.Store AS row
MERGE (s:Store {id: row.id})
ON CREATE SET s.code = row.name
REMOVE s.lock
WITH s
RETURN 'Store' AS label, [s.id, s.stamps] AS row
"""
LOCK_PRODUCTS: LiteralString = """
UNWIND $p.Product AS row
MERGE (p:Product {id: row.id})
ON CREATE SET p.sku = row.name
REMOVE p.lock
WITH p
RETURN 'Product' AS label, [p.id, p.stamps] AS row
"""
WRITE_STORES: LiteralString = """
UNWIND $p.rows AS row
MATCH (s:Store {id: row.id})
SET s += row.changes
SET s.location = CASE WHEN s.latitude IS NULL OR s.longitude IS NULL THEN null
                      ELSE point({latitude: s.latitude, longitude: s.longitude}) END
"""
# `category` is the narrowest of them, in which alternatives are sought
WRITE_PRODUCTS: LiteralString = (
    "UNWIND $p.rows AS row MATCH (p:Product {id: row.id}) SET p += row.changes SET p.category = p.categories[-1]"
)
WRITES: Mapping[Label, LiteralString] = {"Store": WRITE_STORES, "Product": WRITE_PRODUCTS}


@dataclass(slots=True)
class ItemState:
    """A store or product; one without stamps has only been named so far."""

    label: Label
    stamps: Stamps
    changes: dict[str, Any] = field(default_factory=dict[str, Any])


class Catalogue(Nodes):
    """The stores and products that events report, by id."""

    LOCKS: ClassVar[Mapping[Label, LiteralString]] = {"Store": LOCK_STORES, "Product": LOCK_PRODUCTS}

    def __init__(self, unit: Unit) -> None:
        super().__init__(unit)
        self.items: dict[str, ItemState] = {}

    def take_in(self, label: Label, row: list[Any]) -> None:
        self.items[row[0]] = ItemState(label, read_stamps(row[1]))

    def after(self) -> Iterable[Step]:
        for label, statement in WRITES.items():
            rows = [
                {"id": item_id, "changes": {**item.changes, "stamps": write_stamps(item.stamps)}}
                for item_id, item in self.items.items()
                if item.label == label and item.changes
            ]
            if rows:
                yield statement, {"rows": rows}


def store_rows(codes: Iterable[str]) -> list[dict[str, Any]]:
    """Return rows for the statements that create a store by its code."""
    return _rows(codes, store_id)


def product_rows(skus: Iterable[str]) -> list[dict[str, Any]]:
    """Return rows for the statements that create a product by its SKU."""
    return _rows(skus, product_id)


def _rows(names: Iterable[str], make_id: Callable[[str], str]) -> list[dict[str, Any]]:
    return sorted(({"id": make_id(name), "name": name} for name in set(names)), key=lambda row: row["id"])
