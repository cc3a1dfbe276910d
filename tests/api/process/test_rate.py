"""Rates: what may be done within a time that slides, and when it may be done again."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.process.rate import Rate


@dataclass
class Clock:
    now: float = 600.0

    def __call__(self) -> float:
        return self.now


def test_each_has_a_rate_of_their_own() -> None:
    rate = Rate(2, 60, Clock())
    assert [rate.take("a"), rate.take("a"), rate.take("b")] == [0, 0, 0]
    assert rate.take("a") > 0
    assert (rate.remaining("a"), rate.remaining("b"), rate.remaining("c")) == (0, 1, 2)


@pytest.mark.parametrize(("number", "later"), [(1, 61.0), (10, 120.0)])
def test_who_has_taken_all_is_told_when_there_is_more(number: int, later: float) -> None:
    clock = Clock()
    rate = Rate(60, 60, clock)
    rate.take("a", 60)
    wait = rate.take("a", number)
    assert wait == pytest.approx(60 + number)
    clock.now += wait - 0.5
    assert rate.take("a", number) > 0
    clock.now += 0.6
    assert rate.take("a", number) == 0


def test_what_is_more_than_all_is_never_taken() -> None:
    rate = Rate(10, 60, Clock())
    assert rate.take("a", 11) == 60
    assert rate.remaining("a") == 10


def test_after_two_windows_nothing_is_kept() -> None:
    clock = Clock()
    rate = Rate(10, 60, clock)
    rate.take("a", 10)
    clock.now += 120
    assert rate.remaining("a") == 10
    assert (rate._before, rate._now) == ({}, {})


@given(st.lists(st.tuples(st.floats(0, 30), st.integers(1, 8)), max_size=60))
def test_within_any_window_that_begins_with_it_no_more_is_taken(steps: list[tuple[float, int]]) -> None:
    clock = Clock()
    rate = Rate(10, 60, clock)
    taken: list[tuple[int, int]] = []
    for pause, number in steps:
        clock.now += pause
        if rate.take("a", number) == 0:
            taken.append((int(clock.now // 60), number))
    for window in {window for window, _ in taken}:
        assert sum(number for of, number in taken if of == window) <= 10
