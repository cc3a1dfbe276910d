"""The event types of orders and interactions, which both report a touchpoint."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graph.events.contract import OrderEvent, interaction_event
from graph.events.event_type import EventType
from graph.events.facts import Event, Touchpoint
from graph.events.newest import stamp, take_newer, utc_text
from graph.events.outcomes import CREATED, UNCHANGED, UPDATED, Answer, Rejection
from graph.events.touchpoints import read_interaction, read_order
from graph.keys import touchpoint_id
from graph.orders.fulfillment import fulfillment_id
from graph.orders.nodes import OrderParts, Orders
from graph.resolution.people import People
from graph.resolution.reporting import put, report_by
from graph.touchpoints.amounts import CURRENCY, LOADED, settled, told_amounts
from graph.touchpoints.delivery import note_delivery
from graph.touchpoints.kinds import ORDER as ORDER_KIND
from graph.touchpoints.nodes import Touchpoints
from graph.touchpoints.state import TouchpointState
from graph.writes.unit import Unit

NOBODY_KNOWN = "NOBODY_KNOWN"
AMOUNTS = frozenset(LOADED)


def want(touchpoint: Touchpoint, unit: Unit) -> None:
    own_id = touchpoint_id(touchpoint.key)
    unit.want("Touchpoint", (own_id,))
    if touchpoint.kind == ORDER_KIND:
        unit.want("Order", (own_id,))


def apply(touchpoint: Touchpoint, event: Event, unit: Unit) -> str | Rejection:
    touchpoints = unit.of(Touchpoints)
    own_id = touchpoint_id(touchpoint.key)
    state = touchpoints.states.get(own_id)
    if state is None:
        state = touchpoints.states[own_id] = _begun(own_id, touchpoint, event.source)
        _name_items(touchpoint, touchpoints)
        _report(touchpoint, event, state, unit.of(People))
        _hand_over(touchpoint, event, state, unit)
        return CREATED
    if state.kind != touchpoint.kind:
        return Rejection(
            "OTHER_KIND", f"This subject is already known as {state.kind}. Give the touchpoint a subject of its own.", "/subject"
        )
    if refused := _impossible(touchpoint, event, unit.of(Orders).parts.get(own_id)):
        return refused
    before = (dict(state.stamps), state.at)
    _name_items(touchpoint, touchpoints)
    _report(touchpoint, event, state, unit.of(People))
    _hand_over(touchpoint, event, state, unit)
    return UPDATED if (state.stamps, state.at) != before else UNCHANGED


def answer(touchpoint: Touchpoint, unit: Unit) -> Answer:
    state = unit.of(Touchpoints).states[touchpoint_id(touchpoint.key)]
    owner = unit.of(People).records[state.owner] if state.owner else None
    return Answer(owner.customer if owner else None, state.rule or NOBODY_KNOWN)


def _begun(own_id: str, touchpoint: Touchpoint, source: str) -> TouchpointState:
    """Return a touchpoint that the graph does not hold yet; it is attributed to nobody until something says otherwise."""
    kind, channel = touchpoint.kind, touchpoint.default_channel
    return TouchpointState(own_id, touchpoint.key, kind, source, touchpoint.external_id, channel, record=own_id, created=True)


def _report(touchpoint: Touchpoint, event: Event, state: TouchpointState, people: People) -> None:
    """Put a touchpoint's facts onto its node; an anonymous contact is attributed once identity is decided."""
    time = utc_text(event.time)
    if not state.at or time < state.at:
        state.at = state.changes["at"] = time
    mark = stamp(time, event.source, event.id)
    amounts, won = told_amounts(state.properties), take_newer(state.stamps, touchpoint.attributes, mark)
    put(state.properties, state.changes, touchpoint.attributes, won)
    if not AMOUNTS.isdisjoint(won):
        _settle(state, settled(amounts, touchpoint.attributes, won, state.properties.get(CURRENCY)))
    if touchpoint.lines is not None and take_newer(state.stamps, ("lines",), mark):
        state.lines = [{**line.properties, "number": line.number, "sku": line.sku} for line in touchpoint.lines]
    if touchpoint.by is None:
        return
    report_by(touchpoint.by, event, people)
    for claim in touchpoint.by.claims:
        people.identifiers[claim.key].come_by()
    note_delivery(touchpoint, touchpoint.by.claims, time, people)
    if take_newer(state.stamps, ("by",), mark):
        named = touchpoint.by.record_key
        state.bare = named is None
        state.record = named or state.id
        state.rule = "NAMED" if named else ""
        state.via = sorted({claim.key for claim in touchpoint.by.claims})
        state.changes |= {"bare": state.bare, "via": state.via}


def _impossible(touchpoint: Touchpoint, event: Event, parts: OrderParts | None) -> Rejection | None:
    """Return why what is told of a fulfilment cannot be; what is told late is history, and never refused."""
    for place, told in enumerate(touchpoint.fulfillments or ()):
        known = parts.fulfillments.get(fulfillment_id(parts.id, told.key)) if parts else None
        if known is not None and known.contradicts(told, utc_text(event.time)):
            message = f"This fulfilment is {known.state} by then; {told.state} cannot follow."
            return Rejection("IMPOSSIBLE_STATE", message, f"/data/fulfillments/{place}")
    return None


def _hand_over(touchpoint: Touchpoint, event: Event, state: TouchpointState, unit: Unit) -> None:
    """Put what is told of fulfilments on those of the order; the newest list says which there are."""
    if touchpoint.fulfillments is None:
        return
    parts, at = unit.of(Orders).parts[state.id], utc_text(event.time)
    newest = bool(take_newer(state.stamps, ("fulfillments",), stamp(at, event.source, event.id)))
    told = {fulfillment_id(parts.id, each.key) for each in touchpoint.fulfillments}
    for known in parts.fulfillments.values():
        if newest and known.id not in told and not known.properties.get("made"):
            known.put(listed=False)
    for place, each in enumerate(touchpoint.fulfillments):
        if store := each.properties["store_code"]:
            unit.of(Touchpoints).stores.add(store)
        parts.fulfillment(each.key).report(each, place, at, event.source, newest=newest)
    parts.touched = parts.touched or any(each.changed for each in parts.fulfillments.values())


def _settle(state: TouchpointState, amounts: Mapping[str, Any]) -> None:
    for name, value in amounts.items():
        if state.properties.get(name) != value:
            state.properties[name] = state.changes[name] = value


def _name_items(touchpoint: Touchpoint, touchpoints: Touchpoints) -> None:
    """Note the store and the products that it names, though newer news may replace them: a name stays known."""
    named = {name: properties for values in touchpoint.attributes.values() for name, properties in values.items()}
    store, products = named.get("store_code"), named.get("sku_list")
    if isinstance(store, str):
        touchpoints.stores.add(store)
    if isinstance(products, list):
        touchpoints.products.update(products)
    touchpoints.products.update(line.sku for line in touchpoint.lines or () if line.sku)


ORDER = EventType(
    "customer360.order.v1",
    OrderEvent,
    lambda event, calendar: read_order(event.data, event.source, event.subject or event.id, event.subject, calendar),
    want,
    apply,
    answer,
)
INTERACTION = EventType(
    "customer360.interaction.v1",
    interaction_event(),
    lambda event, calendar: read_interaction(event.data, event.source, event.subject or event.id, event.subject, calendar),
    want,
    apply,
    answer,
)
