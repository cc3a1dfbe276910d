"""Periods by which the timeline is narrowed: the last days, or a year, in the business time zone."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, tzinfo

DAYS = {"30d": 30, "90d": 90, "365d": 365}
YEARS = 4
_YEAR = re.compile(r"[12]\d{3}")


def choices(now: datetime) -> list[str]:
    """Return the names of years that can be chosen beside DAYS, newest first."""
    return [str(now.year - back) for back in range(YEARS)]


def bounds(period: str, now: datetime) -> dict[str, str]:
    """Return the `from` and `to` of a period, as RFC 3339 in UTC; raises ValueError for a name that is none.

    `now` is in the business time zone. Days are whole days, today among them.
    """
    if period in DAYS:
        today = now.replace(hour=0, minute=0, second=0, microsecond=0)
        return {"from": _instant(today - timedelta(days=DAYS[period] - 1))}
    if not _YEAR.fullmatch(period):
        raise ValueError("no such period")
    year = int(period)
    return {"from": _instant(_new_year(year, now.tzinfo)), "to": _instant(_new_year(year + 1, now.tzinfo))}


def _new_year(year: int, zone: tzinfo | None) -> datetime:
    return datetime(year, 1, 1, tzinfo=zone)


def _instant(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()
