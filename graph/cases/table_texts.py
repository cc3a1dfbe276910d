"""Targets and calendars as the text that is kept of a version: the same text for the same table."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from typing import Any

from graph.cases.calendars import Calendar, Closure, Hours
from graph.cases.targets import Target, TargetTable


def calendar_text(calendar: Calendar) -> str:
    """Return what a calendar says, without its id, number and time."""
    told = {
        "zone": calendar.zone,
        "week": [[[hours.opens, hours.closes] for hours in day] for day in calendar.week],
        "holidays": sorted(day.isoformat() for day in calendar.holidays),
        "closures": [[each.first.isoformat(), each.last.isoformat(), each.every_year] for each in calendar.closures],
    }
    return json.dumps(told)


def calendar_of(own_id: str, number: int, saved_at: str, text: str) -> Calendar:
    told = json.loads(text)
    return Calendar(
        own_id,
        number,
        saved_at,
        told["zone"],
        tuple(tuple(Hours(*hours) for hours in day) for day in told["week"]),
        frozenset(map(date.fromisoformat, told["holidays"])),
        tuple(Closure(date.fromisoformat(first), date.fromisoformat(last), yearly) for first, last, yearly in told["closures"]),
    )


def targets_text(rows: Iterable[Target]) -> str:
    return json.dumps([_without_none(row) for row in sorted(rows, key=lambda row: row.id)])


def targets_of(number: int, saved_at: str, text: str) -> TargetTable:
    return TargetTable(number, saved_at, tuple(Target(**row) for row in json.loads(text)))


def _without_none(row: Target) -> dict[str, Any]:
    return {name: value for name, value in asdict(row).items() if value is not None}
