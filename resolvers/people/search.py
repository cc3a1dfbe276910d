"""Customers by what somebody types into one box: all alternatives that it can mean in one go, ranked, each with its reasons.

A score is 1 for an exact identifier, 0.9 for an order number, 0.7 for last digits, and up to 0.6 for a name. Of those
who share a number, who buys most is the likeliest to call.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import LiteralString

from graph.search.terms import Terms, terms
from resolvers.engine import cursors
from resolvers.engine.planner.readings import Given, Many, Names, One, Page, Parameters
from resolvers.orders.order import NO_ORDER, ORDERS
from resolvers.people.searchable import searchable

WINDOW = 200
"""Results by score are this many at most; pages are cut from them."""

# (:Identifier)<-[:HAS_IDENTIFIER]-(:SourceRecord)-[:RESOLVES_TO]->(:Customer), by value or last characters;
# (:Order)<-[:DID]-(:SourceRecord)-[:RESOLVES_TO]->(:Customer); (:Customer) by full text.
# A blocked identifier, or one of too many people, is never followed; a customer who went into another has no text and no records.
FOLLOWED: LiteralString = """)<-[:HAS_IDENTIFIER]-(:SourceRecord)-[:RESOLVES_TO]->({c}:Customer)
  WHERE {i}.state <> 'BLOCKED' AND coalesce({i}.reason, '') <> 'NAMES'"""
BOUGHT: LiteralString = ")<-[:DID]-(:SourceRecord)-[:RESOLVES_TO]->({c}:Customer) "


def alternative(clause: LiteralString, score: LiteralString, reason: LiteralString) -> LiteralString:
    """Return one alternative of a look-up: the clause binds `{c}`, each with a score and the map of its reason."""
    return clause + " LIMIT 200 RETURN {c}, " + score + " AS {score}, " + reason + " AS {reason}"


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
    "UNWIND ${numbers} AS {number} MATCH ({o}:Order {{number: {number}}}" + BOUGHT + "WITH DISTINCT {c}, {number}",
    "0.9",
    "{{exact: true, matched: {number}, kind: 'ORDER_NUMBER'}}",
)
LAST_DIGITS = alternative(
    "UNWIND ${suffixes} AS {suffix} MATCH ({i}:Identifier {{suffix: {suffix}}}" + FOLLOWED + " WITH DISTINCT {c}, {i}",
    "0.7",
    "{{exact: false, matched: {i}.value, identifier: {i}, kind: 'LAST_DIGITS'}}",
)
LAST_OF_NUMBERS = alternative(
    "UNWIND ${suffixes} AS {suffix} MATCH ({o}:Order {{number_suffix: {suffix}}}" + BOUGHT + "WITH DISTINCT {c}, {o}",
    "0.65",
    "{{exact: false, matched: {o}.number, kind: 'ORDER_NUMBER'}}",
)
NAMED: LiteralString = """ YIELD node AS {c}, score AS {points}
  RETURN {c}, 0.6 * {points} / ({points} + 1.0) AS {score}, {{exact: false, kind: ${naming}, kana: {c}.kana, words: ${words},
    matched: coalesce(CASE ${naming} WHEN 'KANA' THEN {c}.kana END, {c}.name, {c}.kana, '')}} AS {reason}
"""
TEXTS: LiteralString = (
    "UNWIND ${texts} AS {text} CALL db.index.fulltext.queryNodes('customer_text', {text}, {{limit: 200}})" + NAMED
)
LATINS: LiteralString = (
    "UNWIND ${latins} AS {text} CALL db.index.fulltext.queryNodes('customer_latin', {text}, {{limit: 200}})" + NAMED
)
ASKED: Mapping[str, LiteralString] = {
    "identifiers": IDENTIFIERS,
    "numbers": NUMBERS,
    "suffixes": LAST_DIGITS + " UNION ALL " + LAST_OF_NUMBERS,
    "texts": TEXTS,
    "latins": LATINS,
}
Form = tuple[str, ...]
NOTHING: Form = ("identifiers",)
"""What a text that means nothing asks: an alternative without a value finds nobody."""
RANKED: LiteralString = """
WITH {c}, {score}, {reason} ORDER BY {score} DESC, {reason}.matched, {reason}.kind, {reason}.identifier.id
WITH {c}, MAX({score}) AS {best}, COLLECT({reason}) AS {reasons}
"""
CANDIDATES: LiteralString = """
WITH {{customer: {c}, score: {best}, reasons: {reasons}}} AS {n}
ORDER BY {n}.score DESC, coalesce({n}.customer.order_count, 0) DESC, {n}.customer.id LIMIT ${limit}
"""
# The key sorts as (score from high to low, id): one text.
BY_SCORE: LiteralString = """
WITH {c} AS {n}, right('0000000000' + toString(1000000000 - toInteger({best} * 1000000000)), 10) + {c}.id AS {key}
ORDER BY {key} LIMIT 200
WITH {n}, {key} WHERE {key} > ${after}
WITH {n}, {key} ORDER BY {key} LIMIT ${limit}
"""


@cache
def found(form: Form) -> LiteralString:
    """Return what finds and ranks customers by the alternatives of a form, and asks nothing else."""
    asked: LiteralString = " UNION ALL ".join([ASKED[name] for name in form or NOTHING])
    return "CALL () {{ " + asked + " }}" + RANKED


def meant(given: Given) -> Terms:
    return given["terms"]


def form(given: Given) -> Form | None:
    """Return what a plan depends on of the text; None where none was given."""
    return meant(given).form if "terms" in given else None


def read_input(given: Given) -> Given:
    """Return what the text of an input can mean, and how many candidates are wanted."""
    asked = given["input"]
    return Given({"first": asked["first"], "terms": searchable(terms(asked["query"]), given.viewer)}, given.viewer)


def read_search(given: Given) -> Given:
    search = given.get("search")
    if search is None:
        return given
    return Given({**given, "terms": searchable(terms(search), given.viewer)}, given.viewer)


def candidates(given: Given) -> Parameters:
    return {"limit": cursors.page_size(given["first"]), **meant(given).parameters()}


@cache
def lookup(form: Form) -> Many:
    return Many(found(form) + CANDIDATES, bind=candidates)


@cache
def look_up(form: Form) -> One:
    """Return the look-up of a form: its texts stand in the row of the root, where its fields find them."""
    numbered = "numbers" in form
    names: Names = {
        "candidates": found(form) + CANDIDATES.replace("{n}", "{candidate}"),
        "candidate": "{candidate}",
        "orders": (ORDERS if numbered else NO_ORDER).replace("{n}", "{order}"),
        "order": "{order}",
    }
    return One("UNWIND [0] AS {n}", names, candidates)


@cache
def search(form: Form) -> Page:
    counted: LiteralString = "COUNT {{ " + found(form) + " RETURN {c} LIMIT 200 }}"
    return Page("search", found(form) + BY_SCORE, "{key}", counted, bounds=lambda given, _: meant(given).parameters())


# (:Customer)-[:REDIRECTS_TO]->(:Customer): one for each that went into another, so both counts are kept by the database
ALL = Page(
    "customers",
    "MATCH ({n}:Customer) USING INDEX SEEK {n}:Customer(id) WHERE {n}.id > ${after} AND {n}.status = 'ACTIVE' "
    "WITH {n} ORDER BY {n}.id LIMIT ${limit}",
    "{v}.id",
    "COUNT {{ MATCH (:Customer) }} - COUNT {{ MATCH ()-[:REDIRECTS_TO]->() }}",
)


def pages(given: Given) -> Page:
    return search(meant(given).form) if "terms" in given else ALL
