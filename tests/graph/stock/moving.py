"""Stock for the tests, through the real intake, and how it stands."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Any

from graph.commands.command import Author
from graph.intake.reading import read_event
from graph.intake.record import record
from graph.keys import level_id, product_id, store_id
from graph.store import Store

numbers: Iterator[int] = count()
LEVEL = """
MATCH (l:InventoryLevel {id: $p.id})
RETURN l.on_hand, l.committed, l.reserved, l.incoming, l.unavailable, l.on_hand - l.committed - l.reserved - l.unavailable
"""
FOUND = "MATCH (e:StockEntry {kind: 'COUNT'}) RETURN e.difference, e.book, e.staff ORDER BY e.stamp"
NOTED = "MATCH (e:OutboxEntry {type: 'stock.changed'}) RETURN e.key, e.refs ORDER BY e.id"


def moved(kind: str, quantity: int, time: str, sku: str = "A", store: str = "ginza", **more: Any) -> dict[str, Any]:
    """Return the event of a movement on 1 April 2026 at `time`, such as `10:00`, UTC."""
    own_id = more.pop("id", f"m-{next(numbers)}")
    return {
        "specversion": "1.0",
        "type": "customer360.inventory.v1",
        "source": "/warehouse",
        "id": own_id,
        "time": f"2026-04-01T{time}:00Z",
        "data": {"kind": kind, "sku": sku, "store": store, "quantity": quantity, **more},
    }


async def tell(store: Store, *events: dict[str, Any]) -> list[str]:
    """Record events at once and return their outcomes."""
    receipts = await record(store, [read_event(raw, b"a key for tests") for raw in events])
    assert [receipt.error for receipt in receipts if receipt.error] == []
    return [receipt.outcome for receipt in receipts]


async def level(store: Store, sku: str = "A", at: str = "ginza") -> dict[str, int] | None:
    """Return how a level stands as it is written, None where there is none."""
    found = await store.read(LEVEL, {"id": level_id(sku, at)})
    names = ("on_hand", "committed", "reserved", "incoming", "unavailable", "available")
    return dict(zip(names, found[0], strict=True)) if found else None


def author(key: str | None = None) -> Author:
    return Author(client="till", actor="clerk", key=key or f"k-{next(numbers)}")


def ids(sku: str = "A", at: str = "ginza") -> tuple[str, str]:
    """Return the ids of a product and a store."""
    return product_id(sku), store_id(at)
