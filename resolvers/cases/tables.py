"""The targets and the calendars that clocks are computed from now: as this process has taken them up, each with its version."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from graph.cases.calendars import Calendar, Closure
from graph.cases.tables import SAVED_AT, tables
from graph.cases.targets import Target, in_force
from graph.events.newest import utc_text
from resolvers.access.tags import Tag
from resolvers.cases.words import CaseClockKind, CasePriority
from resolvers.engine.planner import entry, planned
from resolvers.engine.planner.fields import read
from resolvers.engine.planner.readings import Call, Computed, Entries, Object
from resolvers.values.scalars import Date, DateTime

SINCE = "Time since which it is in force, UTC; null for the one that comes with the program."


@planned("From when until when somebody is there on a day of the week, by the wall clock of the calendar.")
class BusinessHours:
    weekday: int = entry("weekday", Tag.INTERNAL, "Day of the week, 1 for Monday to 7 for Sunday.")
    opens: str = entry("opens", Tag.INTERNAL, "Time at which it opens, for example `09:00`.")
    closes: str = entry("closes", Tag.INTERNAL, "Time at which it closes, for example `18:00`; `24:00` for the end of the day.")


@planned("Days on which nobody is there, both included.")
class CalendarClosure:
    first: Date = entry("first", Tag.INTERNAL, "First day; of one that comes every year, in any year.")
    last: Date = entry("last", Tag.INTERNAL, "Last day.")
    every_year: bool = entry("everyYear", Tag.INTERNAL, "Whether it comes every year, by month and day.")


@planned("Business calendar in the version that is in force.")
class BusinessCalendar:
    name: str = entry("name", Tag.INTERNAL, "Id, as targets and shifts name it.")
    version: int = entry("version", Tag.INTERNAL, "Version, as `CaseClock.calendarVersion` names it.")
    since: DateTime | None = entry("since", Tag.INTERNAL, SINCE)
    time_zone: str = entry("timeZone", Tag.INTERNAL, "IANA time zone of its wall clock.")
    hours: list[BusinessHours] = read(Entries("hours", list), Tag.INTERNAL, "When it is open, from Monday on.")
    holidays: list[Date] = entry("holidays", Tag.INTERNAL, "Public holidays on which it is closed, in order.")
    closures: list[CalendarClosure] = read(Entries("closures", list), Tag.INTERNAL, "Other days on which it is closed.")


@planned("How long an answer or a solution may take. A condition that is null holds for every case.")
class CaseTarget:
    name: str = entry("name", Tag.INTERNAL, "Id, as `CaseClock.target` names it.")
    clock: CaseClockKind = entry("clock", Tag.INTERNAL, "What is owed.")
    seconds: int = entry("seconds", Tag.INTERNAL, "Seconds of business time within which it is owed.")
    warning_seconds: int = entry("warningSeconds", Tag.INTERNAL, "How many of them before the end the warning is given.")
    calendar: str = entry("calendar", Tag.INTERNAL, "Id of the calendar by which they count.")
    contract: str | None = entry("contract", Tag.INTERNAL, "Only for customers with this contract.")
    rank: str | None = entry("rank", Tag.INTERNAL, "Only for customers of this rank.")
    topic: str | None = entry("topic", Tag.INTERNAL, "Only for this topic.")
    team: str | None = entry("team", Tag.INTERNAL, "Only for cases of the team with this code.")
    priority: CasePriority | None = entry("priority", Tag.INTERNAL, "Only for this priority.")


@planned("Targets and calendars by which cases are due, in the versions that are in force.")
class CaseTables:
    targets_version: int = entry("targetsVersion", Tag.INTERNAL, "Version of the targets, as `CaseClock` names it.")
    targets_since: DateTime | None = entry("targetsSince", Tag.INTERNAL, SINCE)
    targets: list[CaseTarget] = read(Entries("targets", list), Tag.INTERNAL, "Targets by what is owed and by id.")
    calendars: list[BusinessCalendar] = read(Entries("calendars", list), Tag.INTERNAL, "Calendars by id.")


async def compute(call: Call) -> Object:
    known, now = tables(), utc_text(datetime.now(UTC))
    table = in_force(known.targets, now)
    told = {
        "targetsVersion": table.number,
        "targetsSince": since(table.saved_at),
        "targets": [as_target(row) for row in sorted(table.rows, key=lambda row: (row.clock, row.id))],
        "calendars": [as_calendar(in_force(versions, now)) for _, versions in sorted(known.calendars.items())],
    }
    return await call.read(told, call.store)


def since(saved_at: str) -> str | None:
    return None if saved_at == SAVED_AT else saved_at


def as_target(row: Target) -> dict[str, Any]:
    conditions = {name: getattr(row, name) for name in ("contract", "rank", "topic", "team", "priority")}
    own = {"name": row.id, "clock": row.clock, "seconds": row.seconds, "warningSeconds": row.warning_seconds}
    return {**own, "calendar": row.calendar, **conditions}


def as_calendar(calendar: Calendar) -> dict[str, Any]:
    hours = [
        {"weekday": weekday, "opens": wall_clock(each.opens), "closes": wall_clock(each.closes)}
        for weekday, day in enumerate(calendar.week, 1)
        for each in day
    ]
    return {
        "name": calendar.id,
        "version": calendar.number,
        "since": since(calendar.saved_at),
        "timeZone": calendar.zone,
        "hours": hours,
        "holidays": sorted(day.isoformat() for day in calendar.holidays),
        "closures": [as_closure(each) for each in calendar.closures],
    }


def as_closure(closure: Closure) -> dict[str, Any]:
    return {"first": closure.first.isoformat(), "last": closure.last.isoformat(), "everyYear": closure.every_year}


def wall_clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


case_tables = read(
    Computed(compute),
    Tag.PUBLIC,
    "Targets and calendars by which this server computes when cases are due; a file of yours sets them (`CASE_RULES_FILE`).",
)
