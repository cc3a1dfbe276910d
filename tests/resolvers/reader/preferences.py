"""What a customer tends to buy, worked out in Python from every order and visit."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from statistics import median
from typing import Any

from tests.resolvers.reader.fields import field
from tests.resolvers.reader.figures import DID, is_sale
from tests.resolvers.reader.request import Request, Thing
from tests.resolvers.reader.spelling import money

LINES = (
    DID + "WHERE t:Order MATCH (t)-[:HAS_LINE]->(l) OPTIONAL MATCH (l)-[:OF]->(p:Product) "
    "RETURN t.id, t.currency, l.quantity, l.amount, p.categories"
)


def whole(amount: Decimal) -> int:
    return int(amount.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def days_between(instants: list[datetime]) -> int | None:
    purchases: list[datetime] = []
    for instant in sorted(instants):
        if not purchases or instant - purchases[-1] >= timedelta(days=1):
            purchases.append(instant)
    gaps = [(later - before).total_seconds() / 86400 for before, later in pairwise(purchases)]
    return round(median(gaps)) if len(gaps) >= 2 else None


def quarter(prices: list[int], share: float) -> int:
    """Return the smallest price that at least this share of the prices does not exceed."""
    return next(price for place, price in enumerate(sorted(prices), 1) if place / len(prices) >= share)


@field("CustomerMetrics", "preferences")
def preferences(customer: Thing, request: Request) -> dict[str, Any]:
    rows = request.rows(DID + "WHERE t:Order RETURN t.id, t.status, t.total, t.refunded, t.currency, t.position", id=customer.id)
    sales = sorted((row for row in rows if is_sale(row[1], row[2])), key=lambda row: row[5], reverse=True)[:200]
    totals: dict[str, list[int]] = defaultdict(list)
    for _, status, total, refunded, currency, _ in sales:
        if total is not None:
            totals[currency].append(total if status == "RETURNED" else total - (refunded or 0))
    counted = {row[0] for row in sales}
    lines = [line for line in request.rows(LINES, id=customer.id) if line[0] in counted and line[2] > 0]
    times = [row[5][:27] for row in sales]
    return {
        "orders": len(sales),
        "since": times[-1] if times else None,
        "until": times[0] if times else None,
        "usualGapDays": days_between([datetime.fromisoformat(time) for time in times]),
        "averageOrder": [
            money(whole(Decimal(sum(amounts)) / len(amounts)), currency) for currency, amounts in sorted(totals.items())
        ],
        "favouriteCategories": favourites(lines),
        "priceBand": band(lines),
    }


def favourites(lines: list[list[Any]]) -> list[dict[str, Any]]:
    orders, quantities = defaultdict[str, set[str]](set), Counter[str]()
    for order, _, quantity, _, categories in lines:
        if categories:
            orders[categories[-1]].add(order)
            quantities[categories[-1]] += quantity
    ordered = sorted(orders, key=lambda name: (-len(orders[name]), -quantities[name], name))[:5]
    return [{"category": name, "orders": len(orders[name]), "quantity": float(quantities[name])} for name in ordered]


def band(lines: list[list[Any]]) -> dict[str, Any] | None:
    prices: dict[str, list[int]] = defaultdict(list)
    for _, currency, quantity, amount, _ in lines:
        if amount and amount > 0:
            prices[currency].append(whole(Decimal(amount) / Decimal(str(quantity))))
    if not prices:
        return None
    currency = min(prices, key=lambda name: (-len(prices[name]), name))
    low, high = (money(quarter(prices[currency], share), currency) for share in (0.25, 0.75))
    return {"low": low, "high": high, "lines": len(prices[currency])}


@field("CustomerMetrics", "usualSize")
def usual_size(customer: Thing, request: Request) -> str | None:
    rows = request.rows(DID + "WHERE t.kind = 'STORE_VISIT' RETURN t.record, t.position, t.size", id=customer.id)
    newest: list[tuple[str, str]] = []
    for record in {row[0] for row in rows}:
        visits = sorted(((position, size) for of, position, size in rows if of == record), reverse=True)[:100]
        newest += [(size, position) for position, size in visits if size is not None]
    times = Counter(size for size, _ in newest)
    return max(times, key=lambda size: (times[size], max(at for of, at in newest if of == size)), default=None)
