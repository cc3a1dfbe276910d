"""When a delivery is tried again: the table of Standard Webhooks, with a little chance, never before the endpoint wants it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from graph.changes.types import CHANGE_TYPES, is_chosen
from graph.webhooks.ladder import HOUR, JITTER, LADDER, MINUTE, asked_pause, pause_after

NOW = datetime(2026, 4, 1, 10, tzinfo=UTC)


def test_the_ladder_is_that_of_standard_webhooks() -> None:
    hours = [2, 5, 10, 14, 20, 24]
    assert list(LADDER) == [0, 5, 5 * MINUTE, 30 * MINUTE, *(each * HOUR for each in hours)]
    assert [pause_after(tries, 0) for tries in range(1, 11)] == [*(timedelta(seconds=each) for each in LADDER[1:]), None]


@pytest.mark.parametrize("tries", range(1, len(LADDER)))
def test_chance_makes_a_pause_a_little_longer_and_never_shorter(tries: int) -> None:
    least, most = pause_after(tries, 0), pause_after(tries, 1)
    assert least is not None
    assert most is not None
    assert (least.total_seconds(), most.total_seconds()) == (LADDER[tries], pytest.approx(LADDER[tries] * (1 + JITTER)))


@pytest.mark.parametrize(("asked", "seconds"), [(0, 5), (3, 5), (7, 7), (3600, 3600), (10**8, 24 * HOUR)])
def test_an_endpoint_is_not_called_before_it_wants_to_be_unless_that_is_later_than_a_day(asked: float, seconds: int) -> None:
    assert pause_after(1, 0, asked) == timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("7", 7), (" 120 ", 120), ("0", 0), ("9" * 50, 999_999_999),
        ("Wed, 01 Apr 2026 10:00:30 GMT", 30), ("Wed, 01 Apr 2026 09:00:00 GMT", 0),
        (None, 0), ("", 0), ("soon", 0), ("-5", 0), ("７", 0), ("1.5", 0),
    ],
)  # fmt: skip
def test_the_header_is_read_as_seconds_or_as_a_date(header: str | None, seconds: float) -> None:
    assert asked_pause(header, NOW) == seconds


def test_types_are_chosen_whole_or_by_their_noun() -> None:
    assert [each for each in CHANGE_TYPES if is_chosen(["customer.merged", "order"], each)] == [
        "customer.merged", "order.added", "order.changed",
    ]  # fmt: skip
    assert all(is_chosen([], each) for each in CHANGE_TYPES)
    assert not is_chosen(["custom"], "customer.merged")
