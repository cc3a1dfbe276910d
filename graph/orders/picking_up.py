"""The commands of a pick-up: it is asked for, allocated, ready, handed over with code or identity, or cancelled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hmac import compare_digest
from secrets import randbelow
from unicodedata import normalize

from graph.commands.command import Answer, Author, Command
from graph.errors import Conflict, InvalidInput
from graph.events.newest import utc_text
from graph.orders.expected import NumberedOrder, asked_of, code_of, found, held, order_of
from graph.orders.fulfillment import Fulfillment
from graph.orders.nodes import OrderParts, Orders, PickupRules
from graph.orders.settling import bought_by, left_over, said_of_all
from graph.orders.states import AT_COUNTER, EXPIRED, PICKED_UP, PICKUP, READY_FOR_PICKUP, REQUESTED
from graph.resolution.conclusion import NOUNS, conclude
from graph.touchpoints.state import TouchpointState
from graph.words import Sentence
from graph.writes.unit import Unit

MOST_WRONG_CODES = 5
"""After so many wrong codes only the identity counts."""
CODE_DIGITS = 6
CODE, IDENTITY = "CODE", "IDENTITY"
"""What was checked at the counter."""


@dataclass(frozen=True, slots=True)
class Slot:
    """What is to be picked up where and when: `lines` are (number, quantity), none for all that is left; `at` None for soon."""

    order_id: str | NumberedOrder
    store_id: str
    lines: Sequence[tuple[int, float]]
    at: datetime | None


def request(author: Author, slot: Slot) -> Command:
    """Return the command that asks for a pick-up; its answer is `order` and `fulfillment`, by id."""

    async def execute(unit: Unit, own_id: str) -> Answer:
        code = await code_of(unit, slot.store_id)
        order, parts = await held(unit, await found(unit, slot.order_id))
        await _check_lead(unit, code, slot.at)
        if order.properties.get("status") in ("CANCELLED", "RETURNED"):
            raise Conflict(Sentence("refusal.ORDER_ENDED"), "/orderId")
        lines = _lines(parts, order, slot.lines)
        pickup = parts.fulfillment(f"made {own_id}")
        pickup.lines = lines
        pickup.put(
            method=PICKUP, made=True, listed=True, store_code=code, pickup_code=new_code(), told="{}", place=len(lines) + 100
        )
        if slot.at is not None:
            pickup.put(slot=utc_text(slot.at))
        pickup.reach(REQUESTED, unit.now, by=author.actor)
        parts.touched = True
        await conclude(unit)
        return {"order": order.id, "fulfillment": pickup.id}

    at = utc_text(slot.at) if slot.at else None
    asked = [asked_of(slot.order_id), slot.store_id, [list(line) for line in slot.lines], at]
    return Command(author, "PICKUP_REQUEST", asked, NOUNS, execute)


def step(author: Author, fulfillment_id: str, state: str) -> Command:
    """Return the command that sets a state of a pick-up, but for handing it over."""

    async def execute(unit: Unit, _: str) -> Answer:
        order, parts, pickup = await _pickup(unit, fulfillment_id, state)
        pickup.reach(state, _after(pickup, unit.now), by=author.actor, why=author.reason)
        parts.touched = True
        await conclude(unit)
        return {"order": order.id, "fulfillment": pickup.id}

    return Command(author, "PICKUP_STEP", [fulfillment_id, state], NOUNS, execute)


def hand_over(author: Author, fulfillment_id: str, code: str | None, *, identity: bool) -> Command:
    """Return the command that hands a pick-up over; with `wrong` in its answer nothing was, but the try was counted."""
    if not code and not identity:
        raise InvalidInput(Sentence("refusal.CODE_OR_IDENTITY"), "/code")

    async def execute(unit: Unit, _: str) -> Answer:
        order, parts, pickup = await _pickup(unit, fulfillment_id, PICKED_UP)
        parts.touched = True
        if code and not identity and not _is_right(pickup, code):
            tries = int(pickup.properties.get("wrong_codes") or 0) + 1
            pickup.put(wrong_codes=tries)
            await conclude(unit)
            return {"order": order.id, "fulfillment": pickup.id, "wrong": MOST_WRONG_CODES - tries}
        pickup.put(checked=IDENTITY if identity else CODE)
        pickup.reach(PICKED_UP, _after(pickup, unit.now), by=author.actor)
        await conclude(unit)
        return {"order": order.id, "fulfillment": pickup.id}

    return Command(author, "PICKUP_HAND_OVER", [fulfillment_id, code, identity], NOUNS, execute)


def new_code() -> str:
    return f"{randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}"


def _is_right(pickup: Fulfillment, code: str) -> bool:
    """Compare a code in constant time; raise Conflict where none is kept, or too many were wrong."""
    kept = pickup.properties.get("pickup_code")
    if not kept:
        raise Conflict(Sentence("refusal.NO_CODE"), "/code")
    if int(pickup.properties.get("wrong_codes") or 0) >= MOST_WRONG_CODES:
        raise Conflict(Sentence("refusal.CODE_LOCKED"), "/code")
    return compare_digest(*(normalize("NFKC", each).strip().upper().encode() for each in (code, str(kept))))


async def _pickup(unit: Unit, fulfillment_id: str, state: str) -> tuple[TouchpointState, OrderParts, Fulfillment]:
    """Return a locked pick-up to which this may happen now; raise Conflict where it may not."""
    order, parts = await held(unit, await order_of(unit, fulfillment_id))
    pickup = parts.fulfillments[fulfillment_id]
    if pickup.method != PICKUP:
        raise Conflict(Sentence("refusal.NO_PICKUP"), "/fulfillmentId")
    pickup.status = said_of_all(pickup, order.properties.get("status"))
    now = pickup.state or ""
    # Also where the sweep has not come by yet.
    if now == READY_FOR_PICKUP and (pickup.properties.get("expires_at") or "~") <= unit.now:
        now = EXPIRED
    if state not in AT_COUNTER.get(now, frozenset()):
        raise Conflict(Sentence(f"refusal.PICKUP_{now}"), "/fulfillmentId")
    return order, parts, pickup


def _after(pickup: Fulfillment, now: str) -> str:
    """Return now, or the latest time that a source told of it where that lies ahead: what people do comes last."""
    return max(now, *pickup.history.values()) if pickup.history else now


async def _check_lead(unit: Unit, code: str, at: datetime | None) -> None:
    """Raise InvalidInput for a time that is too soon for the store."""
    rules = await unit.of(Orders).pickup_rules([code])
    hours = rules.get(code, PickupRules()).lead_hours or 0
    if at is not None and at < datetime.now(UTC) + timedelta(hours=hours):
        raise InvalidInput(Sentence("refusal.TOO_SOON", hours=hours), "/slot")


def _lines(parts: OrderParts, order: TouchpointState, asked: Sequence[tuple[int, float]]) -> dict[int, float]:
    """Return what is picked up; raise Conflict for what is not left of the order."""
    left = left_over(parts, bought_by(parts, order), order.properties.get("status"))
    if not asked:
        if not left:
            raise Conflict(Sentence("refusal.NOTHING_LEFT"), "/lines")
        return left
    lines: dict[int, float] = {}
    for place, (number, quantity) in enumerate(asked):
        lines[number] = lines.get(number, 0) + quantity
        if quantity <= 0 or lines[number] > left.get(number, 0):
            raise Conflict(Sentence("refusal.NOT_LEFT"), f"/lines/{place}/quantity")
    return lines
