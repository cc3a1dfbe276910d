"""The two years of a demo town up to its last day: which days are busy is weighed by their real month and weekday."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date, datetime, time, timedelta
from functools import cached_property
from itertools import accumulate
from random import Random

from demo.envelope import TOKYO

_LENGTH = timedelta(days=751)
_MONTHS = (8, 6, 11, 10, 8, 8, 12, 6, 8, 10, 11, 14)
"""How much happens from January to December: sales in July, presents in December, new wardrobes in March."""
_WEEKDAYS = (8, 8, 8, 9, 10, 14, 13)


class Years:
    """`begin` is the midnight of the first day; `end` is noon of the last, and nothing happens later."""

    def __init__(self, last_day: date) -> None:
        self.end = datetime.combine(last_day, time(12), TOKYO)
        self.begin = datetime.combine(last_day - _LENGTH, time(), TOKYO)

    def drawn_day(self, random: Random, since: datetime) -> datetime:
        """Return the midnight of a day after that of `since`, busy days rather than quiet ones."""
        until = self._busy_until
        first = min((since - self.begin).days, len(until) - 2)
        return self.begin + timedelta(days=bisect_right(until, random.randrange(until[first], until[-1])))

    @cached_property
    def _busy_until(self) -> list[int]:
        days = (self.begin + timedelta(days=number) for number in range(_LENGTH.days + 1))
        return list(accumulate(self._weight(day) for day in days))

    def _weight(self, day: datetime) -> int:
        # The chain grows: the last month has about 70 % more than the first.
        return _MONTHS[day.month - 1] * _WEEKDAYS[day.weekday()] * (1000 + (day - self.begin).days)
