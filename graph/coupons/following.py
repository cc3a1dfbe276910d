"""Coupons follow orders: an order uses the coupons that it names, once each, and gives them back when nothing of it stays.

What an order tells has happened: a coupon that it uses although it was used before is counted too, as one use too many.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, LiteralString

from graph.coupons.asking import REDEEMED, REVERSED
from graph.coupons.nodes import Coupons
from graph.coupons.redeeming import NOT_REVERSED, redemption_id
from graph.coupons.terms import code_key
from graph.orders.standing import OrderStanding, standing_orders
from graph.store import Reader, Store
from graph.writes.unit import Unit, execute

OVER = frozenset({"CANCELLED", "RETURNED"})
ORDER = "the order"
"""Who gives a coupon back where no person does."""

# (:IssuedCoupon)-[:OF]->(:Coupon); a use that named no order is this order's, where it is of this issue or of this record
READ_NAMED: LiteralString = """
RETURN COLLECT {
  UNWIND $p.keys AS key
  OPTIONAL MATCH (i:IssuedCoupon {key: key})-[:OF]->(of:Coupon)
  OPTIONAL MATCH (every:Coupon {key: key}) WHERE every.for_all
  WITH key, i, COALESCE(of, every) AS c WHERE c IS NOT NULL
  RETURN {key: key, coupon: c.id, issued: i.id, whose: i.record, loose: CASE WHEN i IS NOT NULL THEN HEAD(COLLECT {
    MATCH (u:CouponRedemption {issued: i.id, state: 'REDEEMED'}) WHERE u.order_id IS NULL RETURN u.id ORDER BY u.at LIMIT 1
  }) ELSE HEAD(COLLECT {
    MATCH (u:CouponRedemption {record: $p.record, coupon: c.id, state: 'REDEEMED'}) WHERE u.order_id IS NULL AND u.record <> ''
    RETURN u.id ORDER BY u.at LIMIT 1
  }) END}
}, COLLECT { MATCH (u:CouponRedemption {order_id: $p.order}) RETURN u {.*, tied: EXISTS { (u)-[:ON]->() }} }
"""


@dataclass(frozen=True, slots=True)
class Named:
    """A coupon that an order names: ids of the coupon and of its issue, the record that has it, and a use without an order."""

    key: str
    coupon: str
    issued: str | None
    whose: str | None
    loose: str | None


async def follow_order(store: Store, own_id: str) -> None:
    """Have the coupons of an order used or given back as it stands by now; asked again, nothing changes."""
    if not any([any(await _named(store, order)) for order in await standing_orders(store, [own_id])]):
        return

    async def settle(unit: Unit) -> None:
        for order in await standing_orders(unit.transaction, [own_id]):
            await _settle(unit, order)

    await execute(store, (Coupons,), settle)


async def _settle(unit: Unit, order: OrderStanding) -> None:
    found, made = await _named(unit.transaction, order)
    # Each issue is held, so that a till that uses it at this moment comes before or after.
    unit.want("Coupon", (each["coupon"] for each in found if each["issued"] is None))
    unit.want("IssuedCoupon", (each["issued"] for each in found if each["issued"] is not None))
    await unit.lock()
    found, made = await _named(unit.transaction, order)
    by_key = {told["code_key"]: told for told in made}
    deserved = {} if is_over(order) else {each["key"]: Named(**each) for each in found}
    for key, each in deserved.items():
        _use(unit, order, each, by_key.get(key))
    for key, told in by_key.items():
        if key not in deserved and told["state"] == REDEEMED:
            back = {"state": REVERSED, "reversed_at": unit.now, "reversed_by": ORDER, "reason": None}
            unit.of(Coupons).put("CouponRedemption", told["id"], f"Touchpoint:{order.id}", **back)


async def _named(reader: Reader, order: OrderStanding) -> list[list[dict[str, Any]]]:
    """Return the coupons that an order names, and the uses that were made of any for it."""
    asked = {"keys": sorted({code_key(code) for code in order.coupons}), "order": order.id, "record": order.record or ""}
    [row] = await reader.read(READ_NAMED, asked)
    return row


def _use(unit: Unit, order: OrderStanding, named: Named, before: dict[str, Any] | None) -> None:
    """Have a coupon used for an order; what a person has given back stays so, and what stands already is left as it is."""
    record = named.whose or order.record or ""
    ref = f"Touchpoint:{order.id}"
    if before is None and named.loose is not None:
        unit.of(Coupons).put("CouponRedemption", named.loose, ref, order_id=order.id, record=record)
    elif before is None:
        own_id = redemption_id(order.id, named.key)
        unit.of(Coupons).put(
            "CouponRedemption",
            own_id,
            ref,
            coupon=named.coupon,
            issued=named.issued,
            code_key=named.key,
            record=record,
            order_id=order.id,
            currency=order.currency,
            channel=order.channel,
            store_code=order.store,
            at=order.at,
            turn=order.at + own_id,
            by=order.source,
            state=REDEEMED,
        )
    elif before["state"] == REVERSED and before["reversed_by"] == ORDER:
        unit.of(Coupons).put("CouponRedemption", before["id"], ref, state=REDEEMED, record=record, **NOT_REVERSED)
    elif before["record"] != record or not before["tied"]:
        unit.of(Coupons).put("CouponRedemption", before["id"], ref, record=record)


def is_over(order: OrderStanding) -> bool:
    """Tell whether nothing of an order stays: it was cancelled, or all that was bought has come back."""
    bought = [line for line in order.lines if line.quantity > 0]
    return order.status in OVER or (bool(bought) and all(line.returned >= line.quantity for line in bought))
