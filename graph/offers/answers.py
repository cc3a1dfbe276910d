"""What becomes of an offer, and whether another like it is unwelcome: pure rules, the same at every door."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

OPEN, ACCEPTED, DECLINED, LATER = OFFER_STATES = ("OPEN", "ACCEPTED", "DECLINED", "LATER")
ANSWERS = (ACCEPTED, DECLINED, LATER)
ANSWERABLE = frozenset({OPEN, LATER})
"""A yes and a no are for good: whoever thinks again is offered it again."""


def may_answer(state: str) -> bool:
    return state in ANSWERABLE


def unwelcome(before: Iterable[Mapping[str, Any]], now: str) -> str | None:
    """Return the id of the answer that speaks against the same offer at a time (UTC text), None where none does.

    `before` are the offers of the same thing that were made. The newest answer counts: a no always, a later until its time.
    """
    answered = [each for each in before if each["state"] != OPEN]
    newest = max(answered, key=lambda each: (each["answered_at"], each["id"]), default=None)
    if newest is None or newest["state"] == ACCEPTED or (newest["state"] == LATER and newest["until"] <= now):
        return None
    return newest["id"]
