"""A fulfilment while a transaction works on it: what was told of it, when it reached which state, and what follows from that."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson

from graph.keys import opaque, store_id
from graph.orders.notices import next_notice, noted, notices_of
from graph.orders.states import CANCELLED, GIVEN, PICKUP, SHIP, STATES, WAITING, may_follow, path, state_of
from graph.orders.told import Told

TOLD = (
    "status", "store_code", "carrier", "tracking_number", "pickup_code", "planned_for", "ready_at", "shipped_at", "delivered_at",
    "note",
)  # fmt: skip
"""What sources tell, by the names of the graph."""


def fulfillment_id(order_id: str, key: str) -> str:
    return opaque("Fulfillment", order_id, key)


@dataclass(slots=True)
class Fulfillment:
    """`history` is when it first reached each state, UTC text, `about` what else is known of that (who, why), by state.

    `lines` are quantities by line number, None where nobody said which. `listed`: its source still tells it. `made`: it was
    asked for here, so no source's list is about it. `status` is what the source says of the whole order.
    """

    id: str
    order_id: str
    properties: dict[str, Any] = field(default_factory=dict[str, Any])
    history: dict[str, str] = field(default_factory=dict[str, str])
    about: dict[str, dict[str, str]] = field(default_factory=dict[str, dict[str, str]])
    lines: dict[int, float] | None = None
    status: str | None = None
    changed: bool = False

    @property
    def method(self) -> str | None:
        return self.properties.get("method")

    @property
    def state(self) -> str | None:
        state = state_of(self.method, self.history, self.status)
        return state if self.listed or state in GIVEN else CANCELLED  # what its source does not list any more is off

    @property
    def listed(self) -> bool:
        return bool(self.properties.get("listed"))

    def put(self, **properties: Any) -> None:
        for name, value in properties.items():
            if self.properties.get(name) != value:
                self.properties[name] = value
                self.changed = True

    def reach(self, state: str, at: str, **about: str | None) -> None:
        """Note that it reached a state; of several times at which it is told to have, the earliest counts."""
        if state not in self.history or at < self.history[state]:
            self.history[state] = at
            self.about[state] = {name: value for name, value in about.items() if value}
            self.changed = True

    @property
    def next_notice(self) -> tuple[str, str] | None:
        """What the customer is to be told of it next, and from when."""
        if self.method != PICKUP or not self.listed:
            return None
        known = [each["kind"] for each in notices_of(self.properties.get("notices"))]
        return next_notice(self.state, self.history, self.properties.get("remind_at"), known)

    def note(self, kind: str, state: str, at: str, **about: str | None) -> None:
        """Keep how a notice stands."""
        self.put(notices=noted(self.properties.get("notices"), kind, state, at, **about))

    def channel_of(self, kind: str) -> str | None:
        """Return by which channel a notice goes; None where by none."""
        told = notices_of(self.properties.get("notices"))
        return next((each.get("channel") for each in told if each["kind"] == kind), None)

    def contradicts(self, told: Told, at: str) -> bool:
        """Return whether a state cannot follow what is known by then; what is told late is history and contradicts nothing."""
        now = state_of(self.method, self.history)
        if told.method is None or told.method != self.method or told.state is None or now is None or not self.history:
            return False
        if at < max(self.history.values()) or told.state in path(told.method, self.history):
            return False
        return not may_follow(told.method, now, told.state)

    def report(self, told: Told, place: int, at: str, source: str, *, newest: bool) -> None:
        """Take over what an event tells of it; `newest`: no later list of the order's fulfilments is known."""
        if newest:
            lines = None if told.lines is None else dict(told.lines)
            if lines != self.lines:
                self.lines, self.changed = lines, True
            self.put(
                method=told.method,
                method_told=told.properties["method"],
                **{name: told.properties[name] for name in TOLD},
                told=orjson.dumps(dict(told.all)).decode(),
                place=place,
                listed=True,
            )
        if at < (self.properties.get("told_at") or "~"):
            self.put(told_at=at)
        if told.state is not None:
            self.reach(told.state, at, source=source)
        for state, reached in told.reached.items():
            if reached <= at:
                self.reach(state, reached, source=source)

    def stored(self) -> dict[str, Any]:
        """Return all properties of its node, with what follows from its history."""
        state, method = self.state, self.method
        store = self.properties.get("store_code")
        waits = method == PICKUP and self.listed and state in WAITING and bool(store)
        since = self.history.get(state or "", min(self.history.values(), default=self.properties.get("told_at") or ""))
        history = [
            {"state": each, "at": self.history[each], **self.about.get(each, {})}
            for each in sorted(self.history, key=lambda each: (self.history[each], STATES.index(each)))
        ]
        due = self.next_notice
        return {
            **self.properties,
            "notice_due": due[1] if due else None,
            "id": self.id,
            "order_id": self.order_id,
            "state": state,
            "since": since or None,
            "waits_at": store_id(store) if store and waits else None,
            "turn": since + self.id if waits else None,
            "history": orjson.dumps(history).decode(),
            "handed_out": None if self.lines is None else orjson.dumps({str(k): v for k, v in self.lines.items()}).decode(),
        }

    @property
    def sends(self) -> bool:
        """Whether the goods leave a store rather than being handed over in it."""
        return self.method == SHIP


DERIVED = frozenset({"id", "order_id", "state", "since", "waits_at", "turn", "history", "handed_out", "notice_due"})


def loaded(stored: Mapping[str, Any]) -> Fulfillment:
    """Return a fulfilment as its node holds it."""
    history = orjson.loads(stored.get("history") or "[]")
    lines = stored.get("handed_out")
    return Fulfillment(
        stored["id"],
        stored["order_id"],
        {name: value for name, value in stored.items() if name not in DERIVED},
        {each["state"]: each["at"] for each in history},
        {each["state"]: {name: value for name, value in each.items() if name not in ("state", "at")} for each in history},
        None if lines is None else {int(number): quantity for number, quantity in orjson.loads(lines).items()},
    )
