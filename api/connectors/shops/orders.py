"""What the orders of all shop systems share: amounts that add up, and a time of purchase beside that of the last change."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from api.connectors.delivery import RawEvent
from api.connectors.events import ORDER, event, id_of, said


def amount(text: str | None) -> Decimal:
    """Return an amount as a shop writes it; nothing and what is none are 0."""
    try:
        value = Decimal(text or "0")
    except InvalidOperation:
        return Decimal(0)
    return value if value.is_finite() else Decimal(0)


def written(value: Decimal) -> str:
    """Return an amount as the contract has it: plain digits, no zeros behind the point."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") or "0" if "." in text else text


def balanced(lines: list[dict[str, Any]], total: Decimal, shipping: Decimal, tax: Decimal = Decimal(0)) -> dict[str, str]:
    """Return shipping, total and what lies between them and the lines: a discount where it was taken off, else a fee.

    `tax` is what comes on top of the lines' prices; 0 where they contain it.
    """
    of_lines = sum((amount(line.get("unitPrice")) * amount(str(line["quantity"])) for line in lines), Decimal(0))
    between = of_lines + shipping + tax - total
    rest = {"discount" if between > 0 else "fee": written(abs(between))} if between else {}
    return {"shipping": written(shipping), "total": written(total), **rest}


def order_events(
    source: str, number: str | None, bought: str | None, changed: str | None, data: dict[str, Any]
) -> list[RawEvent]:
    """Return an order as it is since its last change, and when it was bought: a touchpoint begins with its earliest event."""
    if number is None:
        return []
    channel = {"channel": data["channel"]}
    began = event(ORDER, source, id_of("bought", number, bought, channel["channel"]), bought or changed, channel, subject=number)
    facts = said(**data)
    return [began, event(ORDER, source, id_of("order", number, changed, str(facts)), changed, facts, subject=number)]
