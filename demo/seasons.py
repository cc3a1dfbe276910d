"""When things happen in the demo town: busy months and weekends, and the hours of each channel."""

from __future__ import annotations

from bisect import bisect_right
from datetime import datetime, timedelta
from itertools import accumulate
from random import Random

from demo.envelope import BEGIN, END

_MONTHS = (8, 6, 11, 10, 8, 8, 12, 6, 8, 10, 11, 14)
"""How much happens from January to December: sales in July, presents in December, new wardrobes in March."""
_WEEKDAYS = (8, 8, 8, 9, 10, 14, 13)
_HOURS = {
    "STORE": (10, (4, 7, 8, 8, 10, 11, 11, 10, 8, 5)),
    "PHONE": (9, (6, 10, 10, 7, 8, 8, 7, 6, 4)),
    "ONLINE": (7, (4, 5, 4, 4, 4, 6, 5, 4, 4, 4, 4, 5, 7, 10, 12, 11, 7)),
}
"""First hour of the day and the weight of each hour from there on."""


def _weight(day: datetime) -> int:
    # The chain grows: the last month has about 70 % more than the first.
    return _MONTHS[day.month - 1] * _WEEKDAYS[day.weekday()] * (1000 + (day - BEGIN).days)


_DAYS = [BEGIN + timedelta(days=number) for number in range((END - BEGIN).days + 1)]
_UNTIL = list(accumulate(_weight(day) for day in _DAYS))


def drawn_day(random: Random, since: datetime) -> datetime:
    """Return the midnight of a day after that of `since`, busy days rather than quiet ones."""
    first = min((since - BEGIN).days, len(_DAYS) - 2)
    return _DAYS[bisect_right(_UNTIL, random.randrange(_UNTIL[first], _UNTIL[-1]))]


def later(random: Random, at: datetime, days: int, place: str) -> datetime:
    """Return a moment one to `days` days after `at`, in the hours of the place."""
    return at_hour(random, at.replace(hour=0) + timedelta(days=random.randint(1, days)), place)


def at_hour(random: Random, day: datetime, place: str) -> datetime:
    """Return a moment of a day; `place` is STORE, PHONE or ONLINE."""
    first, weights = _HOURS[place]
    hour = first + random.choices(range(len(weights)), weights=weights)[0]
    return day.replace(hour=hour, minute=random.randrange(60), second=0, microsecond=0)
