"""Touchpoints of every kind and orders with their lines, as the reader reads them."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from fractions import Fraction
from math import floor
from typing import Any

from graphql import GraphQLInterfaceType, GraphQLObjectType, GraphQLSchema

from graph.touchpoints import summarize
from graph.words import say
from tests.resolvers.reader.fields import FIELDS, Fetch, field, one_property, properties
from tests.resolvers.reader.pages import page
from tests.resolvers.reader.request import Request, Thing
from tests.resolvers.reader.spelling import global_id, money, time

HISTORY = "MATCH (:Customer {id: $p.id})<-[:RESOLVES_TO]-(:SourceRecord)-[:DID]->(t:Touchpoint) "
LISTS = {"ChatMessage", "PageView", "SurveyAnswer"}

properties("OrderLine", "OrderLine", number="number", sku="sku", name="name")


def note_touchpoints(schema: GraphQLSchema) -> None:
    """Note the fields of every type that is a touchpoint, by what the schema says of them."""
    interface = schema.type_map["Touchpoint"]
    assert isinstance(interface, GraphQLInterfaceType)
    for type_ in schema.get_possible_types(interface):
        for name in type_.fields:
            shared = FIELDS.get(("Touchpoint", name))
            FIELDS.setdefault((type_.name, name), shared or own_field(type_, name))


def own_field(type_: GraphQLObjectType, name: str) -> Fetch:
    plain = one_property(type_.name, re.sub("([A-Z])", r"_\1", name).lower())
    wanted = str(type_.fields[name].type)
    if wanted.strip("[]!") in LISTS:
        return lambda thing, request: json.loads(plain(thing, request) or "[]")
    if wanted.startswith("["):
        return lambda thing, request: plain(thing, request) or []
    if wanted == "Float":
        return lambda thing, request: None if plain(thing, request) is None else float(plain(thing, request))
    return plain


@field("ChatMessage", "sentAt")
@field("PageView", "viewedAt")
def when(said: dict[str, Any], request: Request) -> str | None:
    return said.get("at")


@field("ChatMessage", "from")
def sender(message: dict[str, Any], request: Request) -> str | None:
    return message.get("from")


@field("Touchpoint", "id")
def touchpoint_id(touchpoint: Thing, request: Request) -> str:
    return global_id(touchpoint.type_name, touchpoint.id)


@field("Touchpoint", "at")
@field("Touchpoint", "occurredAt")
def occurred_at(touchpoint: Thing, request: Request) -> str:
    return time(request.value("MATCH (t:Touchpoint {id: $p.id}) RETURN t.at", id=touchpoint.id))


@field("Touchpoint", "summary")
def summary(touchpoint: Thing, request: Request, language: str) -> str:
    kind, known = request.rows("MATCH (t:Touchpoint {id: $p.id}) RETURN t.kind, properties(t)", id=touchpoint.id)[0]
    return summarize(kind, known, "ja" if language == "JA" else "en")


@field("Touchpoint", "store")
def store(touchpoint: Thing, request: Request) -> Thing | None:
    raw = request.value(
        "MATCH (t:Touchpoint {id: $p.id})-[r]->(s:Store) WHERE type(r) IN ['AT', 'SOLD_AT'] RETURN s.id", id=touchpoint.id
    )
    return raw and Thing("Store", raw)


@field("Touchpoint", "products")
def products(touchpoint: Thing, request: Request) -> list[Thing]:
    rows = request.rows("MATCH (:Touchpoint {id: $p.id})-[:ABOUT]->(p:Product) RETURN p.sku, p.id", id=touchpoint.id)
    return [Thing("Product", raw) for _, raw in sorted(rows)]


@field("Touchpoint", "orders")
def named_orders(touchpoint: Thing, request: Request) -> list[Thing]:
    rows = request.rows(
        "MATCH (t:Touchpoint {id: $p.id}) MATCH (o:Order) WHERE o.number IN t.order_numbers RETURN DISTINCT o.position, o.id",
        id=touchpoint.id,
    )
    return [Thing("Order", raw) for _, raw in sorted(rows) if means(touchpoint.id, raw, request)]


def means(touchpoint: str, order: str, request: Request) -> bool:
    """Tell whether a touchpoint that names the number of an order means this one, and no other of that number."""
    whose = "MATCH (t:Touchpoint {id: $p.id}) OPTIONAL MATCH (t)<-[:DID]-()-[:RESOLVES_TO]->(c) RETURN t.source, t.number, c.id"
    [[source, _, customer]] = request.rows(whose, id=touchpoint)
    [[home, number, owner]] = request.rows(whose, id=order)
    others = [row for row in request.rows("MATCH (o:Order) RETURN o.number, o.source, o.id") if row[0] == number]
    if customer and owner:
        return customer == owner and (source == home or all(row[1] != source for row in others))
    return source == home or all(row[2] == order for row in others)


@field("Touchpoint", "identifiersUsed")
def identifiers_used(touchpoint: Thing, request: Request) -> list[Thing]:
    rows = request.rows("MATCH (:Touchpoint {id: $p.id})-[:VIA]->(i:Identifier) RETURN i.kind, i.id", id=touchpoint.id)
    return [Thing("Identifier", raw) for _, raw in sorted(rows)]


@field("Touchpoint", "customer")
def customer(touchpoint: Thing, request: Request) -> Thing | None:
    raw = request.value(
        "MATCH (:Touchpoint {id: $p.id})<-[:DID]-(:SourceRecord)-[:RESOLVES_TO]->(c:Customer) RETURN c.id", id=touchpoint.id
    )
    return raw and Thing("Customer", raw)


def thing(raw: str, labels: list[str]) -> Thing:
    """Return the touchpoint as a value of the type that its labels name."""
    [label] = [name for name in labels if name != "Touchpoint"]
    return Thing(label, raw)


@field("Touchpoint", "attribution")
def attribution(touchpoint: Thing, request: Request) -> dict[str, Any] | None:
    rule, bare = request.rows("MATCH (t:Touchpoint {id: $p.id}) RETURN t.rule, t.bare", id=touchpoint.id)[0]
    return rule and {"rule": rule, "anonymous": bool(bare)}


@field("Attribution", "sentence")
def attribution_sentence(attribution: dict[str, Any], request: Request, language: str) -> str:
    return say(f"rule.{attribution['rule']}", language.lower())


NAMED = {"method": "kind", "status": "state", "storeCode": "store", "trackingNumber": "tracking", "pickupCode": "code"}


def handed_over(told: dict[str, Any]) -> dict[str, Any]:
    """Return a fulfilment by the names of the schema: a text under either name, a day, an instant in UTC."""
    known = {name: text for name in ("carrier", "note", *NAMED) if (text := written(told, name)) is not None}
    known |= {name: utc for name in ("readyAt", "shippedAt", "deliveredAt") if (utc := in_utc(told.get(name))) is not None}
    day = re.match(r"\d{4}-\d\d-\d\d", str(told.get("plannedFor")))
    return {**known, "plannedFor": day and day[0], "attributes": told}


def written(told: dict[str, Any], name: str) -> str | None:
    for each in (name, NAMED.get(name, name)):
        if told.get(each) is not None and not isinstance(told[each], bool):
            return str(told[each])
    return None


def in_utc(text: str | None) -> str | None:
    moment = datetime.fromisoformat(text) if text else None
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ") if moment and moment.tzinfo else None


@field("Order", "interactions")
def referring(order: Thing, request: Request, first: int | None = None, after: str | None = None) -> dict[str, Any]:
    rows = request.rows(
        "MATCH (o:Order {id: $p.id}) MATCH (t:Touchpoint) WHERE o.number IN t.order_numbers AND NOT t:Order "
        "RETURN t.id, labels(t), t.position",
        id=order.id,
    )
    items = [(position, thing(raw, labels)) for raw, labels, position in rows if means(raw, order.id, request)]
    return page("order interactions", items, first, after, newest_first=True)


@field("Customer", "timeline")
def timeline(
    customer: Thing,
    request: Request,
    filter: dict[str, Any] | None = None,  # noqa: A002
    first: int | None = None,
    after: str | None = None,
) -> dict[str, Any]:
    chosen = filter or {}
    kinds, channels = chosen.get("kinds"), chosen.get("channels")
    since: datetime | None = chosen.get("from")
    until: datetime | None = chosen.get("to")
    items: list[tuple[str, Thing]] = []
    for raw, labels, kind, channel, instant, position in request.rows(
        HISTORY + "RETURN t.id, labels(t), t.kind, t.channel, t.at, t.position", id=customer.id
    ):
        moment = instant.to_native()
        fits = (kinds is None or kind in kinds) and (channels is None or channel in channels)
        if fits and (since is None or moment >= since) and (until is None or moment < until):
            items.append((position, thing(raw, labels)))
    return page("timeline", items, first, after, newest_first=True)


@field("Customer", "orders")
def orders(customer: Thing, request: Request, first: int | None = None, after: str | None = None) -> dict[str, Any]:
    rows = request.rows(HISTORY + "WHERE t:Order RETURN t.position, t.id", id=customer.id)
    return page("orders", [(position, Thing("Order", raw)) for position, raw in rows], first, after, newest_first=True)


@field("Order", "couponCodes")
def coupon_codes(order: Thing, request: Request) -> list[str]:
    return request.value("MATCH (o:Order {id: $p.id}) RETURN o.coupon_codes", id=order.id) or []


@field("Order", "lines")
def lines(order: Thing, request: Request, first: int | None = None, after: str | None = None) -> dict[str, Any]:
    rows = request.rows("MATCH (:Order {id: $p.id})-[:HAS_LINE]->(l:OrderLine) RETURN l.id", id=order.id)
    return page("lines", [(raw, Thing("OrderLine", raw)) for (raw,) in rows], first, after)


@field("OrderLine", "id")
def line_id(line: Thing, request: Request) -> str:
    return global_id("OrderLine", line.id)


@field("OrderLine", "quantity")
def quantity(line: Thing, request: Request) -> float:
    return float(request.value("MATCH (l:OrderLine {id: $p.id}) RETURN l.quantity", id=line.id))


@field("OrderLine", "paid")
def paid(line: Thing, request: Request) -> Any:
    rows = request.rows(
        "MATCH (:OrderLine {id: $p.id})<-[:HAS_LINE]-(o) MATCH (o)-[:HAS_LINE]->(l) "
        "RETURN l.id, l.amount, o.discount, l.currency ORDER BY l.number",
        id=line.id,
    )
    goods = sum(max(0, amount) for _, amount, _, _ in rows)
    through = Fraction(0)
    for own_id, amount, discount, currency in rows:
        taken = min(max(0, discount or 0), goods)
        before, through = through, through + (Fraction(taken * max(0, amount), goods) if goods else 0)
        if own_id == line.id:
            return money(amount - floor(through + Fraction(1, 2)) + floor(before + Fraction(1, 2)), currency)
    raise LookupError(line.id)


@field("OrderLine", "product")
def product(line: Thing, request: Request) -> Thing | None:
    raw = request.value("MATCH (:OrderLine {id: $p.id})-[:OF]->(p:Product) RETURN p.id", id=line.id)
    return raw and Thing("Product", raw)


def amount(label: str, name: str) -> Fetch:
    def fetch(thing: Thing, request: Request) -> Any:
        rows = request.rows(f"MATCH (n:{label} {{id: $p.id}}) RETURN n.{name}, n.currency", id=thing.id)
        return money(*rows[0])

    return fetch


for each in ("total", "discount", "shipping", "fee", "tax", "refunded", "returned"):
    FIELDS["Order", each] = amount("Order", each)
for each, of_node in (("unitPrice", "unit_price"), ("amount", "amount"), ("discount", "discount"), ("tax", "tax")):
    FIELDS["OrderLine", each] = amount("OrderLine", of_node)
