"""What the clusters of a model propose beyond the customers of now: for each two in one cluster, their likeliest records."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations, product

from graph.matching.recorded import Recorded
from graph.resolution.mates import Proposal

MOST_RECORDS = 20
"""Of so many records of each of two customers the likeliest two are looked for."""


def proposals(
    records: Sequence[Recorded], clusters: Iterable[frozenset[int]], bits: Callable[[int, int], float]
) -> Iterator[Proposal]:
    """Yield a proposal for each two customers within a cluster of places; `bits` tells the match weight of two places."""
    for cluster in clusters:
        of: defaultdict[str, list[int]] = defaultdict(list)
        for place in sorted(cluster):
            if (customer := records[place].customer) is not None:
                of[customer].append(place)
        for one, other in combinations(sorted(of), 2):
            pairs = product(of[one][:MOST_RECORDS], of[other][:MOST_RECORDS])
            worth, ours, theirs = max((bits(*pair), *pair) for pair in pairs)
            yield Proposal(records[ours].key, records[theirs].key, frozenset((one, other)), round(worth, 1))
