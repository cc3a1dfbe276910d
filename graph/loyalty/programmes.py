"""The versions of the programme that this process computes by: one without rules until a company saves its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graph.loyalty.programme import Programme, in_force

NO_RULES = Programme(0, "", "Asia/Tokyo", "JPY", 0, 365, 30, frozenset(), (), ())


@dataclass(slots=True)
class _InForce:
    versions: tuple[Programme, ...] = ()


_in_force = _InForce()


def programmes() -> tuple[Programme, ...]:
    """Return all versions that were saved, the oldest first."""
    return _in_force.versions


def programme_at(at: str) -> Programme:
    """Return the version of a moment, UTC text."""
    return in_force(_in_force.versions, at) or NO_RULES


def current() -> Programme:
    """Return the newest version."""
    return max(_in_force.versions, key=lambda each: each.number, default=NO_RULES)


def use_programmes(versions: Sequence[Programme]) -> None:
    """Have this process compute by these from now on."""
    _in_force.versions = tuple(versions)
