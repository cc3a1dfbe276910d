"""The states of a fulfilment: each cell of the table, what late news makes of a history, and what the order is by then."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.orders.states import (
    AT_COUNTER,
    BEGUN,
    GIVEN,
    METHODS,
    NEXT,
    OFF,
    ORDER_STATES,
    PICKUP,
    SHIP,
    STATES,
    STORE,
    WAITING,
    may_follow,
    order_state,
    path,
    state_of,
)
from tests.laws import examples

CELLS = {
    SHIP: """
                   PENDING PICKED SHIPPED DELIVERED CANCELLED
        -          yes     yes    yes     yes       yes
        PENDING    .       yes    yes     yes       yes
        PICKED     .       .      yes     yes       yes
        SHIPPED    .       .      .       yes       .
        DELIVERED  .       .      .       .         .
        CANCELLED  .       .      .       .         .
    """,
    PICKUP: """
                         REQUESTED ALLOCATED READY_FOR_PICKUP PICKED_UP EXPIRED CANCELLED
        -                yes       yes       yes              yes       yes     yes
        REQUESTED        .         yes       yes              yes       yes     yes
        ALLOCATED        .         .         yes              yes       yes     yes
        READY_FOR_PICKUP .         .         .                yes       yes     yes
        PICKED_UP        .         .         .                .         .       .
        EXPIRED          .         .         .                .         .       .
        CANCELLED        .         .         .                .         .       .
    """,
    STORE: """
                    HANDED_OVER CANCELLED
        -           yes         yes
        HANDED_OVER .           .
        CANCELLED   .           .
    """,
}


def cells() -> list[tuple[str, str, str, bool]]:
    found: list[tuple[str, str, str, bool]] = []
    for method, drawn in CELLS.items():
        head, *rows = [line.split() for line in drawn.strip().splitlines()]
        for before, *marks in rows:
            told = dict(zip(head, marks, strict=True))
            found += [(method, BEGUN if before == "-" else before, after, told.get(after) == "yes") for after in STATES]
    return found


@pytest.mark.parametrize(("method", "before", "after", "allowed"), cells())
def test_a_state_follows_another_where_its_cell_says_so(method: str, before: str, after: str, allowed: bool) -> None:
    assert (after in NEXT[method][before]) is allowed
    assert may_follow(method, before, after) is (allowed or before == after)


def test_every_state_of_the_table_has_a_row() -> None:
    assert {method: {BEGUN, *(after for row in rows.values() for after in row)} for method, rows in NEXT.items()} == {
        method: set(rows) for method, rows in NEXT.items()
    }


def test_people_set_at_the_counter_only_what_may_follow_and_hand_over_only_what_is_ready() -> None:
    assert set(AT_COUNTER) == set(WAITING)
    assert all(states <= NEXT[PICKUP][before] for before, states in AT_COUNTER.items())
    assert [before for before, states in AT_COUNTER.items() if "PICKED_UP" in states] == ["READY_FOR_PICKUP"]


@pytest.mark.parametrize(
    ("history", "now"),
    [
        ({}, "REQUESTED"),
        ({"READY_FOR_PICKUP": "2", "ALLOCATED": "1"}, "READY_FOR_PICKUP"),
        ({"PICKED_UP": "2", "READY_FOR_PICKUP": "3"}, "PICKED_UP"),  # told late that it had been ready
        ({"EXPIRED": "3", "PICKED_UP": "2", "READY_FOR_PICKUP": "1"}, "PICKED_UP"),  # told late that it was fetched in time
        ({"EXPIRED": "2", "PICKED_UP": "3"}, "EXPIRED"),
        ({"SHIPPED": "1"}, "REQUESTED"),  # of another method, which its place in the list once had
    ],
)
def test_a_late_report_is_put_in_its_place_and_what_cannot_follow_is_left_out(history: dict[str, str], now: str) -> None:
    assert state_of(PICKUP, history) == now


@pytest.mark.parametrize(
    ("method", "history", "status", "now"),
    [
        (SHIP, {}, "FULFILLED", "SHIPPED"),
        (PICKUP, {}, "RETURNED", "PICKED_UP"),
        (STORE, {}, "PLACED", "HANDED_OVER"),
        (PICKUP, {"READY_FOR_PICKUP": "1"}, "FULFILLED", "PICKED_UP"),
        (PICKUP, {"EXPIRED": "1"}, "FULFILLED", "EXPIRED"),
        (SHIP, {"PICKED": "1"}, "FULFILLED", "SHIPPED"),
        (STORE, {}, "CANCELLED", "HANDED_OVER"),
        (PICKUP, {"READY_FOR_PICKUP": "1"}, "CANCELLED", "CANCELLED"),
        (PICKUP, {"PICKED_UP": "1"}, "CANCELLED", "PICKED_UP"),
        (None, {"PICKED_UP": "1"}, "FULFILLED", None),
    ],
)
def test_what_is_said_of_the_whole_order_counts_for_what_waits_still(
    method: str | None, history: dict[str, str], status: str, now: str | None
) -> None:
    assert state_of(method, history, status) == now


@pytest.mark.parametrize(
    ("status", "states", "bought", "returned", "expected"),
    [
        (None, [], 0, 0, "OPEN"),
        ("PLACED", [], 2, 0, "OPEN"),
        ("FULFILLED", [], 2, 0, "FULFILLED"),
        ("PARTIALLY_FULFILLED", [], 2, 0, "PARTLY_FULFILLED"),
        ("FULFILLED", ["READY_FOR_PICKUP"], 2, 0, "OPEN"),
        ("PLACED", ["ALLOCATED"], 2, 0, "OPEN"),  # what has arrived in the store completes nothing
        ("PLACED", ["PICKED_UP"], 2, 0, "FULFILLED"),
        ("PLACED", ["PICKED_UP", "PENDING"], 2, 0, "PARTLY_FULFILLED"),
        ("PLACED", ["SHIPPED", "CANCELLED"], 2, 0, "FULFILLED"),
        ("PLACED", ["EXPIRED"], 2, 0, "EXPIRED"),
        ("PLACED", ["CANCELLED"], 2, 0, "CANCELLED"),
        ("CANCELLED", ["PICKED_UP"], 2, 0, "CANCELLED"),
        ("PLACED", [None], 2, 0, "OPEN"),
        ("PLACED", ["PICKED_UP"], 2, 1, "PARTLY_RETURNED"),
        ("PLACED", ["PICKED_UP"], 2, 2, "RETURNED"),
        ("RETURNED", [], 2, 0, "RETURNED"),
    ],
)
def test_an_order_is_what_its_pieces_are(
    status: str | None, states: list[str | None], bought: float, returned: float, expected: str
) -> None:
    assert order_state(status, states, bought, returned) == expected
    assert expected in ORDER_STATES


@settings(max_examples=examples(test=100, soak=5_000))
@given(method=st.sampled_from(METHODS), history=st.dictionaries(st.sampled_from(STATES), st.sampled_from("123456")))
def test_no_order_of_arrival_matters_and_nothing_leaves_an_end(method: str, history: dict[str, str]) -> None:
    gone_through = path(method, history)

    assert path(method, dict(reversed(list(history.items())))) == gone_through
    assert all(may_follow(method, before, after) for before, after in pairwise(gone_through))
    assert not any(state in GIVEN | OFF for state in gone_through[:-1])
