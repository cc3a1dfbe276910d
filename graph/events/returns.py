"""Goods that came back: a return of the lines of an order, known or not known yet."""

from __future__ import annotations

import orjson

from graph.events.contract import ReturnData
from graph.events.facts import Properties, Touchpoint
from graph.events.invalid import InvalidEvent, json_pointer
from graph.events.touchpoints import attributes_of, check_currency, read_by
from graph.identity.normalising.dates import Calendar
from graph.keys import scoped, touchpoint_id
from graph.money import to_minor
from graph.touchpoints.kinds import RETURN, TOUCHPOINTS

_OWN = {"reason": ("reason", "reason")}


def read_return(data: ReturnData, source: str, own_id: str, subject: str | None, calendar: Calendar) -> Touchpoint:
    """Return a return; `own_id` is what it is known by in its source. Amounts are minor units of its currency."""
    if data.currency is not None:
        check_currency(data.currency)
    numbered_by = data.order.source or source
    attributes = attributes_of(data, _OWN)
    attributes["order"] = {
        "order_id": touchpoint_id(scoped(numbered_by, data.order.number)),
        "order_source": numbered_by,
        "order_number": data.order.number,
    }
    if data.says("lines"):
        attributes["returned"] = _returned(data)
    return Touchpoint(
        key=scoped(source, own_id),
        kind=RETURN,
        external_id=subject,
        default_channel=TOUCHPOINTS[RETURN].channel,
        attributes=attributes,
        by=read_by(data.by, source, own_id, calendar) if data.says("by") else None,
    )


def _returned(data: ReturnData) -> Properties:
    lines = data.lines or ()
    seen: set[int] = set()
    rows: list[dict[str, object]] = []
    for place, each in enumerate(lines):
        if each.line in seen:
            raise InvalidEvent("Another line has this number.", json_pointer("data", "lines", place, "line"))
        seen.add(each.line)
        amount = _amount(each.amount, data.currency, place)
        rows.append({"line": each.line, "quantity": float(each.quantity), "amount": amount, "restocked": each.restocked})
    return {"returned_lines": orjson.dumps(rows).decode(), "currency": data.currency}


def _amount(amount: str | None, currency: str | None, place: int) -> int | None:
    if amount is None:
        return None
    if currency is None:
        raise InvalidEvent("Amounts need the currency of the order.", json_pointer("data", "currency"))
    try:
        return to_minor(amount, currency)
    except ValueError as error:
        raise InvalidEvent(f"This amount {error}.", json_pointer("data", "lines", place, "amount")) from None
