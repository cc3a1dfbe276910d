"""What a customer is told of a pick-up: that it is ready, that it ends soon, that it has ended; each once. All pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Literal, TypeAlias, get_args

import orjson

from graph.identity.permission import NO_CONTACT_POINT, REFUSED
from graph.orders.states import EXPIRED, READY_FOR_PICKUP, History

NoticeKind = Literal["READY", "REMINDER", "EXPIRED"]
KINDS: tuple[str, ...] = get_args(NoticeKind)
READY, REMINDER, ENDED = KINDS
STANDS: Mapping[str, str] = {READY: READY_FOR_PICKUP, REMINDER: READY_FOR_PICKUP, ENDED: EXPIRED}
"""Kind -> the state of the pick-up while which it is worth saying."""
WAITING, SENT, NOT_SENT, BOUNCED = STATES = ("WAITING", "SENT", "NOT_SENT", "BOUNCED")
UNDELIVERABLE, NO_CHANNEL, TOO_LATE, TOLD_ELSEWHERE, OVERTAKEN, FAILED, UNCERTAIN = (
    "UNDELIVERABLE", "NO_CHANNEL", "TOO_LATE", "TOLD_ELSEWHERE", "OVERTAKEN", "FAILED", "UNCERTAIN",
)  # fmt: skip
REASONS = (
    REFUSED, NO_CONTACT_POINT, UNDELIVERABLE, NO_CHANNEL, TOO_LATE, TOLD_ELSEWHERE, OVERTAKEN, FAILED, UNCERTAIN,
)  # fmt: skip
"""Why one was not sent."""
REMINDER_DAYS = 2
"""How many days before the end a store reminds that tells no rule of its own."""
STALE = timedelta(days=1)
"""What was due so long ago is not sent any more: orders of the past are imported, and a server may have been down."""

Notice: TypeAlias = Mapping[str, str]
"""`kind`, `state`, `at` (since when it stands so), of one that was sent its `channel` and `message` (the id of the touchpoint of
what has left), of one that was not its `reason`."""


def notices_of(stored: str | None) -> list[Notice]:
    """Return the notices as the node of a pick-up holds them."""
    return orjson.loads(stored or "[]")


def noted(stored: str | None, kind: str, state: str, at: str, **about: str | None) -> str:
    """Return the notices with how one stands by now."""
    others = [each for each in notices_of(stored) if each["kind"] != kind]
    one = {"kind": kind, "state": state, "at": at, **{name: value for name, value in about.items() if value}}
    return orjson.dumps(sorted([*others, one], key=lambda each: KINDS.index(each["kind"]))).decode()


def next_notice(state: str | None, history: History, remind_at: str | None, known: Collection[str]) -> tuple[str, str] | None:
    """Return the kind that is to be told next, and from when; None where nothing is."""
    if state == EXPIRED and ENDED not in known:
        return ENDED, history[EXPIRED]
    if state != READY_FOR_PICKUP:
        return None
    if READY not in known:
        return READY, history[READY_FOR_PICKUP]
    return (REMINDER, remind_at) if remind_at and REMINDER not in known else None


def remind_at(ready: datetime, ends: datetime, days: int) -> datetime | None:
    """Return when to remind; None where the store does not, or would at once."""
    at = ends - timedelta(days=days)
    return at if days and at > ready else None


def to_be_called(state: str | None, stored: str | None) -> bool:
    """Return whether staff should call: what is worth saying of a pick-up as it stands was not sent, and nobody else said it."""
    about = [each for each in notices_of(stored) if STANDS[each["kind"]] == state]
    newest = max(about, key=lambda each: KINDS.index(each["kind"]), default=None)
    if newest is None or newest["state"] not in (NOT_SENT, BOUNCED) or newest.get("reason") in (TOLD_ELSEWHERE, OVERTAKEN):
        return False
    return state == READY_FOR_PICKUP or newest.get("reason") != TOO_LATE
