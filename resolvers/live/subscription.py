"""Subscriptions: each tells of some changes, with what the client selected read by one statement, as a mutation's payload is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import strawberry

from graph.changes.following import NumberedChange
from graph.errors import InvalidInput
from resolvers.access.tags import Tag
from resolvers.engine import cursors
from resolvers.engine.planner import Argument, entry
from resolvers.engine.planner.fields import read
from resolvers.engine.planner.readings import Call, Computed, Given, Object

CURSOR = "changes"
AFTER = Argument(
    str | None, "Cursor of an event after which to go on, for example after a lost connection; null for new events only.", None
)
Wanted: TypeAlias = Callable[[Given, NumberedChange], bool]


@strawberry.type
class EventPayload:
    """The members that every event has."""

    cursor: str = entry("cursor", Tag.PUBLIC, "Opaque cursor of the event, for `after`.")


@dataclass(frozen=True, slots=True)
class Subscription:
    """`payload` is a planned type; the roles that the policy lets read it may subscribe.

    `wanted(given, change)` says whether the event is one of those that were asked for, `told(change)` gives the payload's
    object. `seen` is a selection of the thing that an event is about: who reads nothing of it is told nothing of the event.
    """

    name: str
    payload: type[Any]
    description: str
    arguments: Mapping[str, Argument]
    wanted: Wanted
    told: Callable[[NumberedChange], Object]
    seen: str | None

    def field(self) -> Any:
        return read(Computed(self._compute), Tag.PUBLIC, self.description, {**self.arguments, "after": AFTER})

    async def _compute(self, call: Call) -> Object:
        if call.change is None:
            raise InvalidInput("A subscription is answered as a stream: send it with `Accept: text/event-stream`.")
        return await call.read({"cursor": cursor_of(call.change), **self.told(call.change)}, call.store)


def cursor_of(change: NumberedChange) -> str:
    return cursors.encode(CURSOR, str(change.seq))


def number_of(cursor: str) -> int:
    """Return the number of a change; raise InvalidInput for a cursor that no event gave."""
    text = cursors.decode(CURSOR, cursor)
    if not text.isascii() or not text.isdecimal():
        raise InvalidInput("`after` is not the cursor of an event.")
    return int(text)


def raw_of(change: NumberedChange, label: str) -> str | None:
    """Return the raw id of the first thing of a label that a change refers to."""
    beginning = f"{label}:"
    return next((ref.removeprefix(beginning) for ref in change.refs if ref.startswith(beginning)), None)


def subscription_type(subscriptions: tuple[Subscription, ...]) -> type[Any]:
    """Return the type of all subscriptions."""
    annotations = {each.name: each.payload for each in subscriptions}
    made = type("Subscription", (), {"__annotations__": annotations, **{each.name: each.field() for each in subscriptions}})
    return strawberry.type(made, name="Subscription", description="Everything that can be followed as it happens.")
