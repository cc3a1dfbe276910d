"""What sorts new cases in this installation, and what it lets happen to one: a rule sets, with what made it apply."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from graph.cases.history import CaseEvent
from graph.cases.priority_rules import NORMAL, Applied, Incoming, Rule, sort


@dataclass(frozen=True, slots=True)
class Sorter:
    """`rules` in their order."""

    rules: tuple[Rule, ...] = ()


NO_SORTER = Sorter()


@dataclass(frozen=True, slots=True)
class Unsorted:
    """A case that has just been opened: its id, the time of that, and what whoever opened it has told of its priority."""

    case: str
    at: str
    incoming: Incoming
    priority: str | None = None


def sorted_by(sorter: Sorter, unsorted: Unsorted) -> list[CaseEvent]:
    """Return what happens to a new case by itself. What somebody has told is kept, and none of it has an actor."""
    found = sort(unsorted.incoming, sorter.rules)
    happened: list[CaseEvent] = []
    if found.by_topic is not None:
        happened.append(_set(unsorted, found.by_topic, topic=found.topic))
    if found.by_priority is not None and unsorted.priority is None and found.priority != NORMAL:
        happened.append(_set(unsorted, found.by_priority, priority=found.priority))
    return happened


def _set(unsorted: Unsorted, by: Applied, topic: str | None = None, priority: str | None = None) -> CaseEvent:
    kind = "PRIORITY_SET" if topic is None else "TOPIC_SET"
    own_id = event_id(unsorted.case, kind)
    return CaseEvent(own_id, unsorted.at, kind, topic=topic, priority=priority, rule=by.rule, why=reasons(by.reasons))


def event_id(case: str, kind: str) -> str:
    """Return the id of what happens by itself when a case is opened: right after that, also where both are at one time."""
    return f"{case}-0-{kind}"


def reasons(pairs: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """Return reasons as an event keeps them: the kind, and after a blank what was found."""
    return tuple(f"{kind} {value}" for kind, value in pairs)
