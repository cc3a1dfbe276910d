"""Ranks follow what was spent in the 365 days before a day; purchases of the day itself count from the next day on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from graph.loyalty.programme import Rank

WINDOW = timedelta(days=365)
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Purchase:
    """`amount` is minor units of the programme's currency, without what was paid back."""

    day: date
    amount: int


@dataclass(frozen=True, slots=True)
class RankStanding:
    """The rank on a day, None below the lowest. It has been so `since` a day, and stays through `until` if nothing is bought.

    `since` is None where it has been so for as long as anything is known, `until` where nothing ends it.
    """

    name: str | None
    spend: int
    since: date | None
    until: date | None


def rank_of(spend: int, ranks: Sequence[Rank]) -> str | None:
    reached = [rank for rank in ranks if spend >= rank.spend]
    return max(reached, key=lambda rank: rank.spend).name if reached else None


def spend_before(purchases: Sequence[Purchase], day: date) -> int:
    """Return what was spent in the 365 days before a day."""
    return sum(each.amount for each in purchases if day - WINDOW <= each.day < day)


def standing_on(purchases: Sequence[Purchase], ranks: Sequence[Rank], day: date) -> RankStanding:
    """Return the rank on a day, with the days between which it is so."""
    spend = spend_before(purchases, day)
    name = rank_of(spend, ranks)
    # The spend changes only on the day after a purchase and on the day on which one is 366 days ago.
    turns = sorted({each.day + DAY for each in purchases} | {each.day + WINDOW + DAY for each in purchases})
    known = [each for each in purchases if each.day < day]
    since = None
    for turn in reversed([each for each in turns if each <= day]):
        if rank_of(spend_before(purchases, turn - DAY), ranks) != name:
            since = turn
            break
    later = (each for each in turns if each > day and rank_of(spend_before(known, each), ranks) != name)
    ends = next(later, None)
    return RankStanding(name, spend, since, ends - DAY if ends else None)
