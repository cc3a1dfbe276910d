"""What counts of all that was agreed to and refused, as a table; and as laws, whatever was said by whom."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.identity.consent import (
    BY_OTHER,
    BY_POINT,
    FOR_ALL,
    FOR_POINT,
    GRANTED,
    NOBODY,
    OTHER,
    OWN,
    REFUSAL_OUTWEIGHS,
    REFUSED,
    Saying,
    strictest,
)
from graph.vocabulary import PURPOSES

NOW = "2026-06-01T00:00:00"
PAST, LATER = "2026-05-31T00:00:00", "2026-07-01T00:00:00"
POINT = "PHONE:1"


def said(state: str, who: str = "a", voice: str = OWN, *, at: str = "2026-04-01", until: str | None = None) -> Saying:
    """Say something for the telephone."""
    return Saying(who, "MARKETING", state, at, until, voice, POINT, named=True, reached=True)


def whole(state: str, who: str = "w", *, reached: bool = True, point: str = POINT, at: str = "2026-04-01") -> Saying:
    """Say something without naming a contact point."""
    return Saying(who, "MARKETING", state, at, None, OWN, point, named=False, reached=reached)


@pytest.mark.parametrize(
    ("sayings", "expected"),
    [
        ([], None),
        ([said(GRANTED)], ("a", GRANTED, FOR_POINT)),
        ([said(REFUSED)], ("a", REFUSED, FOR_POINT)),
        ([said(GRANTED, "a"), said(REFUSED, "b")], ("b", REFUSED, REFUSAL_OUTWEIGHS)),
        ([said(GRANTED, "a", at="2026-05-01"), said(REFUSED, "b", at="2020-01-01")], ("b", REFUSED, REFUSAL_OUTWEIGHS)),
        ([said(REFUSED, "a", at="2026-01-01"), said(REFUSED, "b", at="2026-02-01")], ("b", REFUSED, FOR_POINT)),
        ([said(GRANTED, "a"), said(GRANTED, "b")], ("b", GRANTED, FOR_POINT)),
        # altogether: a refusal reaches every point, a grant those of whoever gave it
        ([whole(REFUSED)], ("w", REFUSED, FOR_ALL)),
        ([whole(REFUSED, reached=False)], ("w", REFUSED, FOR_ALL)),
        ([whole(GRANTED)], ("w", GRANTED, FOR_ALL)),
        ([whole(GRANTED, reached=False)], None),
        ([whole(GRANTED, reached=False, point="")], ("w", GRANTED, FOR_ALL)),
        ([whole(REFUSED, reached=False), said(GRANTED)], ("w", REFUSED, REFUSAL_OUTWEIGHS)),
        ([whole(REFUSED, at="2026-05-01"), said(REFUSED)], ("a", REFUSED, FOR_POINT)),
        # where nobody was named, and where somebody else was
        ([said(REFUSED, voice=NOBODY)], ("a", REFUSED, BY_POINT)),
        ([said(GRANTED, voice=NOBODY)], ("a", GRANTED, BY_POINT)),
        ([said(REFUSED, "a", NOBODY, at="2026-05-01"), said(REFUSED, "b")], ("b", REFUSED, FOR_POINT)),
        ([said(REFUSED, voice=OTHER)], ("a", REFUSED, BY_OTHER)),
        ([said(GRANTED, voice=OTHER)], None),
        ([said(REFUSED, "a", OTHER), said(REFUSED, "b", NOBODY)], ("b", REFUSED, BY_POINT)),
        ([said(GRANTED, "a"), said(REFUSED, "b", OTHER)], ("b", REFUSED, REFUSAL_OUTWEIGHS)),
        ([replace(said(REFUSED, voice=OTHER), named=False)], None),
        # what has run out
        ([said(GRANTED, until=PAST)], None),
        ([said(GRANTED, until=NOW)], None),
        ([said(GRANTED, until=LATER)], ("a", GRANTED, FOR_POINT)),
        ([said(REFUSED, "a", until=PAST), said(GRANTED, "b")], ("b", GRANTED, FOR_POINT)),
        ([said(GRANTED, "a", until=PAST), said(REFUSED, "b")], ("b", REFUSED, FOR_POINT)),
    ],
)
def test_the_strictest_counts(sayings: list[Saying], expected: tuple[str, str, str] | None) -> None:
    for order in (sayings, sayings[::-1]):
        found = [(order[one.index].id, one.state, one.rule) for one in strictest(order, NOW)]
        assert found == ([] if expected is None else [expected])


def test_purposes_and_contact_points_are_apart_and_in_one_order() -> None:
    survey = replace(said(GRANTED), purpose="SURVEY")
    mail = replace(said(GRANTED), point="EMAIL:1")
    order = [survey, said(REFUSED), mail, whole(GRANTED, point="")]
    assert [(order[one.index], one.state) for one in strictest(order, NOW)] == [
        (order[3], GRANTED),
        (mail, GRANTED),
        (order[1], REFUSED),
        (survey, GRANTED),
    ]


sayings = st.lists(
    st.builds(
        Saying,
        st.sampled_from("abcd"),
        st.sampled_from(PURPOSES[:2]),
        st.sampled_from([GRANTED, REFUSED]),
        st.sampled_from(["2026-01-01", "2026-02-01"]),
        st.sampled_from([None, None, PAST, LATER]),
        st.sampled_from([OWN, NOBODY, OTHER]),
        st.sampled_from(["", POINT, "EMAIL:1"]),
        st.booleans(),
        st.booleans(),
    ),
    max_size=8,
)


def refused(said: list[Saying]) -> set[tuple[str, str]]:
    return {(said[one.index].purpose, said[one.index].point) for one in strictest(said, NOW) if one.state == REFUSED}


def as_own(said: Saying) -> Saying:
    """The saying after whoever said it has become the same customer."""
    return replace(said, voice=OWN) if said.voice == OTHER else said


@given(sayings, sayings)
def test_a_merge_loses_no_refusal(ours: list[Saying], theirs: list[Saying]) -> None:
    merged = [*map(as_own, ours), *map(as_own, theirs)]
    assert refused(ours) | refused(theirs) <= refused(merged)


@given(sayings, st.randoms())
def test_no_order_of_arrival_matters(ours: list[Saying], random: Random) -> None:
    shuffled = ours.copy()
    random.shuffle(shuffled)

    def told(said: list[Saying]) -> list[tuple[str, str, str, str]]:
        return [(said[one.index].purpose, said[one.index].point, one.state, one.rule) for one in strictest(said, NOW)]

    assert told(shuffled) == told(ours)


@given(sayings)
def test_what_counts_was_said_and_holds_at_that_time(ours: list[Saying]) -> None:
    for one in strictest(ours, NOW):
        assert ours[one.index].state == one.state
        assert (ours[one.index].until or LATER) > NOW
