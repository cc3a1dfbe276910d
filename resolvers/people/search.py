"""Customers by what somebody types into one box: all alternatives in one go, ranked, each with its reasons.

A score is 1 for an exact identifier, 0.9 for an order number, 0.7 for last digits, and up to 0.6 for a name. Of those
who share a number, who buys most is the likeliest to call.
"""

from __future__ import annotations

from typing import LiteralString

from graph.search.terms import terms
from resolvers.engine import cursors
from resolvers.engine.planner.readings import Given, Page, Parameters

WINDOW = 200
"""Results by score are this many at most; pages are cut from them."""

# (:Identifier)<-[:HAS_IDENTIFIER]-(:SourceRecord)-[:RESOLVES_TO]->(:Customer), by value or last characters;
# (:Order)<-[:DID]-(:SourceRecord)-[:RESOLVES_TO]->(:Customer); (:Customer) by full text.
# A blocked identifier, or one of too many people, is never followed; a customer who went into another has no text and no records.
FOUND: LiteralString = """
CALL () {{
  UNWIND ${identifiers} AS {pair}
  MATCH ({i}:Identifier {{value: {pair}[0]}})<-[:HAS_IDENTIFIER]-(:SourceRecord)-[:RESOLVES_TO]->({c}:Customer)
  WHERE {i}.kind IN {pair}[1] AND {i}.state <> 'BLOCKED' AND coalesce({i}.reason, '') <> 'NAMES'
  WITH DISTINCT {c}, {i} LIMIT 200
  RETURN {c}, 1.0 AS {score}, {{exact: true, matched: {i}.value, identifier: {i}, kind: CASE
    WHEN {i}.kind IN ['PHONE', 'FAX'] THEN 'PHONE' WHEN {i}.kind = 'EMAIL' THEN 'EMAIL'
    WHEN {i}.kind IN ['MEMBER_NUMBER', 'POS_CARD', 'CATALOG_NUMBER', 'CORPORATE_NUMBER'] THEN 'CARD'
    WHEN {i}.kind = 'LINE_USER_ID' THEN 'LINE' ELSE 'IDENTIFIER' END}} AS {reason}
UNION ALL
  UNWIND ${numbers} AS {number}
  MATCH ({o}:Order {{number: {number}}})<-[:DID]-(:SourceRecord)-[:RESOLVES_TO]->({c}:Customer)
  WITH DISTINCT {c}, {number} LIMIT 200
  RETURN {c}, 0.9 AS {score}, {{exact: true, matched: {number}, kind: 'ORDER_NUMBER'}} AS {reason}
UNION ALL
  UNWIND ${suffixes} AS {suffix}
  MATCH ({i}:Identifier {{suffix: {suffix}}})<-[:HAS_IDENTIFIER]-(:SourceRecord)-[:RESOLVES_TO]->({c}:Customer)
  WHERE {i}.state <> 'BLOCKED' AND coalesce({i}.reason, '') <> 'NAMES'
  WITH DISTINCT {c}, {i} LIMIT 200
  RETURN {c}, 0.7 AS {score}, {{exact: false, matched: {i}.value, identifier: {i}, kind: 'LAST_DIGITS'}} AS {reason}
UNION ALL
  UNWIND ${suffixes} AS {suffix}
  MATCH ({o}:Order {{number_suffix: {suffix}}})<-[:DID]-(:SourceRecord)-[:RESOLVES_TO]->({c}:Customer)
  WITH DISTINCT {c}, {o} LIMIT 200
  RETURN {c}, 0.65 AS {score}, {{exact: false, matched: {o}.number, kind: 'ORDER_NUMBER'}} AS {reason}
UNION ALL
  UNWIND ${texts} AS {text}
  CALL db.index.fulltext.queryNodes('customer_text', {text}, {{limit: 200}}) YIELD node AS {c}, score AS {points}
  RETURN {c}, 0.6 * {points} / ({points} + 1.0) AS {score},
    {{exact: false, kind: ${naming},
      matched: coalesce(CASE ${naming} WHEN 'KANA' THEN {c}.kana END, {c}.name, {c}.kana, '')}} AS {reason}
UNION ALL
  UNWIND ${latins} AS {text}
  CALL db.index.fulltext.queryNodes('customer_latin', {text}, {{limit: 200}}) YIELD node AS {c}, score AS {points}
  RETURN {c}, 0.6 * {points} / ({points} + 1.0) AS {score},
    {{exact: false, matched: coalesce({c}.name, {c}.kana, ''), kind: 'NAME'}} AS {reason}
}}
WITH {c}, {score}, {reason} ORDER BY {score} DESC, {reason}.matched, {reason}.kind, {reason}.identifier.id
WITH {c}, MAX({score}) AS {best}, COLLECT({reason}) AS {reasons}
"""
CANDIDATES: LiteralString = (
    FOUND
    + """WITH {{customer: {c}, score: {best}, reasons: {reasons}}} AS {n}
ORDER BY {n}.score DESC, coalesce({n}.customer.order_count, 0) DESC, {n}.customer.id LIMIT ${limit}
"""
)
# The key sorts as (score from high to low, id): one text.
BY_SCORE: LiteralString = (
    FOUND
    + """WITH {c} AS {n}, right('0000000000' + toString(1000000000 - toInteger({best} * 1000000000)), 10) + {c}.id AS {key}
ORDER BY {key} LIMIT 200
WITH {n}, {key} WHERE {key} > ${after}
WITH {n}, {key} ORDER BY {key} LIMIT ${limit}
"""
)
COUNTED: LiteralString = "COUNT {{ " + FOUND + " RETURN {c} LIMIT 200 }}"


def candidates(given: Given) -> Parameters:
    asked = given["input"]
    return {"limit": cursors.page_size(asked["first"]), **terms(asked["query"]).parameters()}


def searched(given: Given, _: Parameters) -> Parameters:
    return terms(given["search"]).parameters()


SEARCH = Page("search", BY_SCORE, "{key}", COUNTED, bounds=searched)
# (:Customer)-[:REDIRECTS_TO]->(:Customer): one for each that went into another, so both counts are kept by the database
ALL = Page(
    "customers",
    "MATCH ({n}:Customer) USING INDEX SEEK {n}:Customer(id) WHERE {n}.id > ${after} AND {n}.status = 'ACTIVE' "
    "WITH {n} ORDER BY {n}.id LIMIT ${limit}",
    "{v}.id",
    "COUNT {{ MATCH (:Customer) }} - COUNT {{ MATCH ()-[:REDIRECTS_TO]->() }}",
)
