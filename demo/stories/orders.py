"""Orders of the stories: so many pieces of this and that, each at its price."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from demo.catalogue import article
from demo.envelope import RawEvent, event, moment

SENT = {"method": "DELIVERY", "store": "depot", "status": "SHIPPED"}


def one_piece(
    source: str, number: str, at: str, sku: str, by: dict[str, Any], *, event_id: str | None = None, **more: Any
) -> RawEvent:
    """Return an order of one article; `more` are fields of the contract such as channel, store and status."""
    sent: dict[str, Any] = {"fulfillments": [SENT]} if more.get("store") == "web" else {}
    return order_of(source, number, at, {sku: 1}, by, event_id=event_id, **{**sent, **more})


def order_of(
    source: str,
    number: str,
    at: str,
    pieces: Mapping[str, int],
    by: dict[str, Any],
    *,
    event_id: str | None = None,
    discount: int = 0,
    points_used: int = 0,
    **more: Any,
) -> RawEvent:
    """Return an order of so many pieces of each article, less a discount and the points that pay for it."""
    lines = [_line(place, sku, quantity) for place, (sku, quantity) in enumerate(pieces.items(), 1)]
    goods = sum(int(line["amount"]) for line in lines)
    total = str(goods - discount - points_used)
    data: dict[str, Any] = {"status": "FULFILLED", "currency": "JPY", "lines": lines, "total": total}
    data |= {"discount": str(discount)} if discount else {}
    data |= {"pointsUsed": points_used} if points_used else {}
    return event("order", source, event_id or f"order-{number}", moment(at), {**data, "by": by, **more}, subject=number)


def brought_back(source: str, number: str, at: str, order: tuple[str, str], lines: Mapping[int, int], **more: Any) -> RawEvent:
    """Return a return: so many pieces of each line of an order, named by its source and number."""
    told = [{"line": line, "quantity": quantity} for line, quantity in lines.items()]
    data = {"order": {"source": order[0], "number": order[1]}, "currency": "JPY", "lines": told, **more}
    return event("return", source, f"return-{number}", moment(at), data, subject=number)


def _line(place: int, sku: str, quantity: int) -> dict[str, Any]:
    price = article(sku).price
    amount = str(price * quantity)
    return {"line": place, "sku": sku, "name": article(sku).name, "quantity": quantity, "unitPrice": str(price), "amount": amount}
