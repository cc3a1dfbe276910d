"""The envelope of the demo's events, and its clock: all of it happens in the two years before November 2026."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any, TypeAlias

RawEvent: TypeAlias = dict[str, Any]

TOKYO = timezone(timedelta(hours=9))
BEGIN = datetime(2024, 11, 1, tzinfo=TOKYO)
END = datetime(2026, 10, 31, 23, tzinfo=TOKYO)
DAYS = (END - BEGIN).days


def event(kind: str, source: str, event_id: str, at: datetime, data: dict[str, Any], *, subject: str | None = None) -> RawEvent:
    """Return one CloudEvent; `kind` is person, store, product, order or interaction."""
    envelope: RawEvent = {
        "specversion": "1.0",
        "type": f"customer360.{kind}.v1",
        "source": source,
        "id": event_id,
        "time": at.isoformat(),
        "data": data,
    }
    return envelope if subject is None else {**envelope, "subject": subject}
