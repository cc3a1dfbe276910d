"""The event type of returns: goods that came back, whether their order is known by then or not."""

from __future__ import annotations

from graph.events.contract import ReturnEvent
from graph.events.event_type import EventType
from graph.events.facts import Event, Touchpoint
from graph.events.newest import stamp, utc_text
from graph.events.outcomes import UNCHANGED, Rejection
from graph.events.returns import read_return
from graph.keys import touchpoint_id
from graph.orders.nodes import Orders
from graph.orders.returned import Return, above
from graph.orders.settling import bought_by, returned_lines, returns_of
from graph.touchpoints import events as touchpoints
from graph.touchpoints.nodes import Touchpoints
from graph.writes.changes import Change
from graph.writes.unit import Unit


def order_id(told: Touchpoint) -> str:
    return str(told.attributes["order"]["order_id"])


def want(told: Touchpoint, unit: Unit) -> None:
    unit.want("Touchpoint", (touchpoint_id(told.key), order_id(told)))
    unit.want("Order", (order_id(told),))


def apply(told: Touchpoint, event: Event, unit: Unit) -> str | Rejection:
    """Take what came back; refuse what is above what is left of an order that is known."""
    own_id, of = touchpoint_id(told.key), order_id(told)
    states, parts = unit.of(Touchpoints).states, unit.of(Orders).parts[of]
    known = states.get(own_id)
    if known is not None and known.properties.get("order_id") not in (None, of):
        return Rejection("OTHER_ORDER", "This return is already known as one of another order.", "/data/order")
    mark = stamp(utc_text(event.time), event.source, event.id)
    newer = "returned" in told.attributes and (known is None or known.stamps.get("returned", "") < mark)
    if newer and (refused := _refusal(told, own_id, unit)):
        return refused
    outcome = touchpoints.apply(told, event, unit)
    if isinstance(outcome, Rejection) or outcome == UNCHANGED:
        return outcome
    parts.returns.add(own_id)
    parts.touched = True
    if of not in states:  # whichever of the two is written last, the change leads to both
        unit.note(Change(f"Touchpoint:{of}", "order.changed", (f"Touchpoint:{of}",), ("returns",)))
    return outcome


def _refusal(told: Touchpoint, own_id: str, unit: Unit) -> Rejection | None:
    states, parts = unit.of(Touchpoints).states, unit.of(Orders).parts[order_id(told)]
    order, values = states.get(parts.id), told.attributes["returned"]
    if order is None:
        return None
    if order.kind != touchpoints.ORDER_KIND:
        return Rejection("NO_ORDER", "What this names is no order.", "/data/order")
    currency = values["currency"]
    if currency is not None and order.properties.get("currency") not in (None, currency):
        return Rejection("OTHER_CURRENCY", "The order is in another currency.", "/data/currency")
    bought = bought_by(parts, order)
    place = above(
        bought, returns_of(parts, states, but=own_id), Return(own_id, "", returned_lines(str(values["returned_lines"])))
    )
    if not bought or place is None:
        return None
    return Rejection(
        "MORE_THAN_BOUGHT", "More would have come back of this line than was bought.", f"/data/lines/{place}/quantity"
    )


RETURN = EventType(
    "customer360.return.v1",
    ReturnEvent,
    lambda event, calendar: read_return(event.data, event.source, event.subject or event.id, event.subject, calendar),
    want,
    apply,
    touchpoints.answer,
)
