"""The review queue: pairs of customers that wait for a decision, grouped by the customer with more at stake."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any, LiteralString

import strawberry

from graph.events.newest import utc_text
from resolvers.access.tags import Tag
from resolvers.engine.connections import Connection
from resolvers.engine.planner import Argument, many, one, planned, prop
from resolvers.engine.planner.fields import PAGING, read
from resolvers.engine.planner.readings import Given, Page, Parameters
from resolvers.identity.match_candidate import CandidateReason, CustomerMatchCandidate

if TYPE_CHECKING:
    from resolvers.people.customer import Customer

# (:MatchCandidate {status, turn}): in the order of its index, of which each turn is read once. The id of a customer
# stands in it after 4 characters.
TURNS: LiteralString = """
MATCH ({m}:MatchCandidate) USING INDEX SEEK {m}:MatchCandidate(status, turn)
WHERE {m}.status = 'OPEN' AND {m}.turn > ${after} AND (${reasons} IS NULL OR {m}.reason IN ${reasons})
WITH DISTINCT {m}.status AS {status}, {m}.turn AS {turn} ORDER BY {status}, {turn} LIMIT ${limit}
"""
# (:MatchCandidate)-[:BETWEEN]->(:SourceRecord)-[:RESOLVES_TO]->(:Customer): seen from the customer whose turn it is. Where a
# rule has just given them another id, from the other end of the pair, until the turn is counted anew.
QUEUE: LiteralString = (
    TURNS
    + """
CALL ({turn}) {{
  MATCH ({x}:MatchCandidate) USING INDEX SEEK {x}:MatchCandidate(status, turn)
  WHERE {x}.status = 'OPEN' AND {x}.turn = {turn} AND (${reasons} IS NULL OR {x}.reason IN ${reasons})
  MATCH ({c}:Customer)<-[:RESOLVES_TO]-({s}:SourceRecord)<-[:BETWEEN]-({x})
  MATCH ({x})-[:BETWEEN]->({r}:SourceRecord)-[:RESOLVES_TO]->({o}:Customer) WHERE {o} <> {c}
  WITH {x}, {c}, {s}, {r}, {o} ORDER BY {c}.id <> substring({turn}, 4), {c}.id
  WITH {x}, HEAD(COLLECT({{candidate: {x}, customer: {c}, own: {s}, record: {r}, other: {o}}})) AS {pair}
  ORDER BY COALESCE({x}.deferred_until > ${now}, false), {x}.id
  WITH COLLECT({pair}) AS {pairs}
  RETURN HEAD({pairs}).customer AS {whose}, {pairs} AS {all}
}}
WITH {{key: {turn}, customer: {whose}, waiting: [{p} IN {all} WHERE {p}.customer = {whose}]}} AS {n}
WHERE {n}.customer IS NOT NULL
WITH {n} ORDER BY {n}.key
"""
)
COUNTED: LiteralString = """COUNT {{
  MATCH ({m}:MatchCandidate) USING INDEX SEEK {m}:MatchCandidate(status, turn)
  WHERE {m}.status = 'OPEN' AND {m}.turn > '' AND (${reasons} IS NULL OR {m}.reason IN ${reasons})
  RETURN DISTINCT {m}.turn
}}"""
# What is at stake, as it is now
ORDERS: LiteralString = """COALESCE({v}.customer.order_count, 0) + reduce(
  {most} = 0, {p} IN {v}.waiting | CASE WHEN {p}.other.order_count > {most} THEN {p}.other.order_count ELSE {most} END
)"""


@planned("A customer with the pairs that wait for a decision about them. Of a pair it is the customer with more orders.")
class MatchQueueEntry:
    customer: Annotated[Customer, strawberry.lazy("resolvers.people.customer")] = one(
        "UNWIND [{v}.customer] AS {n}", Tag.IDENTITY, "The customer."
    )
    order_count: int = prop(
        ORDERS, Tag.ACTIVITY, "Orders of the customer and of the other one in a pair who has most: what is at stake."
    )
    candidate_count: int = prop("size({v}.waiting)", Tag.IDENTITY, "Number of open match candidates in which it is so.")
    deferred: bool = prop("left({v}.key, 1) = '1'", Tag.IDENTITY, "Whether all of them are put off.")
    candidates: list[CustomerMatchCandidate] = many(
        "UNWIND {v}.waiting[..20] AS {n}",
        Tag.IDENTITY,
        "The match candidates, those that are put off last; the first 20.",
    )


def bounds(given: Given, _: Parameters) -> Parameters:
    reasons: list[Any] | None = given.get("reasons")
    return {"now": utc_text(datetime.now(UTC)), "reasons": None if reasons is None else [str(each) for each in reasons]}


MatchQueueConnection = Connection[MatchQueueEntry]
match_queue = read(
    Page("match queue", QUEUE, "{v}.key", COUNTED, bounds=bounds),
    Tag.IDENTITY,
    "Customers about whom pairs wait for a decision: those with most orders first, in steps that double, then the most "
    "doubtful; those that are put off last. What is new is listed within seconds.",
    {
        "reasons": Argument(list[CandidateReason] | None, "Only pairs that wait for one of these reasons; null for all.", None),
        **PAGING,
    },
)
