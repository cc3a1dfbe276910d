"""The time of a wait, cut wherever the case or a table changed: within a piece nothing changes by which it is computed."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias

from graph.cases.calendars import Calendar, due, elapsed
from graph.cases.history import moment
from graph.cases.targets import Target, TargetTable, in_force
from graph.cases.waits import Course, Wait

Running: TypeAlias = Sequence[tuple[datetime, datetime | None]]
"""The times in which a wait counts; the last may have no end."""
_INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Tables:
    """Every version of the targets, and of each calendar by its id: at least one of each that is named."""

    targets: Sequence[TargetTable]
    calendars: Mapping[str, Sequence[Calendar]]


@dataclass(frozen=True, slots=True)
class Piece:
    """From `begins` on, before `ends`, the target and the calendar are these."""

    begins: datetime
    ends: datetime
    target: Target
    targets_version: int
    calendar: Calendar

    def reached(self, running: Running, seconds: int) -> datetime | None:
        """Return when so much business time has been used, were it so from the start; None where it pauses before."""
        left = timedelta(seconds=seconds)
        for begins, ends in running:
            if ends is None or (passed := elapsed(self.calendar, begins, ends)) >= left:
                return due(self.calendar, begins, left)
            left -= passed
        return None

    def within(self, at: datetime | None) -> datetime | None:
        """Return when something comes in this piece: what a change moved into the past comes with the change."""
        came = None if at is None else max(at, self.begins)
        return came if came is not None and came < self.ends else None


def pieces(wait: Wait, course: Course, tables: Tables, now: str) -> list[Piece]:
    """Return the pieces up to the end of a wait, or up to and with `now`; without the times for which no target fits."""
    # Who is late at this very moment is late; an answer at the moment at which it is due is in time.
    until = moment(now) + _INSTANT if wait.ended_at is None else moment(wait.ended_at)
    times, cuts = [at for at, _ in course], _cuts(wait, course, tables, until)
    found: list[Piece] = []
    for at, ends in zip(cuts, [*map(moment, cuts[1:]), max(until, moment(cuts[-1]) + _INSTANT)], strict=True):
        table = in_force(tables.targets, at)
        target = table.target(wait.clock, course[bisect_right(times, at) - 1][1])
        if target is None:
            continue
        piece = Piece(moment(at), ends, target, table.number, in_force(tables.calendars[target.calendar], at))
        if found and found[-1].ends == piece.begins and _same(found[-1], piece):
            piece = Piece(found.pop().begins, ends, target, table.number, piece.calendar)
        found.append(piece)
    return found


def used(calendar: Calendar, running: Running, until: datetime) -> timedelta:
    """Return the business time that has been used by then."""
    return sum((elapsed(calendar, begins, min(ends or until, until)) for begins, ends in running), timedelta())


def _cuts(wait: Wait, course: Course, tables: Tables, until: datetime) -> list[str]:
    saved = (version.saved_at for versions in (tables.targets, *tables.calendars.values()) for version in versions)
    changes = {*(at for at, _ in course), *saved}
    return [wait.started_at, *sorted(at for at in changes if wait.started_at < at and moment(at) < until)]


def _same(one: Piece, other: Piece) -> bool:
    return (one.target, one.targets_version, one.calendar) == (other.target, other.targets_version, other.calendar)
