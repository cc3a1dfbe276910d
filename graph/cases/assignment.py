"""Who gets what waits: pushed when it arrives, pulled when somebody becomes free; each choice keeps what it was made from.

Whoever calls holds to two rules, and then nothing waits while somebody whom it fits is free: what arrives, comes back or
is changed is pushed, and whoever becomes free, comes back or is changed pulls until nothing fits any longer.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from graph.cases.candidates import OBSTACLES, Agent, Candidate, Waiting, candidate, candidates

NOBODY_THERE = "NOBODY_THERE"
"""Why nobody was chosen where there is nobody at all."""


@dataclass(frozen=True, slots=True)
class Choice:
    """`staff` is null where it fits nobody. `why` are the reasons of whoever was chosen, the strongest first.

    Where nobody was, they are the obstacles of those who came closest, in the order of OBSTACLES. `candidates` is
    everybody who was looked at, the best first.
    """

    case: str
    staff: str | None
    why: tuple[str, ...]
    candidates: tuple[Candidate, ...]


def push(waiting: Waiting, agents: Iterable[Agent], now: datetime) -> Choice:
    """Return who gets what has arrived."""
    ranked = candidates(waiting, agents, now)
    best = ranked[0] if ranked and ranked[0].fits else None
    return _choice(waiting, best, ranked)


def pull(agent: Agent, waiting: Iterable[Waiting], agents: Iterable[Agent], now: datetime) -> Choice | None:
    """Return what somebody of `agents` who has become free gets: the oldest that fits, None where nothing does."""
    for oldest in sorted(waiting, key=lambda one: (one.since, one.case)):
        own = candidate(oldest, agent, now)
        if own.fits:
            return _choice(oldest, own, candidates(oldest, agents, now))
    return None


def _choice(waiting: Waiting, chosen: Candidate | None, ranked: Sequence[Candidate]) -> Choice:
    if chosen is not None:
        return Choice(waiting.case, chosen.staff, tuple(word for word, _ in chosen.reasons), tuple(ranked))
    fewest = min((len(one.obstacles) for one in ranked), default=0)
    closest = {word for one in ranked if len(one.obstacles) == fewest for word in one.obstacles}
    return Choice(waiting.case, None, tuple(word for word in OBSTACLES if word in closest) or (NOBODY_THERE,), tuple(ranked))
