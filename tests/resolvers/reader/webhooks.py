"""Webhooks, as the reader answers them: endpoints, and the log of each."""

from __future__ import annotations

import json
from typing import Any

from tests.resolvers.reader.fields import field, properties
from tests.resolvers.reader.pages import page
from tests.resolvers.reader.request import Request, Thing
from tests.resolvers.reader.spelling import cursor, global_id, read_id_of

ENDPOINT, DELIVERY = "WebhookEndpoint", "WebhookDelivery"

properties(ENDPOINT, ENDPOINT, url="url", types="types", enabled="enabled", offReason="off_reason", offAt="off_at")
properties(ENDPOINT, ENDPOINT, createdAt="created_at", createdBy="created_by")
properties(DELIVERY, DELIVERY, messageId="message", type="type", state="state", createdAt="made_at")


@field("Query", "webhookEndpoints")
def endpoints(_: None, request: Request) -> list[Thing]:
    return [Thing(ENDPOINT, raw) for _, raw in sorted(request.rows("MATCH (w:WebhookEndpoint) RETURN w.created_at, w.id"))]


@field("Query", "webhookEndpoint")
def endpoint(_: None, request: Request, id: str) -> Thing | None:  # noqa: A002 (the argument's own name)
    raw = read_id_of(ENDPOINT, id)
    return Thing(ENDPOINT, raw) if value(Thing(ENDPOINT, raw), request, "id") else None


@field("Query", "changeTypes")
def change_types(_: None, request: Request) -> list[str]:
    nouns = {
        "basket": "",
        "call": "ringing",
        "consent": "",
        "coupon": "",
        "job": "",
        "points": "",
        "promise": "",
        "offer": "answered",
        "seen": "",
        "stock": "requested",
        "case": "opened",
        "product": "",
        "store": "",
        "order": "added",
        "thread": "",
        "touchpoint": "added",
    }
    changed = [f"{noun}.changed" for noun in (*nouns, "customer")]
    added = [f"{noun}.{what}" for noun, what in nouns.items() if what]
    others = ["case.assigned", "offer.made", *(f"customer.{what}" for what in ("created", "erased", "merged"))]
    return sorted([*changed, *added, *others])


@field(ENDPOINT, "id")
@field(DELIVERY, "id")
def own_id(thing: Thing, request: Request) -> str:
    return global_id(thing.type_name, thing.id)


def value(thing: Thing, request: Request, name: str) -> Any:
    return request.value(f"MATCH (n:{thing.type_name}) WHERE n.id = $p.id RETURN n.{name}", id=thing.id)


@field(ENDPOINT, "cursor")
def passed(thing: Thing, request: Request) -> str:
    return cursor("changes", str(value(thing, request, "passed")))


@field(ENDPOINT, "formerSecretUntil")
def former(thing: Thing, request: Request) -> str | None:
    _, *others = value(thing, request, "keys_until")
    return others[0] if others else None


@field(ENDPOINT, "deliveries")
def deliveries(
    thing: Thing, request: Request, state: str | None = None, first: int | None = None, after: str | None = None
) -> dict[str, Any]:
    log = "MATCH (d:WebhookDelivery) WHERE d.endpoint = $p.id RETURN d.position, d.id, d.state"
    found = [(at, Thing(DELIVERY, raw)) for at, raw, how in request.rows(log, id=thing.id) if state in (None, how)]
    return page("deliveries", found, first, after, newest_first=True)


@field(DELIVERY, "cursor")
def told(thing: Thing, request: Request) -> str | None:
    seq = value(thing, request, "seq")
    return None if seq is None else cursor("changes", str(seq))


@field(DELIVERY, "repeated")
def repeated(thing: Thing, request: Request) -> bool:
    return bool(value(thing, request, "repeated"))


@field(DELIVERY, "nextAttemptAt")
def next_attempt(thing: Thing, request: Request) -> str | None:
    return value(thing, request, "next_at") if value(thing, request, "state") == "WAITING" else None


@field(DELIVERY, "attempts")
def attempts(thing: Thing, request: Request) -> list[dict[str, Any]]:
    return json.loads(value(thing, request, "attempts"))


@field(DELIVERY, "endpoint")
def of(thing: Thing, request: Request) -> Thing | None:
    raw = value(thing, request, "endpoint")
    return Thing(ENDPOINT, raw) if value(Thing(ENDPOINT, raw), request, "id") else None
