"""Clusters by average link: two are joined while the mean of all their pairs speaks for one person (Sokal and Michener, 1958)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from heapq import heapify, heappop, heappush
from itertools import combinations

Pair = tuple[int, int]
WHOLE = 200
"""Rows of a component up to which every pair is asked for; in a larger one, what was not scored counts as `UNSCORED`."""
MOST, LEAST = 12.0, -12.0
"""Bits beyond which a pair says no more: one certain pair must not outvote many that contradict it."""
UNSCORED = -8.0


def clustered(
    keys: Iterable[int],
    scored: Iterable[tuple[int, int, float]],
    bits: Callable[[int, int], float],
    apart: Callable[[int, int], bool],
    least: float = 0.0,
) -> list[frozenset[int]]:
    """Return the clusters of all `keys`, each in one, in order of their smallest key.

    `scored` are pairs with their bits, `bits` asks for those of a pair that is not among them. No cluster has two keys that
    are `apart`, and no two clusters are joined whose mean is below `least`.
    """
    known = {(min(one, other), max(one, other)): worth for one, other, worth in scored}
    found: list[frozenset[int]] = []
    for component in components(keys, known):
        if len(component) == 1:
            found.append(frozenset(component))
        else:
            found += _linked(component, _matrix(component, known, bits), apart, least)
    return sorted(found, key=min)


def components(keys: Iterable[int], pairs: Iterable[Pair]) -> Iterator[list[int]]:
    """Yield the keys that pairs connect, each key in one list."""
    parent = {key: key for key in keys}

    def root(key: int) -> int:
        while parent[key] != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    for one, other in pairs:
        parent[root(one)] = root(other)
    members: defaultdict[int, list[int]] = defaultdict(list)
    for key in parent:
        members[root(key)].append(key)
    yield from members.values()


def _matrix(component: list[int], known: Mapping[Pair, float], bits: Callable[[int, int], float]) -> dict[Pair, float]:
    """Return the bits of the pairs of a component: all in a small one, in a larger one those that are known."""
    pairs = combinations(sorted(component), 2)
    if len(component) > WHOLE:
        return {pair: _bounded(known[pair]) for pair in pairs if pair in known}
    return {pair: _bounded(known[pair] if pair in known else bits(*pair)) for pair in pairs}


def _bounded(worth: float) -> float:
    return max(LEAST, min(MOST, worth))


def _linked(
    component: list[int], matrix: Mapping[Pair, float], apart: Callable[[int, int], bool], least: float
) -> list[frozenset[int]]:
    """Join the two clusters with the highest mean, again and again; sums are kept as differences from `UNSCORED`."""
    members = {key: frozenset((key,)) for key in component}
    sums: defaultdict[int, dict[int, float]] = defaultdict(dict)
    for (one, other), worth in matrix.items():
        sums[one][other] = sums[other][one] = worth - UNSCORED
    heap = [(-(worth - UNSCORED) - UNSCORED, one, other) for (one, other), worth in matrix.items() if worth >= least]
    heapify(heap)
    following = max(component) + 1
    while heap:
        _, one, other = heappop(heap)
        if one not in members or other not in members:
            continue
        ours, theirs = members[one], members[other]
        if any(apart(key, their) for key in ours for their in theirs):
            continue
        del members[one], members[other]
        joined = sums.pop(one), sums.pop(other)
        for neighbour in (joined[0].keys() | joined[1].keys()) & members.keys():
            total = joined[0].get(neighbour, 0.0) + joined[1].get(neighbour, 0.0)
            sums[neighbour][following] = sums[following][neighbour] = total
            mean = total / (len(ours | theirs) * len(members[neighbour])) + UNSCORED
            if mean >= least:
                heappush(heap, (-mean, neighbour, following))
        members[following] = ours | theirs
        following += 1
    return list(members.values())
