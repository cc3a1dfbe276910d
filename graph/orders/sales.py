"""Which orders are sales, and what of their totals: cancelled and returned ones are none, refunds are given back.

The same as `graph/identity/counts.py` counts for each record, in Cypher about an order `{t}`.
"""

from __future__ import annotations

from typing import LiteralString

# A till may report what it paid back as an order of its own, returned and below zero: that is counted.
IS_SALE: LiteralString = """COALESCE({t}.status, '') <> 'CANCELLED'
  AND NOT (COALESCE({t}.status, '') = 'RETURNED' AND COALESCE({t}.total, 0) >= 0)"""
SOLD_FOR: LiteralString = (
    "({t}.total - CASE WHEN {t}.status = 'RETURNED' THEN 0 "
    "WHEN {t}.returned > COALESCE({t}.refunded, 0) THEN {t}.returned ELSE COALESCE({t}.refunded, 0) END)"
)
