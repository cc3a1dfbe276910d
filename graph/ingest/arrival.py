"""What a batch finds on arrival: receipts of events that came before, and its touchpoints, locked; in one round trip."""

from __future__ import annotations

from collections.abc import Iterable
from typing import LiteralString

from graph.ingest.facts import Contact, Event
from graph.ingest.receipts import FIND_RECEIPTS, Stored, stored_receipts
from graph.ingest.states import ContactState
from graph.ingest.touchpoint_loading import LOADED, LOCK_TOUCHPOINTS, loaded_touchpoints
from graph.keys import receipt_key, touchpoint_id
from graph.store import Transaction

# (:Receipt), (:Touchpoint): a row is one or the other
ARRIVE: LiteralString = "\n".join(
    (
        FIND_RECEIPTS,
        "RETURN [r.key, r.digest, r.body] AS receipt, null AS touchpoint UNION ALL",
        LOCK_TOUCHPOINTS,
        "RETURN null AS receipt," + LOADED + "AS touchpoint",
    )
)


async def arrive(transaction: Transaction, events: Iterable[Event]) -> tuple[dict[str, Stored], dict[str, ContactState]]:
    """Return the receipts that stand for these events, by receipt key, and the touchpoints known of them, by id."""
    receipts = [receipt_key(event.source, event.id) for event in events]
    touchpoints = {touchpoint_id(event.subject.key) for event in events if isinstance(event.subject, Contact)}
    rows = await transaction.run(ARRIVE, {"lists": {"receipts": receipts, "touchpoints": sorted(touchpoints)}})
    found = stored_receipts(receipt for receipt, _ in rows if receipt is not None)
    return found, loaded_touchpoints(touchpoint for _, touchpoint in rows if touchpoint is not None)
