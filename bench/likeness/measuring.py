"""The weights as they are measured: how often each level occurs in true pairs (m) and in pairs drawn at random (u)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import log2
from random import Random

from bench.likeness.people import Town
from bench.likeness.systems import records
from graph.identity.comparing import LEVELS, UNKNOWN, compare
from graph.identity.profile import Profile
from graph.matching.by_rules import Reported, told

RECORDS_OF_A_COMPANY = 1_000_000
"""The prior is that of a company with so many source records; a smaller one has reason to be less strict."""
SMOOTHING = 0.5
"""Added to the count of each level (Jeffreys), so that what was never seen is not taken for impossible."""
AMONG_NAMESAKES = frozenset({("MAIL", "CLOSE"), ("MAIL", "SAME_LOCAL_PART")})
"""Levels that a name brings with it: an address is made of it. What the name says is counted in its own fields."""
Pair = tuple[Profile, Profile]


@dataclass(frozen=True, slots=True)
class Labelled:
    """Records as the partition sees them, by the number of the person whose they are."""

    of_person: dict[int, list[Profile]]

    def records(self) -> list[tuple[int, Profile]]:
        return [(number, each) for number, own in self.of_person.items() for each in own]

    def true_pairs(self) -> Iterator[Pair]:
        for own in self.of_person.values():
            yield from combinations(own, 2)

    def random_pairs(self, random: Random, count: int) -> Iterator[Pair]:
        every = self.records()
        while count:
            (one, ours), (other, theirs) = random.choice(every), random.choice(every)
            if one != other:
                count -= 1
                yield ours, theirs

    def namesakes(self) -> Iterator[Pair]:
        """Yield each two records of different people with one surname and one given name."""
        called: defaultdict[Hashable, list[tuple[int, Profile]]] = defaultdict(list)
        for number, each in self.records():
            if each.surname.written and each.given.written:
                called[each.surname.written, each.given.written].append((number, each))
        for own in called.values():
            yield from ((ours, theirs) for (one, ours), (other, theirs) in combinations(own, 2) if one != other)


def labelled(seed: str, people: int) -> Labelled:
    """Return the records of so many people: events as systems send them, read and applied as events are."""
    town, random, reported = Town(f"{seed} town"), Random(f"{seed} systems"), Reported()
    keys: defaultdict[int, list[str]] = defaultdict(list)
    for household in town.households():
        for person in household:
            for raw in records(person, random):
                keys[person.number].append(told(raw, reported))
        if town.people >= people:
            break
    return Labelled({who: [reported.records[key].profile(reported.identifiers) for key in own] for who, own in keys.items()})


def measured(known: Labelled, seed: str, pairs: int) -> dict[str, dict[str, dict[str, float]]]:
    """Return m, u and bits by field and level."""
    true, drawn = counted(known.true_pairs()), counted(known.random_pairs(Random(f"{seed} pairs"), pairs))
    alike = counted(known.namesakes())
    table: dict[str, dict[str, dict[str, float]]] = {}
    for field, levels in LEVELS.items():
        m, u, called_alike = (_shares(levels, counts[field]) for counts in (true, drawn, alike))
        u |= {level: called_alike[level] for level in levels if (field, level) in AMONG_NAMESAKES}
        table[field] = {
            level: {"m": float(f"{m[level]:.3g}"), "u": float(f"{u[level]:.3g}"), "bits": round(log2(m[level] / u[level]), 1)}
            for level in levels
        }
    return table


def counted(pairs: Iterable[Pair]) -> dict[str, Counter[str]]:
    """Count the levels of each field, unknown ones apart."""
    counts = {field: Counter[str]() for field in LEVELS}
    for one, other in pairs:
        for field, level in compare(one, other).items():
            if level != UNKNOWN:
                counts[field][level] += 1
    return counts


def _shares(levels: Sequence[str], counts: Counter[str]) -> dict[str, float]:
    whole = counts.total() + SMOOTHING * len(levels)
    return {level: (counts[level] + SMOOTHING) / whole for level in levels}


def prior(known: Labelled) -> float:
    """Return in bits how likely two records of a company are one person's: each has so many others of its person."""
    every = known.records()
    others = 2 * sum(1 for _ in known.true_pairs()) / len(every)
    return round(log2(others / (RECORDS_OF_A_COMPANY - 1)), 1)
