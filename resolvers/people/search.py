"""Customers by what somebody types into one box: all alternatives that it can mean in one go, ranked, each with its reasons.

A score is 1 for an exact identifier, 0.9 for an order number, about 0.7 for the last or first characters of either, up to 0.6
for a name, 0.3 for an address or a date of birth alone, 0.25 for a name of similar spelling, which is sought only where few
are found otherwise. Of those who share a number, who buys most is the likeliest to call.
"""

from __future__ import annotations

from functools import cache
from typing import LiteralString

from graph.search.terms import Terms
from resolvers.access.rows import Rows
from resolvers.engine import cursors
from resolvers.engine.planner.readings import Given, Many, Names, One, Page, Parameters
from resolvers.orders.order import NO_ORDER, ORDERS
from resolvers.people.alternatives import Form, found
from resolvers.people.searchable import searchable
from resolvers.people.unattributed import UNATTRIBUTED

WINDOW = 200
"""Results by score are this many at most; pages are cut from them."""

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


def meant(given: Given) -> Terms:
    return given["terms"]


def form(given: Given) -> Form | None:
    """Return what a plan depends on of the text; None where none was given."""
    return meant(given).form if "terms" in given else None


def read_input(given: Given) -> Given:
    """Return what the text of an input can mean, and how many candidates are wanted."""
    asked = given["input"]
    return Given({"first": asked["first"], "terms": searchable(asked["query"], given.viewer)}, given.viewer)


def read_search(given: Given) -> Given:
    search = given.get("search")
    if search is None:
        return given
    return Given({**given, "terms": searchable(search, given.viewer)}, given.viewer)


def candidates(given: Given) -> Parameters:
    return {"limit": cursors.page_size(given["first"]), **meant(given).parameters()}


def counted(form: Form) -> LiteralString:
    return "COUNT {{ " + found(form) + " RETURN {c} LIMIT 200 }}"


@cache
def lookup(form: Form) -> Many:
    return Many(found(form) + CANDIDATES, bind=candidates)


# (:Identifier) as typed, whoever holds it; (:Identifier)<-[:VIA {unattributed, position}]-(:Touchpoint), the newest
KEPT: LiteralString = """
UNWIND ${identifiers} AS {pair} MATCH ({i}:Identifier {{value: {pair}[0]}}) WHERE {i}.kind IN {pair}[1]
WITH DISTINCT {i} LIMIT 5
"""
CONTACTS: LiteralString = (
    "CALL ({i}) {{"
    + UNATTRIBUTED.replace("${after}", "'~'")
    + "RETURN {t} ORDER BY {w}.unattributed DESC, {w}.position DESC LIMIT 5 }} "
    "WITH DISTINCT {t} ORDER BY {t}.position DESC LIMIT 5"
)


@cache
def look_up(form: Form) -> One:
    """Return the look-up of a form: its texts stand in the row of the root, where its fields find them."""
    numbered = "numbers" in form
    names: Names = {
        "candidates": found(form) + CANDIDATES.replace("{n}", "{candidate}"),
        "candidate": "{candidate}",
        "kept": KEPT,
        "kept_of": "{i}",
        "contacts": KEPT + CONTACTS,
        "contact": "{t}",
        "counted": counted(form),
        "orders": (ORDERS if numbered else NO_ORDER).replace("{n}", "{order}").replace(":n}", ":order}"),
        "order": "{order}",
    }
    return One("UNWIND [0] AS {n}", names, candidates)


@cache
def search(form: Form) -> Page:
    return Page("search", found(form) + BY_SCORE, "{key}", counted(form), bounds=lambda given, _: meant(given).parameters())


LISTED: LiteralString = (
    "MATCH ({n}:Customer) USING INDEX SEEK {n}:Customer(id) WHERE {n}.id > ${after} AND {n}.status = 'ACTIVE' AND {Customer:n} "
    "WITH {n} ORDER BY {n}.id LIMIT ${limit}"
)
# (:Customer)-[:REDIRECTS_TO]->(:Customer): one for each that went into another, so both counts are kept by the database
ALL = Page("customers", LISTED, "{v}.id", "COUNT {{ MATCH (:Customer) }} - COUNT {{ MATCH ()-[:REDIRECTS_TO]->() }}")
SOME = Page("customers", LISTED, "{v}.id", "COUNT {{ MATCH ({c}:Customer) WHERE {c}.status = 'ACTIVE' AND {Customer:c} }}")
# (:Case)-[:ASKED]->(:Team)<-[:MEMBER_OF]-(:Staff {account}): few of all customers are theirs who are asked, so these are sought
ASKED_ABOUT: LiteralString = """
MATCH (:Staff {{account: $p.viewer_name}})-[:MEMBER_OF]->(:Team)<-[:ASKED]-({k}:Case)
CALL ({k}) {{
  MATCH (:SourceRecord {{key: {k}.record}})-[:RESOLVES_TO]->({c}:Customer) RETURN {c}
UNION
  MATCH ({k})<-[:IN_CASE]-(:Touchpoint)<-[:DID]-(:SourceRecord)-[:RESOLVES_TO]->({c}:Customer) RETURN {c}
}}
WITH DISTINCT {c} WHERE {Customer:c}
"""
EXPERTS = Page(
    "customers",
    ASKED_ABOUT + "AND {c}.id > ${after} WITH {c} AS {n} ORDER BY {n}.id LIMIT ${limit}",
    "{v}.id",
    "COUNT {{ " + ASKED_ABOUT + " RETURN {c} }}",
)


def pages(given: Given) -> Page:
    if "terms" in given:
        return search(meant(given).form)
    if given.viewer.rows_of("Customer") == frozenset({Rows.ESCALATED}):
        return EXPERTS
    return ALL if given.viewer.reads_all("Customer") else SOME
