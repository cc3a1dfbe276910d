"""What was bought on a source record, day by day, as ranks count it: as customer figures do (graph/identity/counts.py)."""

from __future__ import annotations

from datetime import date
from typing import LiteralString

from graph.loyalty.days import beginning, day_of
from graph.loyalty.programme import Programme
from graph.loyalty.ranks import WINDOW, Purchase
from graph.orders.sales import IS_SALE, SOLD_FOR
from graph.store import Reader

# (:Order {record, kind, position})
READ_PURCHASES: LiteralString = (
    """
MATCH (t:Touchpoint) USING INDEX SEEK t:Touchpoint(record, kind, position)
WHERE t.record = $p.record AND t.kind = 'ORDER' AND t.position >= $p.since AND t.position < $p.before
  AND t.currency = $p.currency AND t.total IS NOT NULL AND """
    + IS_SALE.replace("{t}", "t")
    + """
RETURN left(t.position, 27), """
    + SOLD_FOR.replace("{t}", "t")
)


async def purchases_before(reader: Reader, record: str, day: date, programme: Programme) -> list[Purchase]:
    """Return what a record bought in the 365 days before a day."""
    asked = {
        "record": record,
        "currency": programme.currency,
        "since": beginning(day - WINDOW, programme.zone),
        "before": beginning(day, programme.zone),
    }
    rows = await reader.read(READ_PURCHASES, asked)
    return [Purchase(day_of(at, programme.zone), amount) for at, amount in rows]
