"""Levels: how much of a product a store has, what moved that, and what is on its way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, LiteralString

import strawberry

from graph.stock.stored import BY_REASON
from resolvers.access.tags import Tag
from resolvers.catalogue.product import Product
from resolvers.catalogue.stock import AVAILABLE, RESERVED
from resolvers.catalogue.store import Store
from resolvers.engine.connections import Connection
from resolvers.engine.node import Node
from resolvers.engine.planner import entry, many, one, planned, prop
from resolvers.engine.planner.fields import PAGING, read
from resolvers.engine.planner.readings import Entries, Page
from resolvers.stock.words import StockEntryKind, UnavailableReason
from resolvers.values.scalars import DateTime

if TYPE_CHECKING:
    from resolvers.stock.reservation import Reservation

BY_REASONS: LiteralString = (
    "[{v}.unavailable_damaged, {v}.unavailable_quality_control, {v}.unavailable_safety_stock, {v}.unavailable_display]"
)
# (:StockEntry {level}) = (:InventoryLevel {id}), newest first
ENTRIES: LiteralString = """
MATCH ({n}:StockEntry) USING INDEX SEEK {n}:StockEntry(level, stamp)
WHERE {n}.level = {v}.id AND {n}.stamp < ${after} WITH {n} ORDER BY {n}.level DESC, {n}.stamp DESC LIMIT ${limit}
"""
COUNTED: LiteralString = "COUNT {{ MATCH ({e}:StockEntry) WHERE {e}.level = {v}.id AND {e}.stamp > '' }}"
AT: LiteralString = "MATCH ({v})-[:AT]->({n}:Store)"
# (:Reservation {level}) = (:InventoryLevel {id}); `held_until` is null once it holds nothing
HOLDING: LiteralString = """
MATCH ({n}:Reservation) USING INDEX SEEK {n}:Reservation(level, held_until)
WHERE {n}.level = {v}.id AND {n}.held_until > datetime.realtime().epochMillis
WITH {n} ORDER BY {n}.held_until, {n}.id LIMIT 50
"""


@planned("Pieces of a product that are on hand and cannot be sold, for one reason.")
class UnavailableStock:
    reason: UnavailableReason = entry("reason", Tag.PUBLIC, "Why they cannot be sold.")
    quantity: int = entry("quantity", Tag.PUBLIC, "Number of pieces.")


@planned("Entry that moved stock, in the order of when it happened and not of when it was told.")
class StockEntry:
    kind: StockEntryKind = prop("{v}.kind", Tag.PUBLIC, "Kind of the entry.")
    quantity: int = prop("{v}.quantity", Tag.PUBLIC, "Pieces that moved or were counted; of an adjustment, below 0 if taken off.")
    occurred_at: DateTime = prop("left({v}.stamp, 27)", Tag.PUBLIC, "Time at which it happened, UTC.")
    unavailable: UnavailableReason | None = prop(
        "{v}.reason", Tag.PUBLIC, "Why the pieces cannot be sold; null if they can be, or none came."
    )
    expected_at: DateTime | None = prop(
        "{v}.expected", Tag.PUBLIC, "Time at which the pieces are to arrive, UTC; null for what has moved already."
    )
    difference: int | None = prop(
        "{v}.difference", Tag.PUBLIC, "Of a count, pieces found beyond what the book said; null if a newer count was known."
    )
    reference: str | None = prop("{v}.reference", Tag.INTERNAL, "Slip or order number; null if not reported.")
    source: str = prop("{v}.source", Tag.INTERNAL, "System that reported it; `customer360` if recorded here.")
    staff: str | None = prop("{v}.staff", Tag.INTERNAL, "Employee who counted or moved them; null if not reported.")
    note: str | None = prop("{v}.note", Tag.FREE_TEXT, "Note of the employee; null if there is none.")


@planned("Pieces of a product that are on their way to a store.")
class IncomingStock:
    quantity: int = prop("{v}.announced - {v}.received", Tag.PUBLIC, "Number of pieces still to arrive.")
    expected_at: DateTime = prop("{v}.expected", Tag.PUBLIC, "Time at which they are to arrive, UTC.")
    reference: str = prop("{v}.reference", Tag.INTERNAL, "Slip or order under which they arrive.")
    store: Store = one("MATCH ({v})-[:ARRIVES_AT]->()-[:AT]->({n}:Store)", Tag.PUBLIC, "Store at which they arrive.")


def by_reason(quantities: list[int | None]) -> list[dict[str, Any]]:
    """Return how many pieces cannot be sold by each reason for which there are any."""
    told = zip(BY_REASON, quantities, strict=True)
    return [{"reason": reason, "quantity": quantity} for reason, quantity in told if quantity]


@planned("Stock of a product at a store, in whole pieces.")
class InventoryLevel(Node):
    product: Product = one("MATCH ({v})-[:OF]->({n}:Product)", Tag.PUBLIC, "The product.")
    store: Store = one(AT, Tag.PUBLIC, "The store.")
    available: int = prop(
        AVAILABLE.replace("{l}", "{v}"),
        Tag.PUBLIC,
        "Pieces that can be promised: on hand, less those committed, reserved and unavailable. Reservations never take it below "
        "0; it is below 0 if more was ordered, or fewer were counted, than are promised.",
    )
    on_hand: int = prop("{v}.on_hand", Tag.PUBLIC, "Pieces at the store; below 0 if more was sold than was ever received.")
    committed: int = prop("{v}.committed", Tag.PUBLIC, "Pieces ordered and not handed over yet.")
    reserved: int = prop(RESERVED.replace("{l}", "{v}"), Tag.PUBLIC, "Pieces held by reservations that have not expired.")
    reservations: list[Annotated[Reservation, strawberry.lazy("resolvers.stock.reservation")]] = many(
        HOLDING, Tag.PUBLIC, "Reservations that hold pieces of it now, the first to end first; at most fifty."
    )
    unavailable: int = prop("{v}.unavailable", Tag.PUBLIC, "Pieces on hand that cannot be sold.")
    unavailable_by_reason: list[UnavailableStock] = read(
        Entries(BY_REASONS, by_reason), Tag.PUBLIC, "Those pieces by the reason; empty if there are none."
    )
    incoming: int = prop("{v}.incoming", Tag.PUBLIC, "Pieces on their way to the store.")
    counted_at: DateTime | None = prop(
        "CASE WHEN {v}.counted <> '' THEN left({v}.counted, 27) END",
        Tag.PUBLIC,
        "Time of the newest count, UTC; null if never counted.",
    )
    entries: Connection[StockEntry] = read(
        Page("stock entries", ENTRIES, "{v}.stamp", COUNTED, "~", own=True),
        Tag.PUBLIC,
        "Entries that moved it, newest first.",
        PAGING,
    )
