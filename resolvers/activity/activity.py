"""What happened in a time, over all customers: counts, orders, interactions, stores, and what waits for an answer."""

from __future__ import annotations

from datetime import timedelta
from typing import LiteralString

from graph.errors import InvalidInput
from resolvers.access.roles import STAFF
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
NEXT: LiteralString = """AND {t}.position < ${after}
WITH {t} AS {n} ORDER BY {n}.position DESC LIMIT ${limit}
"""
ORDERED: LiteralString = WITHIN + "AND {t}.kind = 'ORDER' "
INTERACTED: LiteralString = WITHIN + "AND {t}.kind <> 'ORDER' "
# (:Touchpoint)<-[:DID]-(:SourceRecord)-[:RESOLVES_TO]->(:Customer)<-[:RESOLVES_TO]-(:SourceRecord) = a later answer
UNANSWERED: LiteralString = """
MATCH ({t}:Touchpoint) USING INDEX SEEK {t}:Touchpoint(asks, position)
WHERE {t}.asks = true AND {t}.position >= {v}.since AND {t}.position < {v}.until AND NOT EXISTS {{
  MATCH ({t})<-[:DID]-(:SourceRecord)-[:RESOLVES_TO]->({c}:Customer)
  MATCH ({c})<-[:RESOLVES_TO]-({s}:SourceRecord)
  MATCH ({a}:Touchpoint) USING INDEX SEEK {a}:Touchpoint(record, answers, position)
  WHERE {a}.record = {s}.key AND {a}.answers = true AND {a}.position > {t}.position
}} """
# (:Store {code}) = (:Order {store_code}): one seek for each store
SELLING: LiteralString = """
MATCH ({s}:Store)
CALL ({s}, {v}) {{
  MATCH ({t}:Touchpoint) USING INDEX SEEK {t}:Touchpoint(store_code, kind, position)
  WHERE {t}.store_code = {s}.code AND {t}.kind = 'ORDER' AND {t}.position >= {v}.since AND {t}.position < {v}.until
    AND COALESCE({t}.status, '') <> 'CANCELLED'
  WITH {t}.currency AS {currency}, COUNT(*) AS {count}, SUM({t}.total) AS {units} ORDER BY {currency}
  RETURN COLLECT({{currency: {currency}, units: {units}}}) AS {sums}, SUM({count}) AS {orders}
}}
WITH {{store: {s}, orders: {orders}, sums: [{sum} IN {sums} WHERE {sum}.currency IS NOT NULL]}} AS {n} WHERE {n}.orders > 0
ORDER BY {n}.orders DESC, {n}.store.id
"""
PREVIOUS: LiteralString = """left(HEAD(COLLECT {{
  MATCH ({t}:Touchpoint) USING INDEX SEEK {t}:Touchpoint(position, kind, channel)
  WHERE {t}.position < {v}.since AND {t}.kind IS NOT NULL AND {t}.channel IS NOT NULL
  RETURN {t}.position ORDER BY {t}.position DESC LIMIT 1
}}), 27)"""


def pages(name: str, found: LiteralString) -> Page:
    return Page(name, found + NEXT, "{v}.position", "COUNT {{" + found + "}}", NEWEST)


@planned("How many touchpoints of one kind came by one channel.", readers=STAFF)
class ActivityCount:
    channel: Channel = prop("{v}.channel", "The channel of those that are counted.")
    kind: TouchpointKind = prop("{v}.kind", "The kind of those that are counted.")
    count: int = prop("{v}.count", "How many there were, from 1.")


@planned("Orders and sales of one shop, web shop or call centre in that time.", readers=STAFF)
class StoreSales:
    store: Store = one("UNWIND [{v}.store] AS {n}", "Where the goods were sold.")
    orders: int = prop("{v}.orders", "How many orders; cancelled ones do not count.")
    sales: list[Money] = many(
        "UNWIND {v}.sums AS {n}",
        "What they come to, one amount for each currency.",
        names={"money": "[{v}.units, {v}.currency]"},
    )


@planned("What happened in a time, over all customers.", readers=STAFF)
class Activity:
    counts: list[ActivityCount] = many(COUNTS, "How much happened, by channel and kind; nothing is left out.")
    orders: Connection[Order] = read(pages("activity orders", ORDERED), "The orders, newest first.", PAGING)
    interactions: Connection[Touchpoint] = read(
        pages("activity interactions", INTERACTED), "Visits, calls and all else but orders, newest first.", PAGING
    )
    unanswered: Connection[Touchpoint] = read(
        pages("unanswered", UNANSWERED),
        "What customers wrote, and calls of theirs that nobody took, after which nobody has written, called or met them, "
        "newest first: by the rule of the reason UNANSWERED.",
        PAGING,
    )
    stores: list[StoreSales] = many(SELLING, "The stores that sold something, most orders first.")
    previous: DateTime | None = prop(PREVIOUS, "When the newest touchpoint before that time was, UTC.")


def bind(given: Given) -> Parameters:
    """Return the time as two positions; raise InvalidInput where it is longer than anybody looks at in one go."""
    if given["to"] - given["from"] > LONGEST:
        raise InvalidInput(f"From `from` to `to` are at most {LONGEST.days} days.")
    return {"since": position(given["from"], ""), "until": position(given["to"], "")}


activity = read(
    One("UNWIND [{{since: ${since}, until: ${until}}}] AS {n}", bind=bind),
    "What happened from one instant to another, over all customers; at most 32 days.",
    {"from": Argument(DateTime, "Not before this instant."), "to": Argument(DateTime, "Before this instant.")},
)
