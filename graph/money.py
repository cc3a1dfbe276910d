"""Money between decimal text in the currency's own unit and the integer minor units that the graph keeps."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from babel.numbers import get_currency_precision, list_currencies


@cache
def minor_digits(currency: str) -> int:
    """Return how many decimals the currency has (JPY 0, USD 2); raises ValueError for a code that is none."""
    if currency not in list_currencies():
        raise ValueError("is no ISO 4217 currency code")
    return get_currency_precision(currency)


def to_minor(amount: str, currency: str) -> int:
    """Return minor units of a decimal text such as "19800" or "12.50"; raises ValueError for too many decimals."""
    digits = minor_digits(currency)
    if amount.isascii() and amount.isdigit():  # nearly every amount of yen, and a batch has thousands
        return int(amount) * 10**digits
    scaled = Decimal(amount).scaleb(digits)
    if scaled != scaled.to_integral_value():
        raise ValueError(f"has more than the {digits} decimals of {currency}")
    return int(scaled)


def to_minor_rate(price: str, currency: str) -> Decimal | int:
    """Return minor units of the price of one unit, which may have parts of one; whole ones are an int."""
    scaled = Decimal(price).scaleb(minor_digits(currency))
    return int(scaled) if scaled == scaled.to_integral_value() else scaled.normalize()


def from_minor(units: int | str, currency: str) -> str:
    """Return decimal text with the currency's decimals: (1250, "USD") is "12.50"; a text of units may have parts of one."""
    digits = minor_digits(currency)
    # Yen have no decimals, and a view shows a hundred amounts.
    return f"{Decimal(units).scaleb(-digits):f}" if digits else str(units)


def rounded(units: Decimal | int) -> int:
    """Return whole minor units, halves away from zero."""
    return units if isinstance(units, int) else int(units.quantize(Decimal(1), rounding=ROUND_HALF_UP))
