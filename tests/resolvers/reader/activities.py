"""What happened in a time, as the reader reads it: every touchpoint looked at, one after the other."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

from tests.resolvers.reader.attention import answers, is_from_customer, is_settled
from tests.resolvers.reader.fields import field
from tests.resolvers.reader.figures import is_sale
from tests.resolvers.reader.pages import page
from tests.resolvers.reader.request import Refused, Request, Thing
from tests.resolvers.reader.spelling import money, time
from tests.resolvers.reader.touchpoints import thing

Time = tuple[datetime, datetime]
ALL = "MATCH (t:Touchpoint) RETURN t.at, t.position, t.id, labels(t), t.kind, t.channel, properties(t)"
HISTORY = (
    "MATCH (:Touchpoint {id: $p.id})<-[:DID]-()-[:RESOLVES_TO]->(c:Customer) MATCH (c)<-[:RESOLVES_TO]-()-[:DID]->(t:Touchpoint) "
    "RETURN properties(t)"
)
SOLD = "MATCH (t:Order)-[:SOLD_AT]->(s:Store) RETURN t.at, s.id, t.status, t.currency, t.total, t.refunded"


@field("Query", "activity")
def activity(_: None, request: Request, to: datetime, **given: datetime) -> Time:
    if to - given["from"] > timedelta(days=32):
        raise Refused("INVALID_INPUT", "The period from `from` to `to` may be at most 32 days.")
    return given["from"], to


def within(instants: Time, request: Request) -> list[list[Any]]:
    return [row for row in request.rows(ALL) if instants[0] <= row[0].to_native() < instants[1]]


@field("Activity", "counts")
def counts(instants: Time, request: Request) -> list[dict[str, Any]]:
    counted = Counter((channel, kind) for *_, kind, channel, _ in within(instants, request))
    return [{"channel": channel, "kind": kind, "count": count} for (channel, kind), count in sorted(counted.items())]


def listed(name: str, rows: list[list[Any]], first: int | None, after: str | None) -> dict[str, Any]:
    items = [(position, thing(raw, labels)) for _, position, raw, labels, *_ in rows]
    return page(name, items, first, after, newest_first=True)


@field("Activity", "orders")
def orders(instants: Time, request: Request, first: int | None = None, after: str | None = None) -> dict[str, Any]:
    rows = [row for row in within(instants, request) if row[4] == "ORDER"]
    return listed("activity orders", rows, first, after)


@field("Activity", "interactions")
def interactions(instants: Time, request: Request, first: int | None = None, after: str | None = None) -> dict[str, Any]:
    rows = [row for row in within(instants, request) if row[4] != "ORDER"]
    return listed("activity interactions", rows, first, after)


@field("Activity", "unanswered")
def unanswered(instants: Time, request: Request, first: int | None = None, after: str | None = None) -> dict[str, Any]:
    rows = [
        row for row in within(instants, request) if is_from_customer(row[6]) and not answers(row[6]) and not is_settled(row[6])
    ]
    return listed("unanswered", [row for row in rows if not answered(row, request)], first, after)


def answered(row: list[Any], request: Request) -> bool:
    return any(answers(known) and known["position"] > row[1] for (known,) in request.rows(HISTORY, id=row[2]))


@field("Activity", "stores")
def stores(instants: Time, request: Request) -> list[dict[str, Any]]:
    found: dict[str, list[tuple[str | None, int | None]]] = {}
    for at, store, status, currency, total, refunded in request.rows(SOLD):
        if instants[0] <= at.to_native() < instants[1] and is_sale(status, total):
            left = total if total is None or status == "RETURNED" else total - (refunded or 0)
            found.setdefault(store, []).append((currency, left))
    return [
        {"store": Thing("Store", store), "orders": len(sold), "sales": sums(sold)}
        for store, sold in sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))
    ]


def sums(sold: list[tuple[str | None, int | None]]) -> list[Any]:
    currencies = sorted({currency for currency, _ in sold if currency is not None})
    return [money(sum(total or 0 for own, total in sold if own == currency), currency) for currency in currencies]


@field("Activity", "previous")
def previous(instants: Time, request: Request) -> str | None:
    earlier = [row[0] for row in request.rows(ALL) if row[0].to_native() < instants[0]]
    return time(max(earlier)) if earlier else None
