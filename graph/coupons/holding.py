"""Coupons held by a unit: locked first, then looked at, so that of two who ask at once the second finds the first."""

from __future__ import annotations

from typing import LiteralString

from graph.coupons.asking import Asked, Found, find
from graph.coupons.nodes import Coupons
from graph.coupons.quote import Quoted
from graph.coupons.terms import code_key
from graph.errors import CouponAlreadyUsed, CouponRefused, CouponReserved
from graph.words import Sentence
from graph.writes.unit import Unit

# (:IssuedCoupon)-[:OF]->(:Coupon), (:SourceRecord)-[:RESOLVES_TO]->(:Customer): which nodes stand for what is counted
READ_COUNTED: LiteralString = """
UNWIND $p.keys AS key
OPTIONAL MATCH (i:IssuedCoupon {key: key})-[:OF]->(of:Coupon)
OPTIONAL MATCH (every:Coupon {key: key}) WHERE every.for_all
WITH i, COALESCE(of, every) AS c WHERE c IS NOT NULL
RETURN i.id, CASE WHEN c.uses IS NOT NULL THEN c.id END,
  CASE WHEN c.uses_per_customer IS NULL THEN [] WHEN $p.customer IS NOT NULL THEN COLLECT {
    MATCH (:Customer {id: $p.customer})-[:REDIRECTS_TO*0..]->(:Customer)<-[:RESOLVES_TO]-(r:SourceRecord) RETURN r.key
  } ELSE COLLECT {
    MATCH (:SourceRecord {key: i.record})-[:RESOLVES_TO]->(w:Customer) MATCH (w)<-[:RESOLVES_TO]-(r:SourceRecord) RETURN r.key
  } END
"""


async def hold(unit: Unit, asked: Asked) -> Found:
    """Lock what is counted of these coupons and return how they stand, all of them usable; raise CouponRefused for the first."""
    keys = [code_key(code) for code in asked.codes]
    counted = await unit.transaction.run(READ_COUNTED, {"keys": keys, "customer": asked.customer})
    unit.want("SourceRecord", sorted({record for _, _, records in counted for record in records}))
    unit.want("Coupon", (coupon for _, coupon, _ in counted if coupon))
    unit.want("IssuedCoupon", (issued for issued, _, _ in counted if issued))
    unit.want("CouponReservation", asked.reservations)
    await unit.lock()
    found = await find(unit.transaction, asked, unit.now)
    quoted = {each.code: each for each in found.quoted}
    for place, key in enumerate(keys):
        if quoted[key].refusal is not None:
            raise _refused(found, quoted[key], f"/codes/{place}")
    return found


def customer_refs(asked: Asked) -> tuple[str, ...]:
    return (f"Customer:{asked.customer}",) if asked.customer else ()


def own_reservations(unit: Unit, asked: Asked) -> dict[str, str]:
    """Return which of the asker's reservations are of these coupons: the id of the issue or coupon by that of the reservation."""
    known = unit.of(Coupons).known
    return {own_id: known[own_id].get("issued") or known[own_id]["coupon"] for own_id in asked.reservations if own_id in known}


def _refused(found: Found, quoted: Quoted, pointer: str) -> CouponRefused:
    row = found.rows.get(quoted.code, {})
    used, held = row.get("used"), row.get("held")
    if quoted.refusal == "ALREADY_USED" and used:
        door = used.get("store_code") or used["channel"]
        shown = {
            "refusal": quoted.refusal,
            "usedAt": used["at"],
            "usedChannel": used["channel"],
            "usedStore": used.get("store_code"),
        }
        return CouponAlreadyUsed(Sentence("refusal.COUPON_ALREADY_USED", at=_minute(used["at"]), door=door), pointer, shown)
    if quoted.refusal == "RESERVED" and held:
        shown = {"refusal": quoted.refusal, "reservedUntil": held["until"]}
        return CouponReserved(Sentence("refusal.COUPON_RESERVED", until=_minute(held["until"])), pointer, shown)
    return CouponRefused(Sentence(f"coupon.{quoted.refusal}"), pointer, {"refusal": quoted.refusal})


def _minute(at: str) -> str:
    """Return UTC text to the minute: `2026-07-10 03:00 UTC`."""
    return f"{at[:10]} {at[11:16]} UTC"
