"""Business calendars: when somebody is there to answer, by the wall clock of a time zone, with holidays and closures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

DAY_MINUTES = 24 * 60
_INSTANT, _MINUTE, _DAY = timedelta(microseconds=1), timedelta(minutes=1), timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Hours:
    """From when until when, in minutes of the day by the wall clock: 0 to 1440. What goes past midnight is two of them."""

    opens: int
    closes: int


@dataclass(frozen=True, slots=True)
class Closure:
    """Days on which nobody is there, both included; one of every year takes month and day only, past New Year too."""

    first: date
    last: date
    every_year: bool = False

    def covers(self, day: date) -> bool:
        if not self.every_year:
            return self.first <= day <= self.last
        first, last, this = ((each.month, each.day) for each in (self.first, self.last, day))
        return first <= this <= last if first <= last else this >= first or this <= last


@dataclass(frozen=True, slots=True)
class Calendar:
    """One version of a calendar: `number` from 1, in force from `saved_at` (UTC text of fixed width) until the next.

    `week` has the hours of each weekday from Monday on, in order and apart. `holidays` are the days of the table that was
    saved with it, so that a newer table is a newer version and changes nothing that has ended.
    """

    id: str
    number: int
    saved_at: str
    zone: str
    week: tuple[tuple[Hours, ...], ...]
    holidays: frozenset[date] = frozenset()
    closures: tuple[Closure, ...] = ()

    def hours(self, day: date) -> tuple[Hours, ...]:
        """Return when it is open on a day."""
        if day in self.holidays or any(closure.covers(day) for closure in self.closures):
            return ()
        return self.week[day.weekday()]


ALWAYS: tuple[tuple[Hours, ...], ...] = ((Hours(0, DAY_MINUTES),),) * 7
"""The week of a calendar that never closes."""


def due(calendar: Calendar, start: datetime, span: timedelta) -> datetime:
    """Return the first moment, in UTC, by which so much business time has passed since `start`.

    It ends for every calendar without defects (`calendar_defects.py`).
    """
    left, at = span, start.astimezone(UTC)
    if left <= timedelta():
        return at
    for opens, closes in _openings(calendar, at):
        begins = max(opens, at)
        if closes - begins >= left:
            return begins + left
        left -= max(closes - begins, timedelta())
    raise OverflowError


def elapsed(calendar: Calendar, start: datetime, end: datetime) -> timedelta:
    """Return the business time between two moments; none where the end comes first."""
    passed = timedelta()
    for opens, closes in _openings(calendar, start):
        if opens >= end:
            break
        passed += max(min(closes, end) - max(opens, start), timedelta())
    return passed


def is_open(calendar: Calendar, at: datetime) -> bool:
    """Tell whether it is open at a moment: when it opens, it is, and when it closes, no longer."""
    return elapsed(calendar, at, at + _INSTANT) > timedelta()


def _openings(calendar: Calendar, start: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Yield when it opens and closes, in UTC, from the day of `start` on."""
    zone = ZoneInfo(calendar.zone)
    day = start.astimezone(zone).date()
    while day.year < date.max.year:
        for hours in calendar.hours(day):
            yield _moment(zone, day, hours.opens), _moment(zone, day, hours.closes)
        day += _DAY


@lru_cache(maxsize=16_384)
def _moment(zone: ZoneInfo, day: date, minutes: int) -> datetime:
    """Return when a wall clock shows so many minutes of a day: the first time where it does so twice.

    Minutes that it leaves out, as in spring, all are the moment at which it does so.
    """
    wall = datetime.combine(day, time()) + timedelta(minutes=minutes)
    while (moment := wall.replace(tzinfo=zone).astimezone(UTC)).astimezone(zone).replace(tzinfo=None) != wall:
        wall += _MINUTE
    return moment
