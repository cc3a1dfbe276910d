"""Geometry of the small charts: figures become marks, which a template draws as SVG."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any

WIDTH, HEIGHT = 320, 96
"""The drawing of months, in its own units."""
MONTHS = 24
MOST_BARS = 6


@dataclass(frozen=True, slots=True)
class Share:
    """One bar of a mix: its part of the whole in percent, and its length in percent of the longest.

    Without a `channel` it stands for the others together.
    """

    channel: str
    touchpoints: int
    percent: int
    length: float


@dataclass(frozen=True, slots=True)
class Month:
    """One bar of a row of months: `spend` is a Money, `x` to `height` its mark."""

    month: str
    orders: int
    spend: Mapping[str, str]
    x: float
    y: float
    width: float
    height: float
    begins_year: bool


@dataclass(frozen=True, slots=True)
class MonthChart:
    """The months of one currency without gaps, oldest first; `most` is the highest of them."""

    currency: str
    months: Sequence[Month]
    most: Month

    @property
    def told(self) -> Sequence[Month]:
        """The months in which something was bought, newest first."""
        return [month for month in reversed(self.months) if month.orders]


def shares(counted: Sequence[Mapping[str, Any]]) -> list[Share]:
    """`[{channel, touchpoints}]`, most first -> bars."""
    whole = sum(each["touchpoints"] for each in counted)
    return [
        Share(
            each["channel"],
            each["touchpoints"],
            round(100 * each["touchpoints"] / whole),
            round(100 * each["touchpoints"] / counted[0]["touchpoints"], 1),
        )
        for each in counted
    ]


def drawn(bars: Sequence[Share]) -> list[Share]:
    """Return at most MOST_BARS bars: where there are more, the last stands for all others."""
    shown, others = list(bars), bars[MOST_BARS - 1 :]
    if len(bars) > MOST_BARS:
        percent = 100 - sum(bar.percent for bar in bars[: MOST_BARS - 1])
        length = min(round(sum(bar.length for bar in others), 1), 100.0)
        shown[MOST_BARS - 1 :] = [Share("", sum(bar.touchpoints for bar in others), percent, length)]
    return shown


def month_charts(spent: Sequence[Mapping[str, Any]], newest: str) -> list[MonthChart]:
    """`[{month, orders, spend}]` -> one chart for each currency, of the MONTHS up to `newest` (`2026-04`)."""
    by_currency = groupby(sorted(spent, key=lambda each: each["spend"]["currency"]), key=lambda each: each["spend"]["currency"])
    return [_chart(currency, {each["month"]: each for each in told}, newest) for currency, told in by_currency]


def _chart(currency: str, told: Mapping[str, Mapping[str, Any]], newest: str) -> MonthChart:
    names = months_up_to(newest)
    empty = {"orders": 0, "spend": {"amount": "0", "currency": currency}}
    highest = max((Decimal(each["spend"]["amount"]) for each in told.values()), default=Decimal(0)) or Decimal(1)
    step = WIDTH / len(names)
    months: list[Month] = []
    for place, name in enumerate(names):
        each = told.get(name, empty)
        height = round(float(max(Decimal(each["spend"]["amount"]), Decimal(0)) / highest) * HEIGHT, 1)
        mark = round(place * step + 1.5, 1), round(HEIGHT - height, 1), round(step - 3, 1), height
        months.append(Month(name, each["orders"], each["spend"], *mark, name.endswith("-01")))
    return MonthChart(currency, months, max(months, key=lambda month: Decimal(month.spend["amount"])))


def months_up_to(newest: str) -> list[str]:
    """Return the names of MONTHS months, oldest first."""
    year, month = map(int, newest.split("-"))
    last = year * 12 + month - 1
    return [f"{each // 12:04d}-{each % 12 + 1:02d}" for each in range(last - MONTHS + 1, last + 1)]
