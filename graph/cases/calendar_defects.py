"""Why a calendar cannot be saved: above all one without an open hour, on which no clock would ever end."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from zoneinfo import available_timezones

from graph.cases.calendars import DAY_MINUTES, Calendar, Closure, Hours

UNKNOWN_ZONE, WRONG_WEEK, WRONG_HOURS, WRONG_CLOSURE, NEVER_OPEN = DEFECTS = (
    "UNKNOWN_ZONE", "WRONG_WEEK", "WRONG_HOURS", "WRONG_CLOSURE", "NEVER_OPEN",
)  # fmt: skip
"""WRONG_HOURS: empty, not in order, overlapping or outside the day. NEVER_OPEN: closed for a whole year."""
_WEEKDAYS_REPEAT = range(2001, 2029)
"""The years after which each day of the year has been each weekday."""


def defects(calendar: Calendar) -> tuple[str, ...]:
    """Return why a calendar cannot be saved, as words of DEFECTS; nothing for one that can."""
    checks = {
        UNKNOWN_ZONE: calendar.zone not in available_timezones(),
        WRONG_WEEK: len(calendar.week) != 7,
        WRONG_HOURS: any(not _in_order(hours) for hours in calendar.week),
        WRONG_CLOSURE: any(not _is_range(closure) for closure in calendar.closures),
    }
    found = tuple(message for message, wrong in checks.items() if wrong)
    return found or ((NEVER_OPEN,) if any(not _opens_in(calendar, year) for year in _years(calendar)) else ())


def _in_order(hours: Iterable[Hours]) -> bool:
    """Tell whether hours are in order and apart; those that touch are one."""
    before = -1
    for each in hours:
        if not before < each.opens < each.closes <= DAY_MINUTES:
            return False
        before = each.closes
    return True


def _is_range(closure: Closure) -> bool:
    """Tell whether it ends after it begins, and does not take in more than two turns of the year."""
    return closure.first <= closure.last and (not closure.every_year or closure.last - closure.first < timedelta(days=366))


def _years(calendar: Calendar) -> Iterable[int]:
    """Every year in which a closure or a holiday could leave nothing open, and years in which only the yearly ones do."""
    once = [closure for closure in calendar.closures if not closure.every_year]
    # One that goes on for longer than three calendar years closes the second of them altogether.
    spans = (range(closure.first.year, min(closure.first.year + 2, closure.last.year) + 1) for closure in once)
    return sorted({*_WEEKDAYS_REPEAT, *(day.year for day in calendar.holidays), *(year for span in spans for year in span)})


def _opens_in(calendar: Calendar, year: int) -> bool:
    days = range(date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal() + 1)
    return any(calendar.hours(date.fromordinal(day)) for day in days)
