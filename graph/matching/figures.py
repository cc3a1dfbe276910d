"""How well a partition fits the truth: pairs, their precision with its lower bound, B-cubed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from math import sqrt

_Z = 1.959963984540054
"""Of the interval that is right in 95 of 100."""


@dataclass(frozen=True, slots=True)
class Figures:
    """`joined` pairs of which `right` are true, of `true` pairs in all; B-cubed, over records (Bagga and Baldwin, 1998)."""

    joined: int
    right: int
    true: int
    b3_precision: float
    b3_recall: float

    @property
    def precision(self) -> float:
        return self.right / self.joined if self.joined else 1.0

    @property
    def at_least(self) -> float:
        """The precision that is surely had: the lower bound of Wilson (1927)."""
        return wilson(self.right, self.joined)

    @property
    def recall(self) -> float:
        return self.right / self.true if self.true else 1.0

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.joined + self.true) if self.joined + self.true else 1.0

    @property
    def b3_f1(self) -> float:
        both = self.b3_precision + self.b3_recall
        return 2 * self.b3_precision * self.b3_recall / both if both else 0.0

    def table(self) -> dict[str, float | int]:
        """Return all figures by name, as they stand in a file."""
        return {
            "joined_pairs": self.joined, "right_pairs": self.right, "true_pairs": self.true,
            "precision": round(self.precision, 5), "precision_at_least": round(self.at_least, 5),
            "recall": round(self.recall, 5), "f1": round(self.f1, 5),
            "b3_precision": round(self.b3_precision, 5), "b3_recall": round(self.b3_recall, 5), "b3_f1": round(self.b3_f1, 5),
        }  # fmt: skip


def figures(clusters: Iterable[Iterable[int]], truth: Mapping[int, Hashable]) -> Figures:
    """Compare clusters with the truth about every record; records that stand in no cluster are alone."""
    size = Counter(truth.values())
    joined = right = seen = 0
    precision = recall = 0.0
    for cluster in clusters:
        own = Counter(truth[key] for key in cluster)
        count = own.total()
        seen += count
        joined += _pairs(count)
        right += sum(map(_pairs, own.values()))
        precision += sum(number * number / count for number in own.values())
        recall += sum(number * number / size[person] for person, number in own.items())
    if seen != len(truth):
        raise ValueError("clusters must hold every record once")
    return Figures(joined, right, sum(map(_pairs, size.values())), precision / seen, recall / seen)


def wilson(right: int, of: int) -> float:
    """Return the lower bound of the share `right / of` at 95 %; 0 of nothing."""
    if not of:
        return 0.0
    share, square = right / of, _Z * _Z
    spread = _Z * sqrt(share * (1 - share) / of + square / (4 * of * of))
    return (share + square / (2 * of) - spread) / (1 + square / of)


def by_value(values: Mapping[int, Hashable]) -> list[list[int]]:
    """Return the keys with one value each as one cluster."""
    found: defaultdict[Hashable, list[int]] = defaultdict(list)
    for key, value in values.items():
        found[value].append(key)
    return list(found.values())


def _pairs(count: int) -> int:
    return count * (count - 1) // 2
