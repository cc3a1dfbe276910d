"""Customers with identifiers, source records and figures, as the reader reads them."""

from __future__ import annotations

import json
from typing import Any

import jaconv

from graph.search.folding import romaji
from tests.resolvers.reader.fields import field, properties
from tests.resolvers.reader.pages import page
from tests.resolvers.reader.request import Request, Thing
from tests.resolvers.reader.spelling import global_id, money, time

properties(
    "Customer", "Customer", kind="kind", status="status", version="version", name="name", birthDate="birth_date",
    gender="gender", language="language", address="address", phone="phone", email="email",
)  # fmt: skip
properties("NameParts", "Customer", family="name_family", given="name_given")
properties("CustomerMetrics", "Customer", favouriteChannel="favourite_channel")
properties(
    "SourceRecord", "SourceRecord", source="source", externalId="external_id", name="name_full", kana="kana_full",
    birthDate="birth_date", gender="gender", language="language", address="address_full", firstSeen="first_seen",
)  # fmt: skip
properties(
    "Identifier", "Identifier", kind="kind", value="value", scope="scope", sharing="sharing", state="state", reason="reason"
)

TIMES = ("firstSeen", "lastSeen", "validFrom", "validTo")


@field("Customer", "id")
@field("SourceRecord", "id")
@field("Identifier", "id")
def own_id(thing: Thing, request: Request) -> str:
    return global_id(thing.type_name, thing.id)


@field("Customer", "requestedId")
def requested_id(customer: Thing, request: Request) -> str | None:
    other = customer.asked_for is not None and customer.asked_for != customer.id
    return global_id("Customer", str(customer.asked_for)) if other else None


@field("Customer", "nameParts")
@field("Customer", "metrics")
def part(customer: Thing, request: Request) -> Thing:
    return customer


@field("Customer", "kana")
def kana(customer: Thing, request: Request) -> str | None:
    return wide(request.value("MATCH (c:Customer {id: $p.id}) RETURN c.kana", id=customer.id))


@field("NameParts", "familyKana")
def family_kana(customer: Thing, request: Request) -> str | None:
    return wide(request.value("MATCH (c:Customer {id: $p.id}) RETURN c.kana_family", id=customer.id))


@field("NameParts", "givenKana")
def given_kana(customer: Thing, request: Request) -> str | None:
    return wide(request.value("MATCH (c:Customer {id: $p.id}) RETURN c.kana_given", id=customer.id))


def wide(written: str | None) -> str | None:
    return written and jaconv.hira2kata(jaconv.h2z(written, kana=True, ascii=False, digit=False))


@field("Customer", "romaji")
def in_latin(customer: Thing, request: Request) -> str | None:
    written = request.value("MATCH (c:Customer {id: $p.id}) RETURN c.kana", id=customer.id)
    return " ".join(word.capitalize() for word in romaji(written or "").split()) or None


@field("Customer", "maskedFields")
def masked_fields(customer: Thing, request: Request) -> list[str]:
    return []


@field("Customer", "identifiers")
def identifiers(customer: Thing, request: Request, first: int | None = None, after: str | None = None) -> dict[str, Any]:
    held: dict[tuple[str, str], list[list[Any]]] = {}
    for kind, raw, *claim in request.rows(
        "MATCH (:Customer {id: $p.id})<-[:RESOLVES_TO]-(:SourceRecord)-[h:HAS_IDENTIFIER]->(i:Identifier) "
        "RETURN i.kind, i.id, h.verified, h.first_seen, h.last_seen, h.valid_from, h.valid_to",
        id=customer.id,
    ):
        held.setdefault((kind, raw), []).append(claim)
    items = [(f"{kind}:{raw}", together(Thing("Identifier", raw), claims)) for (kind, raw), claims in held.items()]
    return page("identifiers", items, first, after)


def together(identifier: Thing, claims: list[list[Any]]) -> dict[str, Any]:
    """Return how a customer holds an identifier by what its source records claim."""
    verified, first_seen, last_seen, valid_from, valid_to = (
        [c for c in column if c is not None] for column in zip(*claims, strict=True)
    )
    return {
        "identifier": identifier,
        "verified": (True in verified) if verified else None,
        "firstSeen": min(first_seen, default=None),
        "lastSeen": max(last_seen, default=None),
        # One record that knows no bound leaves it open.
        "validFrom": min(valid_from) if len(valid_from) == len(claims) else None,
        "validTo": max(valid_to) if len(valid_to) == len(claims) else None,
    }


@field("Customer", "sources")
@field("Customer", "sourceRecords")
def source_records(customer: Thing, request: Request, first: int | None = None, after: str | None = None) -> dict[str, Any]:
    rows = request.rows("MATCH (r:SourceRecord)-[:RESOLVES_TO]->(:Customer {id: $p.id}) RETURN r.source, r.id", id=customer.id)
    return page("source records", [(f"{source}:{raw}", Thing("SourceRecord", raw)) for source, raw in rows], first, after)


@field("SourceRecord", "attributes")
def attributes(record: Thing, request: Request) -> Any:
    text = request.value("MATCH (r:SourceRecord {id: $p.id}) RETURN r.attributes", id=record.id)
    return None if text is None else json.loads(text)


@field("CustomerMetrics", "orderCount")
def order_count(customer: Thing, request: Request) -> int:
    return request.value("MATCH (c:Customer {id: $p.id}) RETURN c.order_count", id=customer.id) or 0


@field("CustomerMetrics", "spend")
def spend(customer: Thing, request: Request) -> list[Any]:
    listed = request.value("MATCH (c:Customer {id: $p.id}) RETURN c.spend", id=customer.id) or []
    return [money(int(text.split(":")[1]), text.split(":")[0]) for text in listed]


@field("CustomerMetrics", "lastSeen")
def last_seen(customer: Thing, request: Request) -> str | None:
    newest = request.value(
        "MATCH (:Customer {id: $p.id})<-[:RESOLVES_TO]-(:SourceRecord)-[:DID]->(t:Touchpoint) RETURN max(t.at)", id=customer.id
    )
    return None if newest is None else time(newest)


@field("CustomerMetrics", "favouriteStore")
def favourite_store(customer: Thing, request: Request) -> Thing | None:
    raw = request.value(
        "MATCH (c:Customer {id: $p.id}) MATCH (s:Store) WHERE s.id = c.favourite_store RETURN s.id", id=customer.id
    )
    return raw and Thing("Store", raw)


@field("Identifier", "holders")
def holders(identifier: Thing, request: Request, first: int | None = None, after: str | None = None) -> dict[str, Any]:
    rows = request.rows(
        "MATCH (r:SourceRecord)-[h:HAS_IDENTIFIER]->(:Identifier {id: $p.id}) RETURN r.source, r.id, properties(h)",
        id=identifier.id,
    )
    items: list[tuple[str, Any]] = []
    names = ("first_seen", "last_seen", "valid_from", "valid_to")
    for source, raw, held in rows:
        told = {name: held.get(key) for name, key in zip(TIMES, names, strict=True)}
        items.append((f"{source}:{raw}", {**told, "verified": held.get("verified"), "record": Thing("SourceRecord", raw)}))
    return page("identifier holders", items, first, after)
