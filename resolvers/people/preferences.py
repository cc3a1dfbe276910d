"""What a customer tends to buy: read from their newest orders each time it is asked, so that nothing has to be kept up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median
from typing import LiteralString

from graph.orders.sales import IS_SALE, SOLD_FOR
from resolvers.access.tags import Tag
from resolvers.engine.planner import many, one, part, planned, prop
from resolvers.values.money import Money
from resolvers.values.scalars import DateTime

ONE_PURCHASE = timedelta(days=1)
"""Orders within this time of each other are one purchase: a gap between them says nothing."""


def usual_gap(newest_first: Sequence[str]) -> int | None:
    """Return the median days between purchases, from the times of orders (UTC text); None of fewer than three purchases."""
    times = [datetime.fromisoformat(time) for time in reversed(newest_first)]
    purchases = times[:1]
    for time in times[1:]:
        if time - purchases[-1] >= ONE_PURCHASE:
            purchases.append(time)
    gaps = [(later - before) / ONE_PURCHASE for before, later in pairwise(purchases)]
    return round(median(gaps)) if len(gaps) > 1 else None


@planned("Category in which a customer buys.")
class FavouriteCategory:
    category: str = prop("{v}.category", Tag.ACTIVITY, "Name of the category, the narrowest that the product has.")
    orders: int = prop("{v}.orders", Tag.ACTIVITY, "Number of the orders that contain a product of the category.")
    quantity: float = prop("{v}.quantity", Tag.ACTIVITY, "Quantity that was ordered.")


@planned("Unit prices that a customer usually pays: the middle half of what they bought.")
class PriceBand:
    low: Money = part(
        Tag.MONEY, "A quarter of the order lines have a lower unit price.", names={"money": "[{v}.low, {v}.currency]"}
    )
    high: Money = part(
        Tag.MONEY, "A quarter of the order lines have a higher unit price.", names={"money": "[{v}.high, {v}.currency]"}
    )
    lines: int = prop("{v}.lines", Tag.ACTIVITY, "Number of order lines that it is taken from.")


# (:Order)-[:HAS_LINE]->(:OrderLine)-[:OF]->(:Product)
CATEGORIES: LiteralString = """
UNWIND {v}.orders AS {t} MATCH ({t})-[:HAS_LINE]->({l}:OrderLine)-[:OF]->({p}:Product)
WHERE {l}.quantity > 0 AND SIZE({p}.categories) > 0
WITH LAST({p}.categories) AS {category}, COUNT(DISTINCT {t}) AS {orders}, SUM(toFloat({l}.quantity)) AS {quantity}
WITH {{category: {category}, orders: {orders}, quantity: {quantity}}} AS {n}
ORDER BY {n}.orders DESC, {n}.quantity DESC, {n}.category LIMIT 5
"""
AVERAGE: LiteralString = (
    """
UNWIND {v}.orders AS {t} WITH {t} WHERE {t}.total IS NOT NULL
WITH {t}.currency AS {currency}, toInteger(round(avg("""
    + SOLD_FOR
    + """), 0, 'HALF_UP')) AS {units}
WITH {{currency: {currency}, units: {units}}} AS {n} ORDER BY {n}.currency
"""
)
PRICES: LiteralString = """
UNWIND {v}.orders AS {t} MATCH ({t})-[:HAS_LINE]->({l}:OrderLine) WHERE {l}.quantity > 0 AND {l}.amount > 0
WITH {t}.currency AS {currency}, toInteger(round(toFloat({l}.amount) / {l}.quantity, 0, 'HALF_UP')) AS {price}
WITH {currency}, COUNT(*) AS {lines}, percentileDisc({price}, 0.25) AS {low}, percentileDisc({price}, 0.75) AS {high}
WITH {{currency: {currency}, lines: {lines}, low: {low}, high: {high}}} AS {n} ORDER BY {n}.lines DESC, {n}.currency LIMIT 1
"""


@planned("What a customer tends to buy, from their newest orders without cancelled and returned ones, at most 200.")
class CustomerPreferences:
    orders: int = prop("SIZE({v}.orders)", Tag.ACTIVITY, "Number of orders that this is taken from.")
    since: DateTime | None = prop(
        "left(LAST({v}.orders).position, 27)", Tag.ACTIVITY, "Time of the oldest of these orders, UTC; null if there are none."
    )
    until: DateTime | None = prop(
        "left(HEAD({v}.orders).position, 27)", Tag.ACTIVITY, "Time of the newest of these orders, UTC; null if there are none."
    )
    usual_gap_days: int | None = prop(
        "[{t} IN {v}.orders | left({t}.position, 27)]",
        Tag.ACTIVITY,
        "Usual number of days from one purchase to the next, the median; null if there are fewer than three purchases. "
        "Orders within a day are one purchase.",
        form=usual_gap,
    )
    average_order: list[Money] = many(
        AVERAGE,
        Tag.MONEY,
        "Average total of an order without what was refunded, by currency, rounded to its smallest unit.",
        names={"money": "[{v}.units, {v}.currency]"},
    )
    favourite_categories: list[FavouriteCategory] = many(
        CATEGORIES, Tag.ACTIVITY, "Categories that most orders contain, at most five, the most frequent first."
    )
    price_band: PriceBand | None = one(
        PRICES, Tag.MONEY, "Unit prices usually paid, in the currency of most order lines; null if there are no amounts."
    )


# (:SourceRecord {key}) = (:Order {record}), by index
NEWEST_ORDERS: LiteralString = (
    """
WITH {{orders: COLLECT {{
  UNWIND {records} AS {s}
  CALL ({s}) {{
    MATCH ({t}:Touchpoint) USING INDEX SEEK {t}:Touchpoint(record, kind, position)
    WHERE {t}.record = {s}.key AND {t}.kind = 'ORDER' AND {t}.position < '~' AND """
    + IS_SALE
    + """
    RETURN {t} ORDER BY {t}.record DESC, {t}.kind DESC, {t}.position DESC LIMIT 200
  }}
  RETURN {t} ORDER BY {t}.position DESC LIMIT 200
}}}} AS {n}
"""
)
PREFERENCES = one(NEWEST_ORDERS, Tag.ACTIVITY, "What the customer tends to buy, computed from their newest orders.")
# Of the newest hundred visits of each record at which a size was told
SIZE: LiteralString = """HEAD(COLLECT {{
  UNWIND {records} AS {s}
  CALL ({s}) {{
    MATCH ({t}:Touchpoint) USING INDEX SEEK {t}:Touchpoint(record, kind, position)
    WHERE {t}.record = {s}.key AND {t}.kind = 'STORE_VISIT' AND {t}.position < '~'
    WITH {t} ORDER BY {t}.record DESC, {t}.kind DESC, {t}.position DESC LIMIT 100
    WITH {t} WHERE {t}.size IS NOT NULL
    RETURN {t}
  }}
  WITH {t}.size AS {size}, COUNT(*) AS {times}, MAX({t}.position) AS {newest}
  RETURN {size} ORDER BY {times} DESC, {newest} DESC LIMIT 1
}})"""
USUAL_SIZE = prop(
    SIZE,
    Tag.FREE_TEXT,
    "Size that was measured or fitted most often when the customer visited a store; null if none was recorded.",
)
