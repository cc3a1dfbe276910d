"""What keeps two customers apart: a cannot-link of a person, what the partition refused, and values that they share in vain."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from graph.identity.guards import NOT_SAME
from graph.identity.members import Member
from graph.identity.partition import Partition
from graph.identity.strength import Strength

TOO_LARGE, BLOCKED_VALUE, QUARANTINED_VALUE, SHARED_VALUE = "TOO_LARGE", "BLOCKED_VALUE", "QUARANTINED_VALUE", "SHARED_VALUE"
NOT_VERIFIED, AT_DIFFERENT_TIMES, NOTHING_IN_COMMON = "NOT_VERIFIED", "AT_DIFFERENT_TIMES", "NOTHING_IN_COMMON"


@dataclass(frozen=True, slots=True)
class Value:
    """An identifier apart from who holds it: its state, and whether a record that holds it verified could be linked by it."""

    state: str
    could_link: bool


@dataclass(frozen=True, slots=True)
class Obstacle:
    """`record` is of the one customer, `other` of the other; `evidence` is the identifier that they share."""

    kind: str
    record: str | None = None
    other: str | None = None
    evidence: str | None = None


def obstacles(ones: Iterable[Member], others: Iterable[Member], result: Partition, values: Mapping[str, Value]) -> list[Obstacle]:
    """Return what keeps these two clusters of a partition apart, the gravest first; never nothing.

    `values` knows each identifier that is held on both sides.
    """
    ours, theirs = sorted(ones, key=lambda one: one.key), sorted(others, key=lambda one: one.key)
    found = [
        Obstacle(NOT_SAME, one.key, other.key)
        for one in ours
        for other in theirs
        if other.key in one.apart_from or one.key in other.apart_from
    ]
    refused = _refused({one.key for one in ours}, {other.key for other in theirs}, result)
    found += [obstacle for obstacle in refused if obstacle.kind != NOT_SAME]
    lone = next((member.key for member in (*ours, *theirs) if member.key in result.over_bound), None)
    if lone is not None:
        found.append(Obstacle(TOO_LARGE, lone))
    named = {obstacle.evidence for obstacle in refused}
    found += [obstacle for obstacle in _in_vain(ours, theirs, values) if obstacle.evidence not in named]
    return found or [Obstacle(NOTHING_IN_COMMON)]


def _refused(ours: set[str], theirs: set[str], result: Partition) -> list[Obstacle]:
    """Return what was refused between the two, once for each value and reason."""
    found: dict[tuple[str, str], Obstacle] = {}
    for edge, reason in result.refusals:
        for record, other in ((edge.record, edge.other), (edge.other, edge.record)):
            if record in ours and other in theirs:
                found.setdefault((reason, edge.identifier), Obstacle(reason, record, other, edge.identifier))
    return list(found.values())


def _in_vain(ours: list[Member], theirs: list[Member], values: Mapping[str, Value]) -> Iterable[Obstacle]:
    """Yield each value that both sides hold, with why it does not link."""
    first_with: dict[str, tuple[str, Strength]] = {}
    for one in ours:
        for holding in one.holdings:
            if holding.strength is not Strength.PERSON:
                first_with.setdefault(holding.identifier, (one.key, holding.strength))
    named: set[str] = set()
    for other in theirs:
        for holding in other.holdings:
            key = holding.identifier
            if key in values and key in first_with and key not in named:
                named.add(key)
                record, how = first_with[key]
                kind = _why_in_vain(values[key], max(how, holding.strength))
                yield Obstacle(kind, record, other.key, key)


def _why_in_vain(value: Value, weaker: Strength) -> str:
    if value.state in ("BLOCKED", "QUARANTINED"):
        return BLOCKED_VALUE if value.state == "BLOCKED" else QUARANTINED_VALUE
    if weaker >= Strength.WITH_NAME:
        return NOT_VERIFIED if value.could_link else SHARED_VALUE
    return AT_DIFFERENT_TIMES
