"""The alternatives of a look-up as Cypher: each finds customers in one way, with a score and a reason."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import LiteralString

# (:Identifier)<-[:HAS_IDENTIFIER]-(:SourceRecord)-[:RESOLVES_TO]->(:Customer), by value or last characters;
# (:Order)<-[:DID]-(:SourceRecord)-[:RESOLVES_TO]->(:Customer); (:Customer) by full text.
# A blocked identifier, or one of too many people, is never followed, but for what is no number and is kept as written; a
# customer who went into another has no text and no records.
FOLLOWED: LiteralString = """)<-[:HAS_IDENTIFIER]-(:SourceRecord)-[:RESOLVES_TO]->({c}:Customer)
  WHERE ({i}.state <> 'BLOCKED' OR {i}.reason = 'UNREADABLE') AND coalesce({i}.reason, '') <> 'NAMES'"""
BOUGHT: LiteralString = ")<-[:DID]-(:SourceRecord)-[:RESOLVES_TO]->({c}:Customer) "


def alternative(clause: LiteralString, score: LiteralString, reason: LiteralString) -> LiteralString:
    """Return one alternative of a look-up: the clause binds `{c}`, each with a score and the map of its reason."""
    return clause + " WHERE {Customer:c} LIMIT 200 RETURN {c}, " + score + " AS {score}, " + reason + " AS {reason}"


IDENTIFIERS = alternative(
    "UNWIND ${identifiers} AS {pair} MATCH ({i}:Identifier {{value: {pair}[0]}}"
    + FOLLOWED
    + " AND {i}.kind IN {pair}[1] WITH DISTINCT {c}, {i}",
    "1.0",
    """{{exact: true, matched: {i}.value, identifier: {i}, kind: CASE
    WHEN {i}.kind IN ['PHONE', 'FAX'] THEN 'PHONE' WHEN {i}.kind = 'EMAIL' THEN 'EMAIL'
    WHEN {i}.kind IN ['MEMBER_NUMBER', 'POS_CARD', 'CATALOG_NUMBER', 'CORPORATE_NUMBER'] THEN 'CARD'
    WHEN {i}.kind = 'LINE_USER_ID' THEN 'LINE' ELSE 'IDENTIFIER' END}}""",
)
NUMBERS = alternative(
    "UNWIND ${numbers} AS {number} MATCH ({o}:Order {{number_key: {number}}}"
    + BOUGHT
    + "WITH DISTINCT {c}, {o}.number AS {number}",
    "0.9",
    "{{exact: true, matched: {number}, kind: 'ORDER_NUMBER'}}",
)
LAST_DIGITS = alternative(
    "UNWIND ${endings} AS {ending} MATCH ({i}:Identifier {{suffix: {ending}[0]}}"
    + FOLLOWED
    + " AND {i}.value ENDS WITH {ending}[1] AND {i}.value <> {ending}[1] WITH DISTINCT {c}, {i}, size({ending}[1]) AS {last}",
    "0.7 + {last} / 1000.0",
    "{{exact: false, matched: {i}.value, identifier: {i}, kind: 'LAST_DIGITS', last: {last}}}",
)
LAST_OF_NUMBERS = alternative(
    "UNWIND ${endings} AS {ending} MATCH ({o}:Order {{number_suffix: {ending}[0]}}"
    + BOUGHT
    + "WHERE {o}.number_key ENDS WITH {ending}[1] AND {o}.number_key <> {ending}[1] "
    "WITH DISTINCT {c}, {o}, size({ending}[1]) AS {last}",
    "0.65",
    "{{exact: false, matched: {o}.number, kind: 'ORDER_NUMBER', last: {last}}}",
)
FIRST_DIGITS = alternative(
    "UNWIND ${beginnings} AS {beginning} MATCH ({i}:Identifier"
    + FOLLOWED
    + " AND {i}.value STARTS WITH {beginning}[0] AND {i}.value <> {beginning}[0] AND {i}.kind IN {beginning}[1] "
    "WITH DISTINCT {c}, {i}, {beginning}[2] AS {first}",
    "0.68",
    "{{exact: false, matched: {i}.value, identifier: {i}, first: {first}, "
    "kind: CASE {i}.kind WHEN 'EMAIL' THEN 'EMAIL_PART' ELSE 'FIRST_DIGITS' END}}",
)
FIRST_OF_NUMBERS = alternative(
    "UNWIND ${order_beginnings} AS {beginning} MATCH ({o}:Order"
    + BOUGHT
    + "WHERE {o}.number_key STARTS WITH {beginning} AND {o}.number_key <> {beginning} WITH DISTINCT {c}, {o}, {beginning}",
    "0.64",
    "{{exact: false, matched: {o}.number, kind: 'ORDER_NUMBER', first: size({beginning})}}",
)
DOMAINS = alternative(
    "UNWIND ${domains} AS {domain} MATCH ({i}:Identifier {{domain: {domain}}}" + FOLLOWED + " WITH DISTINCT {c}, {i}, {domain}",
    "0.4",
    "{{exact: false, matched: {i}.value, identifier: {i}, kind: 'EMAIL_PART', "
    "last: size(replace(replace({domain}, '.', ''), '-', ''))}}",
)
MATCHED_NAME: LiteralString = "coalesce(CASE ${naming} WHEN 'KANA' THEN {c}.kana END, {c}.name, {c}.kana, '')"


HIT: LiteralString = """
CALL db.index.fulltext.queryNodes('customer_search', {text}, {{limit: $p.viewer_window}}) YIELD node AS {c}, score AS {points}
WHERE {Customer:c}
"""


def by_text(queries: LiteralString, most: LiteralString, reason: LiteralString) -> LiteralString:
    """Return one alternative of a look-up by the text index; a score is below `most`."""
    found: LiteralString = "UNWIND " + queries + " AS {text}" + HIT
    score: LiteralString = most + " * {points} / ({points} + 1.0) AS {score}"
    return found + "RETURN {c}, " + score + ", {{exact: false, " + reason + "}} AS {reason}"


NAMED = by_text("${names}", "0.6", "kind: ${naming}, kana: {c}.kana, words: ${words}, matched: " + MATCHED_NAME)
PLACED = by_text(
    "${places}",
    "0.3",
    "kind: ${placing}, matched: coalesce(CASE ${placing} WHEN 'ADDRESS' THEN {c}.address END, {c}.birth_date, '')",
)
CLOSE = by_text("${close}", "0.25", "kind: 'SIMILAR_NAME', kana: {c}.kana, words: ${words}, matched: " + MATCHED_NAME)
ASKED: Mapping[str, LiteralString] = {
    "identifiers": IDENTIFIERS,
    "numbers": NUMBERS,
    "endings": LAST_DIGITS + " UNION ALL " + LAST_OF_NUMBERS,
    "beginnings": FIRST_DIGITS,
    "order_beginnings": FIRST_OF_NUMBERS,
    "domains": DOMAINS,
    "names": NAMED,
    "places": PLACED,
}
Form = tuple[str, ...]
NOTHING: Form = ("identifiers",)
"""What a text that means nothing asks: an alternative without a value finds nobody."""
# Names of similar spelling are sought where fewer than five are found.
AND_CLOSE: LiteralString = """
WITH collect([{c}, {score}, {reason}]) AS {known}
CALL ({known}) {{
  UNWIND {known} AS {each} RETURN {each}[0] AS {c}, {each}[1] AS {score}, {each}[2] AS {reason}
  UNION ALL
  WITH {known} WHERE size({known}) < 5
  WITH [{each} IN {known} | {each}[0].id] AS {ids}
  CALL ({ids}) {{ CLOSE }}
  WITH {c}, {score}, {reason}, {ids} WHERE NOT {c}.id IN {ids} RETURN {c}, {score}, {reason}
}}
""".replace("CLOSE", CLOSE)
RANKED: LiteralString = """
WITH {c}, {score}, {reason} ORDER BY {score} DESC, {reason}.matched, {reason}.kind, {reason}.identifier.id
WITH {c}, MAX({score}) AS {best}, COLLECT({reason}) AS {reasons}
"""


@cache
def found(form: Form) -> LiteralString:
    """Return what finds and ranks customers by the alternatives of a form, and asks nothing else."""
    asked: LiteralString = " UNION ALL ".join([ASKED[name] for name in form or NOTHING if name != "close"])
    return "CALL () {{ " + asked + " }}" + (AND_CLOSE if "close" in form else "") + RANKED
