"""The envelope of the demo's events, and the days as the stories are written down."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone
from typing import Any, TypeAlias

RawEvent: TypeAlias = dict[str, Any]

TOKYO = timezone(timedelta(hours=9))
OPENED = datetime(2024, 11, 1, tzinfo=TOKYO)
"""When the chain told of its shops and articles: the one time that every town has."""
WRITTEN = date(2026, 11, 22)
"""The last day of the stories as they are written down."""
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T")


def event(kind: str, source: str, event_id: str, at: datetime, data: dict[str, Any], *, subject: str | None = None) -> RawEvent:
    """Return one CloudEvent; `kind` is person, store, product, order, interaction or consent."""
    envelope: RawEvent = {
        "specversion": "1.0",
        "type": f"customer360.{kind}.v1",
        "source": source,
        "id": event_id,
        "time": at.isoformat(),
        "data": data,
    }
    return envelope if subject is None else {**envelope, "subject": subject}


def moment(text: str) -> datetime:
    """Return the time of a text such as `2026-11-22T10:20`, which is in Tokyo."""
    return datetime.fromisoformat(text).replace(tzinfo=TOKYO)


def moved(told: Any, by: timedelta) -> Any:
    """Return an event, or a part of one, with each of its times that much later; dates of birth have no time and stay."""
    if isinstance(told, dict):
        return {name: moved(value, by) for name, value in told.items()}
    if isinstance(told, list):
        return [moved(value, by) for value in told]
    if isinstance(told, str) and _INSTANT.match(told):
        return (datetime.fromisoformat(told) + by).isoformat()
    return told


def by_record(source: str, subject: str) -> dict[str, Any]:
    """Return the `by` of a contact whose record is known."""
    return {"record": {"source": source, "subject": subject}}


def by_identifier(kind: str, value: str, **more: Any) -> dict[str, Any]:
    """Return the `by` of a contact that is known by one identifier only."""
    return {"identifiers": [{"kind": kind, "value": value, **more}]}
