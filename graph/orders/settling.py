"""What follows from the lines, fulfilments and returns of an order: its state, what counts of each return, and whose that is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import orjson

from graph.keys import POSITION_TIME
from graph.orders.fulfillment import Fulfillment
from graph.orders.nodes import OrderParts, Orders, PickupRules
from graph.orders.notices import REMINDER_DAYS, remind_at
from graph.orders.returned import Bought, Return, Returned, count_returns, paid_of
from graph.orders.states import OFF, PICKUP, READY_FOR_PICKUP, SHIP, order_state
from graph.touchpoints.kinds import ORDER
from graph.touchpoints.nodes import Touchpoints
from graph.touchpoints.state import TouchpointState
from graph.writes.changes import Change
from graph.writes.unit import Unit

OF_ORDER = "OF_ORDER"
"""The rule by which a return belongs to whoever its order belongs to."""
PICKUP_DAYS = 7
"""How long goods wait in a store that tells no rule of its own."""


async def settle_orders(unit: Unit) -> None:
    """Settle in memory the orders of a unit that changed; those that change hands take their returns with them."""
    orders, states = unit.of(Orders), unit.of(Touchpoints).states
    unit.want("Order", [s.id for s in states.values() if s.kind == ORDER and s.owner != s.was_owner and s.id not in orders.parts])
    await unit.lock()
    for own_id, parts in orders.parts.items():
        order = states.get(own_id)
        if order is None:
            continue
        for each in parts.returns & states.keys():
            _belong(states[each], order)
        changed = not order.changes.keys().isdisjoint(("status", "discount"))
        if parts.touched or order.lines is not None or changed or order.created:
            await _settle(orders, parts, order, returns_of(parts, states))


def note_orders(unit: Unit) -> None:
    """Note each order of which only what hangs on it changed, so that whoever follows orders takes it up."""
    noted = {ref for change in unit.changes if change.type in ("order.added", "order.changed") for ref in change.refs}
    for own_id, parts in unit.of(Orders).parts.items():
        ref = f"Touchpoint:{own_id}"
        if parts.touched and ref not in noted:
            unit.note(Change(ref, "order.changed", (ref,), ("fulfillments", "returns")))


def bought_by(parts: OrderParts, order: TouchpointState | None) -> dict[int, Bought]:
    """Return the lines as they stand by now: those that this unit was told, else those of the graph."""
    if order is None or order.lines is None:
        return parts.lines
    return {line["number"]: Bought(line["quantity"], line["amount"]) for line in order.lines}


def returned_lines(stored: str | None) -> list[Returned]:
    """Return the lines of a return, as its touchpoint holds them."""
    return [Returned(each["line"], each["quantity"], each["amount"], each["restocked"]) for each in orjson.loads(stored or "[]")]


def returns_of(parts: OrderParts, states: Mapping[str, TouchpointState], but: str = "") -> list[Return]:
    """Return the returns of an order, as far as they are at hand, but for one."""
    found = [states[each] for each in sorted(parts.returns) if each in states and each != but]
    return [Return(each.id, each.at + each.id, returned_lines(each.properties.get("returned_lines"))) for each in found]


def _belong(each: TouchpointState, order: TouchpointState) -> None:
    """Let a return of which nobody said whose it is be whose its order is."""
    if "by" in each.stamps or each.assigned is not None:
        return
    rule = OF_ORDER if order.owner else ""
    if rule != each.rule:
        each.rule = each.changes["rule"] = rule
    each.record = order.owner or each.id


async def _settle(orders: Orders, parts: OrderParts, order: TouchpointState, returns: list[Return]) -> None:
    bought = bought_by(parts, order)
    parts.counted = count_returns(paid_of(bought, order.properties.get("discount") or 0), returns)
    for each in parts.fulfillments.values():
        each.status = said_of_all(each, order.properties.get("status"))
    listed = sorted((each for each in parts.fulfillments.values() if each.listed), key=_place)
    parts.handed_out = {each.id: _lines(each, listed, bought) for each in parts.fulfillments.values()}
    await _expiries(orders, listed)
    back = [line for lines in parts.counted.values() for line in lines]
    pieces = sum(max(each.quantity, 0) for each in bought.values())
    given_at = {each.properties.get("store_code") for each in listed if each.method not in (None, SHIP)} - {None}
    values: dict[str, Any] = {
        "state": order_state(
            order.properties.get("status"), [each.state for each in listed], pieces, sum(line.quantity for line in back)
        ),
        "returned": sum(line.amount for line in back) if back else None,
        "given_at": sorted(str(code) for code in given_at) or None,
    }
    for name, value in values.items():
        if order.properties.get(name) != value:
            order.properties[name] = order.changes[name] = value


def said_of_all(each: Fulfillment, status: str | None) -> str | None:
    """Return what the status of the order says of a fulfilment: of one that was asked for here only that it is cancelled."""
    return status if status == "CANCELLED" or not each.properties.get("made") else None


def _place(each: Fulfillment) -> tuple[int, str]:
    return each.properties.get("place") or 0, each.id


def left_over(parts: OrderParts, bought: Mapping[int, Bought], status: str | None) -> dict[int, float]:
    """Return what no fulfilment hands over that goes on or is done, by line number."""
    for each in parts.fulfillments.values():
        each.status = said_of_all(each, status)
    listed = [each for each in parts.fulfillments.values() if each.listed]
    left = {number: of.quantity for number, of in bought.items()}
    for each in listed:
        if each.state not in OFF:
            for number, quantity in _lines(each, listed, bought).items():
                left[number] -= quantity
    return {number: quantity for number, quantity in left.items() if quantity > 0}


def _lines(each: Fulfillment, listed: list[Fulfillment], bought: Mapping[int, Bought]) -> dict[int, float]:
    """Return what it hands over: what was said, or everything where it is the only one that hands over anything."""
    if each.lines is not None:
        return {number: quantity for number, quantity in each.lines.items() if number in bought}
    going = [other for other in listed if other.state not in OFF] or listed
    if each.listed and [other.id for other in going] == [each.id]:
        return {number: of.quantity for number, of in bought.items() if of.quantity > 0}
    return {}


async def _expiries(orders: Orders, listed: list[Fulfillment]) -> None:
    """Give each pick-up that became ready the time at which it ends, by the rule that its store has by then."""
    ready = [
        each
        for each in listed
        if each.method == PICKUP
        and each.state == READY_FOR_PICKUP
        and each.properties.get("expires_from") != each.history[READY_FOR_PICKUP]
    ]
    if not ready:
        return
    rules = await orders.pickup_rules(each.properties["store_code"] for each in ready if each.properties.get("store_code"))
    for each in ready:
        since = each.history[READY_FOR_PICKUP]
        rule = rules.get(each.properties.get("store_code") or "", PickupRules())
        ready = datetime.strptime(since, POSITION_TIME)  # noqa: DTZ007 - UTC
        ends = ready + timedelta(days=PICKUP_DAYS if rule.days is None else rule.days)
        reminded = remind_at(ready, ends, REMINDER_DAYS if rule.reminder_days is None else rule.reminder_days)
        each.put(expires_from=since, expires_at=ends.strftime(POSITION_TIME))
        each.put(remind_at=reminded.strftime(POSITION_TIME) if reminded else None)
