"""Whose a touchpoint may be: its own customer, else those who have what it came by, the likeliest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, LiteralString, TypeAlias

import strawberry

from resolvers.access.tags import Tag
from resolvers.engine.enums import words
from resolvers.engine.planner import many, one, planned, prop

if TYPE_CHECKING:
    from resolvers.people.customer import Customer

    # To a type checker a word is text, as in `words.py`.
    PossibleCustomerReason: TypeAlias = str
else:
    PossibleCustomerReason = words(
        "PossibleCustomerReason",
        "Why a touchpoint may be of a customer, and why of one rather than of another.",
        {
            "ATTRIBUTED": "The touchpoint is attributed to the customer.",
            "IDENTIFIER": "The customer has the identifier that the touchpoint came by.",
            "OPEN_CASE": "The customer has an open case.",
            "RECENT_ORDER": "The customer ordered in the 30 days before.",
            "RECENT_CONTACT": "The customer was in contact in the 30 days before.",
        },
    )

# (:Touchpoint)<-[:DID]-(:SourceRecord)-[:RESOLVES_TO]->(:Customer), else by (:Touchpoint)-[:VIA]->(:Identifier). Of a number
# that hundreds share, such as that of a switchboard, fifty holders are looked at.
HOLDERS: LiteralString = """
CALL ({v}) {{
  MATCH ({v})<-[:DID]-(:SourceRecord)-[:RESOLVES_TO]->({c}:Customer) WHERE {Customer:c}
  RETURN {c}, 'ATTRIBUTED' AS {by}
UNION
  WITH {v} WHERE NOT EXISTS {{ ({v})<-[:DID]-() }}
  MATCH ({v})-[:VIA]->({i}:Identifier)<-[:HAS_IDENTIFIER]-(:SourceRecord)-[:RESOLVES_TO]->({c}:Customer)
  WHERE {i}.state <> 'BLOCKED' AND {Customer:c}
  WITH DISTINCT {c} LIMIT 50
  RETURN {c}, 'IDENTIFIER' AS {by}
}}
"""
# (:SourceRecord {key}) = (:Case {record}) and (:Touchpoint {record}): seeks, one for each record
RANKED: LiteralString = """
WITH {c}, {by}, COLLECT {{ MATCH ({c})<-[:RESOLVES_TO]-({s}:SourceRecord) RETURN {s}.key }} AS {keys},
  toString(date(left({v}.position, 10)) - duration('P30D')) AS {since}
WITH {c}, {by}, EXISTS {{
    UNWIND {keys} AS {key} MATCH ({k}:Case) USING INDEX SEEK {k}:Case(record, id)
    WHERE {k}.record = {key} AND {k}.id > '' AND {k}.listed = 'OPEN'
  }} OR EXISTS {{
    UNWIND {keys} AS {key} MATCH ({t}:Touchpoint) USING INDEX SEEK {t}:Touchpoint(record, case_id)
    WHERE {t}.record = {key} AND {t}.case_id > '' MATCH ({t})-[:IN_CASE]->({k}:Case) WHERE {k}.listed = 'OPEN'
  }} AS {waits}, EXISTS {{
    UNWIND {keys} AS {key} MATCH ({t}:Touchpoint) USING INDEX SEEK {t}:Touchpoint(record, kind, position)
    WHERE {t}.record = {key} AND {t}.kind = 'ORDER' AND {t}.position > {since} AND {t}.position < {v}.position
  }} AS {ordered}, EXISTS {{
    UNWIND {keys} AS {key} MATCH ({t}:Touchpoint) USING INDEX SEEK {t}:Touchpoint(record, position)
    WHERE {t}.record = {key} AND {t}.position > {since} AND {t}.position < {v}.position AND {t}.kind <> 'ORDER'
  }} AS {spoke}
WITH {c}, {waits}, {ordered}, {spoke}, [{by}] + CASE WHEN {waits} THEN ['OPEN_CASE'] ELSE [] END
  + CASE WHEN {ordered} THEN ['RECENT_ORDER'] ELSE [] END + CASE WHEN {spoke} THEN ['RECENT_CONTACT'] ELSE [] END AS {why}
ORDER BY {waits} DESC, {ordered} DESC, {spoke} DESC, {c}.id LIMIT 10
WITH {{customer: {c}, why: {why}}} AS {n}
"""


@planned("Customer whose a touchpoint may be, and why.")
class PossibleCustomer:
    customer: Annotated[Customer, strawberry.lazy("resolvers.people.customer")] = one(
        "UNWIND [{v}.customer] AS {n}", Tag.PUBLIC, "The customer."
    )
    reasons: list[PossibleCustomerReason] = prop("{v}.why", Tag.ACTIVITY, "Why it may be them, the weightiest reason first.")


POSSIBLE_CUSTOMERS: list[PossibleCustomer] = many(
    HOLDERS + RANKED,
    Tag.ACTIVITY,
    "Customers whose it may be, the likeliest first, at most 10: the one that it is attributed to, else those who have an "
    "identifier that it came by. `touchpointAssign` says who it was.",
)
