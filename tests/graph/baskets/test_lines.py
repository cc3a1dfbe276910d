"""The pieces of several records are one basket: merged, settled to another number, and parted as they were."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.baskets.lines import Piece, merged, settled, taken_off, version_of

RECORDS = ("web", "app", "shop", "line")
OF_ONE_PRODUCT = st.dictionaries(st.sampled_from(RECORDS), st.integers(1, 20)).map(
    lambda each: [Piece(record, "PEN", quantity, f"2026-04-0{place}") for place, (record, quantity) in enumerate(each.items(), 1)]
)
PIECES = st.lists(
    st.builds(Piece, st.sampled_from(RECORDS), st.sampled_from(("PEN", "INK", "CUP")), st.integers(1, 20)),
    unique_by=lambda each: (each.record, each.sku),
)


@pytest.mark.parametrize(
    ("pieces", "wanted", "own", "left"),
    [
        ([], 2, "web", {"web": 2}),
        ([("web", 2)], 1, "shop", {"web": 1}),
        ([("web", 2)], 5, "shop", {"web": 2, "shop": 3}),
        ([("web", 2), ("shop", 3)], 4, "shop", {"web": 2, "shop": 2}),
        ([("web", 2), ("shop", 3)], 1, "shop", {"web": 1, "shop": 0}),
        ([("web", 2), ("app", 3)], 4, "shop", {"web": 2, "app": 2}),
        ([("web", 2), ("app", 3)], 0, "shop", {"web": 0, "app": 0}),
        ([("web", 2)], 2, "shop", {"web": 2}),
    ],
)
def test_what_is_added_is_one_s_own_and_what_is_taken_off_is_taken_off_one_s_own_first_and_then_off_the_newest(
    pieces: list[tuple[str, int]], wanted: int, own: str, left: dict[str, int]
) -> None:
    added = [Piece(record, "PEN", quantity, f"2026-04-0{place}") for place, (record, quantity) in enumerate(pieces, 1)]

    assert settled(added, wanted, own) == left


@given(OF_ONE_PRODUCT, st.integers(0, 60), st.sampled_from(RECORDS))
def test_there_are_as_many_as_wanted_and_nobody_else_is_given_any(pieces: list[Piece], wanted: int, own: str) -> None:
    before = {piece.record: piece.quantity for piece in pieces}

    after = settled(pieces, wanted, own)

    assert sum(after.values()) == wanted
    assert all(0 <= quantity <= before.get(record, 0) for record, quantity in after.items() if record != own)


@given(PIECES, st.sets(st.sampled_from(RECORDS)))
def test_the_baskets_of_two_customers_are_together_what_they_were_apart(pieces: list[Piece], one: set[str]) -> None:
    mine = merged(piece for piece in pieces if piece.record in one)
    theirs = merged(piece for piece in pieces if piece.record not in one)

    together = merged(pieces)

    assert together == {sku: mine.get(sku, 0) + theirs.get(sku, 0) for sku in mine.keys() | theirs.keys()}


@given(st.dictionaries(st.sampled_from(RECORDS), st.integers(1, 9)), st.sampled_from(RECORDS), st.booleans())
def test_a_basket_has_another_version_once_it_changes_and_once_it_is_joined_or_parted(
    numbers: dict[str, int], record: str, grown: bool
) -> None:
    changed = {**numbers, record: numbers.get(record, 0) + 1} if grown else {**numbers, "another": 1}

    assert version_of(changed.items()) != version_of(numbers.items())
    assert version_of(reversed([*numbers.items()])) == version_of(numbers.items())


@pytest.mark.parametrize(
    ("standing", "gone", "left"),
    [
        ({"a": 3}, {"a": 2}, {"a": 1}),
        ({"a": 1}, {"a": 2}, {"a": 0}),
        ({}, {"a": 2}, {}),
        ({"a": 3, "b": 1}, {"a": 3}, {"a": 0}),
    ],
)
def test_an_order_takes_what_was_handed_over_and_no_more_than_is_there(
    standing: dict[str, int], gone: dict[str, int], left: dict[str, int]
) -> None:
    assert taken_off(standing, gone) == left
