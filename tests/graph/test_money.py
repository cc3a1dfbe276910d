"""Money: decimal text in, integer minor units, the same text out."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.money import from_minor, rounded, to_minor


@pytest.mark.parametrize(
    ("amount", "currency", "units"),
    [("19800", "JPY", 19800), ("19800.00", "JPY", 19800), ("12.5", "USD", 1250), ("-0.01", "USD", -1), ("1.234", "KWD", 1234)],
)
def test_decimal_text_becomes_minor_units(amount: str, currency: str, units: int) -> None:
    assert to_minor(amount, currency) == units


@pytest.mark.parametrize(("amount", "currency"), [("0.5", "JPY"), ("1.234", "USD"), ("1", "XYZ"), ("1", "jpy")])
def test_too_many_decimals_and_unknown_currencies_are_refused(amount: str, currency: str) -> None:
    with pytest.raises(ValueError, match=r"decimals|currency"):
        to_minor(amount, currency)


@given(st.integers(-(10**15), 10**15), st.sampled_from(["JPY", "USD", "EUR", "KWD"]))
def test_minor_units_survive_the_way_there_and_back(units: int, currency: str) -> None:
    assert to_minor(from_minor(units, currency), currency) == units


def test_half_a_unit_is_rounded_away_from_zero() -> None:
    assert [rounded(Decimal(text)) for text in ("166.5", "166.4", "-166.5")] == [167, 166, -167]
