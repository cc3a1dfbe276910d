"""Which subscriptions there are: a customer as it changes, touchpoints as they come, calls that ring, and all changes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from graph.changes.following import NumberedChange
from resolvers.access.tags import Tag
from resolvers.engine import ids
from resolvers.engine.planner import Argument, entry, planned, referred
from resolvers.engine.planner.readings import Given, Object
from resolvers.live.subscription import EventPayload, Subscription, cursor_of, raw_of
from resolvers.values.references import CASES, CUSTOMERS, LEVELS, REQUESTED, TOUCHPOINTS

if TYPE_CHECKING:
    from resolvers.cases.case import Case
    from resolvers.people.customer import Customer
    from resolvers.stock.level import InventoryLevel
    from resolvers.touchpoints.touchpoint import Touchpoint

REFS = "Ids of the things that the change is about, for `node`; of touchpoints for `touchpointsById`."
ADDED = frozenset({"touchpoint.added", "order.added"})


@planned("A customer has changed: who they are, what they did, or what they agree to.")
class CustomerChanged(EventPayload):
    customer: Annotated[Customer, strawberry.lazy("resolvers.people.customer")] | None = referred(
        "customer", CUSTOMERS, Tag.PUBLIC, "The customer as it is now.", names={"requested": REQUESTED}
    )


@planned("A touchpoint, orders included, that has just been recorded.")
class TouchpointAdded(EventPayload):
    touchpoint: Annotated[Touchpoint, strawberry.lazy("resolvers.touchpoints.touchpoint")] | None = referred(
        "touchpoint", TOUCHPOINTS, Tag.ACTIVITY, "The touchpoint as it is now."
    )


@planned("A call rings: who may be calling, and what they are waiting for.")
class ScreenPop(EventPayload):
    call: Annotated[Touchpoint, strawberry.lazy("resolvers.touchpoints.touchpoint")] | None = referred(
        "call", TOUCHPOINTS, Tag.ACTIVITY, "The call as it is now, of the type `Call`; `possibleCustomers` are who it may be."
    )


@planned("A case was opened, or has changed: how it stands, who has it, what belongs to it.")
class CaseChanged(EventPayload):
    type: str = entry("type", Tag.PUBLIC, "What happened: `case.opened`, `case.changed` or `case.assigned`.")
    case: Annotated[Case, strawberry.lazy("resolvers.cases.case")] | None = referred(
        "case", CASES, Tag.PUBLIC, "The case as it is now."
    )


@planned("Stock of a product at a store has changed.")
class StockChanged(EventPayload):
    level: Annotated[InventoryLevel, strawberry.lazy("resolvers.stock.level")] | None = referred(
        "level", LEVELS, Tag.PUBLIC, "The stock as it is now."
    )


@planned("A change, without any value: what changed, of what, by ids.")
class Change(EventPayload):
    type: str = entry("type", Tag.PUBLIC, "What happened, for example `customer.merged` or `touchpoint.added`.")
    key: str = entry("key", Tag.PUBLIC, "Id of the thing for which changes come in order.")
    refs: list[str] = entry(
        "refs", Tag.PUBLIC, "Ids of the things that the change is about, for `node`; of touchpoints for `touchpointsById`."
    )
    fields: list[str] = entry("fields", Tag.PUBLIC, "Names of what changed; empty if it is all of it.")
    changed_at: str = entry("changedAt", Tag.PUBLIC, "Time at which it was written, RFC 3339 UTC.")


def of_customer(given: Mapping[str, Any], change: NumberedChange) -> bool:
    return f"Customer:{ids.decode_as('Customer', given['id'])}" in change.refs


def added(given: Given, change: NumberedChange) -> bool:
    asked = {"Customer": given.get("customerId"), "Store": given.get("storeId")}
    named = [f"{label}:{ids.decode_as(label, id_)}" for label, id_ in asked.items() if id_ is not None]
    return change.type in ADDED and all(ref in change.refs for ref in named)


def rings(_: Given, change: NumberedChange) -> bool:
    return change.type == "call.ringing"


def of_case(given: Mapping[str, Any], change: NumberedChange) -> bool:
    asked = given.get("caseId")
    return change.type.startswith("case.") and (asked is None or f"Case:{ids.decode_as('Case', asked)}" in change.refs)


def of_stock(given: Given, change: NumberedChange) -> bool:
    product, stores = given.get("productId"), given.get("storeIds")
    of = product is None or f"Product:{ids.decode_as('Product', product)}" in change.refs
    at = stores is None or any(f"Store:{ids.decode_as('Store', each)}" in change.refs for each in stores)
    return change.type == "stock.changed" and of and at


def of_types(given: Given, change: NumberedChange) -> bool:
    types = given.get("types")
    return types is None or change.type in types


def global_id(ref: str) -> str:
    label, _, raw = ref.partition(":")
    return ids.encode(label, raw)


def as_it_is(change: NumberedChange) -> Object:
    refs = [global_id(ref) for ref in change.refs]
    return {
        "type": change.type,
        "key": global_id(change.key),
        "refs": refs,
        "fields": list(change.fields),
        "changedAt": change.at,
    }


def as_told(change: NumberedChange) -> Object:
    """Return a change as whatever leaves this program tells of it: ids and names, and its cursor."""
    return {"cursor": cursor_of(change), **as_it_is(change)}


SUBSCRIPTIONS = (
    Subscription(
        "customerChanged",
        CustomerChanged,
        "Events of one customer: changed, merged, and everything that is recorded of them.",
        {"id": Argument(strawberry.ID, "Id of the customer.")},
        of_customer,
        lambda change: {"customer": raw_of(change, "Customer")},
        "customer { id }",
    ),
    Subscription(
        "touchpointAdded",
        TouchpointAdded,
        "Touchpoints as they are recorded, of a customer, at a store, or all of them.",
        {
            "customerId": Argument(strawberry.ID | None, "Only those of this customer.", None),
            "storeId": Argument(strawberry.ID | None, "Only those at this store.", None),
        },
        added,
        lambda change: {"touchpoint": raw_of(change, "Touchpoint")},
        "touchpoint { id }",
    ),
    Subscription(
        "screenPop",
        ScreenPop,
        "Calls as they begin to ring, for the page of whoever answers.",
        {},
        rings,
        lambda change: {"call": raw_of(change, "Touchpoint")},
        "call { id }",
    ),
    Subscription(
        "caseChanged",
        CaseChanged,
        "Cases as they are opened and change: one, or all that you may read.",
        {"caseId": Argument(strawberry.ID | None, "Only this case.", None)},
        of_case,
        lambda change: {"type": change.type, "case": raw_of(change, "Case")},
        "case { id }",
    ),
    Subscription(
        "stockChanged",
        StockChanged,
        "Stock as it changes, of a product, at some stores, or all of it.",
        {
            "productId": Argument(strawberry.ID | None, "Only stock of this product.", None),
            "storeIds": Argument(list[strawberry.ID] | None, "Only stock at these stores.", None),
        },
        of_stock,
        lambda change: {"level": raw_of(change, "InventoryLevel")},
        "level { id }",
    ),
    Subscription(
        "changes",
        Change,
        "All changes in the order in which they were committed, without values: read what you need of them by id.",
        {"types": Argument(list[str] | None, "Only changes of these types; null for all.", None)},
        of_types,
        as_it_is,
        None,
    ),
)
BY_NAME = {each.name: each for each in SUBSCRIPTIONS}
