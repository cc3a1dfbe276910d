"""Holding coupons for a basket or a till for 15 minutes, and letting go of them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import LiteralString

from graph.commands.command import Answer, Author, Command
from graph.coupons.asking import ENDED, HELD, RELEASED, Asked
from graph.coupons.holding import customer_refs, hold
from graph.coupons.nodes import Coupons
from graph.coupons.terms import code_key
from graph.errors import Conflict, NotFound
from graph.events.newest import utc_text
from graph.keys import opaque
from graph.store import Store
from graph.words import Sentence
from graph.writes.unit import Unit, execute

HELD_FOR = timedelta(minutes=15)
AT_ONCE = 500
"""Reservations that one step of the sweep ends."""

# (:CouponReservation {state, until}); it is over by its time, whether or not it has been swept yet
READ_OVER: LiteralString = """
MATCH (h:CouponReservation) USING INDEX SEEK h:CouponReservation(state, until)
WHERE h.state = 'HELD' AND h.until <= $p.now
RETURN h.id ORDER BY h.until LIMIT $p.limit
"""


def reserve(author: Author, asked: Asked) -> Command:
    """Return the command that holds all of these coupons, or none; its answer is `reservations`, by id, in their order.

    Raises CouponRefused for the first that cannot be used for the basket.
    """

    async def execute(unit: Unit, own_id: str) -> Answer:
        found = await hold(unit, asked)
        until = utc_text(datetime.fromisoformat(unit.now) + HELD_FOR)
        ids: list[str] = []
        for key in map(code_key, asked.codes):
            row = found.rows[key]
            ids.append(opaque("CouponReservation", own_id, key))
            unit.of(Coupons).put(
                "CouponReservation",
                ids[-1],
                *customer_refs(asked),
                coupon=row["coupon"]["id"],
                issued=row["issued"]["id"] if row["issued"] else None,
                record=found.record_of(key),
                state=HELD,
                at=unit.now,
                until=until,
                by=author.actor,
                channel=asked.channel,
                store_code=found.basket.store,
            )
        return {"reservations": ids}

    return Command(author, "COUPON_RESERVE", asked.to_json(), (Coupons,), execute)


def release(author: Author, reservation: str) -> Command:
    """Return the command that lets go of a reservation; its answer is `reservation`, by id.

    Raises Conflict for one that holds nothing any more.
    """

    async def execute(unit: Unit, _: str) -> Answer:
        unit.want("CouponReservation", (reservation,))
        await unit.lock()
        told = unit.of(Coupons).known.get(reservation)
        if told is None:
            raise NotFound(Sentence("refusal.NO_SUCH_COUPONRESERVATION"), "/reservationId")
        if told["state"] != HELD or told["until"] <= unit.now:
            raise Conflict(Sentence("refusal.RESERVATION_OVER"), "/reservationId")
        unit.of(Coupons).put("CouponReservation", reservation, state=RELEASED, ended_at=unit.now)
        return {"reservation": reservation}

    return Command(author, "COUPON_RELEASE", reservation, (Coupons,), execute)


async def end_reservations(store: Store) -> int:
    """End those whose time is over, at most AT_ONCE of them, and return how many; each change is told."""

    async def sweep(unit: Unit) -> int:
        over = await unit.transaction.run(READ_OVER, {"now": unit.now, "limit": AT_ONCE})
        unit.want("CouponReservation", [own_id for (own_id,) in over])
        await unit.lock()
        held = [(own_id, told) for own_id, told in unit.of(Coupons).known.items() if told["state"] == HELD]
        for own_id, told in held:
            unit.of(Coupons).put("CouponReservation", own_id, state=ENDED, ended_at=told["until"])
        return len(held)

    return await execute(store, (Coupons,), sweep)
