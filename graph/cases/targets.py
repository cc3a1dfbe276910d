"""How long an answer or a solution may take: rows of which the most specific one that fits counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, TypeVar, get_args

from graph.cases.folding import CaseState

ClockKind = Literal["FIRST_RESPONSE", "NEXT_RESPONSE", "RESOLUTION"]
CLOCK_KINDS: tuple[str, ...] = get_args(ClockKind)
CONDITIONS = ("contract", "rank", "topic", "team", "priority")
"""What a row may ask for. Of rows that ask for as many things, the one counts that asks for what comes first here."""


@dataclass(frozen=True, slots=True)
class Target:
    """A row: `seconds` of business time on a calendar, and how many of them before its end the warning is given.

    A condition that is null holds for every case.
    """

    id: str
    clock: ClockKind
    seconds: int
    warning_seconds: int
    calendar: str
    contract: str | None = None
    rank: str | None = None
    topic: str | None = None
    team: str | None = None
    priority: str | None = None

    @property
    def warning_after(self) -> int:
        """Seconds of business time after which the warning is given."""
        return max(self.seconds - self.warning_seconds, 0)

    def fits(self, case: CaseState) -> bool:
        return all(getattr(self, name) in (None, getattr(case, name)) for name in CONDITIONS)


@dataclass(frozen=True, slots=True)
class TargetTable:
    """One version of all rows: `number` from 1, in force from `saved_at` (UTC text of fixed width) until the next."""

    number: int
    saved_at: str
    rows: tuple[Target, ...]

    def target(self, clock: ClockKind, case: CaseState) -> Target | None:
        """Return the row that counts for a case as it stands, None where none fits; equal rows go by their ids."""
        fitting = [row for row in self.rows if row.clock == clock and row.fits(case)]
        return min(fitting, key=_least_specific_last, default=None)


class Version(Protocol):
    @property
    def number(self) -> int: ...
    @property
    def saved_at(self) -> str: ...


_V = TypeVar("_V", bound=Version)


def in_force(versions: Sequence[_V], at: str) -> _V:
    """Return the newest version of those saved by then; the oldest of all for a time before there was any.

    Raises ValueError where there is no version at all.
    """
    saved = [version for version in versions if version.saved_at <= at]
    return max(saved, key=_age) if saved else min(versions, key=_age)


def _age(version: Version) -> tuple[str, int]:
    return version.saved_at, version.number


def _least_specific_last(row: Target) -> tuple[object, ...]:
    open_to_all = [getattr(row, name) is None for name in CONDITIONS]
    return sum(open_to_all), open_to_all, row.id
