"""Clocks by hand: the acceptance of the service page, pauses, changes on the way, versions; and as laws."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.cases.calendars import elapsed
from graph.cases.clocks import Clock, clocks, next_change, next_due
from graph.cases.folding import course
from graph.cases.history import PRIORITIES, CaseEvent, moment
from graph.cases.pieces import Tables
from graph.cases.states import OPEN, WAITING_CUSTOMER, WAITING_INTERNAL
from graph.cases.targets import Target, TargetTable
from graph.events.newest import utc_text
from tests.graph.cases.calendars import NIGHT_AND_DAY, OFFICE, SAVED, tokyo
from tests.graph.cases.histories import at as minutes_in
from tests.graph.cases.histories import histories
from tests.laws import examples

HOUR = 3600
CLOSE_AFTER_DAYS = 7


def on(text: str) -> str:
    """Return a wall time of Tokyo, such as "2026-12-25 17:30", as UTC text."""
    return utc_text(tokyo(text))


def event(text: str, kind: Any, **values: Any) -> CaseEvent:
    return CaseEvent(values.pop("id", f"{kind}-{text}"), on(text), kind, **values)


def opened(text: str, priority: str = "NORMAL", **values: Any) -> CaseEvent:
    return event(text, "OPENED", priority=priority, **values)


def state(text: str, state: str) -> CaseEvent:
    return event(text, "STATE_SET", state=state, code="ANSWERED", note="Told them.")


def resolution(hours: float, calendar: str = "office", warning: float = 1, **conditions: Any) -> Target:
    name = f"{hours}-{conditions}"
    return Target(name, "RESOLUTION", int(hours * HOUR), int(warning * HOUR), calendar, **conditions)


def tables(*rows: Target, calendars: tuple[Any, ...] = (OFFICE,)) -> Tables:
    return Tables((TargetTable(1, SAVED, rows),), {"office": calendars, "always": (NIGHT_AND_DAY,)})


def of(events: list[CaseEvent], known: Tables, now: str) -> tuple[Clock, ...]:
    return clocks(course(events, CLOSE_AFTER_DAYS, now), known, now)


def one(events: list[CaseEvent], known: Tables, now: str) -> Clock:
    (clock,) = of(events, known, on(now))
    return clock


# Acceptance 1


@pytest.mark.parametrize(
    ("events", "target", "due"),
    [
        # Friday has 0.5 hours, Monday 8, then nobody is there to 01-03: 3 hours of Monday morning and 0.5 after lunch.
        ([opened("2026-12-25 17:30")], resolution(12), "2027-01-04 13:30"),
        ([opened("2026-12-25 17:30")], resolution(2), "2026-12-28 10:30"),
        ([opened("2026-12-25 23:50")], resolution(0.5, "always"), "2026-12-26 00:20"),
        # An hour and a half of Monday does not count.
        (
            [opened("2026-12-25 17:30"), state("2026-12-28 09:30", WAITING_CUSTOMER), state("2026-12-28 11:00", OPEN)],
            resolution(12),
            "2027-01-04 15:00",
        ),
        (
            [
                opened("2026-12-25 17:30"),
                state("2026-12-28 09:30", WAITING_CUSTOMER),
                event("2026-12-28 11:00", "CUSTOMER_MESSAGE"),
            ],
            resolution(12),
            "2027-01-04 15:00",
        ),
    ],
)
def test_a_case_is_due_when_it_is_due_by_hand(events: list[CaseEvent], target: Target, due: str) -> None:
    clock = one(
        events,
        tables(target),
        "2026-12-28 18:00" if target.calendar == "office" and target.seconds > 2 * HOUR else "2026-12-25 23:55",
    )
    assert (clock.due_at, clock.calendar, clock.calendar_version) == (on(due), target.calendar, 1)


def test_a_newer_table_of_holidays_changes_only_clocks_that_still_run() -> None:
    """On 12-26 somebody saves that Monday 12-28 is a holiday."""
    newer = replace(OFFICE, number=2, saved_at=on("2026-12-26 10:00"), holidays=OFFICE.holidays | {date(2026, 12, 28)})
    running = [opened("2026-12-25 16:30")]
    done = [*running, state("2026-12-25 17:00", "RESOLVED")]
    known = tables(resolution(2), calendars=(OFFICE, newer))
    clock = one(running, known, "2026-12-26 12:00")
    assert (clock.due_at, clock.calendar_version) == (on("2027-01-04 09:30"), 2)
    ended = one(done, known, "2026-12-26 12:00")
    assert (ended.state, ended.due_at, ended.calendar_version) == ("MET", on("2026-12-28 09:30"), 1)
    assert one(running, known, "2026-12-26 09:59") == replace(
        clock, due_at=on("2026-12-28 09:30"), imminent_at=on("2026-12-25 17:30"), calendar_version=1, state="IMMINENT"
    )


# Acceptance 2

RAISED = (resolution(8, priority="NORMAL"), resolution(4, priority="URGENT"), resolution(2, priority="HIGH"))


def test_raising_the_priority_counts_the_hours_before_and_applies_earlier_pauses() -> None:
    """Opened at 9, waiting for the customer from 10 to 11: by 14:00 three hours have been used, of four after the raise."""
    events = [
        opened("2026-04-01 09:00"), state("2026-04-01 10:00", WAITING_CUSTOMER), state("2026-04-01 11:00", OPEN),
    ]  # fmt: skip
    assert one(events, tables(*RAISED), "2026-04-01 14:00").due_at == on("2026-04-02 10:00")
    events.append(event("2026-04-01 14:00", "PRIORITY_SET", priority="URGENT"))
    clock = one(events, tables(*RAISED), "2026-04-01 14:00")
    assert (clock.due_at, clock.left_seconds) == (on("2026-04-01 15:00"), HOUR)
    assert (clock.state, clock.imminent_at) == ("IMMINENT", on("2026-04-01 14:00"))


def test_raising_the_priority_past_its_time_is_a_breach_at_that_moment_and_no_warning() -> None:
    events = [opened("2026-04-01 09:00"), event("2026-04-01 14:00", "PRIORITY_SET", priority="HIGH")]
    clock = one(events, tables(*RAISED), "2026-04-01 14:00")
    assert (clock.state, clock.due_at, clock.breached_at) == ("BREACHED", on("2026-04-01 11:00"), on("2026-04-01 14:00"))
    assert clock.imminent_at is None


def test_what_was_told_stays_when_the_priority_falls_again() -> None:
    events = [
        opened("2026-04-01 09:00"), event("2026-04-01 09:30", "PRIORITY_SET", priority="HIGH"),
        event("2026-04-01 11:30", "PRIORITY_SET", priority="NORMAL"), event("2026-04-01 13:00", "PRIORITY_SET", priority="HIGH"),
    ]  # fmt: skip
    clock = one(events, tables(*RAISED), "2026-04-02 18:00")
    assert (clock.state, clock.imminent_at, clock.breached_at) == ("BREACHED", on("2026-04-01 10:00"), on("2026-04-01 11:00"))


def test_a_warning_that_was_given_is_not_given_again() -> None:
    events = [
        opened("2026-04-01 09:00", "HIGH"), event("2026-04-01 10:30", "PRIORITY_SET", priority="NORMAL"),
    ]  # fmt: skip
    warned = one(events, tables(*RAISED), "2026-04-01 11:00")
    assert (warned.state, warned.imminent_at, warned.due_at) == ("PENDING", on("2026-04-01 10:00"), on("2026-04-01 18:00"))
    assert one(events, tables(*RAISED), "2026-04-01 17:00") == replace(warned, state="IMMINENT", left_seconds=HOUR)


# Pauses, ends


@pytest.mark.parametrize(
    ("events", "now", "expected"),
    [
        ([], "2026-04-01 10:00", ("PENDING", "2026-04-01 11:00", "2026-04-01 10:30", None, False, 3600)),
        ([], "2026-04-01 10:30", ("IMMINENT", "2026-04-01 11:00", "2026-04-01 10:30", None, False, 1800)),
        ([], "2026-04-01 11:00", ("BREACHED", "2026-04-01 11:00", "2026-04-01 10:30", "2026-04-01 11:00", False, 0)),
        ([], "2026-04-01 13:30", ("BREACHED", "2026-04-01 11:00", "2026-04-01 10:30", "2026-04-01 11:00", False, -5400)),
        ([state("2026-04-01 10:00", WAITING_CUSTOMER)], "2026-04-01 17:00", ("PENDING", None, None, None, True, 3600)),
        (
            [state("2026-04-01 10:00", WAITING_INTERNAL)], "2026-04-01 10:00",
            ("PENDING", "2026-04-01 11:00", "2026-04-01 10:30", None, False, 3600),
        ),
        # What is resolved at the moment at which it is due is in time.
        (
            [state("2026-04-01 11:00", "RESOLVED")], "2026-04-01 12:00",
            ("MET", "2026-04-01 11:00", "2026-04-01 10:30", None, False, 0),
        ),
        (
            [state("2026-04-01 11:30", "RESOLVED")], "2026-04-01 12:00",
            ("BREACHED", "2026-04-01 11:00", "2026-04-01 10:30", "2026-04-01 11:00", False, -1800),
        ),
        (
            [state("2026-04-01 09:30", "RESOLVED")], "2026-04-01 12:00",
            ("MET", "2026-04-01 11:00", None, None, False, 5400),
        ),
        # The pause begins when the time is used up.
        (
            [state("2026-04-01 11:00", WAITING_CUSTOMER)], "2026-04-01 12:00",
            ("BREACHED", "2026-04-01 11:00", "2026-04-01 10:30", "2026-04-01 11:00", True, 0),
        ),
        # Reopened after it has been resolved with an hour left.
        (
            [state("2026-04-01 10:00", "RESOLVED"), event("2026-04-02 14:00", "CUSTOMER_MESSAGE")], "2026-04-02 14:00",
            ("PENDING", "2026-04-02 15:00", "2026-04-02 14:30", None, False, 3600),
        ),
    ],
)  # fmt: skip
def test_the_clock_of_the_resolution(events: list[CaseEvent], now: str, expected: tuple[Any, ...]) -> None:
    clock = one([opened("2026-04-01 09:00"), *events], tables(resolution(2, warning=0.5)), now)
    name, due, imminent, breached, paused, left = expected
    times = [None if time is None else on(time) for time in (due, imminent, breached)]
    assert (clock.state, clock.due_at, clock.imminent_at, clock.breached_at) == (name, *times)
    assert (clock.paused, clock.left_seconds) == (paused, left)


FIRST, NEXT = Target("f", "FIRST_RESPONSE", HOUR, 600, "office"), Target("n", "NEXT_RESPONSE", 2 * HOUR, 600, "office")


def test_responses_are_owed_one_after_another_and_a_pause_of_the_case_does_not_stop_them() -> None:
    events = [
        opened("2026-04-01 09:00"), event("2026-04-01 09:00", "CUSTOMER_MESSAGE"),
        event("2026-04-01 09:10", "CUSTOMER_MESSAGE"), state("2026-04-01 09:20", WAITING_CUSTOMER),
        event("2026-04-01 10:30", "REPLY"),
        event("2026-04-01 11:00", "CUSTOMER_MESSAGE"), event("2026-04-01 11:30", "CUSTOMER_MESSAGE"),
        event("2026-04-01 11:45", "REPLY"),
        event("2026-04-01 13:00", "CUSTOMER_MESSAGE"), state("2026-04-01 13:30", "RESOLVED"),
        event("2026-04-01 14:00", "CUSTOMER_MESSAGE", only_thanks=True),
        event("2026-04-01 14:30", "CUSTOMER_MESSAGE"),
    ]  # fmt: skip
    found = of(events, tables(FIRST, NEXT), on("2026-04-01 15:00"))
    assert [(clock.kind, clock.state, clock.started_at, clock.met_at, clock.cancelled_at) for clock in found] == [
        ("FIRST_RESPONSE", "BREACHED", on("2026-04-01 09:00"), on("2026-04-01 10:30"), None),
        ("NEXT_RESPONSE", "MET", on("2026-04-01 11:00"), on("2026-04-01 11:45"), None),
        ("NEXT_RESPONSE", "CANCELLED", on("2026-04-01 13:00"), None, on("2026-04-01 13:30")),
        ("NEXT_RESPONSE", "PENDING", on("2026-04-01 14:30"), None, None),
    ]
    assert next_due(found) == on("2026-04-01 16:30")
    assert next_change(found, on("2026-04-01 15:00")) == on("2026-04-01 16:20")
    assert next_change(found, on("2026-04-01 16:20")) == on("2026-04-01 16:30")


def test_a_reply_that_bounced_leaves_the_first_response_owed() -> None:
    events = [
        opened("2026-04-01 09:00"),
        event("2026-04-01 09:30", "REPLY", id="r"),
        event("2026-04-01 09:31", "BOUNCED", about="r"),
    ]
    assert one(events, tables(FIRST), "2026-04-01 09:45").state == "PENDING"
    assert one(events[:2], tables(FIRST), "2026-04-01 09:45").state == "MET"


def test_a_case_for_which_no_target_fits_has_no_clock_and_one_that_fits_no_longer_is_cancelled() -> None:
    gold = replace(FIRST, topic="returns")
    assert of([opened("2026-04-01 09:00")], tables(gold), on("2026-04-01 09:30")) == ()
    events = [opened("2026-04-01 09:00", topic="returns"), event("2026-04-01 09:30", "TOPIC_SET", topic="delivery")]
    clock = one(events, tables(gold), "2026-04-01 09:30")
    assert clock == replace(one(events, tables(gold), "2026-04-01 17:00"), left_seconds=clock.left_seconds)
    assert (clock.state, clock.cancelled_at) == ("CANCELLED", on("2026-04-01 09:30"))


def test_a_case_without_its_opening_has_no_clock() -> None:
    assert of([event("2026-04-01 09:00", "CUSTOMER_MESSAGE")], tables(FIRST), on("2026-04-01 10:00")) == ()


def test_an_event_that_arrives_late_takes_a_breach_back() -> None:
    events = [opened("2026-04-01 09:00")]
    assert one(events, tables(FIRST), "2026-04-01 13:30").state == "BREACHED"
    assert one([*events, event("2026-04-01 09:40", "REPLY")], tables(FIRST), "2026-04-01 13:30").state == "MET"


# Laws

ROWS = tuple(
    replace(row, id=f"{row.id}-{priority}", seconds=row.seconds // (1 + place), priority=priority)
    for row in (FIRST, replace(NEXT, calendar="always"), resolution(20))
    for place, priority in enumerate(PRIORITIES)
)
LATER = replace(OFFICE, number=2, saved_at=minutes_in(5_000), holidays=OFFICE.holidays | {date(2026, 4, 6)})
KNOWN = Tables(
    (TargetTable(1, SAVED, ROWS), TargetTable(2, minutes_in(3_000), ROWS[4:])),
    {"office": (OFFICE, LATER), "always": (NIGHT_AND_DAY,)},
)
NOW = st.integers(0, 600) | st.integers(0, 40_000)


@settings(max_examples=examples(test=60, soak=2_000))
@given(st.data(), histories(), NOW)
def test_clocks_are_the_same_in_whatever_order_events_arrive(data: Any, events: list[CaseEvent], now: int) -> None:
    arrived = data.draw(st.permutations([*events, events[0]]))
    assert of(arrived, KNOWN, minutes_in(now)) == of(events, KNOWN, minutes_in(now))


@settings(max_examples=examples(test=60, soak=2_000))
@given(st.data(), histories(), NOW)
def test_untying_an_interaction_restarts_neither_the_first_response_nor_the_resolution(
    data: Any, events: list[CaseEvent], now: int
) -> None:
    """What an untied interaction brought is not in the set any longer; tied again, everything is as it was."""
    rest = [each for each in events if each.kind not in ("CUSTOMER_MESSAGE", "REPLY") or data.draw(st.booleans())]
    untied = {clock.kind: clock.started_at for clock in of(rest, KNOWN, minutes_in(now)) if clock.kind != "NEXT_RESPONSE"}
    before = {clock.kind: clock.started_at for clock in of(events, KNOWN, minutes_in(now)) if clock.kind != "NEXT_RESPONSE"}
    assert untied.items() <= {"FIRST_RESPONSE": events[0].at, "RESOLUTION": events[0].at}.items()
    assert before.items() <= {"FIRST_RESPONSE": events[0].at, "RESOLUTION": events[0].at}.items()


@settings(max_examples=examples(test=60, soak=2_000))
@given(histories(), st.lists(NOW, min_size=2, max_size=2).map(sorted))
def test_what_was_told_of_a_clock_is_not_told_again_as_time_goes_by(events: list[CaseEvent], times: list[int]) -> None:
    """While nothing happens: no warning and no breach moves, and each comes when it was foreseen."""
    first, second = (minutes_in(time) for time in times)
    known = [each for each in events if each.at <= first]
    before = {(clock.kind, clock.started_at): clock for clock in of(known, TWO_DAYS, first)}
    for clock in of(known, TWO_DAYS, second):
        was = before[clock.kind, clock.started_at]
        assert was.breached_at in (None, clock.breached_at)
        assert was.imminent_at == clock.imminent_at
        if clock.breached_at is not None and was.breached_at is None:
            assert clock.breached_at == was.due_at


TWO_DAYS = Tables((TargetTable(1, SAVED, ROWS),), {"office": (OFFICE,), "always": (NIGHT_AND_DAY,)})


@settings(max_examples=examples(test=60, soak=2_000))
@given(histories(), NOW)
def test_a_clock_says_of_itself_what_its_times_say(events: list[CaseEvent], now: int) -> None:
    for clock in of(events, KNOWN, minutes_in(now)):
        assert (clock.state == "BREACHED") == (clock.breached_at is not None)
        assert clock.state != "MET" or clock.met_at is not None
        assert clock.state != "CANCELLED" or clock.cancelled_at is not None
        assert clock.met_at is None or clock.cancelled_at is None
        assert clock.breached_at is None or clock.imminent_at is None or clock.imminent_at < clock.breached_at
        if clock.kind == "NEXT_RESPONSE" and clock.due_at is not None:
            used = elapsed(NIGHT_AND_DAY, moment(clock.started_at), moment(clock.due_at))
            assert used in [timedelta(seconds=row.seconds) for row in ROWS]
