"""Lots: points that were granted together, become usable together and expire together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

NEVER = "~"
"""Sorts after every moment."""


@dataclass(slots=True)
class Lot:
    """Points are whole numbers, moments UTC text. `remaining` of `granted` are there; they are pending until it is `active`.

    `expired` counts those that have expired and were not earned in vain. Of those that `order` granted, `earned` are still
    its own: what the order no longer deserves is taken off.
    """

    id: str
    granted: int
    remaining: int
    granted_at: str
    active_from: str
    expires_at: str
    active: bool
    expired: int = 0
    order: str | None = None
    earned: int = 0

    @property
    def due(self) -> str:
        """The moment at which something happens to it by itself."""
        if not self.remaining:
            return NEVER
        return self.expires_at if self.active else self.active_from


@dataclass(slots=True)
class Taken:
    """What a redemption took: from a lot, or as a debt where `lot` is None. `at` and `place` are its turn over all accounts.

    `back` were given back by now, `undone` of them by a person. `commanded`: a command redeemed it, not an order's report.
    """

    entry: str
    account: str
    lot: str | None
    at: str
    place: int
    points: int
    back: int = 0
    undone: int = 0
    commanded: bool = True

    @property
    def outstanding(self) -> int:
        return self.points - self.back


def usable(lots: Iterable[Lot]) -> list[Lot]:
    """Return the lots that can be spent, the one that expires first before all others."""
    return sorted(
        (lot for lot in lots if lot.active and lot.remaining), key=lambda lot: (lot.expires_at, lot.active_from, lot.id)
    )
