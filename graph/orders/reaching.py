"""By which channel, and at which address of theirs, the customer of an order may be told of it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, LiteralString

from graph.consents.permitted import permitted
from graph.identity.consent import GRANTED, NOBODY, OTHER, Saying
from graph.identity.permission import KINDS, NO_CONTACT_POINT, REFUSED, Permission, permission
from graph.orders.notices import NO_CHANNEL, UNDELIVERABLE
from graph.store import Reader

SERVICE = "SERVICE"
# (:SourceRecord)-[:DID]->(:Order)-[:VIA]->(:Identifier), (:SourceRecord)-[:RESOLVES_TO]->(:Customer)
READ_WHO: LiteralString = """
MATCH (o:Touchpoint:Order {id: $p.id})
OPTIONAL MATCH (o)<-[:DID]-(:SourceRecord)-[:RESOLVES_TO]->(c:Customer)
RETURN o.number, c.id, c.name, c.language, c.favourite_channel, COLLECT {
  MATCH (o)-[:VIA]->(i:Identifier)
  WHERE COALESCE(i.state, 'ACTIVE') IN ['ACTIVE', 'SHARED'] AND COALESCE(i.sharing, '') <> 'KIOSK'
  RETURN i.kind + ':' + i.id
}
"""
# (:Identifier)<-[:COVERS]-(:Consent), or what a record that holds it says of everything it has
READ_SAID: LiteralString = """
UNWIND $p.ids AS id
MATCH (i:Identifier {id: id})
CALL (i) {
  MATCH (i)<-[:COVERS]-(d:Consent) OPTIONAL MATCH (d)<-[:SAID]-(s:SourceRecord) RETURN d, s IS NULL AS nobody
UNION
  MATCH (i)<-[:HAS_IDENTIFIER]-(:SourceRecord)-[:SAID]->(d:Consent) WHERE d.whole RETURN d, false AS nobody
}
WITH i, d, nobody WHERE d.purpose = $p.purpose AND d.state IS NOT NULL
RETURN d.id, d.state, left(d.stamp, 27), d.valid_to, nobody, i.kind + ':' + i.id
"""
READ_POINTS: LiteralString = """
UNWIND $p.ids AS id
MATCH (i:Identifier {id: id}) WHERE i.bounces IS NULL
RETURN i.kind + ':' + i.id, COALESCE(i.reached_at, '')
"""


@dataclass(frozen=True, slots=True)
class Reached:
    """Whom an order is of. `channel` and `point` (an identifier's id) are how they are told, else `reason` says why not."""

    number: str | None
    name: str | None
    language: str | None
    channel: str | None = None
    point: str | None = None
    reason: str | None = None


async def reached(reader: Reader, order_id: str, channels: Collection[str], now: str) -> Reached:
    """Return how the customer of an order is told of it by one of these channels."""
    [[number, customer, name, language, favourite, given]] = await reader.read(READ_WHO, {"id": order_id})
    who = Reached(number, name, language)
    if not channels:
        return _not(who, NO_CHANNEL)
    if customer is None:  # a guest's order: what was said of the address that they gave counts
        allowed = await _of_points(reader, channels, given, now)
    else:
        allowed = await permitted(reader, customer, sorted(channels), SERVICE, now)
    points = [point for one in allowed.values() for point in one.points]
    found = await reader.read(READ_POINTS, {"ids": [point.partition(":")[2] for point in points]})
    ways = [(channel, point, at) for channel, one in allowed.items() for point, at in found if point in one.points]
    if not ways:
        return _not(who, UNDELIVERABLE if points else _reason(list(allowed.values())))
    channel, point, _ = max(ways, key=lambda way: _order(way, allowed, favourite, given))
    return Reached(number, name, language, channel, point.partition(":")[2])


def _order(
    way: tuple[str, str, str], allowed: dict[str, Permission], favourite: str | None, given: Sequence[str]
) -> tuple[bool, bool, bool, bool, str, str]:
    """Return what sorts (channel, point, when it was last in use): agreed to, given with the order, preferred, and by mail."""
    channel, point, at = way
    return allowed[channel].reason == GRANTED, point in given, channel == favourite, channel == "EMAIL", at, point


def _not(who: Reached, reason: str) -> Reached:
    return Reached(who.number, who.name, who.language, reason=reason)


def _reason(allowed: Sequence[Permission]) -> str:
    return REFUSED if any(one.reason == REFUSED for one in allowed) else NO_CONTACT_POINT


async def _of_points(reader: Reader, channels: Collection[str], given: Sequence[str], now: str) -> dict[str, Permission]:
    asked = {"ids": [point.partition(":")[2] for point in given], "purpose": SERVICE}
    said = [_saying(row) for row in await reader.read(READ_SAID, asked)]
    reaching = {channel: [point for point in given if point.partition(":")[0] in KINDS[channel]] for channel in sorted(channels)}
    return {channel: permission(channel, SERVICE, points, said, now) for channel, points in reaching.items()}


def _saying(row: list[Any]) -> Saying:
    own_id, state, said_at, until, nobody, point = row
    return Saying(own_id, SERVICE, state, said_at, until, NOBODY if nobody else OTHER, point, named=True)
