"""Business time by hand, where clocks are changed, and as laws; and the calendars that cannot be saved."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.cases.calendar_defects import NEVER_OPEN, UNKNOWN_ZONE, WRONG_CLOSURE, WRONG_HOURS, WRONG_WEEK, defects
from graph.cases.calendars import ALWAYS, DAY_MINUTES, Calendar, Closure, Hours, due, elapsed, is_open
from graph.cases.public_holidays import public_holidays, table_years
from tests.graph.cases.calendars import DESK, NIGHT_AND_DAY, OFFICE, SAVED, calendars, tokyo

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
MOMENTS = st.timedeltas(timedelta(), timedelta(days=730)).map(lambda span: datetime(2026, 1, 1, tzinfo=UTC) + span)
SPANS = st.timedeltas(timedelta(), timedelta(hours=60))


@pytest.mark.parametrize(
    ("calendar", "start", "span", "ends"),
    [
        # 17:30 to 18:00 is half an hour, Monday has eight, the company is closed to 01-03, so 3.5 hours are left for 01-04.
        (OFFICE, "2026-12-25 17:30", 12 * HOUR, "2027-01-04 13:30"),
        (OFFICE, "2026-12-25 17:30", 2 * HOUR, "2026-12-28 10:30"),
        (NIGHT_AND_DAY, "2026-12-25 23:50", 30 * MINUTE, "2026-12-26 00:20"),
        (OFFICE, "2026-12-25 17:30", timedelta(), "2026-12-25 17:30"),
        # What ends with the morning is due at noon and not at one.
        (OFFICE, "2026-04-01 09:00", 3 * HOUR, "2026-04-01 12:00"),
        (OFFICE, "2026-04-01 12:10", HOUR, "2026-04-01 14:00"),
        (OFFICE, "2026-04-01 12:10", timedelta(microseconds=1), "2026-04-01 13:00:00.000001"),
        # Silver week: 09-21 to 09-23 are holidays, 09-22 because it lies between two.
        (OFFICE, "2026-09-18 17:00", 2 * HOUR, "2026-09-24 10:00"),
    ],
)
def test_business_time_ends_when_it_ends_by_hand(calendar: Calendar, start: str, span: timedelta, ends: str) -> None:
    assert due(calendar, tokyo(start), span) == tokyo(ends)
    assert elapsed(calendar, tokyo(start), tokyo(ends)) == span


@pytest.mark.parametrize(
    ("start", "end", "passed"),
    [
        ("2026-12-25 17:30", "2027-01-04 13:30", 12 * HOUR),
        ("2026-12-28 09:30", "2026-12-28 11:00", 1.5 * HOUR),
        ("2026-12-29 00:00", "2027-01-04 09:00", timedelta()),
        ("2026-04-01 11:00", "2026-04-01 10:00", timedelta()),
    ],
)
def test_business_time_between_two_moments(start: str, end: str, passed: timedelta) -> None:
    assert elapsed(OFFICE, tokyo(start), tokyo(end)) == passed


@pytest.mark.parametrize(
    ("time", "open_"), [("08:59", False), ("09:00", True), ("11:59", True), ("12:00", False), ("13:00", True), ("18:00", False)]
)
def test_a_calendar_is_open_from_its_hour_on_until_before_it_closes(time: str, open_: bool) -> None:
    assert is_open(OFFICE, tokyo(f"2026-04-01 {time}")) is open_


def zone(name: str, *hours: Hours) -> Calendar:
    return Calendar("zone", 1, SAVED, name, (hours or ALWAYS[0],) * 7)


@pytest.mark.parametrize(
    ("calendar", "day", "passed"),
    [
        (zone("America/New_York"), "2026-03-08", 23 * HOUR),
        (zone("America/New_York"), "2026-11-01", 25 * HOUR),
        (zone("America/New_York", Hours(60, 240)), "2026-03-08", 2 * HOUR),
        (zone("America/New_York", Hours(120, 180)), "2026-03-08", timedelta()),
        (zone("America/New_York", Hours(150, 240)), "2026-03-08", HOUR),
        (zone("America/New_York", Hours(151, 240)), "2026-03-08", HOUR),
        (zone("America/New_York", Hours(0, 90)), "2026-11-01", 1.5 * HOUR),
        (zone("America/New_York", Hours(90, 180)), "2026-11-01", 2.5 * HOUR),
        (zone("Australia/Lord_Howe"), "2026-10-04", 23.5 * HOUR),
        (zone("America/Santiago"), "2026-09-06", 23 * HOUR),  # its clocks skip midnight
        (zone("Pacific/Apia"), "2011-12-30", timedelta()),  # a day that was left out
        (zone("Asia/Tokyo"), "2026-03-08", 24 * HOUR),
    ],
)
def test_a_day_is_as_long_as_its_clocks_make_it(calendar: Calendar, day: str, passed: timedelta) -> None:
    noon = datetime.fromisoformat(day).replace(hour=12, tzinfo=UTC)
    only = replace(
        calendar,
        closures=(
            Closure(date(2000, 1, 1), noon.date() - timedelta(days=1)),
            Closure(noon.date() + timedelta(days=1), date(2040, 1, 1)),
        ),
    )
    assert elapsed(only, noon - timedelta(days=3), noon + timedelta(days=3)) == passed


@given(calendars(), MOMENTS, SPANS)
def test_the_time_that_has_passed_when_it_is_due_is_the_time_that_was_given(
    calendar: Calendar, start: datetime, span: timedelta
) -> None:
    assert elapsed(calendar, start, due(calendar, start, span)) == span


@given(calendars(), MOMENTS, SPANS)
def test_it_is_due_no_later_than_it_must_be(calendar: Calendar, start: datetime, span: timedelta) -> None:
    ends = due(calendar, start, span)
    assert ends == start or elapsed(calendar, start, ends - timedelta(microseconds=1)) < span


@given(calendars(), st.tuples(MOMENTS, MOMENTS, MOMENTS).map(sorted))
def test_business_time_adds_up(calendar: Calendar, moments: list[datetime]) -> None:
    first, middle, last = moments
    assert elapsed(calendar, first, middle) + elapsed(calendar, middle, last) == elapsed(calendar, first, last)
    assert elapsed(calendar, first, last) <= last - first


WEEK = (DESK,) * 7


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({}, ()),
        ({"week": ALWAYS}, ()),
        ({"closures": (Closure(date(2026, 12, 29), date(2028, 1, 3)),)}, (NEVER_OPEN,)),
        ({"closures": (Closure(date(2026, 1, 1), date(9999, 12, 31)),)}, (NEVER_OPEN,)),
        ({"closures": (Closure(date(2026, 2, 1), date(2027, 11, 30)),)}, ()),
        ({"closures": (Closure(date(2026, 1, 1), date(2026, 12, 31), every_year=True),)}, (NEVER_OPEN,)),
        ({"closures": (Closure(date(2026, 3, 1), date(2027, 2, 28), every_year=True),)}, (NEVER_OPEN,)),  # leap days alone
        ({"closures": (Closure(date(2026, 1, 2), date(2026, 12, 31), every_year=True),)}, ()),
        ({"week": ((),) * 7}, (NEVER_OPEN,)),
        (
            {"week": (DESK, *((),) * 6), "closures": (Closure(date(2026, 1, 6), date(2026, 12, 31), every_year=True),)},
            (NEVER_OPEN,),
        ),
        ({"holidays": frozenset(date.fromordinal(date(2030, 1, 1).toordinal() + day) for day in range(365))}, (NEVER_OPEN,)),
        ({"zone": "Asia/Edo"}, (UNKNOWN_ZONE,)),
        ({"week": (DESK,) * 6}, (WRONG_WEEK,)),
        ({"week": ((Hours(540, 540),), *WEEK[1:])}, (WRONG_HOURS,)),
        ({"week": ((Hours(780, 1080), Hours(540, 720)), *WEEK[1:])}, (WRONG_HOURS,)),
        ({"week": ((Hours(540, 800), Hours(780, 1080)), *WEEK[1:])}, (WRONG_HOURS,)),
        ({"week": ((Hours(540, DAY_MINUTES + 60),), *WEEK[1:])}, (WRONG_HOURS,)),
        ({"closures": (Closure(date(2027, 1, 3), date(2026, 12, 29)),)}, (WRONG_CLOSURE,)),
        ({"closures": (Closure(date(2026, 12, 29), date(2028, 1, 3), every_year=True),)}, (WRONG_CLOSURE,)),
        ({"zone": "Asia/Edo", "week": (DESK,) * 6}, (UNKNOWN_ZONE, WRONG_WEEK)),
    ],
)
def test_a_calendar_on_which_a_clock_might_never_end_is_refused(change: dict[str, object], found: tuple[str, ...]) -> None:
    assert defects(replace(Calendar("c", 1, SAVED, "Asia/Tokyo", WEEK), **change)) == found


def test_a_closure_of_every_year_covers_the_days_past_new_year() -> None:
    closure = Closure(date(2020, 12, 29), date(2021, 1, 3), every_year=True)
    days = [date(2026, 12, 28), date(2026, 12, 29), date(2027, 1, 3), date(2027, 1, 4), date(2027, 6, 1)]
    assert [closure.covers(day) for day in days] == [False, True, True, False, False]


def test_the_table_of_holidays_has_substitutes_and_days_between_two() -> None:
    table = public_holidays([2026])
    assert [f"{day:%m-%d}" for day in sorted(table)] == [
        "01-01", "01-12", "02-11", "02-23", "03-20", "04-29", "05-03", "05-04", "05-05", "05-06", "07-20", "08-11",
        "09-21", "09-22", "09-23", "10-12", "11-03", "11-23",
    ]  # fmt: skip
    assert table[date(2026, 9, 22)] == "国民の休日"
    assert list(table_years(date(2026, 11, 29))) == list(range(2025, 2037))
