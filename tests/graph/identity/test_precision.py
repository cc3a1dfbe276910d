"""What is joined without a person is one person: on made-up people in every script, through the product's own partition."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

from graph.matching.by_rules import Reported, told
from graph.matching.figures import wilson
from tests.graph.identity.script_noise import told_records

PEOPLE, SEED = 2_800, "2026-11-28"


def test_the_lower_bound_is_wilsons() -> None:
    assert round(wilson(8, 10), 4) == 0.4902
    assert round(wilson(3838, 3838), 4) == 0.999


def test_of_pairs_that_are_joined_without_a_person_a_thousandth_at_most_is_wrong() -> None:
    reported, whose = Reported(), dict[str, int]()
    for number, raw in told_records(SEED, PEOPLE):
        whose[told(raw, reported)] = number
    found = reported.partition()
    joined = Counter(whose[one] == whose[other] for each in found.clusters for one, other in combinations(sorted(each), 2))
    reasons = Counter(reason for _, reason in found.refused)
    told_of = f"{joined[True]} right, {joined[False]} wrong, candidates {dict(reasons)}"
    assert wilson(joined[True], joined.total()) >= 0.999, told_of
    mates = sum(count * (count - 1) // 2 for count in Counter(whose.values()).values())
    assert joined[True] / mates > 0.4, told_of
