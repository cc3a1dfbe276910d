"""Calendars for tests, and any calendar for laws."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from graph.cases.calendar_defects import defects
from graph.cases.calendars import ALWAYS, DAY_MINUTES, Calendar, Closure, Hours
from graph.cases.public_holidays import public_holidays

TOKYO = ZoneInfo("Asia/Tokyo")
SAVED = "2026-01-01T00:00:00.000000Z"
NEW_YEAR = Closure(date(2026, 12, 29), date(2027, 1, 3), every_year=True)
DESK = (Hours(9 * 60, 12 * 60), Hours(13 * 60, 18 * 60))
OFFICE = Calendar(
    "office", 1, SAVED, "Asia/Tokyo", (DESK,) * 5 + ((),) * 2, frozenset(public_holidays((2026, 2027))), (NEW_YEAR,)
)
NIGHT_AND_DAY = Calendar("always", 1, SAVED, "Asia/Tokyo", ALWAYS)


def tokyo(text: str) -> datetime:
    """Return a wall time of Tokyo, such as "2026-12-25 17:30", in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=TOKYO).astimezone(UTC)


@st.composite
def hours(draw: st.DrawFn) -> tuple[Hours, ...]:
    times = sorted(draw(st.sets(st.integers(0, DAY_MINUTES), max_size=6)))
    return tuple(Hours(opens, closes) for opens, closes in zip(times[::2], times[1::2], strict=False))


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    """Any calendar that can be saved."""
    days = st.dates(date(2026, 1, 1), date(2027, 12, 31))
    ranges = st.builds(lambda one, other, yearly: Closure(min(one, other), max(one, other), yearly), days, days, st.just(False))
    yearly = st.builds(lambda one, other: Closure(min(one, other), max(one, other), True), days, days)
    calendar = Calendar(
        "any",
        1,
        SAVED,
        draw(st.sampled_from(["Asia/Tokyo", "America/New_York", "Europe/London", "Australia/Lord_Howe", "America/Santiago"])),
        tuple(draw(st.tuples(*[hours()] * 7))),
        draw(st.frozensets(days, max_size=20)),
        tuple(draw(st.lists(st.one_of(ranges, yearly), max_size=2))),
    )
    return calendar if not defects(calendar) else Calendar("any", 1, SAVED, calendar.zone, ALWAYS, calendar.holidays)
