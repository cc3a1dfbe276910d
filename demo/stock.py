"""Stock of the demo town: what was counted in the shops and the warehouse on the evening before its last day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from demo.catalogue import ARTICLES
from demo.envelope import TOKYO, RawEvent, event
from demo.people import SEED
from demo.shops import SHOPS

SOURCE = "/wms"
DEPOT = "depot"
CLOSED = time(20, 30)
SOLD_OUT = 0.08
"""So many of the articles a shop has none of."""
_PLACES = {**{shop.code: (2, 3 + shop.weight // 3) for shop in SHOPS}, DEPOT: (12, 40)}


def stock(last_day: date) -> Iterator[RawEvent]:
    """Yield a count of each article at each place: what was sold until then is off the shelf already."""
    evening = datetime.combine(last_day - timedelta(days=1), CLOSED, TOKYO)
    for place, (fewest, most) in _PLACES.items():
        for article in ARTICLES:
            random = Random(f"{SEED} stock {place} {article.sku}")
            none = place != DEPOT and random.random() < SOLD_OUT
            pieces = 0 if none else random.randint(fewest, most)
            yield moved_stock("COUNT", f"{place}-{article.sku}", evening, (article.sku, place), pieces, staff=f"{place}-1")


def moved_stock(kind: str, number: str, at: datetime, level: tuple[str, str], quantity: int, **more: Any) -> RawEvent:
    """Return one movement or count of an article (`level` is its SKU and the place)."""
    sku, store = level
    data = {"kind": kind, "sku": sku, "store": store, "quantity": quantity, **more}
    return event("inventory", SOURCE, f"{kind.lower()}-{number}", at, data)
