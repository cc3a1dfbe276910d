"""The targets and the calendars that clocks are computed from: those that come with the program until a company saves its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from graph.cases.calendars import Calendar, Hours
from graph.cases.pieces import Tables
from graph.cases.public_holidays import public_holidays, table_years
from graph.cases.targets import Target, TargetTable

OFFICE = "office"
SAVED = date(2026, 1, 1)
SAVED_AT = f"{SAVED}T00:00:00.000000Z"
HOUR = 3600
_DAY = (Hours(9 * 60, 18 * 60),)
ROWS = (
    Target("first-urgent", "FIRST_RESPONSE", HOUR, HOUR // 2, OFFICE, priority="URGENT"),
    Target("first-high", "FIRST_RESPONSE", 2 * HOUR, HOUR // 2, OFFICE, priority="HIGH"),
    Target("first", "FIRST_RESPONSE", 4 * HOUR, HOUR, OFFICE),
    Target("next-urgent", "NEXT_RESPONSE", HOUR, HOUR // 2, OFFICE, priority="URGENT"),
    Target("next", "NEXT_RESPONSE", 8 * HOUR, HOUR, OFFICE),
    Target("resolution-urgent", "RESOLUTION", 9 * HOUR, 2 * HOUR, OFFICE, priority="URGENT"),
    Target("resolution", "RESOLUTION", 3 * 9 * HOUR, 9 * HOUR, OFFICE),
)
"""Seconds of business time; a business day has nine hours."""


@cache
def built_in() -> Tables:
    """Return the built-in tables: office hours in Tokyo from Monday to Friday, without the public holidays of Japan."""
    week = (_DAY,) * 5 + ((),) * 2
    calendar = Calendar(OFFICE, 1, SAVED_AT, "Asia/Tokyo", week, frozenset(public_holidays(table_years(SAVED))))
    return Tables((TargetTable(1, SAVED_AT, ROWS),), {OFFICE: (calendar,)})


@dataclass(slots=True)
class _InForce:
    """`number` is how many versions have been saved: what was computed by fewer is computed anew.

    The holidays of the built-in calendar take a second to compute, so nothing does before somebody asks for `tables`.
    """

    tables: Tables | None
    number: int


_in_force = _InForce(None, 0)


def tables() -> Tables:
    """Return the tables that this process computes by."""
    return _in_force.tables or built_in()


def tables_number() -> int:
    return _in_force.number


def use_tables(known: Tables, number: int) -> None:
    """Have this process compute by these from now on."""
    _in_force.tables, _in_force.number = known, number
