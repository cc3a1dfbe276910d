"""Who gets what waits: each choice keeps what it was made from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from graph.cases.candidates import OBSTACLES, Agent, Candidate, Waiting, candidates

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
    """Return who gets what waits."""
    ranked = tuple(candidates(waiting, agents, now))
    if ranked and ranked[0].fits:
        return Choice(waiting.case, ranked[0].staff, tuple(word for word, _ in ranked[0].reasons), ranked)
    fewest = min((len(one.obstacles) for one in ranked), default=0)
    closest = {word for one in ranked if len(one.obstacles) == fewest for word in one.obstacles}
    return Choice(waiting.case, None, tuple(word for word in OBSTACLES if word in closest) or (NOBODY_THERE,), ranked)
