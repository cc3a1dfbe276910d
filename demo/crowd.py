"""The crowd of the demo town: ordinary customers, each with the records and the two years that are theirs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from demo.envelope import RawEvent
from demo.episodes import EPISODES
from demo.hours import at_hour
from demo.life import Life
from demo.people import HABITS, Resident, resident
from demo.records import records
from demo.years import Years

FIRST_NUMBER = 10
"""Smaller numbers, and those from 9000 on, belong to the characters of the stories."""
LARGEST = 8_000
_MOST_EPISODES = 22


def crowd(count: int, years: Years) -> Iterator[RawEvent]:
    """Yield the events of `count` customers (at most 8,000), one customer after the other."""
    if not 0 <= count <= LARGEST:
        raise ValueError(f"a town has 0 to {LARGEST} customers")
    for number in range(FIRST_NUMBER, FIRST_NUMBER + count):
        person = resident(number, years)
        yield from records(person)
        yield from doings(person, years)


def doings(person: Resident, years: Years) -> Iterator[RawEvent]:
    """Yield what a person does until the end of the town's time: most a few things, some a lot."""
    life = Life(person, years)
    episodes = min(1 + int(life.random.lognormvariate(1.1, 0.85)), _MOST_EPISODES)
    for day in sorted(years.drawn_day(life.random, person.since) for _ in range(episodes)):
        possible = _possible(life, day)
        name = life.random.choices(list(possible), weights=list(possible.values()))[0]
        begun = at_hour(life.random, day, EPISODES[name].place)
        yield from (told for told in EPISODES[name].happens(life, begun) if datetime.fromisoformat(told["time"]) <= years.end)


def _possible(life: Life, at: datetime) -> dict[str, int]:
    weights = HABITS[life.person.habit].episodes
    return {name: weight for name, weight in weights.items() if any(life.knows(system, at) for system in EPISODES[name].needs)}
