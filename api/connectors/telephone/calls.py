"""A call as every telephone system tells it: one interaction, of which each report is an event."""

from __future__ import annotations

from typing import Any

from api.connectors.delivery import RawEvent
from api.connectors.events import INTERACTION, by_identifier, event, id_of, said

RINGING, ANSWERED, TRANSFERRED = "RINGING", "ANSWERED", "TRANSFERRED"
COMPLETED, MISSED, VOICEMAIL, BUSY, FAILED = "COMPLETED", "MISSED", "VOICEMAIL", "BUSY", "FAILED"
ENDED = "ENDED"
"""It has ended, nobody knows how."""
_ORDER = {RINGING: 0, ANSWERED: 1, TRANSFERRED: 2}
_ENDED = 3
WITHHELD, PAY_PHONE, UNKNOWN = "anonymous", "payphone", "unknown"
"""What a display says instead of a number, as the intake reads it."""


def call(source: str, call_id: str | None, report: str, time: str | None, outcome: str, **told: Any) -> RawEvent:
    """Return the event of one report on a call. Of reports of one instant the later one in a call's course wins."""
    # The tie of equal times is broken by the id, so the id begins with the place in the course of a call.
    event_id = f"{_ORDER.get(outcome, _ENDED)}:{report}"
    data: dict[str, Any] = {"kind": "CALL", "outcome": outcome, **said(**told)}
    if "endedAt" in data:
        data["endedAtEstimated"] = False
    return event(INTERACTION, source, event_id, time, data, subject=call_id)


def ended_unseen(source: str, call_id: str, heard_at: str) -> RawEvent:
    """Return the event of an end that nobody reported: as of the last report, after which any true one still wins."""
    data = {"kind": "CALL", "outcome": ENDED, "endedAt": heard_at, "endedAtEstimated": True}
    return event(INTERACTION, source, f"9:estimated:{id_of(call_id, heard_at)}", heard_at, data, subject=call_id)


def by_caller(number: str | None, presentation: str | None = None) -> dict[str, Any]:
    """Return who calls: by the number, or as one who withholds it, calls from a pay phone, or whose number is not known."""
    instead = {"withheld": WITHHELD, "pay_phone": PAY_PHONE, "unknown": UNKNOWN}.get((presentation or "").lower())
    return by_identifier("PHONE", instead or number or UNKNOWN)
