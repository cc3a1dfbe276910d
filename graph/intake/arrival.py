"""What a batch finds on arrival, in one round trip: receipts of events that came before, and what it names, locked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import LiteralString

from graph.events.facts import Contact, Event
from graph.intake.receipts import FIND_RECEIPTS, Stored, stored_receipts
from graph.keys import receipt_key, touchpoint_id
from graph.resolution.neighbourhood import LOCK, Neighbourhood
from graph.store import Transaction
from graph.touchpoints.loading import LOADED, LOCK_TOUCHPOINTS, loaded_touchpoints
from graph.touchpoints.state import ContactState

# (:Receipt), (:Touchpoint), and what LOCK locks: a row is one of them
ARRIVE: LiteralString = "\n".join(
    (
        FIND_RECEIPTS,
        "RETURN [r.key, r.digest, r.body] AS receipt, null AS touchpoint, null AS record, null AS identifier, null AS created",
        "UNION ALL",
        LOCK_TOUCHPOINTS,
        "RETURN null AS receipt, " + LOADED + " AS touchpoint, null AS record, null AS identifier, null AS created",
        "UNION ALL",
        "CALL () {" + LOCK + "}",
        "RETURN null AS receipt, null AS touchpoint, record, identifier, created",
    )
)


async def arrive(
    transaction: Transaction, events: Iterable[Event], hood: Neighbourhood
) -> tuple[dict[str, Stored], dict[str, ContactState]]:
    """Return the receipts that stand for these events, by receipt key, and the touchpoints known of them, by id.

    `hood` gets what it wants by now.
    """
    receipts = [receipt_key(event.source, event.id) for event in events]
    touchpoints = {touchpoint_id(event.subject.key) for event in events if isinstance(event.subject, Contact)}
    lists = {"receipts": receipts, "touchpoints": sorted(touchpoints), **hood.to_lock()}
    rows = await transaction.run(ARRIVE, lists)
    hood.take_in(row[2:] for row in rows)
    found = stored_receipts(receipt for receipt, *_ in rows if receipt is not None)
    return found, loaded_touchpoints(touchpoint for _, touchpoint, *_ in rows if touchpoint is not None)
