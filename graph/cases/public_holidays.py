"""The public holidays of Japan, as a table that a version of a calendar is saved with.

The library computes them without a network, also for years that have not been announced; the cabinet announces each year
in the February before, after which a newer version with the table of that day is saved.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

import jpholiday

YEARS_AHEAD = 10
"""For how many years after the one in which a calendar is saved its table goes on."""


def public_holidays(years: Iterable[int]) -> Mapping[date, str]:
    """Return the holidays of these years with their Japanese names, substitute holidays and days between two included."""
    return {day: name for year in years for day, name in jpholiday.year_holidays(year)}


def table_years(saved: date) -> range:
    """Return the years of the table of a calendar that is saved on a day: from the one before, since events come late."""
    return range(saved.year - 1, saved.year + YEARS_AHEAD + 1)
