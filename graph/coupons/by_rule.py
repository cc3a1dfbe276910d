"""Coupons that are issued by their rules: to whom something happens, and to all for whom a rule holds anyway; once each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, LiteralString
from zoneinfo import ZoneInfo

from graph.changes.following import NumberedChange
from graph.changes.passing import take_place
from graph.changes.taking_up import refs_of, take_up_next
from graph.coupons.deserving import Deserving, Ruled, deserving
from graph.coupons.issuing import new_code, spelled
from graph.coupons.nodes import Coupons
from graph.coupons.rules import WALKED
from graph.events.newest import utc_text
from graph.keys import opaque
from graph.loyalty.days import after_days
from graph.store import Store, Transaction
from graph.waiting import to_its_end
from graph.writes.unit import Unit, execute

FOLLOWING, WALKING = "coupons", "coupon-walk"
"""The leases under which what happens is followed, and under which all customers are looked at."""
OF_CUSTOMERS = frozenset({"customer.created", "customer.changed", "customer.merged"})
OF_TOUCHPOINTS = frozenset({"order.added", "order.changed", "touchpoint.added", "touchpoint.changed"})
STEP = 200
"""Customers that are looked at at once."""
BY = "customer360"
"""Who issues what no person has issued."""

# (:Coupon {rule}): those that are in force
READ_RULED: LiteralString = """
MATCH (c:Coupon) USING INDEX SEEK c:Coupon(rule) WHERE c.rule IN $p.rules
  AND NOT c.withdrawn AND NOT c.for_all AND COALESCE(c.starts, '') <= $p.now AND COALESCE(c.ends, '~') > $p.now
RETURN properties(c) ORDER BY c.key
"""
# (:Touchpoint)<-[:DID]-(:SourceRecord)-[:RESOLVES_TO]->(:Customer)
READ_WHOSE: LiteralString = """
UNWIND $p.ids AS id
MATCH (:Touchpoint {id: id})<-[:DID]-(:SourceRecord)-[:RESOLVES_TO]->(c:Customer)
RETURN DISTINCT c.id
"""
NEXT_CUSTOMERS: LiteralString = "MATCH (c:Customer) WHERE c.id > $p.after RETURN c.id ORDER BY c.id LIMIT $p.limit"
READ_RECORDS: LiteralString = """
MATCH (:Customer {id: $p.id})<-[:RESOLVES_TO]-(r:SourceRecord) RETURN r.key ORDER BY r.first_seen, r.key
"""
MOVE: LiteralString = "MATCH (c:Coupon {id: $p.id}) SET c.rule_walked = $p.mark, c.rule_place = $p.place"


async def ruled(store: Store, zone: ZoneInfo, kinds: Sequence[str], now: datetime) -> list[Ruled]:
    """Return the coupons with a rule of these kinds that is in force."""
    rows = await store.read(READ_RULED, {"rules": list(kinds), "now": utc_text(now)})
    found = [Ruled.of(told, now.astimezone(zone).date(), zone) for (told,) in rows]
    return [each for each in found if each is not None]


async def follow_rules(store: Store, holder: str, zone: ZoneInfo, kinds: Sequence[str]) -> int | None:
    """Issue to those of whom something changed; return how many changes were taken up, None where another process does."""

    async def take(changes: Sequence[NumberedChange]) -> None:
        coupons = await ruled(store, zone, kinds, datetime.now(UTC))
        if coupons:
            touched = refs_of(changes, OF_TOUCHPOINTS, "Touchpoint")
            whose = [own_id for (own_id,) in await store.read(READ_WHOSE, {"ids": touched})] if touched else []
            await issue_to(store, coupons, list(dict.fromkeys([*refs_of(changes, OF_CUSTOMERS, "Customer"), *whose])))

    return await take_up_next(store, FOLLOWING, holder, take)


async def walk_rules(store: Store, holder: str, zone: ZoneInfo, now: datetime | None = None) -> int:
    """Look at the next customers for a rule that holds by itself; return how many were, 0 once all were."""
    at = now or datetime.now(UTC)
    for coupon in await ruled(store, zone, sorted(WALKED), at):
        mark, told = coupon.rule.mark(coupon.told["version"], coupon.today), coupon.told
        place = told.get("rule_place") or "" if told.get("rule_walked") == mark else ""
        if place == "~":
            continue
        if await take_place(store, WALKING, holder) is None:
            return 0
        found = [own_id for (own_id,) in await store.read(NEXT_CUSTOMERS, {"after": place, "limit": STEP})]
        await issue_to(store, [coupon], found)
        moved = {"id": coupon.id, "mark": mark, "place": found[-1] if len(found) == STEP else "~"}
        await store.write(_moving(moved))
        return max(1, len(found))
    return 0


def _moving(moved: dict[str, Any]) -> Any:
    async def move(transaction: Transaction) -> None:
        await transaction.run(MOVE, moved)

    return move


async def issue_to(store: Store, coupons: Sequence[Ruled], customers: Sequence[str]) -> int:
    """Issue coupons to those of the customers for whom their rules hold, and return how many were issued."""
    count = 0
    for coupon in coupons:
        for each in await deserving(store, coupon, customers):
            count += await to_its_end(execute(store, (Coupons,), _issue(coupon, each)))
    return count


def _issue(coupon: Ruled, to: Deserving) -> Any:
    code = new_code()  # the same when the transaction runs again

    async def work(unit: Unit) -> int:
        records = [key for (key,) in await unit.transaction.run(READ_RECORDS, {"id": to.customer})]
        unit.want("SourceRecord", records)
        await unit.lock()
        # Once the records are held: of many who issue at once the first does.
        if not records or not await deserving(unit.transaction, coupon, [to.customer]):
            return 0
        days, rule = coupon.rule.days, coupon.rule
        unit.of(Coupons).put(
            "IssuedCoupon",
            opaque("RuledCoupon", coupon.id, records[0], coupon.period),
            f"Customer:{to.customer}",
            coupon=coupon.id,
            record=records[0],
            key=code,
            code=spelled(code),
            ends=None if days is None else after_days(unit.now, days, coupon.zone.key),
            at=unit.now,
            by=BY,
            rule=rule.kind,
            period=coupon.period,
            why=to.why,
            why_at=to.at,
        )
        return 1

    return work
