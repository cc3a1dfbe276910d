"""Stock as the reader answers it: levels, what moved them, and where else there is some, by lists sorted in Python."""

from __future__ import annotations

from datetime import UTC, datetime
from math import asin, cos, radians, sin, sqrt
from time import time
from typing import Any

from tests.resolvers.reader.fields import field, properties
from tests.resolvers.reader.pages import page
from tests.resolvers.reader.request import Refused, Request, Thing
from tests.resolvers.reader.roots import living
from tests.resolvers.reader.spelling import global_id, read_id_of

LEVEL, REQUEST = "InventoryLevel", "StockRequest"
properties(LEVEL, LEVEL, onHand="on_hand", committed="committed", unavailable="unavailable", incoming="incoming")
properties(
    REQUEST, REQUEST, quantity="quantity", outcome="outcome", requestedAt="at", endedAt="ended_at", note="note", staff="staff"
)
properties("Reservation", "Reservation", owner="owner", quantity="quantity")
EARTH_METERS = 6_378_140
ALL = "MATCH (l:InventoryLevel) RETURN l.id, l.sku, l.store_code"
HELD = "MATCH (r:Reservation)-->(l:InventoryLevel {id: $p.id}) WHERE r.state = 'HELD' RETURN r.until, r.quantity"


@field(LEVEL, "id")
@field(REQUEST, "id")
def own_id(thing: Thing, request: Request) -> str:
    return global_id(thing.type_name, thing.id)


def told(level: Thing, request: Request) -> dict[str, Any]:
    return request.value("MATCH (l:InventoryLevel {id: $p.id}) RETURN properties(l)", id=level.id)


@field(LEVEL, "reserved")
def reserved(level: Thing, request: Request) -> int:
    now = time() * 1_000
    return sum(quantity for until, quantity in request.rows(HELD, id=level.id) if until > now)


@field(LEVEL, "reservations")
def reservations(level: Thing, request: Request) -> list[Thing]:
    rows = request.rows("MATCH (r:Reservation) WHERE r.level = $p.id AND r.state = 'HELD' RETURN r.until, r.id", id=level.id)
    return [Thing("Reservation", raw) for until, raw in sorted(rows) if until > time() * 1_000][:50]


@field(LEVEL, "available")
def available(level: Thing, request: Request) -> int:
    own = told(level, request)
    return own["on_hand"] - own["committed"] - own["unavailable"] - reserved(level, request)


@field(LEVEL, "unavailableByReason")
def by_reason(level: Thing, request: Request) -> list[dict[str, Any]]:
    own = told(level, request)
    reasons = ("DAMAGED", "QUALITY_CONTROL", "SAFETY_STOCK", "DISPLAY")
    found = [{"reason": reason, "quantity": own[f"unavailable_{reason.lower()}"]} for reason in reasons]
    return [each for each in found if each["quantity"]]


@field(LEVEL, "countedAt")
def counted_at(level: Thing, request: Request) -> str | None:
    return told(level, request)["counted"][:27] or None


@field(LEVEL, "product")
@field(REQUEST, "product")
def product(thing: Thing, request: Request) -> Thing:
    found = request.value(
        f"MATCH (n:{thing.type_name}) MATCH (p:Product) WHERE n.id = $p.id AND p.sku = n.sku RETURN p.id", id=thing.id
    )
    return Thing("Product", found)


@field(LEVEL, "store")
@field(REQUEST, "store")
def store(thing: Thing, request: Request) -> Thing:
    statement = f"MATCH (n:{thing.type_name}) MATCH (s:Store) WHERE n.id = $p.id AND s.code = n.store_code RETURN s.id"
    return Thing("Store", request.value(statement, id=thing.id))


@field(LEVEL, "entries")
def entries(level: Thing, request: Request, first: int | None = None, after: str | None = None) -> dict[str, Any]:
    rows = request.rows("MATCH (e:StockEntry)-[:MOVES]->(l:InventoryLevel) WHERE l.id = $p.id RETURN properties(e)", id=level.id)
    return page("stock entries", [(own["stamp"], entry(own)) for (own,) in rows], first, after, newest_first=True)


