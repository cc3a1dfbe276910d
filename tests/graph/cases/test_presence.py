"""Who is on a case, as rules: which signs of life are written when, and what of it is new for others."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.cases.presence import HOLD_SECONDS, LEASE_SECONDS, MOST_PAGES, Seen, Sign, Signs, differing, seen

SATO = Sign("case-1", "sato", "佐藤 見本", "a" * 32)
WRITING, LEFT = replace(SATO, writing=True), replace(SATO, left=True)
SAYS_EVERY = 5.0
"""Seconds between two signs of one page (admin/static/presence.js)."""


def said(*signs: tuple[float, Sign]) -> Signs:
    """Return what one process has been told, and written each time that something was due."""
    told = Signs()
    for at, sign in signs:
        told.take(sign, at)
        if told.pause(at) == 0:
            told.taken_out(at)
    return told


def test_who_comes_begins_to_write_stops_or_leaves_is_written_at_once() -> None:
    told = Signs()
    for at, sign in enumerate((SATO, WRITING, SATO, LEFT)):
        told.take(sign, at)
        assert told.pause(at) == 0
        assert told.taken_out(at) == [sign]
        assert told.pause(at) is None


def test_that_a_page_is_still_open_waits_to_be_written_with_others() -> None:
    told = said((0, SATO))
    told.take(SATO, SAYS_EVERY)
    assert told.pause(SAYS_EVERY) == HOLD_SECONDS
    other = replace(SATO, account="suzuki", name="suzuki")
    told.take(other, SAYS_EVERY + 1)
    assert told.pause(SAYS_EVERY + 1) == 0
    assert told.taken_out(SAYS_EVERY + 1) == [SATO, other]


def test_what_is_said_before_it_is_written_is_written_as_it_is_last() -> None:
    told = Signs()
    for sign in (SATO, WRITING):
        told.take(sign, 0)
    assert told.taken_out(0) == [WRITING]


def test_who_has_begun_and_stopped_again_before_it_was_written_is_still_written_at_once() -> None:
    told = said((0, SATO))
    told.take(WRITING, 1)
    told.take(SATO, 1)
    assert told.pause(1) == 0


def test_a_sign_that_comes_after_its_page_has_left_changes_nothing() -> None:
    told = said((0, SATO), (1, LEFT))
    told.take(WRITING, 1.1)
    assert told.pause(1.1) is None


def test_between_two_writings_of_an_open_page_there_is_less_than_its_lease_also_when_a_sign_gets_lost() -> None:
    assert 2 * SAYS_EVERY + HOLD_SECONDS < LEASE_SECONDS


def test_what_could_not_be_written_is_written_later_unless_its_page_says_something_else() -> None:
    told = Signs()
    told.take(SATO, 0)
    lost = told.taken_out(0)
    told.put_back(lost, 1)
    assert (told.pause(1), told.taken_out(1)) == (0, [SATO])
    told.take(LEFT, 2)
    told.put_back(lost, 2)
    assert told.taken_out(2) == [LEFT]


def test_one_account_has_so_many_pages_and_then_takes_nobody_elses_place() -> None:
    told = Signs()
    for number in range(MOST_PAGES + 5):
        told.take(replace(SATO, page=f"{number:032x}"), 0)
    told.take(replace(SATO, account="suzuki"), 0)
    assert sorted({sign.account for sign in told.taken_out(0)}) == ["sato", "suzuki"]
    told.take(replace(SATO, page="f" * 32), 0)
    assert told.pause(0) is None
    told.taken_out(LEASE_SECONDS + 1)
    told.take(replace(SATO, page="f" * 32), LEASE_SECONDS + 1)
    assert told.pause(LEASE_SECONDS + 1) == 0


def test_nobody_speaks_for_the_page_of_somebody_else() -> None:
    assert len({replace(SATO, account=account, case=case).key for account in ("sato", "suzuki") for case in ("1", "2")}) == 4


VIEWS, WRITES, GONE = (False, False), (True, False), (False, True)


@pytest.mark.parametrize(
    ("before", "after", "differs"),
    [
        ({}, {"a": VIEWS}, True),
        ({"a": VIEWS}, {"a": VIEWS}, False),
        ({"a": VIEWS}, {"a": WRITES}, True),
        ({"a": WRITES}, {"a": VIEWS}, True),
        ({"a": VIEWS}, {"a": GONE}, True),
        ({"a": VIEWS}, {}, True),  # a page that says nothing any more
        ({"a": GONE}, {}, False),
        ({"a": VIEWS}, {"a": VIEWS, "b": VIEWS}, True),
        ({}, {"a": GONE}, True),  # came and went between the two looks
    ],
)
def test_what_is_new_for_others(before: dict[str, tuple[bool, bool]], after: dict[str, tuple[bool, bool]], differs: bool) -> None:
    assert differing({"1": before, "2": {"z": VIEWS}}, {"1": after, "2": {"z": VIEWS}}) == (
        frozenset({"1"}) if differs else frozenset()
    )


states = st.sampled_from([VIEWS, WRITES, GONE])
looks = st.dictionaries(st.sampled_from("123"), st.dictionaries(st.sampled_from("ab"), states, max_size=2), max_size=3)


def shown(look: Seen, case: str) -> set[tuple[str, bool]]:
    """Return what a page shows of a case."""
    return {(key, writing) for key, (writing, left) in look.get(case, {}).items() if not left}


@given(looks, looks)
def test_a_case_that_shows_something_else_always_differs(before: Seen, after: Seen) -> None:
    told = differing(before, after)
    assert {case for case in "123" if shown(before, case) != shown(after, case)} <= told
    assert told <= {*before, *after}


@given(looks)
def test_rows_tell_each_page_once(look: Seen) -> None:
    rows = [[case, key, *state] for case, pages in look.items() for key, state in pages.items()]
    assert seen(rows) == {case: dict(pages) for case, pages in look.items() if pages}
    assert differing(look, seen(rows)) == frozenset()
