"""How well scores tell people apart, on records whose people are known: precision and recall of the pairs above a threshold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from bench.likeness.measuring import Labelled
from graph.identity.profile import Profile
from graph.identity.score import score
from graph.identity.weights import Weights

LARGEST_BLOCK = 200
"""What more records have in common tells nobody from others."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """Of the pairs with at least this `probability`, against which no guard stands: how many are true, and how many of all."""

    probability: float
    pairs: int
    precision: float
    recall: float


def judged(known: Labelled, weights: Weights, thresholds: Sequence[float]) -> list[Judgement]:
    """Score every two records that have anything in common, and judge by each threshold."""
    every = known.records()
    pairs = candidates([profile for _, profile in every])
    found = [(score(every[one][1], every[other][1], weights), every[one][0] == every[other][0]) for one, other in pairs]
    scored = [(each.probability, same) for each, same in found if each.conflict is None]
    true = sum(1 for _ in known.true_pairs())
    judgements: list[Judgement] = []
    for threshold in thresholds:
        above = [same for probability, same in scored if probability >= threshold]
        judgements.append(Judgement(threshold, len(above), sum(above) / max(len(above), 1), sum(above) / true))
    return judgements


def candidates(profiles: Sequence[Profile]) -> Iterator[tuple[int, int]]:
    """Yield each two places of profiles that share a value, a home, a birth date or a whole name, once."""
    blocks: defaultdict[str, list[int]] = defaultdict(list)
    for place, each in enumerate(profiles):
        for key in _keys(each):
            blocks[key].append(place)
    told: set[tuple[int, int]] = set()
    for block in blocks.values():
        if len(block) <= LARGEST_BLOCK:
            told.update(combinations(block, 2))
    yield from sorted(told)


def _keys(each: Profile) -> Iterator[str]:
    yield from each.mobiles
    yield from each.mails
    yield from each.family
    yield from each.accounts
    if each.home is not None:
        yield f"home {each.home}"
    if each.birth_date is not None:
        yield f"born {each.birth_date}"
    yield from (f"name {surname} {given}" for surname in each.surname.read for given in each.given.read)
    yield from (f"name {surname} {given}" for surname in each.surname.written for given in each.given.written)
