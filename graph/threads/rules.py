"""Which interactions are one thread, and why: a pure function of their evidence and of what people said.

Evidence that two interactions have in common ties them, some only where they follow each other within some days; a
person's word ties two as well. Threads are the connected components of that.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise

REPLY, MARKER, REFERENCE, CONVERSATION, SAME_TOPIC, SAME_ORDER = (
    "REPLY", "MARKER", "REFERENCE", "CONVERSATION", "SAME_TOPIC", "SAME_ORDER",
)  # fmt: skip
PERSON, BEGAN = "PERSON", "BEGAN"
# A case number in the subject comes between CONVERSATION and SAME_TOPIC.
EVIDENCE = (REPLY, MARKER, REFERENCE, CONVERSATION, SAME_TOPIC, SAME_ORDER)
"""The rules by which evidence ties, the strongest first."""
NEAR = frozenset({SAME_TOPIC, SAME_ORDER})
"""Those that tie only within some days."""
DEFAULT_DAYS = 7


@dataclass(frozen=True, slots=True)
class Tie:
    """`key` is what several interactions have in common, `rule` one of EVIDENCE."""

    key: str
    rule: str


@dataclass(frozen=True, slots=True)
class Part:
    """An interaction: `position` is its time in UTC followed by its id.

    `joined` is the id of the one that a person tied it to. `apart`: a person untied it, so it has no evidence.
    """

    id: str
    position: str
    ties: frozenset[Tie] = frozenset()
    joined: str | None = None
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Thread:
    """Interactions in the order of time, each with its rule; `id` is that of the first."""

    parts: tuple[Part, ...]
    rules: Mapping[str, str]

    @property
    def id(self) -> str:
        return self.parts[0].id


def threads_of(parts: Iterable[Part], days: int) -> list[Thread]:
    """Return the threads of all these interactions; one that nothing could tie is in none."""
    by_id = {part.id: part for part in sorted(parts, key=lambda part: part.position)}
    above = {own_id: own_id for own_id in by_id}

    def top(own_id: str) -> str:
        while above[own_id] != own_id:
            above[own_id] = above[above[own_id]]
            own_id = above[own_id]
        return own_id

    strongest: dict[str, int] = {}
    for one, rule, other, its_rule in _tied(by_id.values(), timedelta(days=days)):
        above[top(one)] = top(other)
        for own_id, own_rule in ((one, rule), (other, its_rule)):
            strongest[own_id] = min(strongest.get(own_id, len(EVIDENCE)), EVIDENCE.index(own_rule))
    pointed_at: set[str] = set()
    for part in by_id.values():
        if part.joined in by_id:
            above[top(part.id)] = top(part.joined)
            pointed_at.add(part.joined)
    members: dict[str, list[Part]] = {}
    for part in by_id.values():
        members.setdefault(top(part.id), []).append(part)
    return [
        Thread(tuple(told), {part.id: _rule(part, told, strongest) for part in told})
        for told in members.values()
        if len(told) > 1 or told[0].ties or told[0].apart
    ]


def without(parts: Iterable[Part], gone: str, days: int) -> list[Part]:
    """Return the parts of a thread without one of them; what people tied to that one stays with the others."""
    told = {part.id: part for part in parts if part.id != gone}
    pointing = {part.id for part in told.values() if part.joined == gone}
    loose = {part.id: replace(part, joined=None) if part.id in pointing else part for part in told.values()}
    classes = [{part.id for part in thread.parts} for thread in threads_of(loose.values(), days)]
    classes += [{own_id} for own_id in loose.keys() - {each for ids in classes for each in ids}]
    classes.sort(key=lambda ids: (not ids.isdisjoint(pointing), min(loose[own_id].position for own_id in ids)))
    if not classes:
        return []
    first = min(classes[0], key=lambda own_id: loose[own_id].position)
    for ids in classes[1:]:
        for own_id in sorted(ids & pointing)[:1]:
            loose[own_id] = replace(loose[own_id], joined=first)
    return list(loose.values())


def near(one: str, other: str, within: timedelta) -> bool:
    """Tell whether two positions are no further apart than that."""
    return abs(datetime.fromisoformat(one[:27]) - datetime.fromisoformat(other[:27])) <= within


def _tied(parts: Iterable[Part], within: timedelta) -> Iterable[tuple[str, str, str, str]]:
    """Yield pairs that evidence ties, each as (id, its rule, id, its rule): of one key those that follow each other."""
    holders: dict[str, list[tuple[Part, str]]] = {}
    for part in parts:
        for tie in part.ties:
            holders.setdefault(tie.key, []).append((part, tie.rule))
    for held in holders.values():
        for (one, rule), (other, its_rule) in pairwise(held):
            if rule not in NEAR or near(one.position, other.position, within):
                yield one.id, rule, other.id, its_rule


def _rule(part: Part, told: list[Part], strongest: Mapping[str, int]) -> str:
    if part.joined is not None and any(other.id == part.joined for other in told):
        return PERSON
    if part is told[0]:
        return BEGAN
    return EVIDENCE[strongest[part.id]] if part.id in strongest else PERSON
