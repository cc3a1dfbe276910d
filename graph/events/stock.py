"""Movements and counts of stock as events tell them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from graph.events.facts import Claim, Marking
from graph.events.invalid import InvalidEvent, json_pointer
from graph.events.inventory import InventoryData, InventoryEvent
from graph.events.newest import stamp, utc_text
from graph.events.outcomes import Remark
from graph.keys import opaque
from graph.stock.entries import ADJUSTMENT, RECEIPT, RETURN, TRANSFER_IN, TRANSFER_OUT, Entry

TRANSFER = "TRANSFER"
COMES = frozenset({RETURN, RECEIPT, TRANSFER})
ANNOUNCED = frozenset({RECEIPT, TRANSFER})


@dataclass(frozen=True, slots=True)
class Movement:
    """What moves the level of a product at a store; `told` are further properties of the entry, such as who counted."""

    sku: str
    store: str
    entry: Entry
    told: Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class StockReport:
    """One movement, or both sides of a transfer."""

    movements: tuple[Movement, ...]

    def claimed(self) -> tuple[Claim, ...]:
        return ()

    def records(self) -> set[str]:
        return set()

    def marked(self, mark: Marking) -> StockReport:  # noqa: ARG002 - it names nobody
        return self

    def remarks(self) -> tuple[Remark, ...]:
        return ()


def read_inventory(event: InventoryEvent) -> StockReport:
    """Return what an event moves; raises InvalidEvent for fields that do not belong together."""
    data = event.data
    _check(data)
    own, mark = opaque("StockEntry", event.source, event.id), stamp(utc_text(event.time), event.source, event.id)
    told = {"source": event.source, "note": data.note, "staff": data.staff}
    expected = utc_text(data.expected_at) if data.expected_at else None

    def movement(kind: str, store: str, side: str = "", *, comes: bool = True) -> Movement:
        way = (data.unavailable, expected, data.reference) if comes else (None, None, data.reference)
        return Movement(data.sku, store, Entry(own + side, kind, data.quantity, mark, *way), told)

    if data.kind != TRANSFER or data.to_store is None:
        return StockReport((movement(data.kind, data.store),))
    return StockReport((movement(TRANSFER_OUT, data.store, comes=False), movement(TRANSFER_IN, data.to_store, "-in")))


def _check(data: InventoryData) -> None:
    if (data.kind == TRANSFER) != (data.to_store is not None):
        raise InvalidEvent("A transfer, and nothing else, names the store that it goes to.", json_pointer("data", "toStore"))
    if data.to_store == data.store:
        raise InvalidEvent("A transfer goes to another store.", json_pointer("data", "toStore"))
    if data.quantity < 0 and data.kind != ADJUSTMENT:
        raise InvalidEvent("Only an adjustment takes pieces off; give the pieces that moved.", json_pointer("data", "quantity"))
    if data.unavailable is not None and data.kind not in COMES | {ADJUSTMENT}:
        raise InvalidEvent("Pieces that go, and those counted, have no reason for that.", json_pointer("data", "unavailable"))
    if data.expected_at is not None and (data.kind not in ANNOUNCED or data.reference is None):
        raise InvalidEvent(
            "A receipt or transfer can be expected, under a reference by which it is known again.",
            json_pointer("data", "expectedAt"),
        )
