"""Amounts of orders: what adds up, what does not, and what is expected instead."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.events.amounts import read_charges, read_lines
from graph.events.contract import OrderData
from graph.events.invalid import AmountsDoNotAddUp, InvalidEvent
from graph.events.outcomes import Remark
from graph.money import from_minor


def charges(**data: Any) -> dict[str, int | None]:
    order = OrderData.model_validate({"currency": "JPY", **data})
    return read_charges(order, read_lines(order))[0]


def line(amount: str, **more: Any) -> dict[str, Any]:
    return {"line": 1, "amount": amount, **more}


@pytest.mark.parametrize(
    "data",
    [
        {"lines": [line("1000")], "total": "1000"},
        {"lines": [line("1000")], "discount": "100", "shipping": "550", "total": "1450"},
        {"lines": [line("1000")], "tax": "100", "total": "1000"},
        {"lines": [line("1000")], "tax": "100", "total": "1100"},
        {"lines": [line("1000")], "pointsUsed": 200, "total": "1000"},
        {"lines": [line("1000")], "pointsUsed": 200, "total": "800"},
        {"lines": [line("1000")], "tax": "100", "pointsUsed": 200, "total": "900"},
        {"lines": [line("1000", tax="100")], "total": "1100"},
        {"lines": [line("5000")], "shipping": "600", "fee": "330", "total": "5930"},
        {"lines": [line("-3000"), {"line": 2, "amount": "3500"}], "total": "500"},
        {"lines": [line("-3000")], "tax": "-272", "discount": "-300", "total": "-2700"},
        {"lines": [], "total": "0"},
        {"lines": None, "total": "500"},
        {"total": "500"},
    ],
)
def test_totals_that_follow_from_the_rest_are_taken(data: dict[str, Any]) -> None:
    charges(**data)


def test_points_count_in_the_currencys_own_unit() -> None:
    assert charges(currency="USD", lines=[line("10.00")], pointsUsed=2, total="8.00")["total"] == 800


def test_a_total_that_does_not_follow_is_refused_with_what_was_expected() -> None:
    with pytest.raises(AmountsDoNotAddUp) as caught:
        charges(lines=[line("1000")], tax="100", total="1200")
    assert caught.value.pointer == "/data/total"
    assert "expected 1000 or 1100" in caught.value.message


def test_a_total_that_is_not_given_is_computed_without_tax_and_points() -> None:
    assert charges(lines=[line("1000")], discount="100", shipping="50", tax="90", pointsUsed=10)["total"] == 950
    assert "total" not in charges(lines=[])
    assert charges(lines=[line("1000")], total=None) == {"total": None}
    assert charges(status="CANCELLED") == {}


@pytest.mark.parametrize(
    ("given_line", "amount"),
    [
        ({"unitPrice": "500", "quantity": 3}, 1500),
        ({"unitPrice": "500", "quantity": 0}, 0),
        ({"unitPrice": "500", "quantity": 3, "discount": "100"}, 1400),
        ({"unitPrice": "500", "quantity": 3, "amount": "1650", "tax": "150"}, 1650),
        ({"unitPrice": "333", "quantity": 0.5}, 167),
        ({"unitPrice": "333", "quantity": 0.5, "amount": "166"}, 166),
        ({"unitPrice": "333", "quantity": 0.5, "amount": "167"}, 167),
        ({"unitPrice": "-100", "amount": "-100"}, -100),
        ({"unitPrice": "3000", "quantity": -1, "amount": "-3000"}, -3000),
        ({"unitPrice": "3000", "quantity": -1}, -3000),
        ({"unitPrice": "3000", "quantity": -2, "discount": "-600", "tax": "-490"}, -5400),
        ({"amount": "-2700", "quantity": -1, "discount": "-300"}, -2700),
        ({"unitPrice": "100.5", "quantity": 2, "amount": "201"}, 201),
        ({"unitPrice": "0.98", "quantity": 300, "amount": "294"}, 294),
        ({"unitPrice": "90.909", "quantity": 11, "amount": "1000"}, 1000),
        ({"amount": "800", "discount": "100", "quantity": 7}, 800),
    ],
)
def test_a_line_amount_follows_from_its_price_or_stands_alone(given_line: dict[str, Any], amount: int) -> None:
    order = OrderData.model_validate({"currency": "JPY", "lines": [{"line": 1, **given_line}]})
    lines = read_lines(order)
    assert lines is not None
    assert lines[0].properties["amount"] == amount


def test_a_line_that_does_not_add_up_is_refused_with_what_was_expected() -> None:
    order = OrderData.model_validate({"currency": "JPY", "lines": [line("1000", unitPrice="300", quantity=3)]})
    with pytest.raises(AmountsDoNotAddUp) as caught:
        read_lines(order)
    assert caught.value.pointer == "/data/lines/0/amount"
    assert "expected 900" in caught.value.message


@given(st.lists(st.tuples(st.integers(0, 99_999), st.integers(0, 20)), max_size=8), st.integers(0, 500), st.integers(0, 900))
def test_an_order_made_by_the_rule_is_always_taken(lines: list[tuple[int, int]], discount: int, shipping: int) -> None:
    made = [
        {"line": number, "unitPrice": str(price), "quantity": count, "amount": str(price * count)}
        for number, (price, count) in enumerate(lines)
    ]
    total = sum(price * count for price, count in lines) - discount + shipping
    assert charges(lines=made, discount=str(discount), shipping=str(shipping), total=str(total))["total"] == total


@pytest.mark.parametrize(
    ("data", "total"),
    [
        ({"lines": [line("2968"), {"line": 2, "amount": "1079"}], "total": "4048"}, 4048),
        ({"lines": [line("2968"), {"line": 2, "amount": "1079"}], "total": "4045"}, 4045),
        ({"lines": [line("50000")], "tax": "4546", "total": "50001"}, 50001),
        ({"lines": [line("50000")], "tax": "4546", "total": "54545"}, 54545),
        ({"currency": "EUR", "lines": [line("14.61")], "tax": "3.36", "total": "17.98"}, 1798),
    ],
)
def test_a_total_that_is_off_by_rounding_is_kept_as_charged_and_remarked_on(data: dict[str, Any], total: int) -> None:
    order = OrderData.model_validate({"currency": "JPY", **data})
    kept, remarks = read_charges(order, read_lines(order))
    assert (kept["total"], remarks) == (total, (Remark("ROUNDED_TOTAL", "/data/total"),))


@pytest.mark.parametrize("total", ["4050", "4044"])
def test_more_than_one_minor_unit_for_each_line_is_no_rounding(total: str) -> None:
    with pytest.raises(AmountsDoNotAddUp, match="expected 4047"):
        charges(lines=[line("2968"), {"line": 2, "amount": "1079"}], total=total)


@pytest.mark.parametrize(
    ("currency", "price", "kept", "shown"),
    [
        ("JPY", "100", 100, "100"),
        ("JPY", "100.0", 100, "100"),
        ("JPY", "90.909", "90.909", "90.909"),
        ("EUR", "4.87", 487, "4.87"),
        ("EUR", "0.005678", "0.5678", "0.005678"),
        ("KWD", "0.0000001", "0.0001", "0.0000001"),
    ],
)
def test_a_price_of_one_unit_may_have_parts_of_a_minor_unit(currency: str, price: str, kept: int | str, shown: str) -> None:
    order = OrderData.model_validate({"currency": currency, "lines": [{"line": 1, "unitPrice": price}]})
    lines = read_lines(order)
    assert lines is not None
    assert lines[0].properties["unit_price"] == kept
    assert from_minor(kept, currency) == shown


@pytest.mark.parametrize(
    ("data", "pointer"),
    [
        ({"lines": [line("500", discount="-100")]}, "/data/lines/0/discount"),
        ({"lines": [{"line": 1, "unitPrice": "500", "quantity": -1, "discount": "100"}]}, "/data/lines/0/discount"),
        ({"lines": [line("500")], "discount": "-100"}, "/data/discount"),
        ({"discount": "-100"}, "/data/discount"),
    ],
)
def test_a_discount_that_would_add_to_what_it_is_taken_from_is_refused(data: dict[str, Any], pointer: str) -> None:
    with pytest.raises(InvalidEvent) as caught:
        charges(**data)
    assert caught.value.pointer == pointer
