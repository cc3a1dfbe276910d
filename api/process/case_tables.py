"""Calendars and targets as the file for cases has them: read into tables, or refused in words that say what to mend."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime

from pydantic import BaseModel, ConfigDict, Field

from api.process.settings import InvalidSettings
from graph.cases.calendar_defects import defects
from graph.cases.calendars import Calendar, Closure, Hours
from graph.cases.history import Priority
from graph.cases.public_holidays import public_holidays, table_years
from graph.cases.targets import CONDITIONS, ClockKind, Target

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
OPENING = re.compile(r"(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})")
SPAN = re.compile(r"(?=.)(?:(\d{1,4})h)?(?:(\d{1,4})m)?")
EVERY_YEAR, LEAP_YEAR = re.compile(r"\d{2}-\d{2}"), 2000
"""A closure of every year has no year; it is read in one that has all days."""
FORM = (
    "`calendars` of `zone`, `hours` (`mon-fri: [9:00-12:00, 13:00-18:00]`), `public_holidays`, `closures` "
    "(`12-29..01-03`, `2027-05-06`), and `targets` of `name`, `clock`, `within` (`4h`, `30m`), `warn_before`, `calendar` with "
    "`priority`, `topic`, `team`, `rank`, `contract`"
)


class CalendarRow(BaseModel):
    """`public_holidays` are those of Japan."""

    model_config = ConfigDict(extra="forbid", strict=True)

    zone: str = "Asia/Tokyo"
    hours: dict[str, list[str]]
    public_holidays: bool = True
    closures: list[str | date] = []

    def calendar(self, own_id: str) -> Calendar:
        """Return the calendar; its number and time come when it is saved. Raises ValueError."""
        holidays = public_holidays(table_years(datetime.now(UTC).date())) if self.public_holidays else ()
        return Calendar(own_id, 0, "", self.zone, week(self.hours), frozenset(holidays), tuple(map(closure, self.closures)))


class TargetRow(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    name: str = Field(min_length=1, max_length=100)
    clock: ClockKind
    within: str
    warn_before: str | None = None
    calendar: str
    priority: Priority | None = None
    topic: str | None = None
    team: str | None = None
    rank: str | None = None
    contract: str | None = None

    def target(self) -> Target:
        """Return the row; raises ValueError."""
        warning = seconds(self.warn_before) if self.warn_before else 0
        conditions = {name: getattr(self, name) for name in CONDITIONS}
        return Target(self.name, self.clock, seconds(self.within), warning, self.calendar, **conditions)


def read_tables(
    calendars: Mapping[str, CalendarRow], targets: Sequence[TargetRow] | None
) -> tuple[list[Calendar], list[Target] | None]:
    """Return the tables of a file; raises InvalidSettings."""
    try:
        read = [row.calendar(own_id) for own_id, row in calendars.items()]
        rows = None if targets is None else [row.target() for row in targets]
    except ValueError as error:
        raise InvalidSettings(f"Settings: CASE_RULES_FILE: {error}; it must have {FORM}.") from None
    for each in read:
        if found := defects(each):
            raise InvalidSettings(f"Settings: CASE_RULES_FILE: the calendar {each.id} cannot be used: {', '.join(found)}.")
    if rows is not None and len({row.id for row in rows}) < len(rows):
        raise InvalidSettings("Settings: CASE_RULES_FILE: two rows of `targets` have one name.")
    return read, rows


def week(hours: Mapping[str, Iterable[str]]) -> tuple[tuple[Hours, ...], ...]:
    """Return the hours of each weekday from `{"mon-fri": ["9:00-18:00"]}`; a day that no row names is closed."""
    of_day: dict[str, tuple[Hours, ...]] = {}
    for told, openings in hours.items():
        first, _, last = told.partition("-")
        if first not in DAYS or (last or first) not in DAYS[DAYS.index(first) :]:
            raise ValueError(f"`{told}` is no weekday and no range of them")
        for day in DAYS[DAYS.index(first) : DAYS.index(last or first) + 1]:
            if day in of_day:
                raise ValueError(f"`{day}` stands there twice")
            of_day[day] = tuple(map(opening, openings))
    return tuple(of_day.get(day, ()) for day in DAYS)


def opening(told: str) -> Hours:
    found = OPENING.fullmatch(told)
    if found is None or int(found[2]) > 59 or int(found[4]) > 59:
        raise ValueError(f"`{told}` are no opening hours")
    opens, closes = int(found[1]) * 60 + int(found[2]), int(found[3]) * 60 + int(found[4])
    return Hours(opens, closes)


def closure(told: str | date) -> Closure:
    """Return the days of `2027-05-06`, `2027-05-06..2027-05-08`, or those of every year, `12-29..01-03`."""
    if isinstance(told, date):
        return Closure(told, told)
    first, _, last = told.partition("..")
    yearly = EVERY_YEAR.fullmatch(first) is not None
    try:
        begins, ends = (date.fromisoformat(f"{LEAP_YEAR}-{each}" if yearly else each) for each in (first, last or first))
        return Closure(begins, ends.replace(year=LEAP_YEAR + 1) if yearly and ends < begins else ends, yearly)
    except ValueError:
        raise ValueError(f"`{told}` are no days") from None


def seconds(told: str) -> int:
    """Return the seconds of `4h`, `30m` or `1h30m`."""
    found = SPAN.fullmatch(told)
    if found is None:
        raise ValueError(f"`{told}` is no time such as `4h`, `30m` or `1h30m`")
    return int(found[1] or 0) * 3600 + int(found[2] or 0) * 60
