"""What a source tells of a fulfilment under its own names, by names of ours where they are known. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, cast

from graph.events.shapes import read_time
from graph.keys import POSITION_TIME
from graph.orders.states import (
    ALLOCATED,
    CANCELLED,
    DELIVERED,
    EXPIRED,
    HANDED_OVER,
    PENDING,
    PICKED,
    PICKED_UP,
    PICKUP,
    READY_FOR_PICKUP,
    REQUESTED,
    SHIP,
    SHIPPED,
    STORE,
)

TEXTS: Mapping[str, tuple[str, ...]] = {
    "method": ("method", "kind"),
    "status": ("status", "state"),
    "store_code": ("storeCode", "store"),
    "carrier": ("carrier",),
    "tracking_number": ("trackingNumber", "tracking"),
    "pickup_code": ("pickupCode", "code"),
    "note": ("note",),
}
"""Our names, each with those by which sources tell it; the first that says something counts."""
TIMES: Mapping[str, str] = {"readyAt": "ready_at", "shippedAt": "shipped_at", "deliveredAt": "delivered_at"}
_METHODS: Mapping[str, Sequence[str]] = {
    SHIP: ("SHIP", "SHIPPING", "SHIPMENT", "DELIVERY", "HOME_DELIVERY", "配送", "宅配", "発送", "出荷"),
    PICKUP: ("PICKUP", "PICK_UP", "STORE_PICKUP", "CLICK_AND_COLLECT", "COLLECT", "店頭受取", "店舗受取", "店頭受け取り"),
    STORE: ("STORE", "IN_STORE", "COUNTER", "TAKE_AWAY", "手渡し", "店頭渡し"),
}
_WAITING = ("PENDING", "NEW", "OPEN", "PLACED", "REQUESTED", "CONFIRMED", "PROCESSING", "UNFULFILLED", "受付", "準備中")
_CANCELLED = ("CANCELLED", "CANCELED", "キャンセル", "取消")
_STATES: Mapping[str, Mapping[str, Sequence[str]]] = {
    SHIP: {
        PENDING: _WAITING,
        PICKED: ("PICKED", "PACKED", "READY", "READY_TO_SHIP", "梱包済", "梱包済み"),
        # What has arrived at a depot has not arrived at the customer.
        SHIPPED: ("SHIPPED", "SENT", "DISPATCHED", "IN_TRANSIT", "OUT_FOR_DELIVERY", "FULFILLED", "SUCCESS", "ARRIVED",
                  "発送済", "発送済み", "出荷済", "出荷済み"),
        DELIVERED: ("DELIVERED", "配達済", "配達済み", "配達完了"),
        CANCELLED: _CANCELLED,
    },
    PICKUP: {
        REQUESTED: _WAITING,
        ALLOCATED: ("ALLOCATED", "RESERVED", "PICKED", "ARRIVED", "引当済", "引当済み", "入荷済", "入荷済み"),
        READY_FOR_PICKUP: ("READY", "READY_FOR_PICKUP", "AWAITING_PICKUP", "準備完了", "受取可能"),
        PICKED_UP: ("PICKED_UP", "COLLECTED", "DELIVERED", "HANDED_OVER", "FULFILLED", "受取済", "受取済み", "引渡済",
                    "お渡し済み"),
        EXPIRED: ("EXPIRED", "NOT_COLLECTED", "期限切れ"),
        CANCELLED: _CANCELLED,
    },
    STORE: {
        HANDED_OVER: ("HANDED_OVER", "PICKED_UP", "DELIVERED", "FULFILLED", "COMPLETED", "引渡済", "お渡し済み"),
        CANCELLED: _CANCELLED,
    },
}  # fmt: skip
_REACHED_AT: Mapping[str, Mapping[str, str]] = {
    "shipped_at": {SHIP: SHIPPED},
    "delivered_at": {SHIP: DELIVERED, PICKUP: PICKED_UP, STORE: HANDED_OVER},
}
"""A time that tells that a state was reached; `readyAt` may lie ahead, so it tells none."""


@dataclass(frozen=True, slots=True)
class Told:
    """One fulfilment of an event: `key` tells it from the others of its order, `all` is what was told, as it was.

    `lines` are quantities by line number, None where the event does not say which; `reached` are states by the time at which
    they are told to have been reached. `properties` are by the names of the graph.
    """

    key: str
    method: str | None
    state: str | None
    all: Mapping[str, Any]
    properties: Mapping[str, str | None]
    lines: Mapping[int, float] | None = None
    reached: Mapping[str, str] = field(default_factory=dict[str, str])


def told_fulfillments(listed: Sequence[Mapping[str, Any]]) -> tuple[Told, ...]:
    """Return the fulfilments of an event; one without an `id` of its own is known by its place in the list."""
    return tuple(_told(each, place) for place, each in enumerate(listed))


def _told(given: Mapping[str, Any], place: int) -> Told:
    lines = _lines(given.get("lines"))
    told = {name: value for name, value in given.items() if name != "lines" or lines is None}
    texts = {ours: _first(told, names) for ours, names in TEXTS.items()}
    times = {ours: _instant(told.get(theirs)) for theirs, ours in TIMES.items()}
    method = method_named(texts["method"], texts)
    own = told.get("id")
    return Told(
        key=f"id {own}" if isinstance(own, str | int) and not isinstance(own, bool) else f"place {place}",
        method=method,
        state=state_named(method, texts["status"]),
        all=told,
        properties={**texts, **times, "planned_for": _day(told.get("plannedFor"))},
        lines=lines,
        reached=_reached(method, times),
    )


def _lines(told: object) -> dict[int, float] | None:
    """Return quantities by line number; None for what is no list."""
    if not isinstance(told, list):
        return None
    rows = cast("list[dict[str, Any]]", told)
    return {row["line"]: row["quantity"] for row in rows}


def _reached(method: str | None, times: Mapping[str, str | None]) -> dict[str, str]:
    if method is None:
        return {}
    return {states[method]: at for name, states in _REACHED_AT.items() if method in states and (at := times[name]) is not None}


def method_named(word: str | None, told: Mapping[str, str | None]) -> str | None:
    """Return the method that a word means; without a word, the one that only its own details have."""
    if word is not None:
        plain = _plain(word)
        return next((method for method, words in _METHODS.items() if plain in words), None)
    if told.get("pickup_code"):
        return PICKUP
    return SHIP if told.get("carrier") or told.get("tracking_number") else None


def state_named(method: str | None, word: str | None) -> str | None:
    """Return the state that a word means for a method; None for a word that we have no name for."""
    if method is None or word is None:
        return None
    plain = _plain(word)
    return next((state for state, words in _STATES[method].items() if plain in words), None)


def _plain(word: str) -> str:
    return re.sub(r"[\s\-_]+", "_", word.strip().upper())


def _first(told: Mapping[str, Any], names: tuple[str, ...]) -> str | None:
    said = (told.get(name) for name in names)
    return next((str(value) for value in said if value is not None and not isinstance(value, bool)), None)


def _instant(value: object) -> str | None:
    """Return a time in UTC; None for one without an offset, which names no instant."""
    try:
        return read_time(value).strftime(POSITION_TIME)
    except ValueError:
        return None


def _day(value: object) -> str | None:
    try:
        return date.fromisoformat(str(value)[:10]).isoformat()
    except ValueError:
        return None
