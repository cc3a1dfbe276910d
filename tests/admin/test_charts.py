"""Geometry of charts."""

from __future__ import annotations

import pytest

from admin.parts.charts import HEIGHT, MONTHS, WIDTH, drawn, month_charts, months_up_to, shares


def spent(month: str, amount: str, currency: str = "JPY", orders: int = 1) -> dict[str, object]:
    return {"month": month, "orders": orders, "spend": {"amount": amount, "currency": currency}}


def test_shares_are_of_the_whole_and_as_long_as_to_the_longest() -> None:
    counted = [{"channel": "WEB", "touchpoints": 6}, {"channel": "LINE", "touchpoints": 3}, {"channel": "FAX", "touchpoints": 1}]
    assert [(each.percent, each.length) for each in shares(counted)] == [(60, 100.0), (30, 50.0), (10, 16.7)]
    assert shares([]) == []


def test_of_more_channels_than_there_are_bars_the_last_bar_is_the_others_and_all_are_the_whole() -> None:
    counted = [{"channel": name, "touchpoints": 10 - place} for place, name in enumerate("ABCDEFG")]
    bars = drawn(shares(counted))
    assert [bar.channel for bar in bars] == ["A", "B", "C", "D", "E", ""]
    assert (sum(bar.percent for bar in bars), bars[-1].touchpoints) == (100, 9)
    assert max(bar.length for bar in bars) == 100
    assert drawn(shares(counted[:6])) == shares(counted[:6])


def test_months_have_no_gaps_and_the_highest_reaches_the_top() -> None:
    (chart,) = month_charts([spent("2026-01", "500"), spent("2026-04", "1000")], "2026-04")
    assert len(chart.months) == MONTHS
    assert (chart.months[-1].month, chart.months[-1].height, chart.months[-1].y) == ("2026-04", HEIGHT, 0)
    assert (chart.months[-4].month, chart.months[-4].height) == ("2026-01", HEIGHT / 2)
    assert [month.month for month in chart.told] == ["2026-04", "2026-01"]
    assert chart.most.month == "2026-04"
    assert all(month.x >= 0 and month.x + month.width <= WIDTH for month in chart.months)


def test_each_currency_has_a_chart_and_refunds_and_nothing_stay_within_it() -> None:
    charts = month_charts([spent("2026-04", "-20", "USD"), spent("2026-03", "0", "JPY")], "2026-04")
    assert [chart.currency for chart in charts] == ["JPY", "USD"]
    assert {month.height for chart in charts for month in chart.months} == {0.0}


@pytest.mark.parametrize(("newest", "oldest"), [("2026-12", "2025-01"), ("2026-01", "2024-02")])
def test_two_years_end_with_the_newest_month(newest: str, oldest: str) -> None:
    assert (months_up_to(newest)[0], months_up_to(newest)[-1]) == (oldest, newest)
