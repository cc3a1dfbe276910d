"""Where somebody who is in touch now is best sent: to which channel, team and person, with a reason for each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from graph.cases.candidates import FREE, OWNER, SERVED_LAST, Agent, Candidate, Waiting, candidates

OPEN_CASE, NO_OPEN_CASE, NOBODY_AVAILABLE, ANSWERED_NOW, CHANNEL_OF_CASE, USUAL_CHANNEL, CALL_BACK = (
    "OPEN_CASE", "NO_OPEN_CASE", "NOBODY_AVAILABLE", "ANSWERED_NOW", "CHANNEL_OF_CASE", "USUAL_CHANNEL", "CALL_BACK",
)  # fmt: skip
ROUTE_REASONS = (
    OPEN_CASE, NO_OPEN_CASE, OWNER, SERVED_LAST, FREE, NOBODY_AVAILABLE, ANSWERED_NOW, CHANNEL_OF_CASE, USUAL_CHANNEL, CALL_BACK,
)  # fmt: skip
PHONE = "PHONE"
WRITTEN = frozenset({"EMAIL", "LINE", "SMS", "CHAT", "SOCIAL", "APP", "WEB", "PORTAL"})
"""Channels by which something can be left that is read later."""


@dataclass(frozen=True, slots=True)
class OpenCase:
    """An open case of somebody; null topic, team, staff or channel: none."""

    topic: str | None
    team: str | None
    staff: str | None
    channel: str | None


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody who is in touch: `cases` are theirs, the newest first; `written` is the channel by which they last wrote.

    `served_last` is who spoke to them last. Null topic or language: not known.
    """

    topic: str | None = None
    language: str | None = None
    cases: Sequence[OpenCase] = ()
    served_last: str | None = None
    written: str | None = None


@dataclass(frozen=True, slots=True)
class Route:
    """`case` is the place of the case that they are in touch about; null: about none of them.

    `reasons` are three: why this case or none, why this person or nobody, why this channel.
    """

    case: int | None
    channel: str
    team: str | None
    staff: str | None
    reasons: tuple[str, str, str]


def route(caller: Caller, agents: Iterable[Agent], now: datetime) -> Route:
    """Return where to send somebody: to who has their case and is there, else to whom it fits best, else in writing."""
    place = _case(caller)
    case = caller.cases[place] if place is not None else None
    wanted = Waiting(
        "",
        "",
        # Who is there can be asked; how many cases they have does not matter for that.
        0,
        team=case.team if case else None,
        topic=caller.topic or (case.topic if case else None),
        language=caller.language,
        owner=case.staff if case else None,
        served_last=caller.served_last,
    )
    ranked = candidates(wanted, agents, now)
    best = next((one for one in ranked if one.fits), None)
    channel, why = (PHONE, ANSWERED_NOW) if best else _in_writing(caller, case)
    team = wanted.team or _team(best, agents)
    known = OPEN_CASE if case else NO_OPEN_CASE
    return Route(place, channel, team, best.staff if best else None, (known, _person(best), why))


def _case(caller: Caller) -> int | None:
    """Return the place of the newest case, of a topic that is told the newest of this topic."""
    fitting = (place for place, case in enumerate(caller.cases) if caller.topic is None or case.topic in (None, caller.topic))
    return next(fitting, None)


def _person(best: Candidate | None) -> str:
    if best is None:
        return NOBODY_AVAILABLE
    return best.reasons[0][0] if best.reasons else FREE


def _team(best: Candidate | None, agents: Iterable[Agent]) -> str | None:
    teams = [team for one in agents if best is not None and one.staff == best.staff for team in one.teams]
    return min(teams, default=None)


def _in_writing(caller: Caller, case: OpenCase | None) -> tuple[str, str]:
    if case is not None and case.channel in WRITTEN:
        return case.channel, CHANNEL_OF_CASE
    return (caller.written, USUAL_CHANNEL) if caller.written in WRITTEN else (PHONE, CALL_BACK)
