"""Baskets, seen-lists and offers, as the reader answers them: put together in Python from whole lists."""

from __future__ import annotations

from typing import Any

from graph.baskets.lines import version_of
from tests.resolvers.reader.fields import field, properties
from tests.resolvers.reader.pages import page
from tests.resolvers.reader.request import Request, Thing
from tests.resolvers.reader.spelling import global_id

HANDOVER, OFFER = "BasketHandover", "Offer"
properties(HANDOVER, HANDOVER, reference="id", handedOverAt="at", handedOverBy="by", channel="channel", orderedAt="closed_at")
properties(
    OFFER, OFFER, state="state", text="text", madeAt="at", madeBy="by", channel="channel", until="until",
    answeredAt="answered_at", answeredBy="answered_by", answeredChannel="answered_channel", note="note",
)  # fmt: skip
OF_RECORDS = "MATCH (:Customer {id: $p.id})<-[:RESOLVES_TO]-(r:SourceRecord) RETURN r.key"
VISITS = "MATCH (t:Touchpoint) WHERE t.kind IN ['WEB_SESSION', 'APP_SESSION', 'VIRTUAL_TOUR'] RETURN properties(t)"


def told(thing: Thing, request: Request) -> dict[str, Any]:
    return request.value(f"MATCH (n:{thing.type_name}) WHERE n.id = $p.id RETURN properties(n)", id=thing.id)


def of(customer: Thing, request: Request, label: str) -> list[dict[str, Any]]:
    """Return the properties of what hangs on the records of a customer."""
    records = [row[0] for row in request.rows(OF_RECORDS, id=customer.id)]
    return [row[0] for row in request.rows(f"MATCH (n:{label}) RETURN properties(n)") if row[0]["record"] in records]


def product(request: Request, sku: str | None) -> Thing | None:
    raw = request.value("MATCH (p:Product) WHERE p.sku = $p.sku RETURN p.id", sku=sku)
    return Thing("Product", raw) if raw else None


def store(request: Request, code: str | None) -> Thing | None:
    raw = request.value("MATCH (s:Store) WHERE s.code = $p.code RETURN s.id", code=code)
    return Thing("Store", raw) if raw else None


@field(HANDOVER, "id")
@field(OFFER, "id")
def own_id(thing: Thing, _: Request) -> str:
    return global_id(thing.type_name, thing.id)


@field("Customer", "basket")
def basket(customer: Thing, request: Request) -> dict[str, Any]:
    handovers = sorted(of(customer, request, HANDOVER), key=lambda own: own["turn"], reverse=True)
    return {
        "version": version_of((own["id"], own["version"]) for own in of(customer, request, "Basket")),
        "lines": lines(of(customer, request, "BasketLine"), request),
        "handovers": [Thing(HANDOVER, own["id"]) for own in handovers[:10]],
    }


def lines(pieces: list[dict[str, Any]], request: Request) -> list[dict[str, Any]]:
    by_sku: dict[str, list[dict[str, Any]]] = {}
    for piece in pieces:
        by_sku.setdefault(piece["sku"], []).append(piece)
    ordered = sorted(by_sku.items(), key=lambda each: (min(piece["added_at"] for piece in each[1]), each[0]))
    return [line(sku, sorted(each, key=lambda piece: piece["id"]), request) for sku, each in ordered]


def line(sku: str, pieces: list[dict[str, Any]], request: Request) -> dict[str, Any]:
    newest = max(pieces, key=lambda piece: piece["changed_at"])
    return {
        "product": product(request, sku),
        "quantity": sum(piece["quantity"] for piece in pieces),
        "addedAt": min(piece["added_at"] for piece in pieces),
        "changedAt": newest["changed_at"],
        "channel": newest["channel"],
        "store": store(request, newest.get("store_code")),
        "changedBy": newest["by"],
    }


@field(HANDOVER, "lines")
def handed_over(handover: Thing, request: Request) -> list[dict[str, Any]]:
    own = told(handover, request)
    found: dict[str, int] = {}
    for sku, quantity in zip(own["skus"], own["quantities"], strict=True):
        found[sku] = found.get(sku, 0) + quantity
    return [{"product": product(request, sku), "quantity": quantity} for sku, quantity in sorted(found.items())]


@field(HANDOVER, "order")
def order(handover: Thing, request: Request) -> Thing | None:
    raw = request.value("MATCH (o:Order) WHERE o.id = $p.id RETURN o.id", id=told(handover, request).get("order_id"))
    return Thing("Order", raw) if raw else None


@field(HANDOVER, "store")
@field(OFFER, "store")
def made_at(thing: Thing, request: Request) -> Thing | None:
    return store(request, told(thing, request).get("store_code"))


@field(HANDOVER, "customer")
@field(OFFER, "customer")
def customer(thing: Thing, request: Request) -> Thing | None:
    raw = request.value(
        "MATCH (r:SourceRecord)-[:RESOLVES_TO]->(c) WHERE r.key = $p.key RETURN c.id", key=told(thing, request)["record"]
    )
    return Thing("Customer", raw) if raw else None


@field("Customer", "seenProducts")
def seen(customer: Thing, request: Request, first: int | None = None, after: str | None = None) -> dict[str, Any]:
    records = [row[0] for row in request.rows(OF_RECORDS, id=customer.id)]
    views = [(own["at"], own["channel"], own["sku"]) for own in of(customer, request, "ProductView")]
    for (visit,) in request.rows(VISITS):
        if visit["record"] in records:
            skus = [*visit.get("page_skus", []), *(visit.get("sku_list") or [])]
            views += [(visit["position"][:27], visit["channel"], sku) for sku in skus]
    newest: dict[str, tuple[str, str]] = {}
    for at, channel, sku in sorted(views, key=lambda view: view[1]):
        if (sku not in newest or at > newest[sku][0]) and product(request, sku):
            newest[sku] = (at, channel)
    items = [
        (at + sku, {"product": product(request, sku), "seenAt": at, "channel": channel}) for sku, (at, channel) in newest.items()
    ]
    return page("seen products", items, first, after, newest_first=True)


@field("Customer", "offers")
def offers(customer: Thing, request: Request, first: int | None = None, after: str | None = None) -> dict[str, Any]:
    items = [(own["turn"], Thing(OFFER, own["id"])) for own in of(customer, request, OFFER)]
    return page("customer offers", items, first, after, newest_first=True)


@field(OFFER, "product")
def offered(offer: Thing, request: Request) -> Thing | None:
    return product(request, told(offer, request).get("sku"))


@field(OFFER, "coupon")
def coupon(offer: Thing, request: Request) -> Thing | None:
    raw = told(offer, request).get("coupon")
    return Thing("Coupon", raw) if raw else None


@field(OFFER, "answeredStore")
def answered_store(offer: Thing, request: Request) -> Thing | None:
    return store(request, told(offer, request).get("answered_store_code"))
