"""Levels, entries and what is on its way, as the graph keeps them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from graph.stock.entries import Entry, effect
from graph.stock.level import Incoming, Level
from graph.vocabulary import UNAVAILABLE_REASONS

SUMS = ("on_hand", "committed", "reserved", "incoming", "counted")
BY_REASON = {reason: f"unavailable_{reason.lower()}" for reason in UNAVAILABLE_REASONS}
"""Reason -> the property of a level that holds how many pieces cannot be sold for it."""


@dataclass(slots=True)
class StoredLevel(Level):
    """A level with its place; `stored` are its properties as they were found."""

    sku: str = ""
    store: str = ""
    stored: Mapping[str, Any] = field(default_factory=dict[str, Any])

    @property
    def is_new(self) -> bool:
        return "on_hand" not in self.stored

    @property
    def changed(self) -> bool:
        return any(self.stored.get(name) != value for name, value in self.properties().items())

    def properties(self) -> dict[str, Any]:
        by_reason = {name: self.unavailable.get(reason, 0) for reason, name in BY_REASON.items()}
        return {**{name: getattr(self, name) for name in SUMS}, **by_reason, "unavailable": sum(by_reason.values())}


def level_of(stored: Mapping[str, Any]) -> StoredLevel:
    known = {name: stored[name] for name in SUMS if name in stored}
    by_reason = {reason: stored[name] for reason, name in BY_REASON.items() if stored.get(name)}
    return StoredLevel(**known, unavailable=by_reason, sku=stored["sku"], store=stored["store_code"], stored=stored)


def entry_of(stored: Mapping[str, Any]) -> Entry:
    names = ("id", "kind", "quantity", "stamp", "reason", "expected", "reference")
    return Entry(**{name: stored.get(name) for name in names})  # pyright: ignore[reportArgumentType]  (as entry_row keeps them)


def entry_row(level: str, of: StoredLevel, entry: Entry, told: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is written of an entry; `moves` are the pieces on hand that it adds unless a count came after it."""
    own = {
        "id": entry.id, "level": level, "sku": of.sku, "store_code": of.store, "kind": entry.kind, "quantity": entry.quantity,
        "moves": effect(entry).on_hand, "stamp": entry.stamp, "reason": entry.reason, "expected": entry.expected,
        "reference": entry.reference,
    }  # fmt: skip
    return {"id": entry.id, "level": level, "properties": {**told, **own}}


def incoming_row(of: StoredLevel, reference: str, incoming: Incoming) -> dict[str, Any]:
    """Return what is written of pieces on their way; `open_until` is when they arrive, absent once all have."""
    return {
        "sku": of.sku, "store_code": of.store, "reference": reference, "announced": incoming.announced,
        "received": incoming.received, "expected": incoming.expected, "stamp": incoming.stamp,
        "open_until": incoming.expected if incoming.open else None,
    }  # fmt: skip
