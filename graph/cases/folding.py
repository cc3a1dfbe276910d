"""How a case stands, as a pure function of the set of its events: late, repeated and shuffled ones give the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TypeAlias

from graph.cases import offers, states
from graph.cases.history import NORMAL, REPORTED, CaseEvent, moment, ordered
from graph.cases.states import BY_ITSELF, BY_PERSON, CLOSED, ENDED, NEW, OPEN, RESOLVED
from graph.events.newest import utc_text


@dataclass(frozen=True, slots=True)
class CaseState:
    """How a case stands; all times are UTC text of fixed width, what is not known or not so is null.

    `since`: when `state` began. `opened_at` is null until the event OPENED has arrived. `staff` may be set without `team`.
    `last_owner` is the last member of staff who had it, `waits_since` when nobody began to have it; null while somebody has.
    `offered_until` is by when whoever it was assigned to automatically is to take it up (NEVER: no such time), `declined` are
    those who did not. `resolved_at`, `code` and `note` tell of the last resolution and
    stay after a reopening; `closes_at` is when a resolved case closes by itself. `last_reply` leaves out what bounced;
    `bounced_at` is of a newest reply that bounced. `bounced`: a reply came back or could not be sent, and nothing has gone
    out or come in since. `waiting_since`: the first message since the last reply, or when a reply bounced that had ended the
    wait; null in a case that is resolved.
    `escalations` are the ESCALATED events without an answer, the oldest first, `asked` all teams that were.
    `stays` has every state with its beginning.
    `ignored` are ids of events for which the state that they met has no cell.
    """

    state: str = NEW
    since: str = ""
    opened_at: str | None = None
    priority: str = NORMAL
    topic: str | None = None
    language: str | None = None
    channel: str | None = None
    rank: str | None = None
    contract: str | None = None
    team: str | None = None
    staff: str | None = None
    last_owner: str | None = None
    waits_since: str | None = None
    offered_until: str | None = None
    declined: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()
    snoozed_until: str | None = None
    reopen_count: int = 0
    resolved_at: str | None = None
    code: str | None = None
    note: str | None = None
    closes_at: str | None = None
    last_message: str | None = None
    last_reply: str | None = None
    bounced_at: str | None = None
    bounced: bool = False
    waiting_since: str | None = None
    escalations: tuple[CaseEvent, ...] = ()
    asked: frozenset[str] = frozenset()
    stays: tuple[tuple[str, str], ...] = ()
    ignored: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Undoings:
    """Ids of events of which a later one says that they were not what they seemed."""

    more_than_thanks: frozenset[str]
    bounced: frozenset[str]
    answered: frozenset[str]


_Apply: TypeAlias = Callable[[CaseState, CaseEvent, Undoings], CaseState]


def fold(events: Iterable[CaseEvent], close_after_days: int, now: str) -> CaseState:
    """Return how a case stands at `now`, closed where it has been resolved for so many days."""
    stood = course(events, close_after_days, now)
    return stood[-1][1] if stood else CaseState()


def course(events: Iterable[CaseEvent], close_after_days: int, now: str) -> list[tuple[str, CaseState]]:
    """Return how a case stood after each of its events, and after it closed by itself, each with the time of that."""
    history = ordered(events)
    undone = undoings(history)
    stood: list[tuple[str, CaseState]] = []
    elsewhere = False
    state = CaseState(since=history[0].at, stays=((history[0].at, NEW),)) if history else CaseState()
    for event in history:
        if state.closes_at is not None and state.closes_at <= event.at:
            state = _enter(state, CLOSED, state.closes_at)
            stood.append((state.since, state))
        state = _after(state, event, undone)
        if event.kind == "STATE_SET":
            elsewhere = event.rule == REPORTED
        if state.state == RESOLVED and state.closes_at is None and not elsewhere:
            state = replace(state, closes_at=utc_text(moment(state.since) + timedelta(days=close_after_days)))
        stood.append((event.at, state))
    if state.closes_at is not None and state.closes_at <= now:
        stood.append((state.closes_at, _enter(state, CLOSED, state.closes_at)))
    return stood


def undoings(history: Iterable[CaseEvent]) -> Undoings:
    """Return what later events say of earlier ones, wherever in the history they stand."""
    about: dict[str, set[str]] = {"THANKS_UNDONE": set(), "BOUNCED": set(), "ESCALATION_ANSWERED": set()}
    for event in history:
        if event.kind in about and event.about is not None:
            about[event.kind].add(event.about)
    return Undoings(*(frozenset(ids) for ids in about.values()))


def only_thanks(event: CaseEvent, undone: Undoings) -> bool:
    """Tell whether a message only says thanks and nobody has said otherwise."""
    return event.only_thanks and event.id not in undone.more_than_thanks


def _after(state: CaseState, event: CaseEvent, undone: Undoings) -> CaseState:
    if state.state == CLOSED:
        return _ignoring(state, event)
    return offers.taken_up(_APPLY[event.kind](state, event, undone), event)


def _ignoring(state: CaseState, event: CaseEvent) -> CaseState:
    return replace(state, ignored=(*state.ignored, event.id))


def _enter(state: CaseState, after: str, at: str) -> CaseState:
    if after == state.state:
        return state
    reopened = state.state == RESOLVED and after == OPEN
    return replace(
        state,
        state=after,
        since=at,
        stays=(*state.stays, (at, after)),
        reopen_count=state.reopen_count + reopened,
        closes_at=None,
        snoozed_until=None if after in ENDED else state.snoozed_until,
        waiting_since=None if after in ENDED else state.waiting_since,
    )


def _happen(state: CaseState, happening: str, event: CaseEvent) -> CaseState:
    after = BY_ITSELF[happening].get(state.state)
    return _ignoring(state, event) if after is None else _enter(state, after, event.at)


def _opened(state: CaseState, event: CaseEvent, _: Undoings) -> CaseState:
    """The first one counts, and only for what no earlier event has set; NORMAL is what a priority is until somebody sets it."""
    if state.opened_at is not None:
        return _ignoring(state, event)
    return replace(
        state,
        opened_at=event.at,
        topic=state.topic or event.topic,
        priority=event.priority if event.priority and state.priority == NORMAL else state.priority,
        team=state.team or event.team,
        language=event.language,
        channel=event.channel,
        rank=event.rank,
        contract=event.contract,
        waits_since=event.at if state.staff is None else None,
    )


def _message(state: CaseState, event: CaseEvent, undone: Undoings) -> CaseState:
    thanks = only_thanks(event, undone)
    state = _happen(replace(state, last_message=event.at, bounced=False), states.THANKS if thanks else states.MESSAGE, event)
    return state if thanks else replace(state, snoozed_until=None, waiting_since=state.waiting_since or event.at)


def _reply(state: CaseState, event: CaseEvent, undone: Undoings) -> CaseState:
    state = _happen(state, states.REPLY, event)
    if event.id in undone.bounced:
        return replace(state, bounced_at=event.at)
    return replace(state, last_reply=event.at, waiting_since=None, bounced_at=None, bounced=False)


def _bounced(state: CaseState, event: CaseEvent, undone: Undoings) -> CaseState:
    """Of a reply after which another has left it changes nothing."""
    return state if state.bounced_at is None else _not_sent(state, event, undone)


def _not_sent(state: CaseState, event: CaseEvent, _: Undoings) -> CaseState:
    state = _happen(state, states.BOUNCED, event)
    return replace(state, waiting_since=state.waiting_since or event.at, bounced=True)


def _state_set(state: CaseState, event: CaseEvent, _: Undoings) -> CaseState:
    """Another state than the table allows was set by somebody who did not know what arrived late: it changes nothing."""
    if event.state not in BY_PERSON[state.state]:
        return _ignoring(state, event)
    state = _enter(state, event.state, event.at)
    return replace(state, resolved_at=event.at, code=event.code, note=event.note) if event.state == RESOLVED else state


def _assigned(state: CaseState, event: CaseEvent, _: Undoings) -> CaseState:
    state = offers.assigned(state, event)
    return state if event.staff is None else _happen(state, states.TAKEN, event)


def _escalated(state: CaseState, event: CaseEvent, undone: Undoings) -> CaseState:
    state = _happen(state, states.ESCALATED, event)
    if event.id in state.ignored:
        return state
    waits = () if event.id in undone.answered else (event,)
    return replace(state, escalations=(*state.escalations, *waits), asked=state.asked | {event.team or ""})


def _answered(state: CaseState, event: CaseEvent, _: Undoings) -> CaseState:
    return _happen(state, states.ANSWERED, event)


_APPLY: Mapping[str, _Apply] = {
    "OPENED": _opened,
    "CUSTOMER_MESSAGE": _message,
    "THANKS_UNDONE": lambda state, _event, _undone: state,
    "REPLY": _reply,
    "BOUNCED": _bounced,
    "NOT_SENT": _not_sent,
    "NOTE": lambda state, _event, _undone: state,
    "STATE_SET": _state_set,
    "PRIORITY_SET": lambda state, event, _: replace(state, priority=event.priority or state.priority),
    "TOPIC_SET": lambda state, event, _: replace(state, topic=event.topic),
    "SUGGESTED": lambda state, _event, _undone: state,
    "ASSIGNED": _assigned,
    "DECLINED": lambda state, event, _: offers.declined(state, event),
    "ESCALATED": _escalated,
    "ESCALATION_ANSWERED": _answered,
    "TAGGED": lambda state, event, _: replace(state, tags=state.tags | {event.tag or ""}),
    "UNTAGGED": lambda state, event, _: replace(state, tags=state.tags - {event.tag or ""}),
    "SNOOZED": lambda state, event, _: replace(state, snoozed_until=event.until),
}
