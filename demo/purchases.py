"""Orders of the demo town at every door, with amounts that add up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from demo.catalogue import Article
from demo.envelope import RawEvent, event
from demo.life import Life
from demo.shops import Shop

FREE_SHIPPING = 10_000
SHIPPING = 550
_PREFIXES = {"STORE": "POS", "WEB": "EC", "APP": "APP", "PHONE": "TEL", "FAX": "FAX", "POSTAL": "CAT"}
_WAITS = {"PLACED": "REQUESTED", "CONFIRMED": "READY", "CANCELLED": "CANCELLED"}
_PACKED = {"PLACED": "PENDING", "CONFIRMED": "PICKED", "CANCELLED": "CANCELLED"}
"""How far what waits in a shop, and what is sent, has come by the status of its order; any other is with the customer."""
_SOURCES = {"WEB": "/ec", "APP": "/app", "PHONE": "/cti", "FAX": "/cti", "POSTAL": "/catalog"}


def order(
    life: Life,
    at: datetime,
    channel: str,
    articles: Sequence[Article],
    by: dict[str, Any],
    *,
    shop: Shop | None = None,
    coupon: str | None = None,
) -> RawEvent:
    """Return an order; one at a till has its `shop`, any other is sent from the warehouse or waits in that shop."""
    lines = [_line(life, index, article) for index, article in enumerate(articles, 1)]
    goods = sum(int(line["amount"]) for line in lines)
    number = f"{_PREFIXES[channel]}-{life.number()}"
    data: dict[str, Any] = {"channel": channel, "currency": "JPY", "lines": lines, "by": by}
    discount = goods // 10 if coupon else 0
    if coupon:
        data |= {"couponCodes": [coupon], "discount": str(discount)}
    if channel == "STORE" and shop:
        points = 500 if goods > 5_000 and life.chance(0.1) else 0
        data |= {
            "status": "FULFILLED",
            "store": shop.code,
            "total": str(goods - discount - points),
            "staff": staff_of(life, shop),
        }
        data |= {"pointsUsed": points} if points else {}
        return event("order", f"/pos/{shop.code}", f"receipt-{number}", at, data, subject=number)
    shipping = 0 if goods >= FREE_SHIPPING or shop else SHIPPING
    status = _status(life, at)
    data |= {"status": status, "store": "web" if channel in ("WEB", "APP") else "center"}
    data |= {"shipping": str(shipping), "total": str(goods - discount + shipping)}
    data |= {"fulfillments": [_fulfillment(at, status, shop)]}
    return event("order", _SOURCES[channel], f"order-{number}", at, data, subject=number)


def returned(of: RawEvent, at: datetime) -> RawEvent:
    """Return what the selling system says when an order's goods have come back, wherever they were handed in."""
    data = {"status": "RETURNED"}
    return event("order", of["source"], f"{of['id']}-returned", at, data, subject=of["subject"])


def staff_of(life: Life, shop: Shop) -> str:
    return f"{shop.code}-{life.random.randint(1, 6)}"


def _line(life: Life, index: int, article: Article) -> dict[str, Any]:
    quantity = 2 if life.chance(0.08) else 1
    discount = article.price * quantity // 5 if life.chance(0.12) else 0
    amount = article.price * quantity - discount
    line: dict[str, Any] = {"line": index, "sku": article.sku, "name": article.name, "quantity": quantity}
    return {**line, "unitPrice": str(article.price), "discount": str(discount), "amount": str(amount)}


def _status(life: Life, at: datetime) -> str:
    """Return how far an order is at the end of the town's time."""
    if life.chance(0.02):
        return "CANCELLED"
    if at > life.years.end - timedelta(days=1):
        return "PLACED"
    return "CONFIRMED" if at > life.years.end - timedelta(days=3) else "FULFILLED"


def _fulfillment(at: datetime, status: str, shop: Shop | None) -> dict[str, Any]:
    if shop:
        return {"method": "PICK_UP", "store": shop.code, "status": _WAITS.get(status, "PICKED_UP")}
    planned = (at + timedelta(days=2)).date().isoformat()
    return {"method": "DELIVERY", "store": "depot", "plannedFor": planned, "status": _PACKED.get(status, "SHIPPED")}
