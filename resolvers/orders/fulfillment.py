"""How an order is handed over: what a source tells under its own names, how it stands by now, and what it went through."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any, LiteralString

import strawberry

from graph.events.newest import utc_text
from graph.orders.notices import to_be_called
from graph.orders.states import EXPIRED, READY_FOR_PICKUP
from graph.orders.told import TEXTS
from resolvers.access.tags import Cover, Derived, Tag
from resolvers.catalogue.store import Store
from resolvers.engine.node import Node
from resolvers.engine.planner import entry, many, one, planned, prop
from resolvers.engine.planner.fields import read
from resolvers.engine.planner.readings import Entries, Entry
from resolvers.orders.words import (
    FulfillmentMethod,
    FulfillmentState,
    PickupCheck,
    PickupEnd,
    PickupNoticeKind,
    PickupNoticeReason,
    PickupNoticeState,
)
from resolvers.values.scalars import JSON, Date, DateTime
from resolvers.values.words import Channel

if TYPE_CHECKING:
    from resolvers.orders.line import OrderLine
    from resolvers.orders.order import Order

CODES = frozenset(TEXTS["pickup_code"])
"""The names under which sources tell the code of a pick-up."""


def stands(state_and_end: list[Any]) -> str | None:
    """Return the state as of now: what has waited for too long has ended, also where nothing has noted that yet."""
    state, ends = state_and_end
    return EXPIRED if state == READY_FOR_PICKUP and ends is not None and ends <= utc_text(datetime.now(UTC)) else state


def needs_call(state_end_and_notices: list[Any]) -> bool:
    state, ends, notices = state_end_and_notices
    return to_be_called(stands([state, ends]), notices)


def without_codes(told: Any, cover: Cover) -> Any:
    """Leave out the code of a pick-up where that is not seen in the clear, and everything where words are not."""
    if told is None or cover(Tag.FREE_TEXT, told) is not told:
        return None
    kept: dict[str, Any] = json.loads(told)
    return json.dumps({name: value for name, value in kept.items() if name not in CODES or cover(Tag.CODE, value) is value})


def as_told(kept: str | None) -> Any:
    return None if kept is None else json.loads(kept)


TOLD = Derived(frozenset({Tag.FREE_TEXT, Tag.CODE}), without_codes)


@planned("What a fulfilment went through.")
class FulfillmentStep:
    state: FulfillmentState = entry("state", Tag.ACTIVITY, "State that it reached.")
    at: DateTime = entry("at", Tag.ACTIVITY, "Time at which it first reached it, UTC.")
    by: str | None = entry("by", Tag.INTERNAL, "Account of the employee or app that set it; null where nobody did here.")
    source: str | None = entry("source", Tag.INTERNAL, "Source that reported it; null where none did.")
    rule: PickupEnd | None = entry("rule", Tag.ACTIVITY, "Why it came to that by itself; null where it did not.")
    reason: str | None = read(Entry("why"), Tag.FREE_TEXT, "Reason that was given; null for none.")


@planned("What a customer is told of a pick-up, once of each kind.")
class PickupNotice:
    kind: PickupNoticeKind = entry("kind", Tag.ACTIVITY, "What is told.")
    state: PickupNoticeState = entry("state", Tag.ACTIVITY, "How it stands.")
    at: DateTime = entry("at", Tag.ACTIVITY, "Time since which it stands so, UTC.")
    channel: Channel | None = entry("channel", Tag.ACTIVITY, "Channel by which it leaves; null where by none.")
    reason: PickupNoticeReason | None = entry("reason", Tag.ACTIVITY, "Why it was not sent; null where it was.")


@planned("What a fulfilment hands over of a line.")
class FulfilledLine:
    quantity: float = prop("toFloat({v}.quantity)", Tag.ACTIVITY, "How much of the line.")
    line: Annotated[OrderLine, strawberry.lazy("resolvers.orders.line")] = one(
        "UNWIND [{v}.line] AS {n}", Tag.ACTIVITY, "The line."
    )


# (:Fulfillment)-[:FULFILLS {quantity}]->(:OrderLine)
LINES: LiteralString = """
MATCH ({v})-[{of}:FULFILLS]->({l}:OrderLine)
WITH {{line: {l}, quantity: {of}.quantity, number: {l}.number}} AS {n} ORDER BY {n}.number
"""


@planned("Delivery or pick-up of an order.")
class Fulfillment(Node):
    kind: FulfillmentMethod | None = prop(
        "{v}.method", Tag.ACTIVITY, "How it is handed over; null where its source has a word for it that has no name here."
    )
    state: FulfillmentState | None = prop(
        "[{v}.state, {v}.expires_at]", Tag.ACTIVITY, "How it stands by now; null where `kind` is.", form=stands
    )
    since: DateTime | None = prop("{v}.since", Tag.ACTIVITY, "Time since which it stands so, UTC; null if not reported.")
    steps: list[FulfillmentStep] = read(
        Entries("{v}.history"), Tag.ACTIVITY, "What it went through, the earliest first; late reports in their place."
    )
    lines: list[FulfilledLine] = many(LINES, Tag.ACTIVITY, "What it hands over, by line number; empty where nobody said.")
    store: Store | None = one(
        "MATCH ({v})-[:AT|FROM]->({n}:Store)", Tag.ACTIVITY, "Store that hands it over or sends it; null if not reported."
    )
    order: Annotated[Order, strawberry.lazy("resolvers.orders.order")] | None = one(
        "MATCH ({v})<-[:HAS_FULFILLMENT]-({n}:Order)", Tag.ACTIVITY, "Order that it is of."
    )
    slot_at: DateTime | None = prop(
        "{v}.slot", Tag.ACTIVITY, "Time for which the customer asked to pick it up, UTC; null for none."
    )
    expires_at: DateTime | None = prop(
        "{v}.expires_at", Tag.ACTIVITY, "Time until which the store keeps it, UTC; null where it has not been ready for pick-up."
    )
    notices: list[PickupNotice] = read(
        Entries("COALESCE({v}.notices, '[]')"),
        Tag.ACTIVITY,
        "What the customer was told of a pick-up, or why not: ready, reminder, expired.",
    )
    call_customer: bool = prop(
        "[{v}.state, {v}.expires_at, {v}.notices]",
        Tag.ACTIVITY,
        "Whether staff should call the customer: they were not told how the pick-up stands, and nobody else tells them.",
        form=needs_call,
    )
    checked: PickupCheck | None = prop(
        "{v}.checked", Tag.ACTIVITY, "What was checked when it was handed over; null if nothing was here."
    )
    method: str | None = prop(
        "COALESCE({v}.method_told, CASE WHEN {v}.made THEN {v}.method END)",
        Tag.ACTIVITY,
        "How it is handed over, as the source names it, for example `DELIVERY`; null if not reported.",
    )
    status: str | None = prop(
        "{v}.status", Tag.ACTIVITY, "Status, as the source names it, for example `SHIPPED`; null if not reported."
    )
    store_code: str | None = prop(
        "{v}.store_code", Tag.ACTIVITY, "Code of the store that hands it over or sends it; null if not reported."
    )
    carrier: str | None = prop("{v}.carrier", Tag.ACTIVITY, "Carrier, as the source names it; null if not reported.")
    tracking_number: str | None = prop(
        "{v}.tracking_number", Tag.FREE_TEXT, "Tracking number of the carrier; null if not reported."
    )
    pickup_code: str | None = prop(
        "{v}.pickup_code", Tag.CODE, "Code that the customer shows to pick it up; null if there is none."
    )
    planned_for: Date | None = prop("{v}.planned_for", Tag.ACTIVITY, "Day for which it is planned; null if not reported.")
    ready_at: DateTime | None = prop(
        "{v}.ready_at", Tag.ACTIVITY, "Time from which it can be picked up, UTC; null if not reported with an offset."
    )
    shipped_at: DateTime | None = prop(
        "{v}.shipped_at", Tag.ACTIVITY, "Time at which it was sent, UTC; null if not reported with an offset."
    )
    delivered_at: DateTime | None = prop(
        "{v}.delivered_at", Tag.ACTIVITY, "Time at which the customer got it, UTC; null if not reported with an offset."
    )
    note: str | None = prop("{v}.note", Tag.FREE_TEXT, "Note, free text; null if not reported.")
    attributes: JSON | None = prop("{v}.told", TOLD, "All that was reported of it, by the names of the source.", form=as_told)


FULFILLMENTS = many(
    "MATCH ({v})-[:HAS_FULFILLMENT]->({n}:Fulfillment) WHERE {n}.listed WITH {n} ORDER BY {n}.place, {n}.id",
    Tag.ACTIVITY,
    "Deliveries and pick-ups of the order, in the order of the source; empty if none is reported.",
)
