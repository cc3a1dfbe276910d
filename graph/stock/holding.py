"""Whether pieces can be held for somebody, and what becomes of what is held: pure rules of reservations."""

from __future__ import annotations

from dataclasses import dataclass

HELD, RELEASED, EXPIRED, FULFILLED = RESERVATION_STATES = ("HELD", "RELEASED", "EXPIRED", "FULFILLED")
LONGEST_MINUTES = 7 * 24 * 60
MINUTE = 60_000
"""Milliseconds."""


@dataclass(slots=True)
class Reservation:
    """Pieces held for `owner`, an opaque word such as the id of a basket. `until` is when that ends, in ms since 1970."""

    id: str
    level: str
    owner: str
    quantity: int
    until: int
    state: str = HELD

    def holds(self, now: int) -> bool:
        """Tell whether it keeps its pieces from others at a moment: at its end it does no longer, swept or not."""
        return self.state == HELD and self.until > now

    @property
    def can_be_renewed(self) -> bool:
        """One that has run out can, where its pieces are still there; one that was given up or used cannot."""
        return self.state in (HELD, EXPIRED)


def end_of(now: int, minutes: int) -> int:
    """Return when something that begins now ends, in ms since 1970."""
    return now + minutes * MINUTE


def is_enough(available: int, quantity: int) -> bool:
    """Tell whether so many pieces can be promised without promising any twice."""
    return 0 < quantity <= available
