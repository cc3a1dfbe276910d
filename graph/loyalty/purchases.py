"""What was bought on a source record, day by day, as ranks count it: as customer figures do (graph/identity/counts.py)."""

from __future__ import annotations

from datetime import date
from typing import LiteralString

from graph.loyalty.days import beginning, day_of
from graph.loyalty.programme import Programme
from graph.loyalty.ranks import WINDOW, Purchase
from graph.store import Reader

# (:Order {record, kind, position})
READ_PURCHASES: LiteralString = """
MATCH (t:Touchpoint) USING INDEX SEEK t:Touchpoint(record, kind, position)
WHERE t.record = $p.record AND t.kind = 'ORDER' AND t.position >= $p.since AND t.position < $p.before
  AND t.currency = $p.currency AND coalesce(t.status, '') <> 'CANCELLED' AND t.total IS NOT NULL
  AND NOT (coalesce(t.status, '') = 'RETURNED' AND t.total >= 0)
RETURN left(t.position, 27), t.total - CASE t.status WHEN 'RETURNED' THEN 0 ELSE coalesce(t.refunded, 0) END
"""


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
