"""The clocks of a case: when an answer or a solution is due, as a function of its history, the versions of tables, and now.

Whatever changes on the way (priority, topic, team, a newer table of targets, a newer calendar) counts from the start of a
clock that still runs: time that has passed has passed. What has ended is computed from the versions of its time. A warning
and a breach are told once: when they first came, whatever is changed afterwards.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

from graph.cases.history import moment
from graph.cases.pieces import Piece, Running, Tables, pieces, used
from graph.cases.targets import ClockKind
from graph.cases.waits import Course, Wait, waits
from graph.events.newest import utc_text

ClockState = Literal["PENDING", "IMMINENT", "BREACHED", "MET", "CANCELLED"]
CLOCK_STATES: tuple[str, ...] = get_args(ClockState)


@dataclass(frozen=True, slots=True)
class Clock:
    """One clock; all times are UTC text of fixed width.

    `state`: BREACHED stays when the answer comes too late, with `met_at`, and when it is owed no more, with `cancelled_at`.
    `due_at` is null while the clock is paused with time left. `imminent_at` is when the warning came or will come; null
    where none came before the breach or the end. `left_seconds` of business time are left, below 0 after `due_at`.
    `target` and `calendar` are the ids of what it was computed from, with their versions.
    """

    kind: ClockKind
    state: ClockState
    started_at: str
    due_at: str | None
    imminent_at: str | None
    breached_at: str | None
    met_at: str | None
    cancelled_at: str | None
    paused: bool
    left_seconds: float
    target: str
    targets_version: int
    calendar: str
    calendar_version: int

    @property
    def owed(self) -> bool:
        return self.met_at is None and self.cancelled_at is None


def clocks(course: Course, tables: Tables, now: str) -> tuple[Clock, ...]:
    """Return the clocks of a case in the order in which `waits` has them, without those for which no target fits."""
    computed = (_clock(wait, course, tables, now) for wait in waits(course))
    return tuple(clock for clock in computed if clock is not None)


def next_due(clocks: Iterable[Clock]) -> str | None:
    """Return the earliest time at which what is owed was or will be late: what is kept for lists in that order."""
    late = [clock.breached_at or clock.due_at for clock in clocks if clock.owed]
    return min((at for at in late if at is not None), default=None)


def next_change(clocks: Iterable[Clock], now: str) -> str | None:
    """Return the next time after `now` at which a clock comes to its warning or to its end, if nothing happens before."""
    ahead = (at for clock in clocks if clock.owed and clock.breached_at is None for at in (clock.imminent_at, clock.due_at))
    return min((at for at in ahead if at is not None and at > now), default=None)


def _clock(wait: Wait, course: Course, tables: Tables, now: str) -> Clock | None:
    cut, until = pieces(wait, course, tables, now), moment(now)
    if not cut:
        return None
    last, running = cut[-1], [(moment(begins), None if ends is None else moment(ends)) for begins, ends in wait.running]
    ended_at, ended = (moment(wait.ended_at), wait.ended) if wait.ended_at is not None else (None, None)
    if ended is None and last.ends <= until:
        ended_at, ended = last.ends, "CANCELLED"
    breached, warned = _told(cut, running)
    due_at, ahead = last.reached(running, last.target.seconds), last.reached(running, last.target.warning_after)
    if warned is None and breached is None and ended is None and ahead is not None and (due_at is None or ahead < due_at):
        warned = ahead
    imminent = warned is not None and ahead is not None and ahead <= until
    return Clock(
        kind=wait.clock,
        state="BREACHED" if breached else ended or ("IMMINENT" if imminent else "PENDING"),
        started_at=wait.started_at,
        due_at=_text(due_at),
        imminent_at=_text(warned),
        breached_at=_text(breached),
        met_at=_text(ended_at) if ended == "MET" else None,
        cancelled_at=_text(ended_at) if ended == "CANCELLED" else None,
        paused=ended is None and (not running or running[-1][1] is not None),
        left_seconds=last.target.seconds - used(last.calendar, running, ended_at or until).total_seconds(),
        target=last.target.id,
        targets_version=last.targets_version,
        calendar=last.calendar.id,
        calendar_version=last.calendar.number,
    )


def _told(cut: Sequence[Piece], running: Running) -> tuple[datetime | None, datetime | None]:
    """Return when the breach and the warning came, each for the first time; a warning only if it came before the breach."""
    breaches = (piece.within(piece.reached(running, piece.target.seconds)) for piece in cut)
    breached = next((at for at in breaches if at is not None), None)
    warnings = (piece.within(piece.reached(running, piece.target.warning_after)) for piece in cut)
    warned = next((at for at in warnings if at is not None), None)
    return breached, warned if warned is not None and (breached is None or warned < breached) else None


def _text(at: datetime | None) -> str | None:
    return None if at is None else utc_text(at)
