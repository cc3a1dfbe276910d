"""How an order is handed over: what a source tells under its own names, by names of ours where they are known."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from graph.events.shapes import read_time
from graph.keys import POSITION_TIME
from resolvers.access.tags import Tag
from resolvers.engine.planner import entry, planned
from resolvers.engine.planner.fields import read
from resolvers.engine.planner.readings import Entries
from resolvers.values.scalars import JSON, Date, DateTime

TEXTS = {
    "method": ("method", "kind"),
    "status": ("status", "state"),
    "storeCode": ("storeCode", "store"),
    "carrier": ("carrier",),
    "trackingNumber": ("trackingNumber", "tracking"),
    "pickupCode": ("pickupCode", "code"),
    "note": ("note",),
}
"""Our names, each with those by which sources tell it; the first that says something counts."""
TIMES = ("readyAt", "shippedAt", "deliveredAt")


def read_fulfillments(stored: str) -> list[dict[str, Any]]:
    """Return the fulfilments of an order, each as told and with what of it has a name of ours."""
    return [by_our_names(told) for told in json.loads(stored)]


def by_our_names(told: dict[str, Any]) -> dict[str, Any]:
    texts = {ours: _first(told, names) for ours, names in TEXTS.items()}
    times = {name: _instant(told.get(name)) for name in TIMES}
    return {**texts, **times, "plannedFor": _day(told.get("plannedFor")), "attributes": told}


def _first(told: dict[str, Any], names: tuple[str, ...]) -> str | None:
    said = (told.get(name) for name in names)
    return next((str(value) for value in said if value is not None and not isinstance(value, bool)), None)


def _instant(value: object) -> str | None:
    """Return a time in UTC; None for one without an offset, which names no instant."""
    try:
        return read_time(value).strftime(POSITION_TIME)
    except ValueError:
        return None


def _day(value: object) -> str | None:
    try:
        return date.fromisoformat(str(value)[:10]).isoformat()
    except ValueError:
        return None


@planned("Delivery or pick-up of an order.")
class Fulfillment:
    method: str | None = entry(
        "method", Tag.ACTIVITY, "How it is handed over, as the source names it, for example `DELIVERY`; null if not reported."
    )
    status: str | None = entry(
        "status", Tag.ACTIVITY, "Status, as the source names it, for example `SHIPPED`; null if not reported."
    )
    store_code: str | None = entry(
        "storeCode", Tag.ACTIVITY, "Code of the store that hands it over or sends it; null if not reported."
    )
    carrier: str | None = entry("carrier", Tag.ACTIVITY, "Carrier, as the source names it; null if not reported.")
    tracking_number: str | None = entry("trackingNumber", Tag.FREE_TEXT, "Tracking number of the carrier; null if not reported.")
    pickup_code: str | None = entry("pickupCode", Tag.FREE_TEXT, "Code that is shown to pick it up; null if not reported.")
    planned_for: Date | None = entry("plannedFor", Tag.ACTIVITY, "Day for which it is planned; null if not reported.")
    ready_at: DateTime | None = entry(
        "readyAt", Tag.ACTIVITY, "Time from which it can be picked up, UTC; null if not reported with an offset."
    )
    shipped_at: DateTime | None = entry(
        "shippedAt", Tag.ACTIVITY, "Time at which it was sent, UTC; null if not reported with an offset."
    )
    delivered_at: DateTime | None = entry(
        "deliveredAt", Tag.ACTIVITY, "Time at which the customer got it, UTC; null if not reported with an offset."
    )
    note: str | None = entry("note", Tag.FREE_TEXT, "Note, free text; null if not reported.")
    attributes: JSON | None = entry("attributes", Tag.FREE_TEXT, "All that was reported of it, by the names of the source.")


FULFILLMENTS = read(
    Entries("COALESCE({v}.fulfillments, '[]')", read_fulfillments),
    Tag.ACTIVITY,
    "Deliveries and pick-ups of the order, in the order of the source; empty if none is reported.",
)
