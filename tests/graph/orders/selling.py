"""Orders for the tests, through the real intake."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Any

from graph.intake.reading import read_event
from graph.intake.record import record
from graph.keys import scoped, touchpoint_id
from graph.store import Store

SHOP = "/shop"
numbers: Iterator[int] = count()


def order(
    subject: str, *lines: dict[str, Any], by: str | None = "1", time: str = "2026-06-30T14:59:00Z", **more: Any
) -> dict[str, Any]:
    """Return the event of an order; a line is `sku`, `quantity` and `amount` as decimal text, numbered from 1."""
    data = {"currency": "JPY", "lines": [{"line": place, **line} for place, line in enumerate(lines, 1)], **more}
    if by is not None:
        data["by"] = {"record": {"source": SHOP, "subject": by}}
    envelope = {"specversion": "1.0", "type": "customer360.order.v1", "source": SHOP, "id": f"o-{next(numbers)}"}
    return {**envelope, "subject": subject, "time": time, "data": data}


def order_id(subject: str) -> str:
    return touchpoint_id(scoped(SHOP, subject))


async def tell(store: Store, *events: dict[str, Any]) -> None:
    receipts = await record(store, [read_event(raw, b"a key for tests") for raw in events])
    assert [receipt.error for receipt in receipts if receipt.error] == []


def come_back(
    subject: str, number: str, *lines: dict[str, Any], time: str = "2026-07-05T03:00:00Z", **more: Any
) -> dict[str, Any]:
    """Return the event of a return of the order of that number; a line is `line`, and `quantity` where it is not 1."""
    data = {"order": {"source": SHOP, "number": number}, "lines": list(lines), **more}
    envelope = {"specversion": "1.0", "type": "customer360.return.v1", "source": SHOP, "id": f"b-{next(numbers)}"}
    return {**envelope, "subject": subject, "time": time, "data": data}


async def refusals(store: Store, *events: dict[str, Any]) -> list[tuple[str, str | None] | None]:
    """Return of each event with which code and at which pointer it was refused, None where it was taken."""
    receipts = await record(store, [read_event(raw, b"a key for tests") for raw in events])
    return [(receipt.error.code, receipt.error.pointer) if receipt.error else None for receipt in receipts]
