"""Any telephone system: a small JSON of our own, one body for each report on a call (docs/connectors/telephone.md)."""

from __future__ import annotations

from collections.abc import Mapping

from api.connectors.delivery import Delivery, Mapped
from api.connectors.parts import Part
from api.connectors.telephone.calls import (
    ANSWERED,
    BUSY,
    COMPLETED,
    FAILED,
    MISSED,
    RINGING,
    TRANSFERRED,
    VOICEMAIL,
    by_caller,
    call,
)

REPORTS: Mapping[str, str] = {"ringing": RINGING, "answered": ANSWERED, "transferred": TRANSFERRED, "ended": COMPLETED}
ENDINGS = frozenset({COMPLETED, MISSED, VOICEMAIL, BUSY, FAILED})


def read_telephone(delivery: Delivery) -> Mapped:
    """Return the event of a report; nothing for a report that is none of ringing, answered, transferred and ended."""
    told = delivery.told()
    report = REPORTS.get((told.text("event") or "").lower())
    if report is None:
        return []
    ended = report == COMPLETED
    at, customer = told.text("at"), told["customer"]
    return [
        call(
            f"/{told.text('system') or 'telephone'}",
            told.text("call"),
            told.text("id") or "",
            at,
            _ending(told) if ended else report,
            direction="OUTBOUND" if told.text("direction") == "outbound" else "INBOUND",
            by=by_caller(customer.text("number"), customer.text("presentation")) if told.says("customer") else None,
            endedAt=at if ended else None,
            durationSeconds=told.whole("talkSeconds"),
            queue=told.text("queue"),
            staff=told.text("agent"),
            store=told.text("store"),
            language=told.text("language"),
            startedFromUrl=told.text("startedFromUrl"),
            products=[product.value for product in told.each("products")],
            menuPath=[choice.value for choice in told.each("menuPath")],
            summary=told.text("summary"),
            topic=told.text("topic"),
            reference=told.text("reference"),
        )
    ]


def _ending(told: Part) -> str:
    """Return how a call ended: as it is told, else by whether anybody spoke."""
    outcome = (told.text("outcome") or "").upper()
    if outcome in ENDINGS:
        return outcome
    return MISSED if told.whole("talkSeconds") == 0 else COMPLETED
