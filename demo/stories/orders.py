"""Orders of the stories: one piece each, at its price."""

from __future__ import annotations

from typing import Any

from demo.catalogue import article
from demo.envelope import RawEvent, event, moment


def one_piece(
    source: str, number: str, at: str, sku: str, by: dict[str, Any], *, event_id: str | None = None, **more: Any
) -> RawEvent:
    """Return an order of one article; `more` are fields of the contract such as channel, store and status."""
    price = str(article(sku).price)
    line = {"line": 1, "sku": sku, "name": article(sku).name, "quantity": 1, "unitPrice": price, "amount": price}
    data: dict[str, Any] = {"status": "FULFILLED", "currency": "JPY", "lines": [line], "total": price, "by": by, **more}
    return event("order", source, event_id or f"order-{number}", moment(at), data, subject=number)
