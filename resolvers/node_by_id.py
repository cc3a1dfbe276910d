"""Anything that has an id, by it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import LiteralString, cast

import strawberry

from graph.errors import InvalidInput
from graph.touchpoints import TOUCHPOINTS
from resolvers.access.tags import Tag
from resolvers.engine import ids
from resolvers.engine.planner import Argument
from resolvers.engine.planner.fields import read
from resolvers.engine.planner.readings import Choice, Given, One, Parameters
from resolvers.people.customer_by import BY_ID
from resolvers.values.references import REQUESTED

LABELS: Mapping[str, LiteralString] = {
    "BasketHandover": "BasketHandover",
    "Case": "Case",
    "Coupon": "Coupon",
    "CouponRedemption": "CouponRedemption",
    "CouponReservation": "CouponReservation",
    "Decision": "Decision",
    "Fulfillment": "Fulfillment",
    "Identifier": "Identifier",
    "IssuedCoupon": "IssuedCoupon",
    "InventoryLevel": "InventoryLevel",
    "Job": "Job",
    "LoyaltyAccount": "LoyaltyAccount",
    "MatchCandidate": "MatchCandidate",
    "Offer": "Offer",
    "OrderLine": "OrderLine",
    "PointEntry": "PointEntry",
    "Product": "Product",
    "Promise": "Promise",
    "Reservation": "Reservation",
    "SourceRecord": "SourceRecord",
    "StockRequest": "StockRequest",
    "Store": "Store",
    "Team": "Team",
    "WebhookDelivery": "WebhookDelivery",
    "WebhookEndpoint": "WebhookEndpoint",
    # Labels are the registry's, never input; with both of them, an id of another kind finds nothing.
    **{row.label: cast("LiteralString", f"Touchpoint:{row.label}") for row in TOUCHPOINTS.values()},
}


# (:Touchpoint)-[:IN_THREAD]->(:Thread), which is called by its first interaction: an id that it had once still leads to it
THREAD: LiteralString = "MATCH (:Touchpoint {{id: ${id}}})-[:IN_THREAD]->({n}:Thread)"


def by_id(given: Given) -> Parameters:
    return {"id": ids.decode(given["id"]).raw}


def reading(type_name: str, label: LiteralString) -> One:
    return One("MATCH ({n}:" + label + " {{id: ${id}}})", bind=by_id, type_name=type_name)


READINGS: Mapping[str, One] = {
    "Customer": One(BY_ID, {"requested": REQUESTED}, by_id, type_name="Customer"),
    "Thread": One(THREAD, bind=by_id, type_name="Thread"),
    **{type_name: reading(type_name, label) for type_name, label in LABELS.items()},
}


def chosen(given: Given) -> One:
    type_name = ids.decode(given["id"]).type_name
    if type_name not in READINGS:
        raise InvalidInput("No object of this type has a global id.")
    return READINGS[type_name]


node = read(
    Choice(chosen),
    Tag.PUBLIC,
    "Object by its global id; null if there is none.",
    {"id": Argument(strawberry.ID, "Global id of the object.")},
)
