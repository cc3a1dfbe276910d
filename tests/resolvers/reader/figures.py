"""What charts show of a customer, counted in Python from every touchpoint, and where golden values come from."""

from __future__ import annotations

import re
from collections import Counter
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from graph.touchpoints import TOUCHPOINTS
from graph.words import CATALOGUE, say
from tests.resolvers.reader.fields import field
from tests.resolvers.reader.request import Refused, Request, Thing
from tests.resolvers.reader.spelling import money

DID = "MATCH (:Customer {id: $p.id})<-[:RESOLVES_TO]-(:SourceRecord)-[:DID]->(t:Touchpoint) "


@field("CustomerMetrics", "channelMix")
def channel_mix(customer: Thing, request: Request) -> list[dict[str, Any]]:
    counted = Counter(channel for (channel,) in request.rows(DID + "RETURN t.channel", id=customer.id))
    ordered = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
    return [{"channel": channel, "touchpoints": number} for channel, number in ordered]


def is_sale(status: str | None, total: int | None) -> bool:
    """Tell whether an order counts: one that came back does not, unless it is itself what was paid back."""
    return status != "CANCELLED" and (status != "RETURNED" or (total or 0) < 0)


@field("CustomerMetrics", "spendByMonth")
def spend_by_month(
    customer: Thing,
    request: Request,
    timeZone: str,  # noqa: N803
    **period: datetime | None,
) -> list[dict[str, Any]]:
    if timeZone not in available_timezones():
        raise Refused("INVALID_INPUT", "`timeZone` is not the IANA name of a time zone, such as Asia/Tokyo.")
    since = period.get("from")
    months: dict[tuple[str, str], list[int]] = {}
    for status, total, refunded, currency, instant in request.rows(
        DID + "WHERE t:Order RETURN t.status, t.total, t.refunded, t.currency, t.at", id=customer.id
    ):
        moment = instant.to_native()
        if is_sale(status, total) and total is not None and (since is None or moment >= since):
            left = total if status == "RETURNED" else total - (refunded or 0)
            months.setdefault((moment.astimezone(ZoneInfo(timeZone)).strftime("%Y-%m"), currency), []).append(left)
    return [
        {"month": month, "orders": len(totals), "spend": money(sum(totals), currency)}
        for (month, currency), totals in sorted(months.items())
    ]


@field("Customer", "fieldOrigins")
def field_origins(customer: Thing, request: Request) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for text in request.value("MATCH (c:Customer {id: $p.id}) RETURN c.origins", id=customer.id) or []:
        name, rule, time, raw = text.split("\t")
        origin = {"field": re.sub("_(.)", lambda letter: letter[1].upper(), name), "rule": rule, "reportedAt": time}
        found.append({**origin, "record": Thing("SourceRecord", raw)})
    return found


@field("FieldOrigin", "sentence")
def why_it_won(origin: dict[str, Any], request: Request, language: str) -> str:
    return say(f"survivorship.{origin['rule']}", language.lower())


@field("Customer", "formerNames")
def former_names(customer: Thing, request: Request) -> list[str]:
    return request.value("MATCH (c:Customer {id: $p.id}) RETURN c.former_names", id=customer.id) or []


@field("SourceRecord", "earlierNames")
def earlier_names(record: Thing, request: Request) -> list[str]:
    return request.value("MATCH (r:SourceRecord {id: $p.id}) RETURN r.earlier_names", id=record.id) or []


@field("Identifier", "customerCount")
def customer_count(identifier: Thing, request: Request) -> int | None:
    rows = request.rows(
        "MATCH (i:Identifier {id: $p.id}) OPTIONAL MATCH (i)<-[:HAS_IDENTIFIER]-()-[:RESOLVES_TO]->(c:Customer) "
        "RETURN CASE WHEN i.reason = 'NAMES' THEN 'BLOCKED' ELSE i.state END, COLLECT(DISTINCT c.id)",
        id=identifier.id,
    )
    state, holders = rows[0]
    return None if state == "BLOCKED" else min(len(holders), 100)


@field("Identifier", "undeliverableSince")
def undeliverable_since(identifier: Thing, request: Request) -> str | None:
    bounces: list[str] | None = request.value("MATCH (i:Identifier {id: $p.id}) RETURN i.bounces", id=identifier.id)
    return min(bounces) if bounces else None


@field("Query", "touchpointKinds")
def touchpoint_kinds(_: None, request: Request) -> list[dict[str, str]]:
    return [{"kind": kind} for kind in TOUCHPOINTS]


@field("TouchpointKindName", "name")
def kind_name(named: dict[str, str], request: Request, language: str) -> str:
    return CATALOGUE.name("TouchpointKind", named["kind"], language.lower())
