"""The clocks once more, minute by minute and sharing no code with them but the states: both must say the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from graph.cases.clocks import clocks
from graph.cases.folding import CaseState, course
from graph.cases.history import PRIORITIES, CaseEvent
from graph.cases.pieces import Tables
from graph.cases.states import CLOSED, RESOLVED, WAITING_CUSTOMER
from graph.cases.targets import Target, TargetTable
from tests.graph.cases.calendars import OFFICE, SAVED
from tests.graph.cases.histories import START, at, histories
from tests.laws import examples

NEWER_FROM = 2_000  # minutes
NEWER = replace(OFFICE, number=2, saved_at=at(NEWER_FROM), holidays=OFFICE.holidays | {date(2026, 4, 2)})
MINUTES = {"FIRST_RESPONSE": (240, 180, 120, 60), "RESOLUTION": (1_500, 900, 400, 200)}
"""For each priority, from the least urgent on; the warning comes half an hour before."""
ROWS = tuple(
    Target(f"{clock}-{priority}", clock, minutes * 60, 1_800, "office", priority=priority)
    for clock, of_priorities in (("FIRST_RESPONSE", MINUTES["FIRST_RESPONSE"]), ("RESOLUTION", MINUTES["RESOLUTION"]))
    for priority, minutes in zip(PRIORITIES, of_priorities, strict=True)
)
TABLES = Tables((TargetTable(1, SAVED, ROWS),), {"office": (OFFICE, NEWER)})


@cache
def is_open(minute: int, newer: bool) -> bool:
    local = START + timedelta(minutes=minute, hours=9)
    day = local.date()
    closed = (day.month, day.day) == (4, 29) or (newer and day == date(2026, 4, 2)) or day.weekday() > 4
    return not closed and (9 <= local.hour < 12 or 13 <= local.hour < 18)


def counted(clock: str, stood: list[tuple[str, CaseState]], now: int) -> tuple[int | None, int | None, int | None]:
    """Return when a clock that began at 0 warned, breached and ended, in minutes up to `now`."""
    used = {False: 0, True: 0}
    warned = breached = None
    place, state = 0, stood[0][1]
    for minute in range(now + 1):
        while place < len(stood) and stood[place][0] <= at(minute):
            state = stood[place][1]
            place += 1
        ends = state.state in (RESOLVED, CLOSED) or (state.last_reply is not None and state.last_reply >= at(0))
        if clock == "FIRST_RESPONSE" and ends:
            return warned, breached, minute
        paused = clock == "RESOLUTION" and state.state in (WAITING_CUSTOMER, RESOLVED, CLOSED)
        newer = minute >= NEWER_FROM
        over = used[newer] >= MINUTES[clock][PRIORITIES.index(state.priority)]
        near = used[newer] >= MINUTES[clock][PRIORITIES.index(state.priority)] - 30
        solved = clock == "RESOLUTION" and state.state in (RESOLVED, CLOSED)
        breached = minute if breached is None and over and not solved else breached
        warned = minute if warned is None and breached is None and near and not solved else warned
        for version in used:
            used[version] += is_open(minute, version) and not paused
    return warned, breached, None


@settings(max_examples=examples(test=40, soak=1_000))
@given(histories(), st.integers(0, 600) | st.integers(0, 6_000))
def test_a_warning_and_a_breach_come_at_the_minute_at_which_counting_says(events: list[CaseEvent], now: int) -> None:
    past = [each for each in events if each.at <= at(now)]
    stood = course(past, 7, at(now))
    for clock in clocks(stood, TABLES, at(now)):
        warned, breached, ended = counted(clock.kind, stood, now)
        assert clock.breached_at == (None if breached is None else at(breached))
        assert clock.imminent_at == (None if warned is None else at(warned)) or (warned is None and clock.imminent_at > at(now))
        if clock.kind == "FIRST_RESPONSE":
            assert (clock.met_at or clock.cancelled_at) == (None if ended is None else at(ended))
