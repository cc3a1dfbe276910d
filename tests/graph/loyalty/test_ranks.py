"""Ranks: from the spend of the 365 days before a day, with the days between which they hold."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.loyalty.ranks import Purchase, rank_of, standing_on
from tests.graph.loyalty.standings import RANKS

JAN_10, FEB_1 = date(2026, 1, 10), date(2026, 2, 1)
BOUGHT = [Purchase(JAN_10, 40_000), Purchase(FEB_1, 20_000)]
JAN_1 = date(2026, 1, 1)


@pytest.mark.parametrize(
    ("day", "name", "since", "until"),
    [
        (date(2026, 1, 9), None, None, None),
        (FEB_1, None, None, None),  # a purchase of the day itself counts from the next day on
        (date(2026, 2, 2), "SILVER", date(2026, 2, 2), date(2027, 1, 10)),
        (date(2027, 1, 10), "SILVER", date(2026, 2, 2), date(2027, 1, 10)),
        (date(2027, 1, 11), None, date(2027, 1, 11), None),
    ],
)
def test_a_rank_holds_from_the_day_after_it_was_reached_until_the_spend_is_too_old(
    day: date, name: str | None, since: date | None, until: date | None
) -> None:
    found = standing_on(BOUGHT, RANKS, day)
    assert (found.name, found.since, found.until) == (name, since, until)


def test_of_several_ranks_the_highest_counts() -> None:
    assert [rank_of(spend, RANKS) for spend in (0, 49_999, 50_000, 199_999, 200_000)] == [None, None, "SILVER", "SILVER", "GOLD"]


@given(
    st.lists(st.builds(Purchase, st.integers(0, 800).map(lambda days: JAN_1 + timedelta(days=days)), st.integers(0, 150_000))),
    st.integers(0, 1200).map(lambda days: JAN_1 + timedelta(days=days)),
)
def test_it_is_the_same_as_counting_day_by_day(purchases: list[Purchase], day: date) -> None:
    def plainly(on: date, bought: list[Purchase]) -> str | None:
        return rank_of(sum(each.amount for each in bought if 1 <= (on - each.day).days <= 365), RANKS)

    found = standing_on(purchases, RANKS, day)
    assert found.name == plainly(day, purchases)
    if found.since is not None:
        assert plainly(found.since - timedelta(days=1), purchases) != found.name
        days = [found.since + timedelta(days=each) for each in range((day - found.since).days)]
        assert all(plainly(each, purchases) == found.name for each in days)
    known = [each for each in purchases if each.day < day]
    if found.until is not None:
        assert all(plainly(day + timedelta(days=each), known) == found.name for each in range((found.until - day).days + 1))
        assert plainly(found.until + timedelta(days=1), known) != found.name
