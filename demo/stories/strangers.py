"""Contacts of nobody known: a guest, an unknown number, a toll-free one, which identifies nobody, and a withheld one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from demo.envelope import RawEvent, by_identifier, event, moment
from demo.stories.orders import one_piece


def strangers() -> Iterator[RawEvent]:
    mail = by_identifier("EMAIL", "guest@example.jp")
    yield one_piece("/ec", "EC-GUEST-2", "2026-10-20T09:05", "SKU-031", mail, event_id="guest-2", status="PLACED", channel="WEB")
    callers: tuple[tuple[str, dict[str, Any]], ...] = (
        ("stranger", {"by": by_identifier("PHONE", "070-1111-0009")}),
        ("toll-free", {"by": by_identifier("PHONE", "0120-000-000")}),
        ("withheld", {}),
    )
    for contact, by in callers:
        data = {"kind": "CALL", "direction": "INBOUND", "outcome": "切断", **by}
        yield event("interaction", "/cti", f"{contact}-call", moment("2026-10-21T18:30"), data)
