"""The rules of reservations: what is held never exceeds what is there, and what has run out holds nothing."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.stock.holding import EXPIRED, FULFILLED, HELD, RELEASED, Reservation, end_of, is_enough
from graph.stock.level import Level
from tests.laws import examples


@pytest.mark.parametrize(
    ("available", "quantity", "enough"), [(3, 3, True), (3, 4, False), (0, 1, False), (-2, 1, False), (5, 0, False)]
)
def test_only_what_is_available_can_be_held(available: int, quantity: int, enough: bool) -> None:
    assert is_enough(available, quantity) is enough


@pytest.mark.parametrize(
    ("state", "now", "holds", "renewable"),
    [
        (HELD, 999, True, True),
        (HELD, 1_000, False, True),
        (HELD, 1_001, False, True),
        (EXPIRED, 999, False, True),
        (RELEASED, 999, False, False),
        (FULFILLED, 999, False, False),
    ],
)
def test_a_reservation_holds_until_its_end_and_no_longer(state: str, now: int, holds: bool, renewable: bool) -> None:
    reservation = Reservation("r", "l", "basket-1", 1, until=1_000, state=state)
    assert (reservation.holds(now), reservation.can_be_renewed) == (holds, renewable)


def test_minutes_are_counted_from_now() -> None:
    assert end_of(1_000, 15) == 901_000


@settings(max_examples=examples(test=200, soak=10_000))
@given(st.integers(0, 20), st.lists(st.tuples(st.sampled_from(["hold", "let go", "time"]), st.integers(1, 6)), max_size=40))
def test_reservations_never_take_what_is_available_below_zero(on_hand: int, steps: list[tuple[str, int]]) -> None:
    # given
    level, held, now = Level(on_hand=on_hand), list[Reservation](), 0
    for what, number in steps:
        # when
        if what == "hold" and is_enough(level.available, number):
            held.append(Reservation(str(now), "l", "o", number, end_of(now, number)))
        elif what == "let go" and held:
            held.pop(number % len(held))
        elif what == "time":
            now += number * 60_000
        level.reserved = sum(each.quantity for each in held if each.holds(now))
        # then
        assert 0 <= level.available <= on_hand
