"""The cases and promises of a customer, sought by the keys of their records and never by walking what they did."""

from __future__ import annotations

from typing import LiteralString

from resolvers.access.tags import Tag
from resolvers.cases.words import CaseList
from resolvers.engine.planner import Argument
from resolvers.engine.planner.fields import PAGING, read
from resolvers.engine.planner.readings import Given, Page, Parameters
from resolvers.timeline.seeks import NEWEST
from resolvers.values.references import SURVIVING

# (:SourceRecord {key}) = (:Case {record}), (:Touchpoint {record, case_id})-[:IN_CASE]->(:Case): once for cases and promises
OF_RECORDS: LiteralString = """
  CALL ({records}) {{
    UNWIND {records} AS {s}
    MATCH ({k}:Case) USING INDEX SEEK {k}:Case(record, id) WHERE {k}.record = {s}.key AND {k}.id > ''
    RETURN {k}
  UNION
    UNWIND {records} AS {s}
    MATCH ({t}:Touchpoint) USING INDEX SEEK {t}:Touchpoint(record, case_id) WHERE {t}.record = {s}.key AND {t}.case_id > ''
    MATCH ({t})-[:IN_CASE]->({k}:Case)
    RETURN {k}
  }}
"""
THEIRS: LiteralString = "COLLECT {{" + OF_RECORDS + "RETURN {k} }}"
# The same of one customer whom the viewer may read: (:Customer {id})<-[:RESOLVES_TO]-(:SourceRecord)
BY_CUSTOMER: LiteralString = (
    "MATCH ({asked}:Customer {{id: ${customer}}}) WITH "
    + SURVIVING
    + " AS {c} WHERE {Customer:c} "
    + "WITH COLLECT {{ MATCH ({c})<-[:RESOLVES_TO]-({s}:SourceRecord) RETURN {s} }} AS {records}"
    + OF_RECORDS
    + "WITH {k} AS {n} WHERE {n}.listed = ${listed}"
)
LISTED: LiteralString = "UNWIND {theirs} AS {k} WITH {k} WHERE (${listed} IS NULL OR {k}.listed = ${listed}) AND {Case:k}"
PAGED: LiteralString = """ WITH {k} AS {n}, {k}.opened_at + {k}.id AS {key} WHERE {key} < ${after}
WITH {n} ORDER BY {key} DESC LIMIT ${limit}
"""
# (:SourceRecord {key}) = (:Promise {record}), (:Promise)-[:FOR]->(:Case)
PROMISES: LiteralString = """
CALL ({records}, {theirs}) {{
  UNWIND {records} AS {s}
  MATCH ({m}:Promise) USING INDEX SEEK {m}:Promise(record, id) WHERE {m}.record = {s}.key AND {m}.id > ''
  RETURN {m}
UNION
  UNWIND {theirs} AS {k} MATCH ({k})<-[:FOR]-({m}:Promise)
  RETURN {m}
}}
"""
PROMISES_PAGED: LiteralString = """ WITH {m} AS {n}, {m}.due + {m}.id AS {key} WHERE {key} < ${after}
WITH {n} ORDER BY {key} DESC LIMIT ${limit}
"""


def bounds(given: Given, _: Parameters) -> Parameters:
    listed = given.get("listed")
    return {"listed": None if listed is None else str(listed)}


CASES = read(
    Page(
        "customer cases",
        LISTED + PAGED,
        "{v}.opened_at + {v}.id",
        "COUNT {{ " + LISTED + " RETURN {k} }}",
        NEWEST,
        bounds=bounds,
    ),
    Tag.ACTIVITY,
    "Cases of the customer, the newest first.",
    {"listed": Argument(CaseList | None, "Which of the two lists; null for both.", None), **PAGING},
)
PROMISES_OF = read(
    Page(
        "customer promises",
        PROMISES + PROMISES_PAGED,
        "{v}.due + {v}.id",
        "COUNT {{ " + PROMISES + " RETURN {m} }}",
        NEWEST,
        own=True,
    ),
    Tag.ACTIVITY,
    "Promises to the customer, those that are due last first.",
    PAGING,
)
