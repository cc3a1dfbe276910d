"""Points as the reader answers them: every lot is added up, and spend is counted day by day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from graph.loyalty.programmes import current
from resolvers.loyalty.explained import explained
from tests.resolvers.reader.fields import field, properties
from tests.resolvers.reader.figures import is_sale
from tests.resolvers.reader.pages import page
from tests.resolvers.reader.request import Request, Thing
from tests.resolvers.reader.spelling import global_id, read_id_of

ACCOUNT, ENTRY, LOYALTY = "LoyaltyAccount", "PointEntry", "CustomerLoyalty"
properties(ACCOUNT, ACCOUNT, openedAt="opened_at")
properties(
    ENTRY, ENTRY, kind="kind", at="at", points="amount", pending="pending", balance="balance", actor="actor", reason="reason"
)
properties(
    "PointLot", "PointLot", granted="granted", remaining="remaining", grantedAt="granted_at", activeFrom="active_from",
    expiresAt="expires_at",
)  # fmt: skip
THEIRS = "MATCH (:Customer {id: $p.id})<-[:RESOLVES_TO]-(:SourceRecord)-[:HAS_ACCOUNT]->(a) RETURN a.id, a.opened_at"
HAS = "MATCH (a:LoyaltyAccount {id: $p.id})-[:HAS_LOT]->(l) RETURN properties(l), l.id"
OF_RECORD = "MATCH (r:SourceRecord)-[:HAS_ACCOUNT]->(a:LoyaltyAccount {id: $p.id}) "


@field(ACCOUNT, "id")
@field(ENTRY, "id")
def own_id(thing: Thing, request: Request) -> str:
    return global_id(thing.type_name, thing.id)


@field("Query", "loyaltyAccount")
def loyalty_account(_: None, request: Request, id: str) -> Thing | None:  # noqa: A002
    rows = request.rows("MATCH (a:LoyaltyAccount) WHERE a.id = $p.id RETURN a.id", id=read_id_of(ACCOUNT, id))
    return Thing(ACCOUNT, rows[0][0]) if rows else None


@field("Customer", "loyalty")
def loyalty(customer: Thing, request: Request) -> Thing:
    return Thing(LOYALTY, customer.id)


@field(LOYALTY, "accounts")
def accounts(customer: Thing, request: Request) -> list[Thing]:
    found = request.rows(THEIRS, id=customer.id)
    return [Thing(ACCOUNT, own) for own, _ in sorted(found, key=lambda row: (row[1], row[0]))]


def concerned(thing: Thing, request: Request) -> list[str]:
    return [thing.id] if thing.type_name == ACCOUNT else [each.id for each in accounts(thing, request)]


def now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def usable(account: str, request: Request) -> list[dict[str, Any]]:
    return [lot for lot, _ in request.rows(HAS, id=account) if lot["active_from"] <= now() < lot["expires_at"]]


def owed(account: str, request: Request) -> int:
    return request.value("MATCH (a:LoyaltyAccount {id: $p.id}) RETURN a.debt", id=account)


@field(ACCOUNT, "balance")
@field(LOYALTY, "balance")
def balance(thing: Thing, request: Request) -> int:
    each = concerned(thing, request)
    return sum(lot["remaining"] for own in each for lot in usable(own, request)) - sum(owed(own, request) for own in each)


@field(ACCOUNT, "pending")
@field(LOYALTY, "pending")
def pending(thing: Thing, request: Request) -> int:
    lots = [lot for own in concerned(thing, request) for lot, _ in request.rows(HAS, id=own)]
    return sum(lot["remaining"] for lot in lots if lot["active_from"] > now())


@field(ACCOUNT, "debt")
@field(LOYALTY, "debt")
def debt(thing: Thing, request: Request) -> int:
    return sum(
        max(0, owed(own, request) - sum(lot["remaining"] for lot in usable(own, request) if not lot["active"]))
        for own in concerned(thing, request)
    )


@field(LOYALTY, "nextExpiry")
def next_expiry(thing: Thing, request: Request) -> dict[str, Any] | None:
    by_end: dict[str, int] = {}
    for own in concerned(thing, request):
        for lot in usable(own, request):
            by_end[lot["expires_at"]] = by_end.get(lot["expires_at"], 0) + lot["remaining"]
    by_end = {ends: points for ends, points in by_end.items() if points}
    return {"at": min(by_end), "points": by_end[min(by_end)]} if by_end else None


@field(ACCOUNT, "rank")
@field(LOYALTY, "rank")
def rank(thing: Thing, request: Request) -> dict[str, Any] | None:
    zone, today = ZoneInfo(current().zone), datetime.now(ZoneInfo(current().zone)).date()
    found: list[tuple[int, str, date | None, date | None]] = []
    for own in concerned(thing, request):
        rows = request.rows(
            OF_RECORD + "MATCH (r)-[:DID]->(t:Order) RETURN t.status, t.total, t.refunded, t.currency, t.at", id=own
        )
        bought = [
            (at.to_native().astimezone(zone).date(), total if status == "RETURNED" else total - (refunded or 0))
            for status, total, refunded, currency, at in rows
            if total is not None and is_sale(status, total) and currency == current().currency
        ]
        if name := rank_on(today, bought):
            spend = next(each.spend for each in current().ranks if each.name == name)
            known = [each for each in bought if each[0] < today]
            found.append((spend, name, turn(today, bought, -1, 365), turn(today, known, 1, 800)))
    if not found:
        return None
    _, name, since, until = max(found, key=lambda each: each[0])
    return {"name": name, "since": since and since.isoformat(), "until": until and until.isoformat()}


def rank_on(day: date, bought: Iterable[tuple[date, int]]) -> str | None:
    spend = sum(amount for when, amount in bought if 1 <= (day - when).days <= 365)
    return max(((each.spend, each.name) for each in current().ranks if spend >= each.spend), default=(0, None))[1]


def turn(day: date, bought: list[tuple[date, int]], step: int, most: int) -> date | None:
    """Return the last day in one direction on which the rank is still that of a day; None where it goes on for longer."""
    name = rank_on(day, bought)
    for days in range(most + 1):
        if rank_on(day + timedelta(days=step * (days + 1)), bought) != name:
            return day + timedelta(days=step * days)
    return None


@field(ACCOUNT, "source")
def source(account: Thing, request: Request) -> str | None:
    return request.value(OF_RECORD + "RETURN r.source", id=account.id)


@field(ACCOUNT, "record")
def record(account: Thing, request: Request) -> Thing | None:
    raw = request.value(OF_RECORD + "RETURN r.id", id=account.id)
    return raw and Thing("SourceRecord", raw)


@field(ACCOUNT, "customer")
def customer(account: Thing, request: Request) -> Thing | None:
    raw = request.value(OF_RECORD + "MATCH (r)-[:RESOLVES_TO]->(c) RETURN c.id", id=account.id)
    return raw and Thing("Customer", raw)


@field(ACCOUNT, "lots")
def lots(account: Thing, request: Request) -> list[Thing]:
    found = [(lot["expires_at"], lot["active_from"], own) for lot, own in request.rows(HAS, id=account.id) if lot["remaining"]]
    return [Thing("PointLot", own) for _, _, own in sorted(found)]


@field(ACCOUNT, "entries")
def entries(account: Thing, request: Request, first: int | None = None, after: str | None = None) -> dict[str, Any]:
    rows = request.rows("MATCH (:LoyaltyAccount {id: $p.id})-[:HAS_ENTRY]->(e) RETURN e.turn, e.id", id=account.id)
    return page("point entries", [(turn, Thing(ENTRY, own)) for turn, own in rows], first, after, newest_first=True)


@field(ENTRY, "order")
def order(entry: Thing, request: Request) -> Thing | None:
    raw = request.value("MATCH (e:PointEntry {id: $p.id}) MATCH (o:Order) WHERE o.id = e.order_id RETURN o.id", id=entry.id)
    return raw and Thing("Order", raw)


@field(ENTRY, "lots")
def moved(entry: Thing, request: Request) -> list[dict[str, Any]]:
    rows = request.rows(
        "MATCH (:PointEntry {id: $p.id})-[o:OF_LOT]->(l) RETURN o.place, l.expires_at, l.id, o.points", id=entry.id
    )
    return [{"points": points, "lot": Thing("PointLot", own)} for _, _, own, points in sorted(rows)]


@field(ENTRY, "sentence")
def sentence(entry: Thing, request: Request, language: str) -> str:
    told = request.value("MATCH (e:PointEntry {id: $p.id}) RETURN properties(e)", id=entry.id)
    number = request.value("MATCH (o:Order {id: $p.id}) RETURN o.number", id=told.get("order_id"))
    begins = request.value("MATCH (:PointEntry {id: $p.id})-[:OF_LOT]->(l) RETURN max(l.active_from)", id=entry.id)
    names = ("kind", "amount", "debt", "redemption")
    facts = [*(told.get(name) for name in names), "order_id" in told, number]
    return explained([*facts, told.get("rules"), told.get("rank"), told["pending"], begins], language.lower())


@field("Order", "points")
def points(order: Thing, request: Request) -> dict[str, Any] | None:
    lots = [row[0] for row in request.rows("MATCH (l:PointLot) WHERE l.order_id = $p.id RETURN properties(l)", id=order.id)]
    found = request.rows("MATCH (e:PointEntry) WHERE e.order_id = $p.id RETURN properties(e)", id=order.id)
    entries = sorted((row[0] for row in found), key=lambda each: (each["at"], each["number"]))
    if not lots and not entries:
        return None
    now = datetime.now(UTC)
    rules = [each.get("rules") or [] for each in entries if each["kind"] == "EARN"]
    return {
        "earned": sum(lot.get("earned") or 0 for lot in lots),
        "pending": sum(lot.get("earned") or 0 for lot in lots if datetime.fromisoformat(lot["active_from"]) > now),
        "redeemed": -sum(each["amount"] for each in entries if each.get("redemption") is not None),
        "rules": rules[-1] if rules else [],
    }
