"""Who has a case, in its history: what is assigned automatically is offered, and taken up by the first thing that they do."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from graph.cases.history import CaseEvent

if TYPE_CHECKING:
    from graph.cases.folding import CaseState

NEVER = "~"
"""Sorts after every time: an offer that does not run out."""


def assigned(state: CaseState, event: CaseEvent) -> CaseState:
    """Return how a case stands after it was assigned; what a person decides forgets who declined it before."""
    nobody = state.waits_since if state.staff is None and state.waits_since is not None else event.at
    offered = event.choice is not None and event.staff is not None
    return replace(
        state,
        team=event.team,
        staff=event.staff,
        last_owner=event.staff or state.last_owner,
        waits_since=nobody if event.staff is None else None,
        offered_until=(event.until or NEVER) if offered else None,
        declined=state.declined if event.actor is None else frozenset(),
    )


def declined(state: CaseState, event: CaseEvent) -> CaseState:
    """Return how a case stands after somebody did not take it up; of who has it no more it changes nothing."""
    if event.staff is None or event.staff != state.staff or state.offered_until is None:
        return state
    return replace(state, staff=None, waits_since=event.at, offered_until=None, declined=state.declined | {event.staff})


def taken_up(state: CaseState, event: CaseEvent) -> CaseState:
    """Return the case without its offer where whoever has it did something in it."""
    if state.offered_until is None or event.actor is None or event.actor != state.staff:
        return state
    return replace(state, offered_until=None)
