"""What a touchpoint says about itself: that it asks for an answer, that it gives one, that something went wrong.

Pure rules over the properties of its node; the row of each kind in `kinds.py` names those that hold for it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

Properties: TypeAlias = Mapping[str, Any]
Rule: TypeAlias = Callable[[Properties], bool]
Concern: TypeAlias = Callable[[Properties], str | None]
"""Names what is wrong or open, as a word of CONCERNS, or nothing."""

CONCERNS = (
    "ORDER_OPEN", "ORDER_CANCELLED", "ORDER_RETURNED", "UNANSWERED", "COMPLAINT", "LOW_SCORE", "APPOINTMENT_AHEAD",
    "APPOINTMENT_MISSED",
)  # fmt: skip
RINGING = "RINGING"
_GOING_ON = frozenset({RINGING, "ANSWERED", "TRANSFERRED"})
CALL_OUTCOMES = _GOING_ON | {"COMPLETED", "MISSED", "VOICEMAIL", "BUSY", "FAILED", "ENDED"}
"""Outcomes of calls that have a meaning here; a telephone system may report any other text."""
_SETTLED = frozenset(
    {"解決", "解決済", "解決済み", "対応済", "対応済み", "対応完了", "完了", "resolved", "solved", "closed", "done"}
)
_OVER = frozenset({"FULFILLED", "PARTLY_RETURNED", "EXPIRED"})
_COMPLAINING = ("苦情", "クレーム", "不満", "complaint", "dissatisfied", "negative")


def always(_: Properties) -> bool:
    return True


def by_customer(properties: Properties) -> bool:
    """Whether a customer began it or, as far as messages say, wrote in it; no program, and nothing others answer."""
    if properties.get("answered_elsewhere") or properties.get("auto_submitted"):
        return False
    return properties.get("direction") == "INBOUND" or "customer" in _speakers(properties)


def missed(properties: Properties) -> bool:
    """Whether nobody took the call: it is told to have lasted no time; one of which nothing is told may have been taken."""
    return properties.get("direction") == "INBOUND" and properties.get("duration_seconds") == 0


def goes_on(properties: Properties) -> bool:
    """Whether a call rings or is being spoken: its last report is none of its end."""
    return properties.get("outcome") in _GOING_ON


def by_company(properties: Properties) -> bool:
    """Whether the company wrote or called; what a program acknowledges is no answer."""
    if properties.get("auto_submitted"):
        return False
    return properties.get("direction") == "OUTBOUND" or bool(_speakers(properties) - {"customer"})


def by_staff(properties: Properties) -> bool:
    """Whether an employee is named, beside what tells that the company wrote or called."""
    return properties.get("staff") is not None or by_company(properties)


def taken_by_phone(properties: Properties) -> bool:
    """Whether somebody of the company spoke with the customer to take the order."""
    return properties.get("channel") == "PHONE"


def settled(properties: Properties) -> bool:
    """Whether its own outcome or result says that nothing is left to do, in just such a word: 未解決 is another."""
    return any((properties.get(name) or "").strip().lower() in _SETTLED for name in ("outcome", "result"))


def order_state(properties: Properties) -> str | None:
    """An order that its source has not ended is over all the same when everything in it has been handed over or came back."""
    status, state = properties.get("status"), properties.get("state")
    ended = next((each for each in (status, state) if each in ("CANCELLED", "RETURNED")), None)
    if ended:
        return f"ORDER_{ended}"
    return None if status in (None, "FULFILLED") or state in _OVER else "ORDER_OPEN"


def complaint(properties: Properties) -> str | None:
    if settled(properties):
        return None
    words = " ".join(properties.get(name) or "" for name in ("topic", "subject", "sentiment")).lower()
    return "COMPLAINT" if any(word in words for word in _COMPLAINING) else None


def low_score(properties: Properties) -> str | None:
    """A score of at most half of its scale; a scale that is no number tells nothing."""
    score, scale = properties.get("score"), properties.get("scale")
    try:
        return "LOW_SCORE" if score is not None and scale is not None and score <= float(scale) / 2 else None
    except ValueError:
        return None


def meeting(properties: Properties) -> str | None:
    """A meeting that was missed, or one that may still lie ahead: whether it does depends on when one looks."""
    attended = properties.get("attended")
    if attended is None:
        return "APPOINTMENT_AHEAD" if properties.get("scheduled_for") is not None else None
    return None if attended else "APPOINTMENT_MISSED"


def _speakers(properties: Properties) -> set[str]:
    messages = json.loads(properties.get("messages") or "[]")
    return {speaker.lower() for message in messages if isinstance(speaker := message.get("from"), str)}
