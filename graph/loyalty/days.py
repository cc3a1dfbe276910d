"""Business days as moments: a day begins at midnight of the business time zone, and moments are UTC text."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from graph.events.newest import utc_text


@lru_cache(maxsize=10_000)
def day_of(at: str, zone: str) -> date:
    """Return the business day of a moment."""
    return datetime.fromisoformat(at).astimezone(ZoneInfo(zone)).date()


@lru_cache(maxsize=10_000)
def beginning(day: date, zone: str) -> str:
    """Return the moment at which a business day begins."""
    return utc_text(datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC))


def after_days(at: str, days: int, zone: str) -> str:
    """Return the end of the day that is so many days after that of a moment: 0 is the end of its own day."""
    return beginning(day_of(at, zone) + timedelta(days=days + 1), zone)
