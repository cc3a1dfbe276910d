"""The money of an order: minor units of its currency, and the rule that lines, charges and total add up.

line:  amount = unitPrice x quantity - discount, with or without its tax
order: total  = sum of line amounts - discount + shipping + fee, with or without tax, with or without pointsUsed taken off
"""

from __future__ import annotations

from decimal import Decimal
from math import ceil, floor

from graph.events.contract import OrderData
from graph.events.facts import Line
from graph.events.invalid import AmountsDoNotAddUp, InvalidEvent, json_pointer
from graph.events.order_parts import OrderLine
from graph.events.outcomes import Remark
from graph.money import from_minor, minor_digits, rounded, to_minor, to_minor_rate

CHARGES = ("total", "discount", "shipping", "fee", "tax", "refunded")
ROUNDED_TOTAL = "ROUNDED_TOTAL"


def read_charges(data: OrderData, lines: tuple[Line, ...] | None) -> tuple[dict[str, int | None], tuple[Remark, ...]]:
    """Return minor units of the charges that the event mentions, and what is to be remarked on them.

    A total that it is silent on is computed from its lines. One that is off by no more than rounding is kept as charged.
    """
    charges = {name: _minor(getattr(data, name), data.currency, name) for name in CHARGES if data.says(name)}
    if not lines:
        _check_sign(charges.get("discount"), abs(charges.get("discount") or 0), "discount")
        return charges, ()
    amounts = sum(_units(line, "amount") for line in lines)
    _check_sign(charges.get("discount"), amounts, "discount")
    goods = amounts - (charges.get("discount") or 0) + (charges.get("shipping") or 0) + (charges.get("fee") or 0)
    if not data.says("total"):
        return {**charges, "total": goods}, ()
    line_tax = sum(_units(line, "tax") for line in lines)
    return charges, _check_total(data, charges, goods, charges.get("tax") or line_tax, len(lines))


def read_lines(data: OrderData) -> tuple[Line, ...] | None:
    """Return the lines with checked amounts; None when the event does not mention them."""
    if not data.says("lines"):
        return None
    lines = tuple(_read_line(line, index, data.currency) for index, line in enumerate(data.lines or ()))
    seen: set[int] = set()
    for index, line in enumerate(lines):
        if line.number in seen:
            raise InvalidEvent("Another line has this number.", json_pointer("data", "lines", index, "line"))
        seen.add(line.number)
    return lines


def _check_total(data: OrderData, charges: dict[str, int | None], goods: int, tax: int, lines: int) -> tuple[Remark, ...]:
    total = charges.get("total")
    if total is None or data.currency is None:
        return ()
    points = (data.points_used or 0) * 10 ** minor_digits(data.currency)
    expected = sorted({goods + added - taken for added in (0, tax) for taken in (0, points)})
    if total in expected:
        return ()
    # Each line may have been rounded in its own way; what the customer was charged is what counts.
    if any(abs(total - units) <= lines for units in expected):
        return (Remark(ROUNDED_TOTAL, json_pointer("data", "total")),)
    choices = " or ".join(from_minor(units, data.currency) for units in expected)
    raise AmountsDoNotAddUp(
        f"The total does not follow from lines, discount, shipping, fee, tax and points; expected {choices}.",
        json_pointer("data", "total"),
    )


def _read_line(line: OrderLine, index: int, currency: str | None) -> Line:
    path = ("lines", index)
    amount, discount, tax = (_minor(getattr(line, name), currency, *path, name) for name in ("amount", "discount", "tax"))
    unit_price = _rate(line.unit_price, currency, *path, "unitPrice")
    if unit_price is not None:
        gross = unit_price * _exact(line.quantity)
        exact = gross - (discount or 0)
        if amount is None:
            amount = rounded(exact)
        elif not _adds_up(amount, exact, tax or 0):
            raise AmountsDoNotAddUp(
                f"The amount is not unitPrice x quantity - discount; expected {from_minor(rounded(exact), currency or '')}.",
                json_pointer("data", *path, "amount"),
            )
        _check_sign(discount, gross, *path, "discount")
    elif amount is None:
        raise InvalidEvent("A line needs an amount, or a unitPrice from which it follows.", json_pointer("data", *path))
    else:
        _check_sign(discount, amount, *path, "discount")
    properties = {
        "name": line.name,
        "quantity": float(line.quantity),
        "unit_price": unit_price if unit_price is None or isinstance(unit_price, int) else f"{unit_price:f}",
        "amount": amount,
        "discount": discount,
        "tax": tax,
        "currency": currency,
    }
    return Line(number=line.line, sku=line.sku, properties=properties)


def _exact(quantity: float) -> Decimal | int:
    """Return a quantity as it was written; most are whole, and whole numbers cost less."""
    return int(quantity) if quantity == int(quantity) else Decimal(str(quantity))


def _adds_up(amount: int, exact: Decimal | int, tax: int) -> bool:
    # A part of a minor unit may have been rounded either way.
    low, high = floor(exact), ceil(exact)
    return low <= amount <= high or low + tax <= amount <= high + tax


def _check_sign(discount: int | None, whole: Decimal | int, *path: str | int) -> None:
    """Refuse a discount that would add to what it is taken from; what is given back has a negative one."""
    if discount and discount * whole < 0:
        raise InvalidEvent(
            "A discount is taken off: give it with the sign of what it is taken from.", json_pointer("data", *path)
        )


def _minor(amount: str | None, currency: str | None, *path: str | int) -> int | None:
    if amount is None:
        return None
    try:
        return to_minor(amount, _needed(currency))
    except ValueError as error:
        raise InvalidEvent(f"This amount {error}.", json_pointer("data", *path)) from None


def _rate(price: str | None, currency: str | None, *path: str | int) -> Decimal | int | None:
    """Return minor units, whole or not: a price of one unit is a rate and not a sum that anybody pays."""
    if price is None:
        return None
    try:
        return to_minor_rate(price, _needed(currency))
    except ValueError as error:
        raise InvalidEvent(f"This price {error}.", json_pointer("data", *path)) from None


def _needed(currency: str | None) -> str:
    if currency is None:
        raise InvalidEvent("Amounts need the currency of the order.", json_pointer("data", "currency"))
    return currency


def _units(line: Line, name: str) -> int:
    units = line.properties[name]
    return units if isinstance(units, int) else 0
