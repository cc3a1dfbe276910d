"""The rules of levels: what each kind of entry does, counts, and that no order of arrival makes a difference."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.stock.entries import (
    ADJUSTMENT,
    COMMITMENT,
    COUNT,
    ENTRY_KINDS,
    RECEIPT,
    RETURN,
    SALE,
    TRANSFER_IN,
    TRANSFER_OUT,
    Effect,
    Entry,
    effect,
)
from graph.stock.level import Incoming, Level
from tests.laws import examples

TUESDAY = "2026-12-01T09:00:00.000000Z"


def entry(kind: str, quantity: int, stamp: str = "1", **more: str) -> Entry:
    return Entry(f"{kind}-{stamp}", kind, quantity, stamp, **more)


@pytest.mark.parametrize(
    ("told", "does"),
    [
        (entry(SALE, 2), Effect(-2)),
        (entry(RETURN, 2), Effect(2)),
        (entry(RETURN, 2, reason="DAMAGED"), Effect(2, 2)),
        (entry(TRANSFER_OUT, 3), Effect(-3)),
        (entry(TRANSFER_IN, 3), Effect(3)),
        (entry(TRANSFER_IN, 3, expected=TUESDAY), Effect()),
        (entry(RECEIPT, 5), Effect(5)),
        (entry(RECEIPT, 5, reason="QUALITY_CONTROL"), Effect(5, 5)),
        (entry(RECEIPT, 5, expected=TUESDAY), Effect()),
        (entry(COUNT, 7), Effect()),
        (entry(ADJUSTMENT, -1), Effect(-1)),
        (entry(ADJUSTMENT, 1, reason="DISPLAY"), Effect(0, 1)),
        (entry(ADJUSTMENT, -1, reason="DISPLAY"), Effect(0, -1)),
        (entry(COMMITMENT, 2), Effect(0, 0, 2)),
    ],
)
def test_an_entry_adds_what_its_kind_says(told: Entry, does: Effect) -> None:
    assert effect(told) == does


def test_a_count_of_seven_where_the_book_says_nine_with_two_committed() -> None:
    # given
    level = Level(on_hand=9, committed=2)
    # when
    difference = level.take(entry(COUNT, 7, "2026-11-30T10:00"))
    # then
    assert (difference, level.on_hand, level.available) == (-2, 7, 5)
    # when an earlier sale arrives later
    assert level.take(entry(SALE, 1, "2026-11-30T09:00")) is None
    # then
    assert (level.on_hand, level.available) == (7, 5)
    # when a later one does
    level.take(entry(SALE, 1, "2026-11-30T11:00"))
    assert (level.on_hand, level.available) == (6, 4)


def test_a_count_that_arrives_late_keeps_what_moved_after_it() -> None:
    # given nine, then two sold
    level, sold = Level(on_hand=9), entry(SALE, 2, "3")
    level.take(sold)
    # when somebody had counted eight before those two were sold
    difference = level.take(entry(COUNT, 8, "2"), later=[sold])
    # then
    assert (difference, level.on_hand) == (-1, 6)


def test_a_count_before_the_newest_count_changes_nothing_and_finds_nothing() -> None:
    level = Level()
    level.take(entry(COUNT, 8, "5"))
    assert level.take(entry(COUNT, 3, "4")) is None
    assert level.on_hand == 8


@pytest.mark.parametrize(
    ("told", "on_hand", "incoming"),
    [
        ([("announced", 5)], 0, 5),
        ([("announced", 5), ("arrived", 3)], 3, 2),
        ([("announced", 5), ("arrived", 3), ("arrived", 3)], 6, 0),
        ([("arrived", 5), ("announced", 5)], 5, 0),
        ([("announced", 5), ("announced", 0)], 0, 0),
        ([("arrived", 4)], 4, 0),
    ],
)
def test_what_is_on_its_way_is_what_was_announced_less_what_arrived(
    told: Sequence[tuple[str, int]], on_hand: int, incoming: int
) -> None:
    # given
    level, on_its_way = Level(), Incoming()
    # when
    for place, (what, quantity) in enumerate(told):
        one = entry(RECEIPT, quantity, str(place), reference="PO-1")
        level.take(replace(one, expected=TUESDAY) if what == "announced" else one, incoming=on_its_way)
    # then
    assert (level.on_hand, level.incoming) == (on_hand, incoming)


def taken(entries: Iterable[Entry]) -> Level:
    """Take entries in the order of their arrival, each known once, as the store does."""
    level, known, on_its_way = Level(), list[Entry](), dict[str | None, Incoming]()
    for each in entries:
        if each in known:
            continue
        later = [one for one in known if one.stamp > each.stamp]
        level.take(each, later, on_its_way.setdefault(each.reference, Incoming()) if each.reference else None)
        known.append(each)
    return level


def computed_anew(entries: Iterable[Entry]) -> tuple[int, int, int, dict[str, int]]:
    """Return on hand, committed, incoming and unavailable by a walk through history that knows nothing of how levels are kept."""
    on_hand, committed, unavailable, announced, arrived = 0, 0, dict[str, int](), dict[str, int](), dict[str, int]()
    for each in sorted(set(entries), key=lambda one: one.stamp):
        sign = -1 if each.kind in (SALE, TRANSFER_OUT) else 1
        arriving = each.kind in (RECEIPT, TRANSFER_IN)
        if each.kind == COUNT:
            on_hand = each.quantity
        elif each.kind == COMMITMENT:
            committed += each.quantity
        elif each.expected is None and not (each.kind == ADJUSTMENT and each.reason):
            on_hand += sign * each.quantity
        if each.reason and each.expected is None and each.kind in (RETURN, RECEIPT, TRANSFER_IN, ADJUSTMENT):
            unavailable[each.reason] = unavailable.get(each.reason, 0) + each.quantity
        if each.reference and arriving and each.expected is not None:
            announced[each.reference] = each.quantity
        elif each.reference and arriving:
            arrived[each.reference] = arrived.get(each.reference, 0) + each.quantity
    incoming = sum(max(0, told - arrived.get(ref, 0)) for ref, told in announced.items())
    return on_hand, committed, incoming, some(unavailable)


def as_kept(level: Level) -> tuple[int, int, int, dict[str, int]]:
    return level.on_hand, level.committed, level.incoming, some(level.unavailable)


def some(unavailable: dict[str, int]) -> dict[str, int]:
    return {reason: quantity for reason, quantity in unavailable.items() if quantity}


@st.composite
def histories(draw: st.DrawFn) -> list[Entry]:
    """Draw entries of one level, each with a stamp of its own, in the order of their arrival, some of them twice."""
    stamps = draw(st.lists(st.integers(0, 999), min_size=1, max_size=12, unique=True))
    entries: list[Entry] = []
    for number in stamps:
        kind = draw(st.sampled_from(ENTRY_KINDS))
        told = Entry(str(number), kind, draw(st.integers(-5 if kind == ADJUSTMENT else 0, 9)), f"{number:03d}")
        if kind in (RETURN, RECEIPT, TRANSFER_IN, ADJUSTMENT):
            told = replace(told, reason=draw(st.sampled_from([None, "DAMAGED", "DISPLAY"])))
        if kind in (RECEIPT, TRANSFER_IN):
            told = replace(
                told, reference=draw(st.sampled_from([None, "A", "B"])), expected=draw(st.sampled_from([None, TUESDAY]))
            )
        entries.append(told)
    return entries + draw(st.lists(st.sampled_from(entries), max_size=4))


@settings(max_examples=examples(test=300, soak=20_000))
@given(histories(), st.randoms(use_true_random=False))
def test_a_level_is_the_recomputation_of_its_entries_in_any_order_of_arrival(entries: list[Entry], chance: Random) -> None:
    # given
    shuffled = list(entries)
    chance.shuffle(shuffled)
    # then
    for arrival in (entries, shuffled):
        assert as_kept(taken(arrival)) == computed_anew(entries)


@settings(max_examples=examples(test=200, soak=10_000))
@given(histories(), st.lists(st.tuples(st.integers(0, 9), st.integers(0, 999)), min_size=1, max_size=5))
def test_an_entry_that_was_revised_often_is_as_one_that_was_always_so(rest: list[Entry], versions: list[tuple[int, int]]) -> None:
    # given an order whose sale was reported differently again and again, among everything else
    level = taken(rest)
    sales = [Entry("sale", SALE, quantity, f"{at:03d}s") for quantity, at in versions]
    # when
    for before, after in zip([None, *sales], [*sales, None], strict=True):
        level.revise(before, after)
        told = [each for each in (after,) if each is not None]
        # then
        assert as_kept(level) == computed_anew([*rest, *told])
