"""The states of a case and what leads from one to another, as tables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

State = Literal["NEW", "OPEN", "WAITING_CUSTOMER", "WAITING_INTERNAL", "RESOLVED", "CLOSED"]
STATES: tuple[str, ...] = get_args(State)
NEW, OPEN, WAITING_CUSTOMER, WAITING_INTERNAL, RESOLVED, CLOSED = STATES
ENDED = frozenset({RESOLVED, CLOSED})

MESSAGE, THANKS, REPLY, BOUNCED, TAKEN, ESCALATED, ANSWERED, TIME = (
    "MESSAGE", "THANKS", "REPLY", "BOUNCED", "TAKEN", "ESCALATED", "ANSWERED", "TIME",
)  # fmt: skip
HAPPENINGS = (MESSAGE, THANKS, REPLY, BOUNCED, TAKEN, ESCALATED, ANSWERED, TIME)
"""What changes a state by itself; TAKEN: it was assigned to a member of staff, TIME: it was resolved long enough ago."""

BY_ITSELF: Mapping[str, Mapping[str, str]] = {
    MESSAGE: {NEW: NEW, OPEN: OPEN, WAITING_CUSTOMER: OPEN, WAITING_INTERNAL: OPEN, RESOLVED: OPEN},
    THANKS: {NEW: NEW, OPEN: OPEN, WAITING_CUSTOMER: OPEN, WAITING_INTERNAL: OPEN, RESOLVED: RESOLVED},
    REPLY: {NEW: OPEN, OPEN: OPEN, WAITING_CUSTOMER: WAITING_CUSTOMER, WAITING_INTERNAL: WAITING_INTERNAL, RESOLVED: RESOLVED},
    BOUNCED: {NEW: OPEN, OPEN: OPEN, WAITING_CUSTOMER: OPEN, WAITING_INTERNAL: WAITING_INTERNAL, RESOLVED: OPEN},
    TAKEN: {NEW: OPEN, OPEN: OPEN, WAITING_CUSTOMER: WAITING_CUSTOMER, WAITING_INTERNAL: WAITING_INTERNAL, RESOLVED: RESOLVED},
    ESCALATED: {NEW: WAITING_INTERNAL, OPEN: WAITING_INTERNAL, WAITING_CUSTOMER: WAITING_INTERNAL,
                WAITING_INTERNAL: WAITING_INTERNAL},
    ANSWERED: {NEW: NEW, OPEN: OPEN, WAITING_CUSTOMER: WAITING_CUSTOMER, WAITING_INTERNAL: OPEN, RESOLVED: RESOLVED},
    TIME: {RESOLVED: CLOSED},
}  # fmt: skip
"""What happens -> state before -> state after. Without a cell it cannot happen: a closed case takes nothing."""

BY_PERSON: Mapping[str, frozenset[str]] = {
    NEW: frozenset({OPEN, WAITING_CUSTOMER, WAITING_INTERNAL, RESOLVED}),
    OPEN: frozenset({WAITING_CUSTOMER, WAITING_INTERNAL, RESOLVED}),
    WAITING_CUSTOMER: frozenset({OPEN, WAITING_INTERNAL, RESOLVED}),
    WAITING_INTERNAL: frozenset({OPEN, WAITING_CUSTOMER, RESOLVED}),
    RESOLVED: frozenset({OPEN, CLOSED}),
    CLOSED: frozenset(),
}
"""State before -> the states that a person may set."""

NOT_FROM_HERE, NEEDS_CODE, NEEDS_NOTE = REFUSALS = ("NOT_FROM_HERE", "NEEDS_CODE", "NEEDS_NOTE")
"""Why a person may not set a state."""


def refusal(before: str, after: str, code: str | None, note: str | None) -> str | None:
    """Return why a person may not set a state, as a word of REFUSALS; None where they may."""
    if after not in BY_PERSON[before]:
        return NOT_FROM_HERE
    if after == RESOLVED and not (code or "").strip():
        return NEEDS_CODE
    if after == RESOLVED and not (note or "").strip():
        return NEEDS_NOTE
    return None


def takes(before: str, happening: str) -> bool:
    """Tell whether something can happen to a case in a state; to a closed one nothing can: a new case follows it."""
    return before in BY_ITSELF[happening]
