# ruff: noqa: E501  (a row of a table is a line)
"""The one box: who is meant, in which order, and why."""

from __future__ import annotations

import pytest

from graph.store import Store
from resolvers.engine import ids
from resolvers.execution import execute
from tests.resolvers.conftest import ADMIN, Ask
from tests.resolvers.test_plans import Recording

LOOK_UP = """query ($typed: String!, $first: Int! = 10) { customerLookup(input: {query: $typed, first: $first}) {
  score customer { id name } reasons { kind exact matched identifier { kind } ja: sentence en: sentence(language: EN) } } }"""
HANAKO, ICHIRO, JIRO = (ids.encode("Customer", raw) for raw in ("c-hanako", "c-double1", "c-double2"))


@pytest.mark.parametrize(
    ("typed", "kind", "exact"),
    [
        ("090-1234-5678", "PHONE", True),
        ("０９０１２３４５６７８", "PHONE", True), ("m-0001", "CARD", True),
        ("0001", "LAST_DIGITS", False),
        ("HANAKO@example.jp", "EMAIL", True), ("U001", "LINE", True), ("A-1001", "ORDER_NUMBER", True),
        ("1001", "ORDER_NUMBER", False),
        ("試験", "NAME", False), ("試験 花子", "NAME", False), ("ﾊﾅｺ", "KANA", False),
        ("はなこ", "KANA", False), ("shiken", "NAME", False),
    ],
)  # fmt: skip
async def test_whatever_she_says_of_herself_finds_her_and_says_why(ask: Ask, typed: str, kind: str, exact: bool) -> None:
    (candidate,) = (await ask(LOOK_UP, typed=typed)).body["data"]["customerLookup"]
    assert candidate["customer"] == {"id": HANAKO, "name": "試験 花子"}
    reason = candidate["reasons"][0]
    assert (reason["kind"], reason["exact"]) == (kind, exact)
    written = "090-1234-5678" if kind == "PHONE" else reason["matched"]
    assert (written in reason["ja"], written in reason["en"]) == (True, True)
    assert 0 < candidate["score"] <= 1


async def test_all_who_share_a_number_and_order_as_much_are_there_by_id(ask: Ask) -> None:
    candidates = (await ask(LOOK_UP, typed="03-1234-5678")).body["data"]["customerLookup"]
    assert [candidate["customer"]["id"] for candidate in candidates] == [ICHIRO, JIRO]


async def test_the_last_digits_of_two_numbers_find_everybody_with_either(ask: Ask) -> None:
    candidates = (await ask(LOOK_UP, typed="5678")).body["data"]["customerLookup"]
    assert {candidate["customer"]["id"] for candidate in candidates} == {HANAKO, ICHIRO, JIRO}


@pytest.mark.parametrize("typed", ["", "   ", '""', "+-&|!(){}[]^~*?:\\/", "0120-444-444", "誰もいない", "zzzz"])
async def test_nothing_is_found_by_nothing(ask: Ask, typed: str) -> None:
    assert (await ask(LOOK_UP, typed=typed)).body == {"data": {"customerLookup": []}}


async def test_no_more_come_than_were_asked_for(ask: Ask) -> None:
    assert len((await ask(LOOK_UP, typed="双子", first=1)).body["data"]["customerLookup"]) == 1
    refused = (await ask(LOOK_UP, typed="双子", first=101)).body
    assert refused["errors"][0]["extensions"]["code"] == "INVALID_INPUT"


@pytest.mark.parametrize(("search", "expected"), [(None, 4), ("双子", 2), ("090-1234-5678", 1), ("", 0)])
async def test_pages_of_a_search_meet_without_gap_or_overlap(ask: Ask, search: str | None, expected: int) -> None:
    query = """query ($search: String, $after: String) { customers(search: $search, first: 1, after: $after) {
      totalCount edges { node { id } } pageInfo { hasNextPage endCursor } } }"""
    seen: list[str] = []
    after = None
    while True:
        page = (await ask(query, search=search, after=after)).body["data"]["customers"]
        assert page["totalCount"] == expected
        seen += [edge["node"]["id"] for edge in page["edges"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    assert len(seen) == len(set(seen)) == expected


BOTH = """query ($typed: String!) { lookUp(input: {query: $typed}) {
  candidates { customer { name } reasons { kind matchedSpans { text typed } } } orders { order { number } matchedSpans { text typed } }
} }"""


PARTS = {"identifier", "number", "ending", "beginning", "order_beginning", "domain"}
TEXTS = {"text", "close"}


@pytest.mark.parametrize(
    ("typed", "asked", "spans", "orders"),
    [
        ("090-1234-5678", {"identifier", "number"}, [("+819012345678", True)], []),
        ("5678", PARTS, [("+81901234", False), ("5678", True)], []),
        ("090-1234", PARTS | TEXTS, [("+", False), ("81901234", True), ("5678", False)], []),
        ("はなこ", TEXTS, [("シケン ", False), ("ハナコ", True)], []),
        ("hana", PARTS | TEXTS, [("Shiken ", False), ("Hana", True), ("ko", False)], []),
        ("hanako@example.jp", PARTS, [("hanako@example.jp", True)], []),
        ("A-1001", PARTS, [("A-1001", True)], ["A-1001"]),
    ],
)  # fmt: skip
async def test_one_statement_asks_what_the_form_can_mean_and_marks_what_was_typed(
    town: Store, typed: str, asked: set[str], spans: list[tuple[str, bool]], orders: list[str]
) -> None:
    recording = Recording()
    await execute(recording, BOTH, {"typed": typed}, None, ADMIN)  # type: ignore[arg-type]
    (statement,) = recording.statements
    found = (await execute(town, BOTH, {"typed": typed}, None, ADMIN)).body["data"]["lookUp"]
    assert {name for name, text in SOUGHT_BY.items() if text in statement} == asked
    reasons = [each for candidate in found["candidates"] for each in candidate["reasons"]]
    assert spans in [[(piece["text"], piece["typed"]) for piece in each["matchedSpans"]] for each in reasons]
    assert [each["order"]["number"] for each in found["orders"]] == orders
    assert all(each["matchedSpans"] == [{"text": each["order"]["number"], "typed": True}] for each in found["orders"])


SOUGHT_BY = {
    "identifier": "Identifier {value:",
    "number": "Order {number_key:",
    "ending": "Identifier {suffix:",
    "beginning": ".value STARTS WITH",
    "order_beginning": ".number_key STARTS WITH",
    "domain": "Identifier {domain:",
    "text": "'customer_search'",
    "close": "'SIMILAR_NAME'",
}
