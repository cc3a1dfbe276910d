"""Who looks people up far more often than anybody needs to: told in the log while it goes on."""

from __future__ import annotations

import time
from collections import deque
from dataclasses import dataclass, field

import structlog

MOST, WITHIN_SECONDS = 400, 3_600
"""So many look-ups by one person or program within so many seconds are told, once in that time."""

log = structlog.stdlib.get_logger("customer360.audit")


@dataclass(slots=True)
class BulkReading:
    """The look-ups of the last hour by subject, in this process."""

    _looked_up: dict[str, deque[float]] = field(default_factory=dict[str, "deque[float]"])
    _told: dict[str, float] = field(default_factory=dict[str, float])

    def note(self, subject: str, now: float | None = None) -> bool:
        """Count one look-up; return whether that raised the alert. `now` is in seconds of a clock that only goes forward."""
        at = time.monotonic() if now is None else now
        times = self._looked_up.setdefault(subject, deque(maxlen=MOST))
        times.append(at)
        often = len(times) == MOST and at - times[0] < WITHIN_SECONDS
        if not often or at - self._told.get(subject, -WITHIN_SECONDS) < WITHIN_SECONDS:
            return False
        self._told[subject] = at
        log.warning("bulk_reading", subject=subject, lookups=MOST, within_seconds=WITHIN_SECONDS)
        return True
