"""Events of the public contract (docs/events.md), as mappings make them."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from api.connectors.delivery import RawEvent

INTERACTION, PERSON, ORDER, PRODUCT, CONSENT = (
    f"customer360.{name}.v1" for name in ("interaction", "person", "order", "product", "consent")
)


def event(
    type_: str, source: str, event_id: str, time: str | None, data: dict[str, Any], *, subject: str | None = None
) -> RawEvent:
    """Return an event; one without a time is refused by the intake, with its reason."""
    envelope = {"specversion": "1.0", "type": type_, "source": source, "id": event_id, "time": time, "data": data}
    return envelope if subject is None else {**envelope, "subject": subject}


def said(**fields: Any) -> dict[str, Any]:
    """Return the fields that say something: in an event null would clear what is known."""
    return {name: value for name, value in fields.items() if value is not None and value != []}


def by_identifier(kind: str, value: str, **more: Any) -> dict[str, Any]:
    """Return the `by` of a contact that is known by what it came by alone."""
    return {"identifiers": [{"kind": kind, "value": value, **more}]}


def id_of(*parts: str | bytes | None) -> str:
    """Return an id made of what was signed, for providers whose own id is not: the same body is the same event."""
    whole = b"\x1f".join(part if isinstance(part, bytes) else (part or "").encode() for part in parts)
    return sha256(whole).hexdigest()[:32]
