"""Coupons with their issues and uses, as the reader answers them: whole lists, sorted and cut in Python."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from graph.words import say
from tests.resolvers.reader.fields import field, properties
from tests.resolvers.reader.pages import page
from tests.resolvers.reader.request import Request, Thing
from tests.resolvers.reader.spelling import global_id, money, read_id_of

COUPON, ISSUED, USE, HELD = "Coupon", "IssuedCoupon", "CouponRedemption", "CouponReservation"
properties(
    COUPON, COUPON, code="code", name="name", version="version", kind="kind", products="products", categories="categories",
    channels="channels", startsAt="starts", endsAt="ends", usesPerCustomer="uses_per_customer", uses="uses",
    combinable="combinable", forAll="for_all", withdrawn="withdrawn",
)  # fmt: skip
properties(ISSUED, ISSUED, code="code", issuedAt="at", issuedBy="by", validTo="ends", rule="rule")
properties(
    USE, USE, state="state", redeemedAt="at", channel="channel", redeemedBy="by", reversedAt="reversed_at",
    reversedBy="reversed_by", reason="reason",
)  # fmt: skip
properties(HELD, HELD, heldUntil="until", channel="channel", heldBy="by")
OF_RECORDS = "MATCH (:Customer {id: $p.id})<-[:RESOLVES_TO]-(r:SourceRecord) RETURN r.key"


def told(thing: Thing, request: Request) -> dict[str, Any]:
    return request.value(f"MATCH (n:{thing.type_name}) WHERE n.id = $p.id RETURN properties(n)", id=thing.id)


@field(COUPON, "id")
@field(ISSUED, "id")
@field(USE, "id")
@field(HELD, "id")
def own_id(thing: Thing, request: Request) -> str:
    return global_id(thing.type_name, thing.id)


@field(ISSUED, "sentence")
def sentence(thing: Thing, request: Request, language: str) -> str:
    own = told(thing, request)
    store = request.rows("MATCH (s:Store {code: $p.code}) RETURN s.name", code=own.get("why") or "")
    name = next((each for (each,) in store if each), own.get("why"))
    return say(f"issued.{own.get('rule') or 'PERSON'}", language.lower(), why=name, day=(own.get("why_at") or "")[:10])


@field(COUPON, "issueRule")
def issue_rule(thing: Thing, request: Request) -> dict[str, Any] | None:
    own = told(thing, request)
    if own.get("rule") is None:
        return None
    codes = own.get("rule_stores") or []
    rows = request.rows("MATCH (s:Store) WHERE s.code IN $p.codes RETURN s.id ORDER BY s.code", codes=codes)
    return {
        "kind": own["rule"],
        "rank": own.get("rule_rank"),
        "stores": [Thing("Store", raw) for (raw,) in rows],
        "products": own["rule_products"],
        "categories": own["rule_categories"],
        "validDays": own.get("rule_days"),
    }


@field(COUPON, "ruleIssuedCount")
def issued_by_rule(thing: Thing, request: Request) -> int:
    return len(request.rows("MATCH (i:IssuedCoupon {coupon: $p.id}) WHERE i.rule IS NOT NULL RETURN i.id", id=thing.id))


@field("Query", "coupon")
def coupon(_: None, request: Request, by: dict[str, str]) -> Thing | None:
    rows = request.rows("MATCH (c:Coupon) RETURN c.id, c.key")
    if "id" in by:
        raw = read_id_of(COUPON, by["id"])
        found = [own for own, _ in rows if own == raw]
    else:
        typed = by["code"].upper().replace("-", "").replace(" ", "")
        found = [own for own, key in rows if key == typed]
    return Thing(COUPON, found[0]) if found else None


@field("Query", "coupons")
def coupons(_: None, request: Request, first: int | None = None, after: str | None = None) -> dict[str, Any]:
    rows = request.rows("MATCH (c:Coupon) RETURN c.key, c.id")
    return page("coupons", [(key, Thing(COUPON, raw)) for key, raw in rows], first, after)


@field(COUPON, "percent")
def percent(thing: Thing, request: Request) -> int | None:
    own = told(thing, request)
    return own["value"] if own["kind"] == "PERCENT" else None


@field(COUPON, "amountOff")
def amount_off(thing: Thing, request: Request) -> Any:
    own = told(thing, request)
    return money(own["value"], own["currency"]) if own["kind"] == "VALUE" else None


@field(COUPON, "minimum")
def minimum(thing: Thing, request: Request) -> Any:
    own = told(thing, request)
    return money(own["minimum"], own["currency"]) if own["minimum"] else None


@field(COUPON, "stores")
def stores(thing: Thing, request: Request) -> list[Thing]:
    rows = request.rows("MATCH (s:Store) RETURN s.code, s.id")
    return [Thing("Store", raw) for code, raw in sorted(rows) if code in told(thing, request)["stores"]]


def counted(label: str, **of: str) -> Any:
    def count(thing: Thing, request: Request) -> int:
        owns = [row[0] for row in request.rows(f"MATCH (n:{label}) RETURN properties(n)")]
        now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S")
        known = [own for own in owns if own["coupon"] == thing.id and own.get("until", now) >= now]
        return sum(all(own[name] == value for name, value in of.items()) for own in known)

    return count


field(COUPON, "shownCount")(counted("CouponView"))
field(COUPON, "issuedCount")(counted(ISSUED))
field(COUPON, "usedCount")(counted(USE, state="REDEEMED"))
field(COUPON, "reversedCount")(counted(USE, state="REVERSED"))
field(COUPON, "heldCount")(counted(HELD, state="HELD"))


@field(COUPON, "redemptions")
def uses_of(thing: Thing, request: Request, first: int | None = None, after: str | None = None) -> dict[str, Any]:
    rows = request.rows("MATCH (u:CouponRedemption {coupon: $p.id}) RETURN u.turn, u.id", id=thing.id)
    return page("coupon redemptions", [(turn, Thing(USE, raw)) for turn, raw in rows], first, after, newest_first=True)


@field(ISSUED, "coupon")
@field(USE, "coupon")
@field(HELD, "coupon")
def coupon_of(thing: Thing, request: Request) -> Thing:
    return Thing(COUPON, told(thing, request)["coupon"])


@field(ISSUED, "redemption")
def use_of(issued: Thing, request: Request) -> Thing | None:
    rows = request.rows("MATCH (u:CouponRedemption {issued: $p.id, state: 'REDEEMED'}) RETURN u.turn, u.id", id=issued.id)
    return Thing(USE, min(rows)[1]) if rows else None


@field(USE, "amount")
def amount(use: Thing, request: Request) -> Any:
    own = told(use, request)
    return money(own["amount"], own["currency"]) if "amount" in own else None


@field(USE, "lines")
def lines(use: Thing, request: Request) -> list[dict[str, Any]]:
    own = told(use, request)
    pairs = zip(own.get("line_numbers", []), own.get("line_amounts", []), strict=True)
    return [{"number": number, "amount": money(units, own["currency"])} for number, units in pairs]


@field(USE, "store")
@field(HELD, "store")
def store(thing: Thing, request: Request) -> Thing | None:
    rows = request.rows("MATCH (s:Store) WHERE s.code = $p.code RETURN s.id", code=told(thing, request).get("store_code"))
    return Thing("Store", rows[0][0]) if rows else None


@field(USE, "issued")
def issued(use: Thing, request: Request) -> Thing | None:
    raw = told(use, request).get("issued")
    return Thing(ISSUED, raw) if raw else None


@field(USE, "order")
def order(use: Thing, request: Request) -> Thing | None:
    rows = request.rows("MATCH (o:Order) WHERE o.id = $p.id RETURN o.id", id=told(use, request).get("order_id"))
    return Thing("Order", rows[0][0]) if rows else None


@field(USE, "customer")
def customer(use: Thing, request: Request) -> Thing | None:
    whose = "MATCH (r:SourceRecord {key: $p.key})-[:RESOLVES_TO]->(c) RETURN c.id"
    rows = request.rows(whose, key=told(use, request)["record"])
    return Thing("Customer", rows[0][0]) if rows else None


@field(HELD, "state")
def held(thing: Thing, request: Request) -> str:
    own = told(thing, request)
    over = own["state"] == "HELD" and own["until"] <= datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S")
    return "ENDED" if over else own["state"]


@field("Customer", "coupons")
def of_customer(customer: Thing, request: Request, first: int | None = None, after: str | None = None) -> dict[str, Any]:
    records = [row[0] for row in request.rows(OF_RECORDS, id=customer.id)]
    rows = request.rows("MATCH (i:IssuedCoupon) RETURN i.at, i.id, i.record")
    items = [(at + raw, Thing(ISSUED, raw)) for at, raw, record in rows if record in records]
    return page("customer coupons", items, first, after, newest_first=True)


@field("Customer", "couponRedemptions")
def used_by(customer: Thing, request: Request, first: int | None = None, after: str | None = None) -> dict[str, Any]:
    records = [row[0] for row in request.rows(OF_RECORDS, id=customer.id)]
    rows = request.rows("MATCH (u:CouponRedemption) RETURN u.turn, u.id, u.record")
    items = [(turn, Thing(USE, raw)) for turn, raw, record in rows if record in records]
    return page("customer coupon redemptions", items, first, after, newest_first=True)


@field("Order", "coupons")
def of_order(order: Thing, request: Request) -> list[Thing]:
    rows = request.rows("MATCH (u:CouponRedemption) WHERE u.order_id = $p.id RETURN u.turn, u.id", id=order.id)
    return [Thing(USE, raw) for _, raw in sorted(rows)]
