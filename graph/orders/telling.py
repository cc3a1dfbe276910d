"""Customers are told of their pick-ups: each notice once, by one writer, and what became of it is kept with the pick-up."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import LiteralString
from zoneinfo import ZoneInfo

from graph.events.newest import utc_text
from graph.keys import opaque
from graph.orders.fulfillment import Fulfillment
from graph.orders.letters import Told, language_of, letter
from graph.orders.nodes import Orders
from graph.orders.notices import NOT_SENT, STALE, STANDS, TOLD_ELSEWHERE, TOO_LATE, WAITING
from graph.orders.reaching import reached
from graph.orders.settling import said_of_all
from graph.replies.nodes import WAITING as TO_BE_SENT
from graph.replies.nodes import Notice, Replies
from graph.resolution.conclusion import NOUNS, conclude
from graph.store import Store
from graph.touchpoints.nodes import Touchpoints
from graph.touchpoints.state import TouchpointState
from graph.writes.unit import Unit, execute

STEP = 50
"""Pick-ups that are looked for at once."""
BY = "customer360"
"""Who writes what no person has written."""
# (:Order)-[:HAS_FULFILLMENT]->(:Fulfillment {notice_due})
NEXT: LiteralString = """
MATCH (f:Fulfillment) USING INDEX SEEK f:Fulfillment(notice_due)
WHERE f.notice_due <= $p.now
RETURN DISTINCT f.order_id LIMIT $p.limit
"""
READ_STORE: LiteralString = "MATCH (s:Store {code: $p.code}) RETURN COALESCE(s.name, s.code), s.time_zone"


@dataclass(frozen=True, slots=True)
class Telling:
    """`channels` are those by which something leaves here, `elsewhere` sources whose own systems tell, `zone` the business's."""

    channels: Collection[str]
    elsewhere: Collection[str]
    zone: ZoneInfo


async def tell_of_pickups(store: Store, telling: Telling, now: datetime | None = None) -> int:
    """Have customers told what is due and return of how many pick-ups; `now` is the time by which that is judged."""
    at = utc_text(now or datetime.now(UTC))
    found = await store.read(NEXT, {"now": at, "limit": STEP})
    return sum([await execute(store, (*NOUNS, Replies), _of_order(order_id, telling, at)) for (order_id,) in found])


def _of_order(order_id: str, telling: Telling, now: str) -> Callable[[Unit], Awaitable[int]]:
    async def work(unit: Unit) -> int:
        unit.want("Touchpoint", (order_id,))
        unit.want("Order", (order_id,))
        await unit.lock()
        order, parts = unit.of(Touchpoints).states.get(order_id), unit.of(Orders).parts[order_id]
        if order is None:
            return 0
        told = [await _tell(unit, order, each, telling, now) for each in parts.fulfillments.values()]
        parts.touched = True  # what is due is worked out anew also where another process was first
        await conclude(unit)
        return sum(told)

    return work


async def _tell(unit: Unit, order: TouchpointState, pickup: Fulfillment, telling: Telling, now: str) -> bool:
    """Write what is due of one pick-up, if anything is; return whether something was."""
    pickup.status = said_of_all(pickup, order.properties.get("status"))
    due = pickup.next_notice
    if due is None or due[1] > now:
        return False
    kind, since = due
    if order.source in telling.elsewhere and not pickup.properties.get("made"):
        pickup.note(kind, NOT_SENT, unit.now, reason=TOLD_ELSEWHERE)
    elif since <= utc_text(datetime.fromisoformat(now) - STALE):
        pickup.note(kind, NOT_SENT, unit.now, reason=TOO_LATE)
    else:
        await _write(unit, pickup, kind, telling)
    return True


async def _write(unit: Unit, pickup: Fulfillment, kind: str, telling: Telling) -> None:
    who = await reached(unit.transaction, pickup.order_id, telling.channels, unit.now)
    if who.point is None:
        pickup.note(kind, NOT_SENT, unit.now, reason=who.reason)
        return
    code = str(pickup.properties.get("store_code") or "")
    rows = await unit.transaction.run(READ_STORE, {"code": code})
    name, zone = rows[0] if rows else (code, None)
    told = Told(who.name, who.number, name, pickup.properties.get("expires_at"))
    subject, text = letter(kind, told, language_of(who.language), ZoneInfo(zone) if zone else telling.zone)
    pickup.note(kind, WAITING, unit.now, channel=who.channel)
    own = {
        "state": TO_BE_SENT,
        "text": text,
        "subject": subject,
        "made_at": unit.now,
        "made_by": BY,
        "send_at": unit.now,
        "notice": kind,
    }
    # The id is that of pick-up and kind, by which mail and LINE know it again.
    unit.of(Replies).put(opaque("PickupNotice", pickup.id, kind), None, who.point, pickup=pickup.id, **own)


async def become_of(
    unit: Unit, notice: Notice, kind: str, state: str, reason: str | None = None, *, message: str | None = None
) -> None:
    """Keep what became of a notice with its pick-up; `message` is the touchpoint of what has left."""
    unit.want("Touchpoint", (notice.order,))
    unit.want("Order", (notice.order,))
    await unit.lock()
    parts = unit.of(Orders).parts[notice.order]
    pickup = parts.fulfillments.get(notice.pickup)
    if pickup is not None:
        pickup.note(kind, state, unit.now, channel=pickup.channel_of(kind), reason=reason, message=message)
        parts.touched = True
        await conclude(unit)


def is_overtaken(kind: str, state: str | None) -> bool:
    """Return whether a pick-up stands otherwise by now than a notice would say."""
    return STANDS[kind] != state
