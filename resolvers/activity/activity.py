"""What happened in a time, over all customers: counts, orders, interactions, stores, and what waits for an answer."""

from __future__ import annotations

from datetime import timedelta
from typing import LiteralString

from graph.errors import InvalidInput
from graph.orders.sales import IS_SALE, SOLD_FOR
from resolvers.access.tags import Tag
from resolvers.catalogue.store import Store
from resolvers.engine.connections import Connection
from resolvers.engine.planner import Argument, many, one, planned, prop
from resolvers.engine.planner.fields import PAGING, read
from resolvers.engine.planner.readings import Given, One, Page, Parameters
from resolvers.orders.order import Order
from resolvers.timeline.seeks import NEWEST, position
from resolvers.touchpoints.touchpoint import Touchpoint
from resolvers.values.money import Money
from resolvers.values.scalars import DateTime
from resolvers.values.words import Channel, TouchpointKind

LONGEST = timedelta(days=32)

# (:Touchpoint {position, kind, channel}): one range, which Neo4j reads from the index alone
WITHIN: LiteralString = """
MATCH ({t}:Touchpoint) USING INDEX SEEK {t}:Touchpoint(position, kind, channel)
WHERE {t}.position >= {v}.since AND {t}.position < {v}.until AND {t}.kind IS NOT NULL AND {t}.channel IS NOT NULL
"""
COUNTS: LiteralString = (
    WITHIN
    + """
WITH {t}.channel AS {channel}, {t}.kind AS {kind}, COUNT(*) AS {count}
WITH {{channel: {channel}, kind: {kind}, count: {count}}} AS {n} ORDER BY {n}.channel, {n}.kind
"""
)
NEXT: LiteralString = """AND {t}.position < ${after} AND {Touchpoint:t}
WITH {t} AS {n} ORDER BY {n}.position DESC LIMIT ${limit}
"""
ORDERED: LiteralString = WITHIN + "AND {t}.kind = 'ORDER' "
INTERACTED: LiteralString = WITHIN + "AND {t}.kind <> 'ORDER' "
# (:Touchpoint)<-[:DID]-(:SourceRecord)-[:RESOLVES_TO]->(:Customer)<-[:RESOLVES_TO]-(:SourceRecord) = a later answer
UNANSWERED: LiteralString = """
MATCH ({t}:Touchpoint) USING INDEX SEEK {t}:Touchpoint(is_question, position)
WHERE {t}.is_question = true AND {t}.position >= {v}.since AND {t}.position < {v}.until AND NOT EXISTS {{
  MATCH ({t})<-[:DID]-(:SourceRecord)-[:RESOLVES_TO]->({c}:Customer)
  MATCH ({c})<-[:RESOLVES_TO]-({s}:SourceRecord)
  MATCH ({a}:Touchpoint) USING INDEX SEEK {a}:Touchpoint(record, is_answer, position)
  WHERE {a}.record = {s}.key AND {a}.is_answer = true AND {a}.position > {t}.position
}} """
# (:Store {code}) = (:Order {store_code}): one seek for each store
SELLING: LiteralString = (
    """
MATCH ({s}:Store)
CALL ({s}, {v}) {{
  MATCH ({t}:Touchpoint) USING INDEX SEEK {t}:Touchpoint(store_code, kind, position)
  WHERE {t}.store_code = {s}.code AND {t}.kind = 'ORDER' AND {t}.position >= {v}.since AND {t}.position < {v}.until
    AND """
    + IS_SALE
    + """
  WITH {t}.currency AS {currency}, COUNT(*) AS {count}, SUM("""
    + SOLD_FOR
    + """) AS {units} ORDER BY {currency}
  RETURN COLLECT({{currency: {currency}, units: {units}}}) AS {sums}, SUM({count}) AS {orders}
}}
WITH {{store: {s}, orders: {orders}, sums: [{sum} IN {sums} WHERE {sum}.currency IS NOT NULL]}} AS {n} WHERE {n}.orders > 0
ORDER BY {n}.orders DESC, {n}.store.id
"""
)
PREVIOUS: LiteralString = """left(HEAD(COLLECT {{
  MATCH ({t}:Touchpoint) USING INDEX SEEK {t}:Touchpoint(position, kind, channel)
  WHERE {t}.position < {v}.since AND {t}.kind IS NOT NULL AND {t}.channel IS NOT NULL
  RETURN {t}.position ORDER BY {t}.position DESC LIMIT 1
}}), 27)"""


def pages(name: str, found: LiteralString) -> Page:
    return Page(name, found + NEXT, "{v}.position", "COUNT {{" + found + " AND {Touchpoint:t} }}", NEWEST)


@planned("Number of touchpoints of one channel and kind.")
class ActivityCount:
    channel: Channel = prop("{v}.channel", Tag.PUBLIC, "Channel of the touchpoints that are counted.")
    kind: TouchpointKind = prop("{v}.kind", Tag.PUBLIC, "Kind of the touchpoints that are counted.")
    count: int = prop("{v}.count", Tag.PUBLIC, "Number of touchpoints, at least 1.")


@planned("Orders and sales of a store within the period.")
class StoreSales:
    store: Store = one("UNWIND [{v}.store] AS {n}", Tag.PUBLIC, "The store.")
    orders: int = prop("{v}.orders", Tag.PUBLIC, "Number of orders, without cancelled and returned ones.")
    sales: list[Money] = many(
        "UNWIND {v}.sums AS {n}",
        Tag.MONEY,
        "Total of the orders without what was refunded, by currency.",
        names={"money": "[{v}.units, {v}.currency]"},
    )


@planned("All touchpoints within a period, over all customers.")
class Activity:
    counts: list[ActivityCount] = many(COUNTS, Tag.PUBLIC, "Number of touchpoints by channel and kind.")
    orders: Connection[Order] = read(pages("activity orders", ORDERED), Tag.ACTIVITY, "Orders, newest first.", PAGING)
    interactions: Connection[Touchpoint] = read(
        pages("activity interactions", INTERACTED),
        Tag.ACTIVITY,
        "Interactions (touchpoints other than orders), newest first.",
        PAGING,
    )
    unanswered: Connection[Touchpoint] = read(
        pages("unanswered", UNANSWERED),
        Tag.ACTIVITY,
        "Messages and missed calls from customers that have not been answered since, newest first. The rule "
        "is that of the attention reason UNANSWERED.",
        PAGING,
    )
    stores: list[StoreSales] = many(
        SELLING, Tag.PUBLIC, "Orders and sales by store, most orders first; stores without orders are left out."
    )
    previous: DateTime | None = prop(
        PREVIOUS, Tag.PUBLIC, "Time of the newest touchpoint before the period, UTC; null if there is none."
    )


def bind(given: Given) -> Parameters:
    """Return the time as two positions; raise InvalidInput where it is longer than anybody looks at in one go."""
    if given["to"] - given["from"] > LONGEST:
        raise InvalidInput(f"The period from `from` to `to` may be at most {LONGEST.days} days.")
    return {"since": position(given["from"], ""), "until": position(given["to"], "")}


activity = read(
    One("UNWIND [{{since: ${since}, until: ${until}}}] AS {n}", bind=bind),
    Tag.PUBLIC,
    "Touchpoints of all customers within a period of at most 32 days.",
    {"from": Argument(DateTime, "Start of the period, inclusive."), "to": Argument(DateTime, "End of the period, exclusive.")},
)
