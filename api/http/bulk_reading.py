"""Who looks people up far more often than anybody needs to: told in the log, and asked for a reason from then on."""

from __future__ import annotations

import structlog
from limits import RateLimitItemPerHour
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from resolvers.access.viewer import Viewer
from resolvers.engine.errors import Forbidden

MOST = 400
"""So many look-ups by one person or program within an hour are told, once an hour."""
OFTEN, TOLD = RateLimitItemPerHour(MOST), RateLimitItemPerHour(1)

log = structlog.stdlib.get_logger("customer360.audit")


class PurposeRequired(Forbidden):
    """Somebody reads very many people and does not say why."""

    code = "PURPOSE_REQUIRED"


class BulkReading:
    """The look-ups of the last hour by subject, in this process."""

    def __init__(self) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def note(self, subject: str) -> bool:
        """Count one look-up; return whether that raised the alert."""
        counted = self._limiter.hit(OFTEN, "look-ups", subject)
        if (counted and self._limiter.test(OFTEN, "look-ups", subject)) or not self._limiter.hit(TOLD, "told", subject):
            return False
        log.warning("bulk_reading", subject=subject, lookups=MOST, within_seconds=OFTEN.get_expiry())
        return True

    def require_purpose(self, viewer: Viewer) -> None:
        """Raise PurposeRequired where a viewer who has looked up so many does not say why."""
        if not viewer.purpose.strip() and not self._limiter.test(OFTEN, "look-ups", viewer.name):
            raise PurposeRequired(f"You have looked up {MOST} people within an hour. Say why, in the header X-Purpose.")
