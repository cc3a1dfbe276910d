"""How much of something each of many may do within a time that slides along."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable


class Rate:
    """`most` within so many `seconds`, for each key. Nothing is kept of who has done nothing for two such times.

    Source: the sliding window counter. Of the window before, that share counts which a window that ends now still covers.
    """

    def __init__(self, most: int, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self.most = most
        self.seconds = seconds
        self._clock = clock
        self._window = 0
        self._before: Counter[str] = Counter()
        self._now: Counter[str] = Counter()

    def take(self, key: str, number: int = 1) -> float:
        """Count so much and return 0; where it is too much count nothing, and return after how many seconds it can be taken."""
        passed = self._slide()
        before, now = self._before[key], self._now[key]
        if before * (1 - passed) + now + number <= self.most:
            self._now[key] += number
            return 0
        if now + number <= self.most:
            return self.seconds * (1 - passed - (self.most - now - number) / before)
        return self.seconds * (2 - passed - max(0, self.most - number) / now) if now else self.seconds

    def remaining(self, key: str) -> int:
        """Return how much may still be taken at this moment."""
        passed = self._slide()
        return max(0, int(self.most - self._before[key] * (1 - passed) - self._now[key]))

    def _slide(self) -> float:
        """Begin the window of this moment, and return what share of it has passed."""
        window, passed = divmod(self._clock() / self.seconds, 1)
        if window != self._window:
            self._before = self._now if window == self._window + 1 else Counter()
            self._now = Counter()
            self._window = int(window)
        return passed
