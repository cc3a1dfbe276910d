"""A source record as the identity rules see it: what it holds, and what could speak against it."""

from __future__ import annotations

from dataclasses import dataclass

from graph.identity.strength import Strength


@dataclass(frozen=True, slots=True)
class Holding:
    """An identifier held by a record; times are UTC text of fixed width, empty where the source gives no bound.

    `first_seen` and `last_seen` are when the record was first and last reported with it.
    """

    identifier: str
    strength: Strength
    valid_from: str = ""
    valid_to: str = ""
    first_seen: str = ""
    last_seen: str = ""

    def overlaps(self, other: Holding) -> bool:
        """Tell whether both records hold the value at one moment; one whose bounds exclude each other never does."""
        ends = list(filter(None, (self.valid_to, other.valid_to)))
        return not ends or max(self.valid_from, other.valid_from) < min(ends)

    def holds_at(self, moment: str) -> bool:
        return self.valid_from <= moment and (not self.valid_to or moment < self.valid_to)


@dataclass(frozen=True, slots=True)
class Member:
    """`names` are lines of `told_names.py`, all that it was ever called; `apart_from` are its cannot-links.

    `home` is the key of place and room, `composites` are the keys of `composites.py`.

    `quarantined` says that its component has once been too large to be joined.
    """

    key: str
    names: frozenset[str] = frozenset()
    birth_date: str | None = None
    holdings: tuple[Holding, ...] = ()
    apart_from: frozenset[str] = frozenset()
    quarantined: bool = False
    home: str | None = None
    composites: frozenset[str] = frozenset()
