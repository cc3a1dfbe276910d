"""Why two customers or source records are one person, and why not: the partition's own answer, computed once more."""

from __future__ import annotations

from dataclasses import dataclass

from graph.explanation.scoring import Closest, closest, score_of
from graph.explanation.surroundings import Said, Surroundings, surroundings
from graph.identity.chain import chain
from graph.identity.guards import NOT_SAME
from graph.identity.obstacles import Obstacle, Value, obstacles
from graph.identity.score import Score
from graph.identity.strength import Strength, could_link
from graph.resolution.decide import edge_rule, partition_of
from graph.resolution.identifiers import IdentifierState
from graph.resolution.records import RecordState
from graph.store import Store


@dataclass(frozen=True, slots=True)
class Step:
    """Two records that are one person, by which rule and on what evidence; `since` is when both were known to hold it.

    `score` says how far they agree; no rule asks for it.
    """

    start: RecordState
    end: RecordState
    rule: str
    identifier: IdentifierState | None
    since: str | None
    said: Said | None
    score: Score


@dataclass(frozen=True, slots=True)
class Path:
    """`steps` tie all the records together that were asked for."""

    customer: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that keeps two customers apart: a kind of `graph/identity/obstacles.py`, between which records, on what."""

    kind: str
    record: RecordState | None
    other: RecordState | None
    identifier: IdentifierState | None
    said: Said | None


@dataclass(frozen=True, slots=True)
class Apart:
    """What keeps two customers apart, and their two records that agree most; nothing of either where they are one."""

    reasons: list[Reason]
    closest: Closest | None


async def identity_path(store: Store, start: str, end: str) -> Path | None:
    """Return how two ids of source records or customers (which stand for all their records) are connected.

    None where they are not one person, or where there is no such thing.
    """
    found = await surroundings(store, start, end)
    if found is None or found.customer_of[start] != found.customer_of[end]:
        return None
    records = list(dict.fromkeys([*found.keys(start), *found.keys(end)]))
    links = chain(partition_of(found.records, found.identifiers, found.composites).joins, records)
    if links is None:
        return None  # the customer is being changed at this moment
    steps: list[Step] = []
    for link in links:
        one, other = found.records[link.start], found.records[link.end]
        said = found.said.get(link.edge.identifier) if link.edge.strength is Strength.PERSON else None
        identifier = found.identifiers.get(link.edge.identifier)
        since = max(record.claims[identifier.key].first_seen for record in (one, other)) if identifier else None
        scored = score_of(one, other, found.identifiers)
        steps.append(Step(one, other, edge_rule(link.edge), identifier, since or (said and said.at), said, scored))
    return Path(found.customer_of[start], tuple(steps))


async def why_not(store: Store, one: str, other: str) -> Apart | None:
    """Return what keeps the customers of two ids apart, or None where there is no such thing."""
    found = await surroundings(store, one, other)
    if found is None:
        return None
    if found.customer_of[one] == found.customer_of[other]:
        return Apart([], None)
    result = partition_of(found.records, found.identifiers, found.composites)
    ours, theirs = ([found.records[key] for key in found.members(end)] for end in (one, other))
    mine, yours = ([record.member(found.identifiers) for record in side] for side in (ours, theirs))
    values = {
        key: Value(known.state, could_link(known.kind, mobile=known.mobile, sharing=known.sharing))
        for key, known in found.identifiers.items()
    }
    reasons = _told(found, obstacles(mine, yours, result, values))
    return Apart(reasons, closest(ours, theirs, found.identifiers))


def _told(found: Surroundings, against: list[Obstacle]) -> list[Reason]:
    """Put records, identifiers and decisions in place of keys; each decision of a person is told once."""
    reasons: dict[object, Reason] = {}
    for obstacle in against:
        records = [found.records[key] if key else None for key in (obstacle.record, obstacle.other)]
        identifier = found.identifiers.get(obstacle.evidence or "")
        said = _no_between(found, obstacle) if obstacle.kind == NOT_SAME else found.said.get(obstacle.evidence or "")
        key = said.decision if obstacle.kind == NOT_SAME and said else obstacle
        reasons.setdefault(key, Reason(obstacle.kind, records[0], records[1], identifier, said))
    return list(reasons.values())


def _no_between(found: Surroundings, obstacle: Obstacle) -> Said | None:
    record = found.records[obstacle.record or ""]
    decisions = sorted(decision for other, decision in record.apart_from if other == obstacle.other)
    return next((found.said[decision] for decision in decisions if decision in found.said), None)
