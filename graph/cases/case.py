"""A case while a unit of work has it: what is stored of it, its history, and what is to be written of both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from graph.cases.derived import derived
from graph.cases.history import CaseEvent
from graph.cases.sorting.sorter import Sorted
from graph.keys import opaque

MEMBERS = tuple(each.name for each in fields(CaseEvent))
LISTS = frozenset({"why", "similar"})


@dataclass(slots=True)
class Case:
    """`events` are those of its history by id; `of` says of which touchpoint one tells. `customers` are ids of whose it is."""

    id: str
    properties: dict[str, Any] = field(default_factory=dict[str, Any])
    events: dict[str, CaseEvent] = field(default_factory=dict[str, CaseEvent])
    of: dict[str, str] = field(default_factory=dict[str, str])
    customers: set[str] = field(default_factory=set[str])
    changes: dict[str, Any] = field(default_factory=dict[str, Any])
    fresh: set[str] = field(default_factory=set[str])
    gone: set[str] = field(default_factory=set[str])
    follows: str | None = None

    @property
    def version(self) -> int:
        return self.properties.get("version", 0)

    @property
    def changed(self) -> bool:
        return bool(self.changes or self.fresh or self.gone)

    @property
    def tags_changed(self) -> bool:
        """Whether what its tags say in their lists has changed."""
        listed = bool(self.properties.get("tags")) and not self.changes.keys().isdisjoint(("tags", "listed", "turn"))
        return listed or ("tags" in self.changes and self.version > 1)

    @property
    def asked_changed(self) -> bool:
        """Whether other teams than before read it since they were asked."""
        return "asked" in self.changes and (bool(self.changes["asked"]) or self.version > 1)

    def put(self, **properties: Any) -> None:
        """Set properties, those among them that are new are written."""
        for name, value in properties.items():
            if self.properties.get(name) != value:
                self.properties[name] = self.changes[name] = value

    def happen(self, event: CaseEvent, touchpoint: str | None = None) -> None:
        """Add an event to the history, or put it in place of the one of its id."""
        if self.events.get(event.id) == event:
            return
        self.events[event.id] = event
        self.fresh.add(event.id)
        self.gone.discard(event.id)
        if touchpoint is not None:
            self.of[event.id] = touchpoint

    def sort(self, by_itself: Sorted) -> None:
        """Let happen what sorts it, and keep what a model said of it for whoever measures that."""
        for event in by_itself.happened:
            self.happen(event)
        if by_itself.forecasts:
            self.put(forecasts=list(by_itself.forecasts))

    def forget(self, event_id: str) -> None:
        """Take an event out of the history, as if it had never been there."""
        if self.events.pop(event_id, None) is not None:
            self.fresh.discard(event_id)
            self.gone.add(event_id)

    def settle(self, now: str) -> None:
        """Compute anew what is kept of the history for lists and clocks."""
        self.put(**derived(self.id, self.events.values(), now))

    def event_rows(self) -> list[dict[str, Any]]:
        """Return what is written of new events."""
        return [
            {"case": self.id, "id": each, "properties": kept(self.events[each], self.id, self.of.get(each))}
            for each in sorted(self.fresh)
        ]


def kept(event: CaseEvent, case: str, touchpoint: str | None) -> dict[str, Any]:
    """Return the properties of the node of an event: what its kind does not have is absent."""
    own = {name: value for name, value in asdict(event).items() if value not in (None, False, ())}
    return {**own, "case": case, "position": event.at + event.id, "touchpoint": touchpoint}


def loaded(properties: Mapping[str, Any]) -> CaseEvent:
    """Return the event of a node."""
    told: dict[str, Any] = {name: properties[name] for name in MEMBERS if properties.get(name) is not None}
    # What the graph gives as a list is a tuple in an event.
    told |= {name: tuple(told[name]) for name in LISTS & told.keys()}
    return CaseEvent(**told)


def case_of_touchpoint(touchpoint: str) -> str:
    """Return the id of the case that opens by itself for a touchpoint: it follows from it, so a repeat opens nothing twice."""
    return opaque("Case", touchpoint)


def tie_event(case: str, touchpoint: str) -> str:
    """Return the id of the event by which a touchpoint stands in the history of a case: the same each time that it is tied."""
    return opaque("CaseEvent", case, touchpoint)
