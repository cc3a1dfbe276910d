"""Who looks people up far more often than anybody needs to: told in the log, and asked for a reason from then on."""

from __future__ import annotations

import structlog

from api.process.rate import Rate
from resolvers.access.viewer import Viewer
from resolvers.engine.errors import Forbidden

MOST = 400
"""So many look-ups by one person or program within an hour are told, once an hour."""
HOUR = 3_600

log = structlog.stdlib.get_logger("customer360.audit")


class PurposeRequired(Forbidden):
    """Somebody reads very many people and does not say why."""

    code = "PURPOSE_REQUIRED"


class BulkReading:
    """The look-ups of the last hour by subject, in this process."""

    def __init__(self) -> None:
        self._lookups, self._told = Rate(MOST, HOUR), Rate(1, HOUR)

    def note(self, subject: str) -> bool:
        """Count one look-up; return whether that raised the alert."""
        self._lookups.take(subject)
        if self._lookups.remaining(subject) or self._told.take(subject):
            return False
        log.warning("bulk_reading", subject=subject, lookups=MOST, within_seconds=HOUR)
        return True

    def require_purpose(self, viewer: Viewer) -> None:
        """Raise PurposeRequired where a viewer who has looked up so many does not say why."""
        if not viewer.purpose.strip() and not self._lookups.remaining(viewer.name):
            raise PurposeRequired(f"You have looked up {MOST} people within an hour. Say why, in the header X-Purpose.")
