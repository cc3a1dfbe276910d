"""What the clocks of a case measure: from when, until when and why it ended, and when it counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from graph.cases.folding import CaseState
from graph.cases.states import CLOSED, ENDED, RESOLVED, WAITING_CUSTOMER
from graph.cases.targets import ClockKind

PAUSES: Mapping[str, frozenset[str]] = {
    "FIRST_RESPONSE": frozenset(),
    "NEXT_RESPONSE": frozenset(),
    "RESOLUTION": frozenset({WAITING_CUSTOMER, RESOLVED, CLOSED}),
}
"""Clock -> the states in which it does not run. A response is owed whatever the state says, or setting it would be enough."""

Course = Sequence[tuple[str, CaseState]]


@dataclass(frozen=True, slots=True)
class Wait:
    """One thing that is waited for. `ended` says whether it came (MET) or is owed no more (CANCELLED); null while it is owed.

    `running` are the times in which it counts; the last has no end where it counts still, or did when the wait ended.
    """

    clock: ClockKind
    started_at: str
    ended_at: str | None
    ended: Literal["MET", "CANCELLED"] | None
    running: tuple[tuple[str, str | None], ...]


def waits(course: Course) -> tuple[Wait, ...]:
    """Return what is or was waited for: the first response, each next one in order, the resolution; nothing before OPENED."""
    opened = [(at, state) for at, state in course if state.opened_at is not None]
    if not opened:
        return ()
    first = _first_response(opened)
    return (first, *_next_responses(opened, first), _resolution(opened))


def _first_response(course: Course) -> Wait:
    start = course[0][1].opened_at or ""
    for at, state in course:
        if state.last_reply is not None and state.last_reply >= start:
            return _response("FIRST_RESPONSE", start, state.last_reply, "MET")
        if state.state in ENDED:
            return _response("FIRST_RESPONSE", start, at, "CANCELLED")
    return _response("FIRST_RESPONSE", start, None, None)


def _next_responses(course: Course, first: Wait) -> list[Wait]:
    """One for each time that the customer begins to wait after the first response is owed no more."""
    found: list[Wait] = []
    since: str | None = None
    for at, state in course:
        if since is not None and state.waiting_since != since:
            found.append(_response("NEXT_RESPONSE", since, at, "CANCELLED" if state.state in ENDED else "MET"))
            since = None
        if since is None and first.ended_at is not None and (state.waiting_since or "") >= first.ended_at:
            since = state.waiting_since
    return found if since is None else [*found, _response("NEXT_RESPONSE", since, None, None)]


def _response(clock: ClockKind, start: str, end: str | None, ended: Literal["MET", "CANCELLED"] | None) -> Wait:
    return Wait(clock, start, end, ended, ((start, None),))


def _resolution(course: Course) -> Wait:
    """It ends when the case is resolved, and goes on where it ended if the case is reopened."""
    start, last = course[0][1].opened_at or "", course[-1][1]
    if last.state not in ENDED:
        return Wait("RESOLUTION", start, None, None, _running(start, None, last.stays))
    # A case is closed from RESOLVED only, so that is where the work ended.
    end = max(at for at, state in last.stays if state == RESOLVED)
    return Wait("RESOLUTION", start, max(start, end), "MET", _running(start, end, last.stays))


def _running(start: str, end: str | None, stays: Sequence[tuple[str, str]]) -> tuple[tuple[str, str | None], ...]:
    """Return when it ran from `start` on; what ended with the wait is left open, since it would have gone on."""
    found: list[tuple[str, str | None]] = []
    for (at, state), (until, _) in zip(stays, [*stays[1:], (None, "")], strict=True):
        begins, stops = max(at, start), until if until != end else None
        if state not in PAUSES["RESOLUTION"] and (stops is None or begins < stops):
            found.append((begins, stops))
    return tuple(found)