def entry(own: dict[str, Any]) -> dict[str, Any]:
    same = {name: own.get(name) for name in ("kind", "quantity", "difference", "reference", "source", "staff", "note")}
    return {**same, "occurredAt": own["stamp"][:27], "unavailable": own.get("reason"), "expectedAt": own.get("expected")}


@field("Reservation", "id")
def reservation_id(held: Thing, request: Request) -> str:
    return global_id("Reservation", held.id)


@field("Reservation", "state")
def state(held: Thing, request: Request) -> str:
    own = request.value("MATCH (r:Reservation {id: $p.id}) RETURN properties(r)", id=held.id)
    return "EXPIRED" if own["state"] == "HELD" and own["until"] <= time() * 1_000 else own["state"]


@field("Reservation", "expiresAt")
def expires_at(held: Thing, request: Request) -> str:
    until = request.value("MATCH (r:Reservation {id: $p.id}) RETURN r.until", id=held.id)
    return datetime.fromtimestamp(until / 1_000, UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


@field("Reservation", "level")
def held_level(held: Thing, request: Request) -> Thing:
    return Thing(LEVEL, request.value("MATCH (r:Reservation {id: $p.id})-->(l:InventoryLevel) RETURN l.id", id=held.id))


@field("Store", "stock")
def stock(at: Thing, request: Request, productId: str) -> Thing | None:  # noqa: N803 (the argument's own name)
    code = request.value("MATCH (s:Store {id: $p.id}) RETURN s.code", id=at.id)
    sku = request.value("MATCH (p:Product {id: $p.id}) RETURN p.sku", id=read_id_of("Product", productId))
    return next((Thing(LEVEL, raw) for raw, of, where in request.rows(ALL) if (of, where) == (sku, code)), None)


@field("Store", "stockRequests")
def requests(at: Thing, request: Request, first: int | None = None, after: str | None = None) -> dict[str, Any]:
    rows = request.rows("MATCH (q:StockRequest)-[:AT]->(s:Store) WHERE s.id = $p.id RETURN q.position, q.id", id=at.id)
    return page("stock requests", [(position, Thing(REQUEST, raw)) for position, raw in rows], first, after, newest_first=True)


@field("Store", "transferSuggestions")
def suggestions(at: Thing, request: Request) -> list[dict[str, Any]]:
    code = request.value("MATCH (s:Store {id: $p.id}) RETURN s.code", id=at.id)
    rows = request.rows("MATCH (q:StockRequest) WHERE q.store_code = $p.code RETURN q.sku, q.quantity, q.outcome", code=code)
    wanted: dict[str, list[int]] = {}
    for sku, quantity, outcome in rows:
        if outcome != "SAVED":
            wanted.setdefault(sku, []).append(quantity)
    found: list[dict[str, Any]] = []
    for sku, asked in sorted(wanted.items(), key=lambda each: (-len(each[1]), each[0]))[:20]:
        levels = [
            Thing(LEVEL, raw)
            for raw, of, where in sorted(request.rows(ALL), key=lambda row: row[2])
            if of == sku and where != code
        ]
        spare = [(available(each, request), each) for each in levels]
        most = max(spare, key=lambda each: each[0], default=(0, None))
        if most[0] > 1:
            found.append({"level": most[1], "quantity": min(sum(asked), most[0] - 1), "requests": len(asked)})
    return found


@field(REQUEST, "offered")
def offered(asked: Thing, request: Request) -> list[Thing]:
    rows = request.rows("MATCH (q:StockRequest)-[:OFFERED]->(p:Product) WHERE q.id = $p.id RETURN p.sku, p.id", id=asked.id)
    return [Thing("Product", raw) for _, raw in sorted(rows)]


@field(REQUEST, "customer")
def customer(asked: Thing, request: Request) -> Thing | None:
    found = request.rows(
        "MATCH (q:StockRequest) MATCH (r:SourceRecord)-[:RESOLVES_TO]->(c) WHERE q.id = $p.id AND r.key = q.record RETURN c.id",
        id=asked.id,
    )
    return living(request, found[0][0]) if found else None


@field("Product", "availability")
def availability(
    of: Thing,
    request: Request,
    storeId: str | None = None,  # noqa: N803 (the argument's own name)
    near: dict[str, float] | None = None,
    quantity: int = 1,
) -> dict[str, Any]:
    if quantity < 1:
        raise Refused("INVALID_INPUT", "`quantity` is how many pieces are wanted, at least 1.")
    asked = read_id_of("Store", storeId) if storeId is not None else None
    here = request.rows("MATCH (s:Store {id: $p.id}) RETURN properties(s)", id=asked)
    home: dict[str, Any] = here[0][0] if here else {}
    own = request.value("MATCH (p:Product {id: $p.id}) RETURN properties(p)", id=of.id)
    place = near or home
    levels = [(Thing(LEVEL, raw), sku, code) for raw, sku, code in request.rows(ALL)]
    others = [(each, code) for each, sku, code in levels if sku == own["sku"] and code != home.get("code")]
    there = sorted(
        (elsewhere(each, code, place, request) for each, code in others if available(each, request) >= quantity),
        key=lambda told: (1e9 if told["distanceMeters"] is None else told["distanceMeters"], told["code"]),
    )
    return {
        "here": next((each for each, sku, code in levels if (sku, code) == (own["sku"], home.get("code"))), None),
        "stores": [each for each in there if each["shop"]][:10],
        "warehouses": [each for each in there if not each["shop"]][:10],
        "incoming": incoming(own["sku"], request),
        "alternatives": alternatives(own, home, levels, request),
    }


def elsewhere(level: Thing, code: str, place: dict[str, Any], request: Request) -> dict[str, Any]:
    of = request.value("MATCH (s:Store) WHERE s.code = $p.code RETURN properties(s)", code=code)
    known = all(each.get("latitude") is not None and each.get("longitude") is not None for each in (of, place))
    distance = round(meters(of, place)) if known else None
    return {"level": level, "distanceMeters": distance, "code": code, "shop": (of.get("kind") or "SHOP") == "SHOP"}


def meters(a: dict[str, Any], b: dict[str, Any]) -> float:
    """Return the great-circle distance by the haversine formula."""
    south, north = radians(a["latitude"]), radians(b["latitude"])
    half = sin((north - south) / 2) ** 2 + cos(south) * cos(north) * sin(radians(b["longitude"] - a["longitude"]) / 2) ** 2
    return 2 * EARTH_METERS * asin(sqrt(half))


def incoming(sku: str, request: Request) -> list[dict[str, Any]]:
    rows = request.rows("MATCH (i:IncomingStock)-->()-[:AT]->(s:Store) WHERE i.sku = $p.sku RETURN properties(i), s.id", sku=sku)
    coming = sorted((own["expected"], own["id"], own, raw) for own, raw in rows if own["announced"] > own["received"])
    return [
        {
            "quantity": own["announced"] - own["received"],
            "expectedAt": at,
            "reference": own["reference"],
            "store": Thing("Store", raw),
        }
        for at, _, own, raw in coming[:20]
    ]


def alternatives(own: dict[str, Any], home: dict[str, Any], levels: list[Any], request: Request) -> list[Thing]:
    price: int = own.get("price") or 0
    kind = (own.get("categories") or [None])[-1]
    found: list[tuple[float, str, Thing]] = []
    for each, sku, code in levels:
        other = request.value("MATCH (p:Product) WHERE p.sku = $p.sku RETURN properties(p)", sku=sku)
        alike = kind is not None and (other.get("categories") or [None])[-1] == kind and other["id"] != own["id"]
        if code == home.get("code") and alike and other.get("currency") == own.get("currency"):
            apart = abs(other["price"] - price) if own.get("price") is not None and other.get("price") is not None else None
            if apart is not None and apart <= price * 0.3 and available(each, request) > 0:
                found.append((apart, each.id, each))
    return [each for *_, each in sorted(found)[:5]]
