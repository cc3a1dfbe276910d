"""The enums of stock, made from the closed lists of words that the graph keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from graph import vocabulary
from graph.stock import entries, moving
from resolvers.engine.enums import words
from resolvers.values.words import listed

if TYPE_CHECKING:
    ReservationState: TypeAlias = str
    StockEntryKind: TypeAlias = str
    StockMovementKind: TypeAlias = str
    StockRequestOutcome: TypeAlias = str
    UnavailableReason: TypeAlias = str
else:
    ReservationState = words(
        "ReservationState",
        "What has become of a reservation.",
        listed(
            vocabulary.RESERVATION_STATES,
            {
                "HELD": "Its pieces are held until it expires.",
                "RELEASED": "It was given up, and its pieces are available again.",
                "EXPIRED": "Its time is over, and its pieces are available again.",
                "FULFILLED": "An order has taken its pieces over.",
            },
        ),
    )
    StockEntryKind = words(
        "StockEntryKind",
        "Kind of an entry that moves stock.",
        listed(
            entries.ENTRY_KINDS,
            {
                "SALE": "Pieces were sold and have left.",
                "RETURN": "Pieces came back from a customer.",
                "TRANSFER_OUT": "Pieces were sent to another store.",
                "TRANSFER_IN": "Pieces came from another store, or are on their way.",
                "RECEIPT": "Pieces came from a supplier, or are on their way.",
                "COUNT": "Somebody counted what is there.",
                "ADJUSTMENT": "Pieces were added, taken off, or set aside as they cannot be sold.",
                "COMMITMENT": "Pieces are ordered and have not been handed over.",
            },
        ),
    )
    StockMovementKind = words(
        "StockMovementKind",
        "How pieces are moved by hand.",
        listed(
            moving.KINDS,
            {
                "ADJUSTMENT": "Add or take off pieces, or set them aside as they cannot be sold.",
                "TRANSFER": "Send pieces to another store.",
                "RECEIPT": "Receive pieces, or announce when they will arrive.",
            },
        ),
    )
    StockRequestOutcome = words(
        "StockRequestOutcome",
        "What became of a request that met no stock.",
        listed(
            vocabulary.STOCK_REQUEST_OUTCOMES,
            {
                "OPEN": "Nobody knows yet.",
                "SAVED": "The customer bought something all the same.",
                "LOST": "The customer bought nothing.",
            },
        ),
    )
    UnavailableReason = words(
        "UnavailableReason",
        "Why pieces on hand cannot be sold.",
        listed(
            vocabulary.UNAVAILABLE_REASONS,
            {
                "DAMAGED": "They are damaged.",
                "QUALITY_CONTROL": "They are being inspected.",
                "SAFETY_STOCK": "They are kept back in case of need.",
                "DISPLAY": "They are on display.",
            },
        ),
    )
