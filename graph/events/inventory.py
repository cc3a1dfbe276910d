"""The contract of what moves stock."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from graph.events.contract import Envelope
from graph.events.shapes import Key, Shape, ShortText, Time
from graph.vocabulary import MovementKind, UnavailableReason

MOST_PIECES = 2**31 - 1


class InventoryData(Shape):
    """Movement or count of a product's pieces at a store."""

    kind: MovementKind
    sku: Key
    store: Key
    to_store: Annotated[Key | None, Field(description="Store that the pieces of a transfer go to.")] = None
    quantity: Annotated[
        int,
        Field(
            ge=-MOST_PIECES,
            le=MOST_PIECES,
            description="Pieces moved or counted; of an adjustment, added or taken off (below 0).",
        ),
    ]
    unavailable: Annotated[
        UnavailableReason | None,
        Field(description="Why the pieces that come cannot be sold; of an adjustment, why so many of those there cannot."),
    ] = None
    expected_at: Annotated[
        Time | None,
        Field(description="When a receipt or transfer will arrive; incoming until its reference is reported without this."),
    ] = None
    reference: Annotated[Key | None, Field(description="Slip or order under which pieces are announced and arrive.")] = None
    note: ShortText | None = None
    staff: ShortText | None = None


class InventoryEvent(Envelope):
    type: Literal["customer360.inventory.v1"]
    subject: Key | None = None
    data: InventoryData
