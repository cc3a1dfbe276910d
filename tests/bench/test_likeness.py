"""The committed weights are what the generator gives: measured anew on a small town with another seed."""

from __future__ import annotations

from math import log2

import orjson
import pytest

from bench.likeness.__main__ import VERSION
from bench.likeness.judging import judged
from bench.likeness.measuring import labelled, measured, prior
from graph.identity.comparing import LEVELS
from graph.identity.weights import TABLE, WEIGHTS

SURE = 4.0
"""Bits beyond which a level cannot change its sign by chance in a small town."""


def test_the_committed_table_is_of_this_version_and_its_bits_are_those_of_m_and_u() -> None:
    told = orjson.loads(TABLE.read_bytes())
    assert (told["version"], WEIGHTS.version) == (VERSION, VERSION)
    for levels in told["fields"].values():
        for row in levels.values():
            assert row["bits"] == pytest.approx(log2(row["m"] / row["u"]), abs=0.1)


def test_a_small_town_of_another_seed_gives_the_same_signs_and_the_same_order() -> None:
    known = labelled("another seed", 700)
    table = measured(known, "another seed", 30_000)
    assert prior(known) == pytest.approx(WEIGHTS.prior, abs=0.5)
    for field, levels in LEVELS.items():
        bits = {level: table[field][level]["bits"] for level in levels}
        sure = {level: value for level, value in bits.items() if abs(WEIGHTS.bits_of(field, level)) >= SURE}
        assert all(value * WEIGHTS.bits_of(field, level) > 0 for level, value in sure.items()), (field, bits)
        assert max(bits, key=bits.__getitem__) == levels[0], (field, bits)
        assert min(bits, key=bits.__getitem__) == levels[-1], (field, bits)


def test_the_same_seed_gives_the_same_table() -> None:
    one, again = (measured(labelled("twice", 80), "twice", 500) for _ in range(2))
    assert one == again


def test_on_people_that_it_was_not_measured_on_what_is_called_likely_mostly_is() -> None:
    [likely] = judged(labelled("held out in tests", 700), WEIGHTS, [0.9])
    assert likely.pairs > 100
    assert likely.precision > 0.98
    assert likely.recall > 0.4
