"""The command that takes goods of an order back, at whichever store."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import orjson

from graph.commands.command import Answer, Author, Command
from graph.errors import Conflict, InvalidInput
from graph.keys import scoped, touchpoint_id
from graph.money import to_minor
from graph.orders.expected import NumberedOrder, asked_of, code_of, found, held
from graph.orders.returned import Return, Returned, above
from graph.orders.settling import bought_by, returns_of
from graph.resolution.conclusion import NOUNS, conclude
from graph.touchpoints.kinds import RETURN, TOUCHPOINTS
from graph.touchpoints.nodes import Touchpoints
from graph.touchpoints.state import TouchpointState
from graph.words import Sentence
from graph.writes.unit import Unit

SOURCE = "customer360"


@dataclass(frozen=True, slots=True)
class BackLine:
    """`amount` is decimal text in the order's currency, None for what was paid for so many pieces."""

    line: int
    quantity: float
    amount: str | None
    restocked: bool


def take_back(author: Author, of: str | NumberedOrder, store_id: str, lines: Sequence[BackLine], reason: str | None) -> Command:
    """Return the command that takes lines of an order back; its answer is `order` and `return`, by id."""

    async def execute(unit: Unit, own_id: str) -> Answer:
        code = await code_of(unit, store_id)
        order, parts = await held(unit, await found(unit, of))
        states = unit.of(Touchpoints).states
        told = _told(lines, order.properties.get("currency"))
        place = above(bought_by(parts, order), returns_of(parts, states), Return("", "", told))
        if place is not None:
            raise Conflict(Sentence("refusal.MORE_THAN_BOUGHT"), f"/lines/{place}/quantity")
        key = scoped(SOURCE, own_id)
        back = TouchpointState(touchpoint_id(key), key, RETURN, SOURCE, None, TOUCHPOINTS[RETURN].channel, unit.now, created=True)
        back.record = back.id
        rows = [
            {"line": each.line, "quantity": each.quantity, "amount": each.amount, "restocked": each.restocked} for each in told
        ]
        back.properties = {
            "order_id": order.id,
            "order_source": order.source,
            "order_number": order.external_id,
            "returned_lines": orjson.dumps(rows).decode(),
            "currency": order.properties.get("currency"),
            "reason": reason,
            "store_code": code,
            "staff": author.actor,
        }
        back.changes = dict(back.properties)
        states[back.id] = back
        parts.returns.add(back.id)
        parts.touched = True
        await conclude(unit)
        return {"order": order.id, "return": back.id}

    asked = [[each.line, each.quantity, each.amount, each.restocked] for each in lines]
    return Command(author, "ORDER_RETURN", [asked_of(of), store_id, asked, reason], NOUNS, execute)


def _told(lines: Sequence[BackLine], currency: str | None) -> list[Returned]:
    """Return the lines with minor units; raise InvalidInput for none, one named twice, and what is no amount."""
    if not lines:
        raise InvalidInput(Sentence("refusal.NO_LINES"), "/lines")
    numbers = [each.line for each in lines]
    for place, each in enumerate(lines):
        if numbers.index(each.line) != place:
            raise InvalidInput(Sentence("refusal.LINE_TWICE"), f"/lines/{place}/line")
        if not 0 < each.quantity <= 1e12:
            raise InvalidInput(Sentence("refusal.QUANTITY"), f"/lines/{place}/quantity")
    return [
        Returned(each.line, each.quantity, _units(each.amount, currency, place), each.restocked)
        for place, each in enumerate(lines)
    ]


def _units(amount: str | None, currency: str | None, place: int) -> int | None:
    if amount is None:
        return None
    try:
        if currency is None or not amount.replace(".", "", 1).isdigit() or not amount.isascii():
            raise ValueError
        return to_minor(amount, currency)
    except (ValueError, ArithmeticError):
        raise InvalidInput(Sentence("refusal.AMOUNT"), f"/lines/{place}/amount") from None
