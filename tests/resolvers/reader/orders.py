"""Fulfilments and returns, as the reader reads them: what was told, from the node that keeps it as it was."""

from __future__ import annotations

import json
from typing import Any

from tests.resolvers.reader.fields import FIELDS, Fetch, field, properties
from tests.resolvers.reader.pages import page
from tests.resolvers.reader.request import Request, Thing
from tests.resolvers.reader.spelling import global_id, money
from tests.resolvers.reader.touchpoints import handed_over

TOLD = (
    "method", "status", "storeCode", "carrier", "trackingNumber", "pickupCode", "plannedFor", "readyAt", "shippedAt",
    "deliveredAt", "note", "attributes",
)  # fmt: skip
properties(
    "Fulfillment",
    "Fulfillment",
    kind="method",
    state="state",
    since="since",
    slotAt="slot",
    expiresAt="expires_at",
    checked="checked",
)


def as_told(name: str) -> Fetch:
    def fetch(each: Thing, request: Request) -> Any:
        told = json.loads(request.value("MATCH (f:Fulfillment {id: $p.id}) RETURN f.told", id=each.id))
        return handed_over(told).get(name)

    return fetch


FIELDS.update({("Fulfillment", name): as_told(name) for name in TOLD})


@field("Fulfillment", "id")
def fulfillment_id(each: Thing, _: Request) -> str:
    return global_id("Fulfillment", each.id)


@field("Fulfillment", "steps")
def steps(each: Thing, request: Request) -> list[dict[str, Any]]:
    history = json.loads(request.value("MATCH (f:Fulfillment {id: $p.id}) RETURN f.history", id=each.id))
    return [{"reason": step.get("why"), **step} for step in history]


@field("Fulfillment", "lines")
def fulfilled(each: Thing, request: Request) -> list[dict[str, Any]]:
    rows = request.rows(
        "MATCH (:Fulfillment {id: $p.id})-[of:FULFILLS]->(l) RETURN l.id, of.quantity ORDER BY l.number", id=each.id
    )
    return [{"line": Thing("OrderLine", line), "quantity": float(quantity)} for line, quantity in rows]


@field("Fulfillment", "store")
def handing_store(each: Thing, request: Request) -> Thing | None:
    raw = request.value("MATCH (:Fulfillment {id: $p.id})-[:AT|FROM]->(s:Store) RETURN s.id", id=each.id)
    return Thing("Store", raw) if raw else None


@field("Fulfillment", "order")
def of_order(each: Thing, request: Request) -> Thing:
    return Thing("Order", request.value("MATCH (o:Order)-[:HAS_FULFILLMENT]->(:Fulfillment {id: $p.id}) RETURN o.id", id=each.id))


@field("Order", "fulfillments")
def fulfillments(order: Thing, request: Request) -> list[Thing]:
    rows = request.rows(
        "MATCH (:Order {id: $p.id})-[:HAS_FULFILLMENT]->(f) WHERE f.listed RETURN f.id ORDER BY f.place, f.id", id=order.id
    )
    return [Thing("Fulfillment", raw) for (raw,) in rows]


@field("Order", "state")
def order_state(order: Thing, request: Request) -> str:
    return request.value("MATCH (o:Order {id: $p.id}) RETURN o.state", id=order.id)


@field("Order", "returns")
def returns(order: Thing, request: Request) -> list[Thing]:
    rows = request.rows("MATCH (r:Return)-[:OF_ORDER]->(:Order {id: $p.id}) RETURN r.id ORDER BY r.position", id=order.id)
    return [Thing("Return", raw) for (raw,) in rows]


@field("Return", "order")
def order_of_return(each: Thing, request: Request) -> Thing | None:
    raw = request.value("MATCH (:Return {id: $p.id})-[:OF_ORDER]->(o:Order) RETURN o.id", id=each.id)
    return Thing("Order", raw) if raw else None


@field("Return", "lines")
def returned(each: Thing, request: Request) -> list[dict[str, Any]]:
    counted = "MATCH (:Return {id: $p.id})-[of:RETURNS]->(l) "
    told = "RETURN l.id, of.quantity, of.restocked, of.amount, l.currency ORDER BY l.number"
    rows = request.rows(counted + told, id=each.id)
    return [
        {"line": Thing("OrderLine", line), "quantity": float(quantity), "restocked": back, "amount": money(units, currency)}
        for line, quantity, back, units, currency in rows
    ]


@field("OrderLine", "returnedQuantity")
def returned_quantity(line: Thing, request: Request) -> float:
    return float(request.value("MATCH (:OrderLine {id: $p.id})<-[of:RETURNS]-() RETURN sum(of.quantity)", id=line.id))


@field("Store", "pickups")
def pickups(store: Thing, request: Request, first: int | None = None, after: str | None = None) -> dict[str, Any]:
    rows = request.rows("MATCH (f:Fulfillment {waits_at: $p.id}) RETURN f.turn, f.id ORDER BY f.turn", id=store.id)
    return page("pickups", [(turn, Thing("Fulfillment", raw)) for turn, raw in rows], first, after)


@field("Store", "pickupDays")
def pickup_days(store: Thing, request: Request) -> int:
    return request.value("MATCH (s:Store {id: $p.id}) RETURN s.pickup_days", id=store.id) or 7


@field("Store", "pickupReminderDays")
def pickup_reminder(store: Thing, request: Request) -> int:
    told = request.value("MATCH (s:Store {id: $p.id}) RETURN s.pickup_reminder_days", id=store.id)
    return 2 if told is None else told


@field("Fulfillment", "notices")
def notices(each: Thing, request: Request) -> list[dict[str, Any]]:
    told = json.loads(request.value("MATCH (f:Fulfillment {id: $p.id}) RETURN f.notices", id=each.id) or "[]")
    return [{"channel": None, "reason": None, **notice} for notice in told]


@field("Fulfillment", "callCustomer")
def call_customer(each: Thing, request: Request) -> bool:
    state, told = request.rows("MATCH (f:Fulfillment {id: $p.id}) RETURN f.state, f.notices", id=each.id)[0]
    about = {"READY_FOR_PICKUP": ["READY", "REMINDER"], "EXPIRED": ["EXPIRED"]}.get(state, [])
    newest = [notice for notice in json.loads(told or "[]") if notice["kind"] in about][-1:]
    never = {"TOLD_ELSEWHERE", "OVERTAKEN"} | ({"TOO_LATE"} if state == "EXPIRED" else set[str]())
    return any(notice["state"] == "NOT_SENT" and notice["reason"] not in never for notice in newest)


@field("Store", "pickupLeadHours")
def pickup_lead(store: Thing, request: Request) -> int:
    return request.value("MATCH (s:Store {id: $p.id}) RETURN s.pickup_lead_hours", id=store.id) or 0
