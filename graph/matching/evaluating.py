"""How well a data set whose people are known is told apart: by the model, by the rules, and by equal values alone."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations, product
from typing import Any

from graph.errors import InvalidInput
from graph.identity.normalising.dates import TOKYO, Calendar
from graph.matching.by_rules import Ruled, by_rules
from graph.matching.clustering import components
from graph.matching.comparisons import comparisons
from graph.matching.fields import Declared
from graph.matching.figures import Figures, figures
from graph.matching.model import Learned, clustered_rows, learn
from graph.matching.preparing import prepared
from graph.matching.reading import Labelled

VALUES = ("email", "phone", "number")
"""Kinds of which plain equality is asked."""
VALUE_LISTS = ("phones", "mails", "numbers")
"""Columns of a prepared row that hold them."""
LEAST_BITS = 0.0
"""From which a scored pair is counted as joined: one person is then more likely than two."""


@dataclass(frozen=True, slots=True)
class Evaluated:
    """Figures of scored pairs and of clusters by the model, of the partition by the rules, and of equal values of any kind."""

    records: int
    people: int
    pairs: Figures
    clusters: Figures
    automatic: Figures
    equal_values: Figures | None
    learned: Learned
    proposed: int
    proposed_right: int

    def table(self) -> dict[str, Any]:
        """Return the figures as they stand in a file."""
        found: dict[str, Any] = {"records": self.records, "people": self.people, "scored_pairs": self.pairs.table()}
        found["clusters"] = self.clusters.table()
        found["automatic"] = self.automatic.table()
        found["equal_values"] = self.equal_values.table() if self.equal_values else None
        found["proposals"] = {"pairs": self.proposed, "right": self.proposed_right}
        return found


def evaluated(known: Labelled, declared: Declared, seed: int = 360, rules: Ruled | None = None) -> Evaluated:
    """Learn a model of the rows without their truth, cluster them, and compare all with the truth; raises InvalidInput.

    `rules` are what the rules make of them where that is known already: from events that say more than rows do.
    """
    compared = comparisons(declared)
    if len(compared) < 3:
        raise InvalidInput("Too few fields to learn from: declare three or more.")
    rows = list(prepared(known.rows, declared, Calendar(TOKYO, date.today())))  # noqa: DTZ011
    learned = learn(rows, compared, seed)
    sources = known.sources if declared.distinct else None
    clusters = clustered_rows(learned, rows, lambda one, other: sources is not None and sources[one] == sources[other])
    truth, scorer = dict(enumerate(known.people)), learned.scorer()
    rules = rules or by_rules(known.rows, declared)
    return Evaluated(
        len(rows),
        len(set(known.people)),
        _of_pairs(learned, known.people),
        figures(clusters, truth),
        figures(rules.clusters, truth),
        figures(equal_values(rows), truth) if declared.has(*VALUES) else None,
        learned,
        *_proposals(rules, clusters, truth, lambda one, other: scorer.bits(rows[one], rows[other])),
    )


def equal_values(rows: Sequence[Mapping[str, Any]]) -> list[list[int]]:
    """Return what plain equality of any phone, mail or number joins."""
    first: dict[tuple[str, str], int] = {}
    values = ((place, column, value) for place, row in enumerate(rows) for column in VALUE_LISTS for value in row[column] or ())
    pairs = ((place, first.setdefault((column, value), place)) for place, column, value in values)
    return list(components(range(len(rows)), pairs))


def _of_pairs(learned: Learned, people: Sequence[str]) -> Figures:
    joined = [(one, other) for one, other, bits in learned.pairs if bits >= LEAST_BITS]
    right = sum(people[one] == people[other] for one, other in joined)
    true = sum(count * (count - 1) // 2 for count in Counter(people).values())
    return Figures(len(joined), right, true, 0.0, 0.0)


def _proposals(
    rules: Ruled, clusters: list[frozenset[int]], truth: Mapping[int, str], bits: Callable[[int, int], float]
) -> tuple[int, int]:
    """Return how many pairs of automatic clusters a cluster of the model would propose, and how many of these are one person.

    As in a graph: no pair whose likeliest rows a guard keeps apart. A cluster without a majority of one person has none that
    a proposal could be right about.
    """
    own = {key: number for number, cluster in enumerate(rules.clusters) for key in cluster}
    whose = [Counter(truth[key] for key in cluster).most_common(1)[0][0] for cluster in rules.clusters]
    proposed = right = 0
    for cluster in clusters:
        rows_of: defaultdict[int, list[int]] = defaultdict(list)
        for key in sorted(cluster):
            rows_of[own[key]].append(key)
        for one, other in combinations(sorted(rows_of), 2):
            if not rules.apart(*max(product(rows_of[one], rows_of[other]), key=lambda pair: bits(*pair))):
                proposed += 1
                right += whose[one] == whose[other]
    return proposed, right
