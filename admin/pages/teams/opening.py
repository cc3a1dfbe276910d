"""When a calendar is open, said shortly: days that follow each other and are open alike are told together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from admin.parts.questions import Json


@dataclass(frozen=True, slots=True)
class Opening:
    """From one weekday to another (1 for Monday), both included; `times` are pairs of when it opens and closes, none: closed."""

    first: int
    last: int
    times: tuple[tuple[str, str], ...]


def opening(hours: Iterable[Json]) -> list[Opening]:
    """Return the week of a BusinessCalendar from its hours."""
    times: dict[int, tuple[tuple[str, str], ...]] = dict.fromkeys(range(1, 8), ())
    for each in hours:
        times[each["weekday"]] = (*times[each["weekday"]], (each["opens"], each["closes"]))
    told: list[Opening] = []
    for day, open_ in times.items():
        if told and told[-1].times == open_:
            told[-1] = replace(told[-1], last=day)
        else:
            told.append(Opening(day, day, open_))
    return told
