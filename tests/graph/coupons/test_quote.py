"""What coupons take off a basket: by table, and by laws that hold for every basket."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.coupons.quote import quote
from graph.coupons.refusals import REFUSALS, Basket, Line, Standing, refusal
from graph.coupons.sharing_out import share_out
from graph.coupons.terms import PERCENT, VALUE, Terms, code_key

NOW, EARLIER, LATER = "2026-07-10T03:00:00.000000Z", "2026-07-01T00:00:00.000000Z", "2026-08-01T00:00:00.000000Z"
TEN = Terms(PERCENT, 10)
PENS = frozenset({"pens"})
LINES = (Line(1, 1_000, "PEN-1", PENS), Line(2, 500, "INK-1"), Line(3, -200, "PEN-2", PENS))
TILL = Basket(LINES, "JPY", "STORE", NOW, "S001")


@pytest.mark.parametrize(
    ("reason", "terms", "standing"),
    [
        (None, {}, {}),
        ("WITHDRAWN", {"withdrawn": True}, {}),
        ("NOT_YET_VALID", {"starts": LATER}, {}),
        (None, {"starts": NOW}, {}),
        ("EXPIRED", {"ends": NOW}, {}),
        ("EXPIRED", {}, {"ends": EARLIER}),
        (None, {"starts": EARLIER, "ends": LATER}, {"ends": LATER}),
        ("ALREADY_USED", {}, {"used": True}),
        ("RESERVED", {}, {"held": True}),
        ("USED_UP", {"uses": 3}, {"uses": 3}),
        (None, {"uses": 3}, {"uses": 2}),
        ("OF_ANOTHER_CUSTOMER", {}, {"own": False}),
        (None, {}, {"own": None}),
        (None, {"for_all": True}, {"own": False}),
        ("CUSTOMER_UNKNOWN", {"uses_per_customer": 1}, {}),
        ("USED_BY_CUSTOMER", {"uses_per_customer": 2}, {"uses_by_customer": 2}),
        (None, {"uses_per_customer": 2}, {"uses_by_customer": 1}),
        ("WRONG_CHANNEL", {"channels": frozenset({"WEB"})}, {}),
        ("WRONG_STORE", {"stores": frozenset({"S002"})}, {}),
        (None, {"stores": frozenset({"S001", "S002"}), "channels": frozenset({"STORE"})}, {}),
        ("WRONG_CURRENCY", {"kind": VALUE, "currency": "USD"}, {}),
        ("NO_ITEM", {"products": frozenset({"CASE-1"})}, {}),
        ("NO_ITEM", {"products": frozenset({"PEN-2"})}, {}),
        ("BELOW_MINIMUM", {"minimum": 1_501}, {}),
        (None, {"minimum": 1_500}, {}),
        ("BELOW_MINIMUM", {"minimum": 1_001, "categories": PENS}, {}),
    ],
)
def test_a_coupon_is_refused_for_the_first_reason_that_there_is(
    reason: str | None, terms: dict[str, Any], standing: dict[str, Any]
) -> None:
    assert refusal(Standing(replace(TEN, **terms), **standing), TILL) == reason
    assert reason is None or reason in REFUSALS


@pytest.mark.parametrize(
    ("coupons", "expected"),
    [
        # A line that gives back bears none of it
        ({"A": TEN}, {"A": {1: 100, 2: 50}}),
        ({"A": Terms(PERCENT, 7, products=frozenset({"INK-1"}))}, {"A": {2: 35}}),
        ({"A": Terms(VALUE, 100, "JPY")}, {"A": {1: 67, 2: 33}}),
        # Never more than there is
        ({"A": Terms(VALUE, 9_999, "JPY", categories=PENS)}, {"A": {1: 1_000}}),
        # Percentages first, whatever their codes
        ({"A": Terms(VALUE, 500, "JPY", combinable=True), "B": replace(TEN, combinable=True)},
         {"B": {1: 100, 2: 50}, "A": {1: 333, 2: 167}}),
        # 10 % of 1,500 is less than 500 alone, and more than 100 alone
        ({"A": TEN, "B": Terms(VALUE, 500, "JPY")}, {"A": "NOT_COMBINABLE", "B": {1: 333, 2: 167}}),
        ({"A": TEN, "B": Terms(VALUE, 100, "JPY")}, {"A": {1: 100, 2: 50}, "B": "NOT_COMBINABLE"}),
        ({"A": TEN, "B": Terms(VALUE, 150, "JPY", combinable=True)}, {"A": "NOT_COMBINABLE", "B": {1: 100, 2: 50}}),
        ({"A": TEN, "B": TEN}, {"A": {1: 100, 2: 50}, "B": "NOT_COMBINABLE"}),
        # Nothing is used up that takes off nothing
        ({"A": Terms(PERCENT, 100, combinable=True), "B": Terms(VALUE, 100, "JPY", combinable=True)},
         {"A": {1: 1_000, 2: 500}, "B": "NOTHING_LEFT"}),
        ({"A": None, "B": TEN}, {"A": "NO_SUCH_COUPON", "B": {1: 100, 2: 50}}),
    ],
)  # fmt: skip
def test_coupons_take_off_what_their_terms_say(coupons: dict[str, Terms | None], expected: dict[str, Any]) -> None:
    found = quote(TILL, {code: terms and Standing(terms) for code, terms in coupons.items()})

    assert {each.code: each.refusal or dict(each.lines) for each in found} == expected


def test_a_percentage_is_rounded_down_once_for_all_its_lines() -> None:
    lines = [Line(number, 99) for number in range(1, 4)]

    [found] = quote(replace(TILL, lines=lines), {"A": Standing(TEN)})

    assert (found.amount, dict(found.lines)) == (29, {1: 10, 2: 10, 3: 9}), "29.7 is 29, shared out over three equal lines"


@pytest.mark.parametrize("typed", ["spring-10", "ＳＰＲＩＮＧ 10", " SPRING10 ", "Spring10"])
def test_a_code_is_the_same_however_it_is_typed(typed: str) -> None:
    assert code_key(typed) == "SPRING10"


SKUS = st.sampled_from(["PEN-1", "INK-1", "CASE-1"])
AMOUNTS = st.integers(-10_000, 10_000)
SOME_LINES = st.lists(st.tuples(AMOUNTS, SKUS), min_size=1, max_size=6).map(
    lambda told: [Line(number, amount, sku) for number, (amount, sku) in enumerate(told, 1)]
)
TAKEN = st.tuples(st.just(VALUE), st.integers(1, 20_000)) | st.tuples(st.just(PERCENT), st.integers(1, 100))
SOME_TERMS = st.tuples(TAKEN, st.integers(0, 5_000), st.frozensets(SKUS, max_size=2), st.booleans()).map(
    lambda told: Terms(told[0][0], told[0][1], minimum=told[1], products=told[2], combinable=told[3])
)
COUPONS = st.dictionaries(st.sampled_from("ABCDE"), st.none() | SOME_TERMS.map(Standing), min_size=1, max_size=4)


@given(SOME_LINES, COUPONS)
def test_no_line_is_made_less_than_nothing_and_none_of_another_item_is_touched(
    lines: list[Line], coupons: dict[str, Standing | None]
) -> None:
    found = quote(replace(TILL, lines=lines), coupons)

    for line in lines:
        assert 0 <= sum(each.lines.get(line.number, 0) for each in found) <= max(0, line.amount)
    for each in found:
        standing = coupons[each.code]
        assert bool(each.lines) == (each.refusal is None)
        assert (
            standing is None
            or not standing.terms.products
            or all(lines[number - 1].sku in standing.terms.products for number in each.lines)
        )


@given(SOME_LINES, COUPONS, st.randoms(use_true_random=False))
def test_the_answer_is_the_same_in_whatever_order_one_asks(
    lines: list[Line], coupons: dict[str, Standing | None], chance: Any
) -> None:
    first = quote(replace(TILL, lines=lines), coupons)
    others, codes = list(lines), list(coupons)
    chance.shuffle(others)
    chance.shuffle(codes)

    assert quote(replace(TILL, lines=others), {code: coupons[code] for code in codes}) == first


@given(st.lists(st.integers(0, 1_000), max_size=8).flatmap(lambda all_: st.tuples(st.integers(0, sum(all_)), st.just(all_))))
def test_what_is_shared_out_is_all_of_it_and_no_part_is_above_its_line(told: tuple[int, list[int]]) -> None:
    amount, weights = told
    parts = share_out(amount, weights)

    assert sum(parts) == amount
    assert all(0 <= part <= weight for part, weight in zip(parts, weights, strict=True))
