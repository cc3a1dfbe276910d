"""The money of an order: minor units of its currency, and the rule that lines, charges and total add up.

line:  amount = unitPrice x quantity - discount, with or without its tax
order: total  = sum of line amounts - discount + shipping, with or without tax, with or without pointsUsed taken off
"""

from __future__ import annotations

from decimal import Decimal
from math import ceil, floor

from graph.events.contract import OrderData, OrderLine
from graph.events.facts import Line
from graph.events.invalid import AmountsDoNotAddUp, InvalidEvent, json_pointer
from graph.money import from_minor, minor_digits, rounded, to_minor

CHARGES = ("total", "discount", "shipping", "tax")


def read_charges(data: OrderData, lines: tuple[Line, ...] | None) -> dict[str, int | None]:
    """Return minor units of the charges that the event mentions; a total it is silent on is computed from its lines."""
    charges = {name: _minor(getattr(data, name), data.currency, name) for name in CHARGES if data.says(name)}
    if lines is None or data.lines is None:
        return charges
    goods = sum(_units(line, "amount") for line in lines) - (charges.get("discount") or 0) + (charges.get("shipping") or 0)
    if not data.says("total"):
        return {**charges, "total": goods} if lines else charges
    line_tax = sum(_units(line, "tax") for line in lines)
    _check_total(data, charges, goods, charges.get("tax") or line_tax)
    return charges


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


def _check_total(data: OrderData, charges: dict[str, int | None], goods: int, tax: int) -> None:
    total = charges.get("total")
    if total is None or data.currency is None:
        return
    points = (data.points_used or 0) * 10 ** minor_digits(data.currency)
    expected = sorted({goods + added - taken for added in (0, tax) for taken in (0, points)})
    if total not in expected:
        choices = " or ".join(from_minor(units, data.currency) for units in expected)
        raise AmountsDoNotAddUp(
            f"The total does not follow from lines, discount, shipping, tax and points; expected {choices}.",
            json_pointer("data", "total"),
        )


def _read_line(line: OrderLine, index: int, currency: str | None) -> Line:
    path = ("lines", index)
    unit_price, amount, discount, tax = (
        _minor(getattr(line, name), currency, *path, alias)
        for name, alias in (("unit_price", "unitPrice"), ("amount", "amount"), ("discount", "discount"), ("tax", "tax"))
    )
    if unit_price is not None:
        exact = unit_price * _exact(line.quantity) - (discount or 0)
        if amount is None:
            amount = rounded(exact)
        elif not _adds_up(amount, exact, tax or 0):
            raise AmountsDoNotAddUp(
                f"The amount is not unitPrice x quantity - discount; expected {from_minor(rounded(exact), currency or '')}.",
                json_pointer("data", *path, "amount"),
            )
    if amount is None:
        raise InvalidEvent("A line needs an amount, or a unitPrice from which it follows.", json_pointer("data", *path))
    properties = {
        "name": line.name,
        "quantity": float(line.quantity),
        "unit_price": unit_price,
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


def _minor(amount: str | None, currency: str | None, *path: str | int) -> int | None:
    if amount is None:
        return None
    if currency is None:
        raise InvalidEvent("Amounts need the currency of the order.", json_pointer("data", "currency"))
    try:
        return to_minor(amount, currency)
    except ValueError as error:
        raise InvalidEvent(f"This amount {error}.", json_pointer("data", *path)) from None


def _units(line: Line, name: str) -> int:
    units = line.properties[name]
    return units if isinstance(units, int) else 0
