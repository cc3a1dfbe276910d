"""Teams with their members, and the tables of targets and calendars, as the reader answers them: counted case by case."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from graph.cases.calendars import Calendar
from graph.cases.tables import tables
from tests.resolvers.reader.fields import field, properties
from tests.resolvers.reader.request import Request, Thing
from tests.resolvers.reader.spelling import global_id

TEAM = "Team"
properties(TEAM, TEAM, code="code", name="name", version="version", assigns="assigns", offerMinutes="offer_minutes")
CASES = "MATCH (k:Case) RETURN k.team, k.staff, k.state"
ENDED = ("RESOLVED", "CLOSED")
SINCE_EVER = "2026-01-01T00:00:00.000000Z"


@field("Query", "teams")
def teams(_: None, request: Request) -> list[Thing]:
    return [Thing(TEAM, raw) for _, raw in sorted(request.rows("MATCH (t:Team) RETURN t.code, t.id"))]


@field(TEAM, "id")
def own_id(team: Thing, _: Request) -> str:
    return global_id(TEAM, team.id)


@field(TEAM, "openCases")
def open_cases(team: Thing, request: Request) -> int:
    code = request.value("MATCH (t:Team) WHERE t.id = $p.id RETURN t.code", id=team.id)
    return sum(of == code and state not in ENDED for of, _, state in request.rows(CASES))


@field(TEAM, "members")
def members(team: Thing, request: Request) -> list[dict[str, Any]]:
    rows = request.rows("MATCH (s:Staff)-->(t:Team) WHERE t.id = $p.id RETURN properties(s)", id=team.id)
    told = ({"available": False, "shift": None, **row[0]} for row in rows)
    return [
        {**each, "onShift": on_shift(each["shift"]), "workingOn": working_on(each["account"], request)}
        for each in sorted(told, key=lambda each: each["account"])
    ]


def working_on(account: str, request: Request) -> int:
    return sum(staff == account and state in ("NEW", "OPEN") for _, staff, state in request.rows(CASES))


def on_shift(shift: str | None) -> bool:
    if shift is None:
        return True
    calendar = tables().calendars[shift][-1]
    now = datetime.now(UTC).astimezone(ZoneInfo(calendar.zone))
    minutes = now.hour * 60 + now.minute
    return any(hours.opens <= minutes < hours.closes for hours in calendar.hours(now.date()))


@field("Query", "caseTables")
def case_tables(_: None, __: Request) -> dict[str, Any]:
    table = tables().targets[-1]
    members = {"name": "id", "clock": "clock", "seconds": "seconds", "warningSeconds": "warning_seconds", "calendar": "calendar"}
    members |= {name: name for name in ("contract", "rank", "topic", "team", "priority")}
    return {
        "targetsVersion": table.number,
        "targetsSince": since(table.saved_at),
        "targets": sorted(
            ({name: getattr(row, of) for name, of in members.items()} for row in table.rows),
            key=lambda row: (row["clock"], row["name"]),
        ),
        "calendars": [calendar(versions[-1]) for _, versions in sorted(tables().calendars.items())],
    }


def since(saved_at: str) -> str | None:
    return None if saved_at == SINCE_EVER else saved_at


def calendar(told: Calendar) -> dict[str, Any]:
    return {
        "name": told.id, "version": told.number, "since": since(told.saved_at), "timeZone": told.zone,
        "hours": [
            {"weekday": day + 1, "opens": clock(hours.opens), "closes": clock(hours.closes)}
            for day in range(7) for hours in told.week[day]
        ],
        "holidays": [str(day) for day in sorted(told.holidays)],
        "closures": [
            {"first": str(each.first), "last": str(each.last), "everyYear": each.every_year} for each in told.closures
        ],
    }  # fmt: skip


def clock(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    return f"{hours:02}:{rest:02}"
