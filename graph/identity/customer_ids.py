"""Which customer id a cluster bears: ids survive merges, return after a split, and those left behind redirect."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Lineage:
    """Where a record comes from: its customer now (None when new), the one it was born with, and when first seen."""

    customer: str | None
    born: str | None
    first_seen: str


@dataclass(frozen=True, slots=True)
class Naming:
    """Record -> customer id, and id left behind -> the id that most of its records went to."""

    customer_of: Mapping[str, str]
    redirects: Mapping[str, str]


def name_clusters(
    clusters: Iterable[frozenset[str]], lineage: Mapping[str, Lineage], *, alive_elsewhere: Set[str], mint: Callable[[], str]
) -> Naming:
    """Give each cluster an id: the one it overlaps most, else the one its oldest record was born with, else a new one."""
    parts = list(clusters)
    named: dict[int, str] = {}
    for _, _, customer, index in sorted(_overlaps(parts, lineage)):
        if index not in named and customer not in named.values():
            named[index] = customer
    for index, part in enumerate(parts):
        if index not in named:
            born = lineage[min(part, key=lambda key: (lineage[key].first_seen, key))].born
            free = born is not None and born not in alive_elsewhere and born not in named.values()
            named[index] = born if born is not None and free else mint()
    customer_of = {key: named[index] for index, part in enumerate(parts) for key in part}
    return Naming(customer_of, _redirects(customer_of, lineage))


def _overlaps(parts: list[frozenset[str]], lineage: Mapping[str, Lineage]) -> Iterable[tuple[int, tuple[str, str], str, int]]:
    """Yield (minus the shared records, the oldest of them, customer, cluster): sorted, the best claim comes first."""
    for index, part in enumerate(parts):
        shared: dict[str, list[str]] = {}
        for key in part:
            customer = lineage[key].customer
            if customer is not None:
                shared.setdefault(customer, []).append(key)
        for customer, keys in shared.items():
            yield -len(keys), min((lineage[key].first_seen, key) for key in keys), customer, index


def _redirects(customer_of: Mapping[str, str], lineage: Mapping[str, Lineage]) -> dict[str, str]:
    living = set(customer_of.values())
    went: dict[str, Counter[str]] = {}
    for key in sorted(customer_of):
        former = lineage[key].customer
        if former is not None and former not in living:
            went.setdefault(former, Counter())[customer_of[key]] += 1
    return {former: targets.most_common(1)[0][0] for former, targets in went.items()}
