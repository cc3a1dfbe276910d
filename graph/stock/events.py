"""The event type of stock: what another system says moved or was counted, in whichever order it arrives."""

from __future__ import annotations

from graph.events.event_type import EventType
from graph.events.facts import Event
from graph.events.inventory import InventoryEvent
from graph.events.outcomes import CREATED, UNCHANGED, Answer
from graph.events.stock import StockReport, read_inventory
from graph.stock.nodes import Stock
from graph.writes.unit import Unit


def want(report: StockReport, unit: Unit) -> None:
    for each in report.movements:
        unit.of(Stock).want_entry(each.sku, each.store, each.entry)


def apply(report: StockReport, _: Event, unit: Unit) -> str:
    """Move the levels; an event moves them once, also when its receipt has been forgotten."""
    taken = [unit.of(Stock).take(each.sku, each.store, each.entry, each.told) for each in report.movements]
    return CREATED if any(taken) else UNCHANGED


def answer(_: StockReport, __: Unit) -> Answer:
    return Answer(None, "STOCK")


INVENTORY = EventType("customer360.inventory.v1", InventoryEvent, lambda event, _: read_inventory(event), want, apply, answer)
