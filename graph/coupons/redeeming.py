"""Using coupons, once at any door, and giving them back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graph.commands.command import Answer, Author, Command
from graph.coupons.asking import HELD, REDEEMED, REVERSED, SPENT, Asked, Found
from graph.coupons.holding import customer_refs, hold, own_reservations
from graph.coupons.nodes import Coupons
from graph.coupons.terms import code_key
from graph.errors import Conflict, NotFound
from graph.keys import opaque
from graph.words import Sentence
from graph.writes.unit import Unit

NOT_REVERSED: Mapping[str, None] = dict.fromkeys(("reversed_at", "reversed_by", "reason"))


def redemption_id(of: str, key: str) -> str:
    """Return the id of the use of a coupon, by the key of its code, for an order by its id, or else by a command."""
    return opaque("CouponRedemption", of, key)


def redeem(author: Author, asked: Asked) -> Command:
    """Return the command that uses all of these coupons, or none; its answer is `redemptions`, by id, in their order.

    Raises CouponAlreadyUsed, CouponReserved or another CouponRefused for the first that cannot be used.
    """

    async def execute(unit: Unit, own_id: str) -> Answer:
        found = await hold(unit, asked)
        coupons = unit.of(Coupons)
        used: set[str] = set()
        ids: list[str] = []
        for key in map(code_key, asked.codes):
            ids.append(redemption_id(asked.order or own_id, key))
            facts = _facts(found, asked, key)
            used.add(facts["issued"] or facts["coupon"])
            made = {"at": unit.now, "by": author.actor, "turn": unit.now + ids[-1], "state": REDEEMED, **NOT_REVERSED}
            refs = (*customer_refs(asked), *([f"Touchpoint:{asked.order}"] if asked.order else []))
            coupons.put("CouponRedemption", ids[-1], *refs, **facts, **made)
        for reservation, of in own_reservations(unit, asked).items():
            if of in used and coupons.known[reservation]["state"] == HELD:
                coupons.put("CouponReservation", reservation, state=SPENT, ended_at=unit.now)
        return {"redemptions": ids}

    return Command(author, "COUPON_REDEEM", asked.to_json(), (Coupons,), execute)


def reverse(author: Author, redemption: str) -> Command:
    """Return the command that gives a coupon back that was used; its answer is `redemption`, by id.

    A person's word stands: what the order says later does not use it again. Raises Conflict for one that was given back.
    """

    async def execute(unit: Unit, _: str) -> Answer:
        unit.want("CouponRedemption", (redemption,))
        await unit.lock()
        told = unit.of(Coupons).known.get(redemption)
        if told is None:
            raise NotFound(Sentence("refusal.NO_SUCH_COUPONREDEMPTION"), "/redemptionId")
        if told["state"] == REVERSED:
            raise Conflict(Sentence("refusal.COUPON_REVERSED"), "/redemptionId")
        back = {"state": REVERSED, "reversed_at": unit.now, "reversed_by": author.actor, "reason": author.reason or None}
        unit.of(Coupons).put("CouponRedemption", redemption, **back)
        return {"redemption": redemption}

    return Command(author, "COUPON_REVERSE", redemption, (Coupons,), execute)


def _facts(found: Found, asked: Asked, key: str) -> dict[str, Any]:
    row = found.rows[key]
    quoted = next(each for each in found.quoted if each.code == key)
    lines = sorted(quoted.lines.items())
    return {
        "coupon": row["coupon"]["id"],
        "issued": row["issued"]["id"] if row["issued"] else None,
        "code_key": key,
        "record": found.record_of(key),
        "order_id": asked.order,
        "amount": quoted.amount,
        "currency": asked.currency,
        "line_numbers": [number for number, _ in lines],
        "line_amounts": [amount for _, amount in lines],
        "channel": asked.channel,
        "store_code": found.basket.store,
    }
