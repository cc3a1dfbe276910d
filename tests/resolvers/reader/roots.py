"""The root fields that lead to one thing, as the reader answers them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from graph.identity.normalising.identifiers import normalise
from graph.touchpoints import kinds
from tests.resolvers.reader.fields import field
from tests.resolvers.reader.lookups import look_up
from tests.resolvers.reader.request import Refused, Request, Thing
from tests.resolvers.reader.spelling import read_id, read_id_of
from tests.resolvers.reader.touchpoints import thing

HOLDERS = (
    "MATCH (i:Identifier)<-[:HAS_IDENTIFIER]-(:SourceRecord)-[:RESOLVES_TO]->(c:Customer) "
    "WHERE i.kind = $p.kind AND i.value = $p.value AND ($p.scope IS NULL OR i.scope = $p.scope) AND i.state <> 'BLOCKED' "
    "AND coalesce(i.reason, '') <> 'NAMES' "
    "RETURN DISTINCT c.id"
)
TOUCHPOINTS = {"Touchpoint", *(row.label for row in kinds.TOUCHPOINTS.values())}
BUYERS = "MATCH (o:Order)<-[:DID]-(:SourceRecord)-[:RESOLVES_TO]->(c:Customer) WHERE o.number = $p.number RETURN DISTINCT c.id"
REDIRECT = "MATCH (:Customer {id: $p.id})-[:REDIRECTS_TO]->(c:Customer) RETURN c.id"


@field("Query", "viewer")
def viewer(_: None, request: Request) -> dict[str, Any]:
    return {"name": request.viewer.name, "roles": sorted(request.viewer.roles)}


@field("Query", "me")
def me(_: None, request: Request) -> Thing | None:
    rows = request.rows(
        "MATCH (r:SourceRecord {key: $p.key})-[:RESOLVES_TO]->(c:Customer) RETURN c.id", key=request.viewer.record
    )
    return only(rows)


@field("Query", "customer")
def customer(_: None, request: Request, by: dict[str, Any]) -> Thing | None:
    [(way, value)] = by.items()
    return WAYS[way](request, value)


def by_id(request: Request, given: str) -> Thing | None:
    return living(request, read_id_of("Customer", given))


def living(request: Request, raw: str) -> Thing | None:
    """Return the customer, or who is left of it, one redirect after the other."""
    if not request.rows("MATCH (c:Customer {id: $p.id}) RETURN c.id", id=raw):
        return None
    current = raw
    while following := request.value(REDIRECT, id=current):
        current = following
    return Thing("Customer", current, raw)


def only(rows: list[list[Any]]) -> Thing | None:
    if len(rows) > 1:
        raise Refused("AMBIGUOUS", "Several customers have this key. Use `customerLookup` to list them.")
    return Thing("Customer", rows[0][0]) if rows else None


def holder(request: Request, kind: str, value: str, scope: str | None) -> Thing | None:
    try:
        wanted = normalise(kind, value).value
    except ValueError as error:
        raise Refused("INVALID_INPUT", f"The value {error}.") from None
    return only(request.rows(HOLDERS, kind=kind, value=wanted, scope=scope))


def buyer(request: Request, number: str) -> Thing | None:
    return only(request.rows(BUYERS, number=number.strip()))


WAYS: dict[str, Callable[[Request, Any], Thing | None]] = {
    "id": by_id,
    "phone": lambda request, phone: holder(request, "PHONE", phone, ""),
    "email": lambda request, mail: holder(request, "EMAIL", mail, ""),
    "memberNumber": lambda request, number: holder(request, "MEMBER_NUMBER", number, None),
    "lineUserId": lambda request, user: holder(request, "LINE_USER_ID", user["userId"], user["provider"]),
    "identifier": lambda request, given: holder(request, given["kind"], given["value"], given["scope"]),
    "orderNumber": buyer,
}


@field("Query", "order")
def order(_: None, request: Request, by: dict[str, str]) -> Thing | None:
    if "id" in by:
        rows = request.rows("MATCH (o:Order {id: $p.id}) RETURN o.id", id=read_id_of("Order", by["id"]))
    else:
        rows = request.rows("MATCH (o:Order) WHERE o.number = $p.number RETURN o.id", number=by["number"].strip())
    if len(rows) > 1:
        advice = "Look up the customer with `customerLookup` and choose among their orders."
        raise Refused("AMBIGUOUS", f"Several orders have this number. {advice}")
    return Thing("Order", rows[0][0]) if rows else None


@field("Query", "orders")
def orders(_: None, request: Request, number: str) -> list[Thing]:
    found = look_up(None, request, {"query": number, "first": 0})
    return [each["order"] for each in found["orders"]]


@field("Query", "node")
def node(_: None, request: Request, id: str) -> Thing | None:  # noqa: A002
    type_name, raw = read_id(id)
    if type_name not in request.node_types:
        raise Refused("INVALID_INPUT", "No object of this type has a global id.")
    if type_name == "Customer":
        return living(request, raw)
    if type_name == "Thread":
        raw = request.value("MATCH (:Touchpoint {id: $p.id})-[:IN_THREAD]->(h:Thread) RETURN h.id", id=raw)
        return raw and Thing("Thread", raw)
    rows = request.rows(f"MATCH (n:{type_name}) WHERE n.id = $p.id RETURN n.id", id=raw)
    return Thing(type_name, raw) if rows else None


@field("Query", "customersById")
def customers_by_id(_: None, request: Request, ids: list[str]) -> list[Thing]:
    found = (living(request, read_id_of("Customer", each)) for each in dict.fromkeys(ids))
    return [each for each in found if each]


@field("Query", "touchpointsById")
def touchpoints_by_id(_: None, request: Request, ids: list[str]) -> list[Thing]:
    found: list[Thing] = []
    asked = [read_id(each) for each in dict.fromkeys(ids)]
    if any(type_name not in TOUCHPOINTS for type_name, _ in asked):
        raise Refused("INVALID_INPUT", "Each id must be that of a touchpoint, for example of an order or a call.")
    for _, raw in asked:
        rows = request.rows("MATCH (t:Touchpoint {id: $p.id}) RETURN labels(t)", id=raw)
        found += [thing(raw, labels) for (labels,) in rows]
    return found
