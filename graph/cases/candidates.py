"""Who could take what waits: whether it fits a member of staff, and how well, each with its reasons."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from math import ceil

from graph.cases.calendars import Calendar, is_open

WEIGHTS: Mapping[str, int] = {
    "PHONE": 6, "STORE": 6, "ONSITE": 6, "EVENT": 6, "CHAT": 3, "LINE": 3, "SMS": 2, "SOCIAL": 2, "APP": 2,
    "WEB": 1, "PORTAL": 1, "EMAIL": 1, "FAX": 1, "POSTAL": 1,
}  # fmt: skip
"""Channel -> how much of somebody's capacity a case of it takes, in one currency for all channels."""

AWAY, OFF_SHIFT, OTHER_TEAM, NO_SKILL, NO_LANGUAGE, DECLINED, FULL = OBSTACLES = (
    "AWAY", "OFF_SHIFT", "OTHER_TEAM", "NO_SKILL", "NO_LANGUAGE", "DECLINED", "FULL",
)  # fmt: skip
"""Why something does not fit somebody; FULL comes last, since it passes first."""
OWNER, SERVED_LAST, ACCOUNT_MANAGER, FREE = REASONS = ("OWNER", "SERVED_LAST", "ACCOUNT_MANAGER", "FREE")
"""Why somebody is chosen: has the open case, spoke to the customer last at whatever door, looks after them, is free."""
SCORES: Mapping[str, int] = {OWNER: 400, SERVED_LAST: 200, ACCOUNT_MANAGER: 100, FREE: 99}
"""Points for each reason; for FREE the most, in proportion to the free capacity, so that it only decides between equals."""


@dataclass(frozen=True, slots=True)
class Agent:
    """A member of staff. `skills` are topics, `languages` as cases have them, none: any; `capacity`, `load`: in WEIGHTS."""

    staff: str
    teams: frozenset[str]
    skills: frozenset[str]
    languages: frozenset[str]
    shift: Calendar
    capacity: int
    load: int = 0
    away: bool = False


@dataclass(frozen=True, slots=True)
class Waiting:
    """A case that nobody has, or that is offered again. `since` (UTC text of fixed width) is when it began to wait.

    Null team, topic or language: anybody's. `declined` are those who refused it or let the offer run out.
    """

    case: str
    since: str
    weight: int
    team: str | None = None
    topic: str | None = None
    language: str | None = None
    owner: str | None = None
    served_last: str | None = None
    account_manager: str | None = None
    declined: frozenset[str] = field(default_factory=frozenset[str])


@dataclass(frozen=True, slots=True)
class Candidate:
    """`reasons` are words of REASONS with their points, the strongest first; `obstacles` are words of OBSTACLES."""

    staff: str
    score: int
    reasons: tuple[tuple[str, int], ...]
    obstacles: tuple[str, ...]

    @property
    def fits(self) -> bool:
        return not self.obstacles


def candidates(waiting: Waiting, agents: Iterable[Agent], now: datetime) -> tuple[Candidate, ...]:
    """Return everybody: whom it fits by score, then those with the fewest obstacles; equal ones by their ids."""
    found = (candidate(waiting, agent, now) for agent in agents)
    return tuple(sorted(found, key=lambda one: (len(one.obstacles), -one.score, one.staff)))


def candidate(waiting: Waiting, agent: Agent, now: datetime) -> Candidate:
    reasons = _reasons(waiting, agent)
    return Candidate(agent.staff, sum(points for _, points in reasons), reasons, _obstacles(waiting, agent, now))


def _obstacles(waiting: Waiting, agent: Agent, now: datetime) -> tuple[str, ...]:
    found = {
        AWAY: agent.away,
        OFF_SHIFT: not is_open(agent.shift, now),
        OTHER_TEAM: waiting.team is not None and waiting.team not in agent.teams,
        NO_SKILL: waiting.topic is not None and bool(agent.skills) and waiting.topic not in agent.skills,
        NO_LANGUAGE: waiting.language is not None and bool(agent.languages) and waiting.language not in agent.languages,
        DECLINED: agent.staff in waiting.declined,
        FULL: agent.load + waiting.weight > agent.capacity,
    }
    return tuple(word for word in OBSTACLES if found[word])


def _reasons(waiting: Waiting, agent: Agent) -> tuple[tuple[str, int], ...]:
    free = ceil(max(agent.capacity - agent.load, 0) * SCORES[FREE] / max(agent.capacity, 1))
    holds: Sequence[tuple[str, bool]] = (
        (OWNER, waiting.owner == agent.staff),
        (SERVED_LAST, waiting.served_last == agent.staff),
        (ACCOUNT_MANAGER, waiting.account_manager == agent.staff),
    )
    found = [(word, SCORES[word]) for word, true in holds if true]
    return (*found, *([(FREE, free)] if free else []))
