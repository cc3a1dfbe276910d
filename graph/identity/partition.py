"""Which source records are one customer: a pure function of the records, so order and repetition cannot matter.

One pass over the sharing pairs, strongest first, and then over what people have said; a refused edge stays refused.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from itertools import combinations

from graph.identity.composites import MOST_HOLDERS, whole_names
from graph.identity.guards import MANY_NAMES, objection
from graph.identity.limits import TOO_MANY_VALUES, exceeded, values_of
from graph.identity.members import Holding, Member
from graph.identity.ownership import dated
from graph.identity.strength import Strength

COMPONENT_BOUND = 200
_WITH_NAME = (Strength.NEARLY, Strength.WITH_NAME)
"""How mails are held that say who somebody is together with the name."""


@dataclass(frozen=True, slots=True, order=True)
class Edge:
    """Two records (in key order) that hold one linking identifier at one time, or one decision of a person."""

    strength: Strength
    record: str
    other: str
    identifier: str


@dataclass(frozen=True, slots=True)
class Partition:
    """Clusters in order of their smallest key; the edge that joined each record; refused edges with the reason.

    `joins` are all edges that joined two clusters, `refusals` all that were refused, both in their order: strongest first.
    """

    clusters: tuple[frozenset[str], ...]
    joined_by: Mapping[str, Edge]
    refused: tuple[tuple[Edge, str], ...]
    over_bound: frozenset[str]
    joins: tuple[Edge, ...]
    refusals: tuple[tuple[Edge, str], ...]


def partition(
    members: Mapping[str, Member],
    *,
    blocked: Set[str] = frozenset(),
    reviewed: Set[str] = frozenset(),
    bound: int = COMPONENT_BOUND,
) -> Partition:
    """Return the partition of `members`, which must contain whole components.

    `blocked` identifiers link nobody, over `reviewed` ones a person decides. A component of more than `bound` records,
    or with one that is quarantined already, is not joined at all: its records are returned in `over_bound`.
    """
    over_bound = frozenset(
        key
        for part in _components(members.values(), blocked)
        if len(part) > bound or any(members[one].quarantined for one in part)
        for key in part
    )
    edges = sorted(_edges((member for key, member in members.items() if key not in over_bound), blocked), key=_order)
    cluster_of = {key: {key} for key in members}
    joined_by: dict[str, Edge] = {}
    joins: list[Edge] = []
    refused: list[tuple[Edge, str]] = []
    for edge in edges:
        ours, theirs = cluster_of[edge.record], cluster_of[edge.other]
        if ours is theirs:
            continue
        if reason := _refusal(edge, [members[k] for k in ours], [members[k] for k in theirs], blocked, reviewed):
            refused.append((edge, reason))
            continue
        joins.append(edge)
        joined_by.setdefault(edge.record, edge)
        joined_by.setdefault(edge.other, edge)
        _join(cluster_of, ours, theirs)
    clusters = {id(cluster): frozenset(cluster) for cluster in cluster_of.values()}
    first = _first_of_each_pair(refused, cluster_of, members)
    return Partition(tuple(sorted(clusters.values(), key=min)), joined_by, first, over_bound, tuple(joins), tuple(refused))


def _order(edge: Edge) -> tuple[bool, Edge]:
    """Order edges, strongest first; what a person said joins what the rules have made, so that no guard parts it again."""
    return edge.strength is Strength.PERSON, edge


def _refusal(edge: Edge, ours: list[Member], theirs: list[Member], blocked: Set[str], reviewed: Set[str]) -> str | None:
    """Return why an edge may not join these two clusters, or None; what a person said has no limit."""
    if reason := objection(ours, theirs, edge.strength, blocked):
        return reason
    if edge.strength is not Strength.PERSON and exceeded(values_of(ours, blocked), values_of(theirs, blocked)):
        return TOO_MANY_VALUES
    return MANY_NAMES if edge.identifier in reviewed else None


def _edges(members: Iterable[Member], blocked: Set[str]) -> Iterable[Edge]:
    there = list(members)
    holders: defaultdict[str, list[tuple[Member, Holding]]] = defaultdict(list)
    for member in there:
        for holding in member.holdings:
            if _links(holding, blocked):
                holders[holding.identifier].append((member, holding))
    for identifier, claims in holders.items():
        if len(claims) > 1:
            for (one, ours), (other, theirs) in combinations(sorted(dated(claims).items()), 2):
                if ours.overlaps(theirs):
                    yield Edge(max(ours.strength, theirs.strength), one, other, identifier)
    alike = {
        (one, other, evidence)
        for (evidence, _), keys in _by_name(there, blocked).items()
        for one, other in combinations(sorted(keys), 2)
    }
    yield from (Edge(Strength.WITH_NAME, *pair) for pair in alike)


def _by_name(members: Iterable[Member], blocked: Set[str]) -> Mapping[tuple[str, str], set[str]]:
    """Return the records by what links them together with a whole name: a mail and the name, or a key that is made of it."""
    found: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for member in members:
        for key in member.composites - blocked:
            found[key, ""].add(member.key)
        for holding in member.holdings:
            if holding.identifier.startswith("EMAIL:") and holding.strength in _WITH_NAME and holding.identifier not in blocked:
                for name in whole_names(member.names):
                    found[holding.identifier, name].add(member.key)
    return {tie: keys for tie, keys in found.items() if 1 < len(keys) <= MOST_HOLDERS}


def _links(holding: Holding, blocked: Set[str]) -> bool:
    return holding.strength < Strength.WITH_NAME and holding.identifier not in blocked


def _components(members: Iterable[Member], blocked: Set[str]) -> list[set[str]]:
    """Return what is connected over linking identifiers, at whatever times they are held: validity only ever shrinks."""
    there = list(members)
    part_of = {member.key: {member.key} for member in there}
    holder_of: dict[str, str] = {}
    ties = [(holding.identifier, member.key) for member in there for holding in member.holdings if _links(holding, blocked)]
    ties += [("".join(tie), key) for tie, keys in _by_name(there, blocked).items() for key in keys]
    for tie, key in ties:
        other = holder_of.setdefault(tie, key)
        if part_of[other] is not part_of[key]:
            _join(part_of, part_of[other], part_of[key])
    return list({id(part): part for part in part_of.values()}.values())


def _join(set_of: dict[str, set[str]], ours: set[str], theirs: set[str]) -> None:
    small, large = sorted((ours, theirs), key=len)
    large |= small
    for key in small:
        set_of[key] = large


def _first_of_each_pair(
    refused: list[tuple[Edge, str]], cluster_of: Mapping[str, set[str]], members: Mapping[str, Member]
) -> tuple[tuple[Edge, str], ...]:
    """Keep the strongest refusal between each two clusters as they ended: a steward decides a pair once, and a no is final."""
    first: dict[frozenset[str], tuple[Edge, str]] = {}
    for edge, reason in refused:
        pair = frozenset((min(cluster_of[edge.record]), min(cluster_of[edge.other])))
        if len(pair) == 2 and not _said_no(cluster_of[edge.record], cluster_of[edge.other], members):
            first.setdefault(pair, (edge, reason))
    return tuple(first.values())


def _said_no(ours: Set[str], theirs: Set[str], members: Mapping[str, Member]) -> bool:
    return any(not members[key].apart_from.isdisjoint(theirs) for key in ours) or any(
        not members[key].apart_from.isdisjoint(ours) for key in theirs
    )
