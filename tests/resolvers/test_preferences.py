"""The usual time between purchases: the median of the gaps, orders within a day being one purchase."""

from __future__ import annotations

import pytest

from resolvers.people.preferences import usual_gap


def at(*days: float) -> list[str]:
    """Return times of orders so many days after a day, newest first."""
    return [f"2026-03-{1 + int(day):02}T{round(day % 1 * 24):02}:00:00.000000Z" for day in sorted(days, reverse=True)]


@pytest.mark.parametrize(
    ("days", "gap"),
    [
        ((), None),
        ((0,), None),
        ((0, 10), None),
        ((0, 0.5, 10), None),
        ((0, 7, 14), 7),
        ((0, 2, 12, 22), 10),
        ((0, 0.5, 10, 10.25, 20), 10),
        ((0, 4, 10), 5),
    ],
)
def test_the_usual_gap_is_the_median_between_purchases(days: tuple[float, ...], gap: int | None) -> None:
    assert usual_gap(at(*days)) == gap
