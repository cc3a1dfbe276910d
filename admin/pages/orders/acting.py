"""What is done with an order at the counter: it is to be picked up, or some of it comes back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import cast
from zoneinfo import ZoneInfo

from starlette.requests import Request

from admin.parts.acting import do, typed_in, whole
from admin.parts.questions import Json, Problem, Questions

OVER = ("CANCELLED", "RETURNED")
GONE = ("CANCELLED", "EXPIRED")
HANDED_OVER = ("PARTLY_FULFILLED", "FULFILLED", "PARTLY_RETURNED")


async def act(request: Request, questions: Questions, time_zone: object) -> tuple[str, list[str]]:
    """Do what was pressed; return what that is, and why it was not done, nothing where it was."""
    typed = await typed_in(request)
    about = {"orderId": request.path_params["id"], "storeId": typed.get("store")}
    if typed["pressed"] == "pick-up":
        slot = _moment(typed.get("slot", ""), cast("ZoneInfo", time_zone))
        _, told = await do(questions, "pickupRequest", "", typed, **about, slot=slot)
    elif typed["pressed"] == "take-back":
        _, told = await do(questions, "orderReturn", "", typed, **about, lines=_lines(typed), reason=typed.get("reason") or None)
    else:
        raise Problem(400)
    return typed["pressed"], told


def _lines(typed: Mapping[str, str]) -> list[Json]:
    """Return the pieces of each line that come back; the fields are named by the number of the line."""
    numbers = [name.removeprefix("line-") for name, value in typed.items() if name.startswith("line-") and whole(value)]
    return [
        {
            "line": whole(number),
            "quantity": whole(typed[f"line-{number}"]),
            "restocked": f"damaged-{number}" not in typed,
            "amount": typed.get(f"amount-{number}") or None,
        }
        for number in numbers
    ]


def _moment(text: str, time_zone: ZoneInfo) -> str | None:
    """Return what a field for a day and a time says, in the time zone of the pages."""
    try:
        return datetime.fromisoformat(text).replace(tzinfo=time_zone).isoformat() if text else None
    except ValueError:
        raise Problem(400) from None


def is_unclaimed(order: Json) -> bool:
    """Tell whether some of it is neither handed over nor on its way to be, so that it can be picked up."""
    if order.get("status") in (*OVER, "FULFILLED") or "fulfillments" not in order:
        return False
    bought = sum(edge["node"]["quantity"] for edge in order["lines"]["edges"])
    under_way = sum(
        line["quantity"] for each in order["fulfillments"] if each["state"] not in GONE for line in each.get("lines", ())
    )
    return bought > under_way


def returnable(order: Json) -> list[Json]:
    """Return the lines of which something can come back, each with how many pieces are `left`, and what one brings back (`each`).

    `each` is None for who sees no amounts.
    """
    if order.get("state") not in HANDED_OVER:
        return []
    lines = [edge["node"] for edge in order["lines"]["edges"]]
    left = [(line, int(line["quantity"] - line["returnedQuantity"])) for line in lines]
    return [{**line, "left": pieces, "each": _of_one(line)} for line, pieces in left if pieces > 0]


def _of_one(line: Json) -> Json | None:
    """Return what one piece brings back; the last digit of several can differ, since all of them bring back what was paid."""
    if not line.get("paid"):
        return None
    whole_line = Decimal(line["paid"]["amount"])
    one = (whole_line / Decimal(str(line["quantity"]))).quantize(whole_line, ROUND_HALF_UP)
    return {**line["paid"], "amount": str(one)}
