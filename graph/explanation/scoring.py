"""The score of two source records as the graph has them: for explanations, and for what one statement reads of a pair."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from graph.identity.score import Score, score
from graph.resolution.identifiers import IdentifierState
from graph.resolution.loading import record_state
from graph.resolution.records import RecordState

MOST_RECORDS = 20
"""Of so many records of each of two customers, the oldest, the closest two are looked for."""
Identifiers = Mapping[str, IdentifierState]


@dataclass(frozen=True, slots=True)
class Closest:
    """The two records, one of each customer, that agree most."""

    record: RecordState
    other: RecordState
    score: Score


def score_of(one: RecordState, other: RecordState, identifiers: Identifiers) -> Score:
    """Return the score of two records; `identifiers` has all that either of them holds."""
    return score(one.profile(identifiers), other.profile(identifiers))


def closest(ones: Iterable[RecordState], others: Iterable[RecordState], identifiers: Identifiers) -> Closest:
    """Return the pair with the most evidence for one person, the first of equals."""
    ours, theirs = ([(each, each.profile(identifiers)) for each in list(side)[:MOST_RECORDS]] for side in (ones, others))
    pairs = (Closest(one, other, score(mine, yours)) for (one, mine), (other, yours) in product(ours, theirs))
    return max(pairs, key=lambda pair: pair.score.bits)


def score_of_rows(pair: Sequence[tuple[dict[str, Any], list[list[Any]]]]) -> Score:
    """Return the score of two records, each as its properties and its identifiers.

    Of an identifier these are key, kind, value, mobile, sharing and state.
    """
    identifiers = {row[0]: IdentifierState(*row) for _, held in pair for row in held}
    one, other = (record_state(properties["key"], properties, None) for properties, _ in pair)
    return score_of(one, other, identifiers)
