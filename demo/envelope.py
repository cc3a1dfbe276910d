"""The envelope of the demo's events, and its clock: two years that end on 22 November 2026, whenever it is loaded."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any, TypeAlias

RawEvent: TypeAlias = dict[str, Any]

TOKYO = timezone(timedelta(hours=9))
BEGIN = datetime(2024, 11, 1, tzinfo=TOKYO)
END = datetime(2026, 11, 22, 12, tzinfo=TOKYO)
"""Noon of the last day: nothing happens later."""


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


def by_record(source: str, subject: str) -> dict[str, Any]:
    """Return the `by` of a contact whose record is known."""
    return {"record": {"source": source, "subject": subject}}


def by_identifier(kind: str, value: str, **more: Any) -> dict[str, Any]:
    """Return the `by` of a contact that is known by one identifier only."""
    return {"identifiers": [{"kind": kind, "value": value, **more}]}
