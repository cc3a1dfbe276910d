"""Periods of the timeline."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from admin.parts.periods import bounds, choices

NOW = datetime(2026, 11, 22, 15, 30, tzinfo=ZoneInfo("Asia/Tokyo"))


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        ("30d", {"from": "2026-10-23T15:00:00+00:00"}),
        ("365d", {"from": "2025-11-22T15:00:00+00:00"}),
        ("2025", {"from": "2024-12-31T15:00:00+00:00", "to": "2025-12-31T15:00:00+00:00"}),
    ],
)
def test_a_period_is_whole_days_or_a_year_of_the_business_time_zone(period: str, expected: dict[str, str]) -> None:
    assert bounds(period, NOW) == expected


@pytest.mark.parametrize("period", ["31d", "0000", "99999", "20x5", "'; MATCH"])
def test_another_name_is_no_period(period: str) -> None:
    with pytest.raises(ValueError, match="no such period"):
        bounds(period, NOW)


def test_this_year_and_those_before_can_be_chosen() -> None:
    assert choices(NOW) == ["2026", "2025", "2024", "2023"]
