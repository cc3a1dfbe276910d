"""How good labels are that somebody says of cases: macro-F1, precision at coverage, and from which probability to trust them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby
from math import sqrt
from typing import TypeAlias

Judged: TypeAlias = Sequence[tuple[float, bool]]
"""(probability, whether what was said was right) of each case."""
FEWEST = 50
"""Later cases from a threshold on, without which nothing can be said of its precision."""
Z = 1.2816
"""A lower bound is one below which the precision lies with a probability of 10 %."""


def macro_f1(truth: Sequence[str], said: Sequence[str | None]) -> float:
    """Return the mean of F1 over the labels that there truly are; what is said of none is wrong, and of no label."""
    right = Counter(true for true, each in zip(truth, said, strict=True) if true == each)
    true_ones, said_ones = Counter(truth), Counter(each for each in said if each is not None)
    scores = [2 * right[label] / (count + said_ones[label]) for label, count in true_ones.items()]
    return sum(scores) / len(scores) if scores else 0.0


def majority(labels: Iterable[str]) -> str:
    """Return the commonest label, of several the first in the alphabet."""
    counts = Counter(labels)
    return min(counts, key=lambda label: (-counts[label], label))


def lower_bound(right: int, of: int) -> float:
    """Return the lower bound of a precision (Wilson, 1927)."""
    share, z2 = right / of, Z * Z
    return (share + z2 / (2 * of) - Z * sqrt(share * (1 - share) / of + z2 / (4 * of * of))) / (1 + z2 / of)


def at(judged: Judged, least: float) -> tuple[float, float | None]:
    """Return (coverage, precision) from a probability on; no precision where nothing is covered."""
    covered = [right for probability, right in judged if probability >= least]
    return (len(covered) / len(judged) if judged else 0.0), (sum(covered) / len(covered) if covered else None)


def threshold(tuned: Judged, held_out: Judged, precision: float) -> float | None:
    """Return the lowest probability from which on the precision is at least what is asked for; None where there is none.

    The lower bound of the precision must hold, of both parts together and of the later one by itself: what was right once may
    not be any more.
    """
    chosen, right, of, later_right, later = None, 0, 0, 0, 0
    rows = [(*each, False) for each in tuned] + [(*each, True) for each in held_out]
    for probability, equal in groupby(sorted(rows, reverse=True), key=lambda each: each[0]):
        for _, is_right, is_later in equal:
            right, of = right + is_right, of + 1
            later_right, later = later_right + (is_right and is_later), later + is_later
        if later >= FEWEST and min(lower_bound(later_right, later), lower_bound(right, of)) >= precision:
            chosen = probability
    return chosen
