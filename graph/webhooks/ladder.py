"""When a delivery is tried again, and when it is given up. Source: Standard Webhooks 1.0.0, its table of retries."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

MINUTE, HOUR = 60, 3_600
LADDER = (0, 5, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR)
"""Seconds before each attempt, since the one before it ended."""
JITTER = 0.1
"""The most by which a pause is longer than it says, as a part of it: what failed together does not come back together."""


def pause_after(tries: int, chance: float, asked: float = 0) -> timedelta | None:
    """Return the pause after so many failed attempts, None where there is no further one.

    `chance` is a random number from 0 to 1, `asked` how many seconds the endpoint wants not to be called for.
    """
    if tries >= len(LADDER):
        return None
    return timedelta(seconds=max(LADDER[tries] * (1 + JITTER * chance), min(asked, LADDER[-1])))


def asked_pause(retry_after: str | None, now: datetime) -> float:
    """Return the seconds that a header `Retry-After` asks for, as a number or as a date; 0 for none that can be read."""
    text = (retry_after or "").strip()
    if text.isascii() and text.isdecimal():
        return float(text[:9])
    try:
        until = parsedate_to_datetime(text)
    except ValueError:
        return 0
    return max((until.replace(tzinfo=until.tzinfo or UTC) - now).total_seconds(), 0)
