"""At which hours things happen in the demo town: those of each channel."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

_HOURS = {
    "STORE": (10, (4, 7, 8, 8, 10, 11, 11, 10, 8, 5)),
    "PHONE": (9, (6, 10, 10, 7, 8, 8, 7, 6, 4)),
    "ONLINE": (7, (4, 5, 4, 4, 4, 6, 5, 4, 4, 4, 4, 5, 7, 10, 12, 11, 7)),
}
"""First hour of the day and the weight of each hour from there on."""


def later(random: Random, at: datetime, days: int, place: str) -> datetime:
    """Return a moment one to `days` days after `at`, in the hours of the place."""
    return at_hour(random, at.replace(hour=0) + timedelta(days=random.randint(1, days)), place)


def at_hour(random: Random, day: datetime, place: str) -> datetime:
    """Return a moment of a day; `place` is STORE, PHONE or ONLINE."""
    first, weights = _HOURS[place]
    hour = first + random.choices(range(len(weights)), weights=weights)[0]
    return day.replace(hour=hour, minute=random.randrange(60), second=0, microsecond=0)
