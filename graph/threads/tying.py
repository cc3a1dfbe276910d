"""What people say of threads: that an interaction belongs to the thread of another, or does not belong to its own.

Each takes the other back: what was untied is tied again by its own evidence, and untying what a person tied leaves what
its evidence says. The others of a thread stay together.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import cast

from graph.commands.command import Answer, Author, Command
from graph.errors import Conflict, InvalidInput, NotFound, Outdated
from graph.resolution.conclusion import NOUNS
from graph.resolution.people import People
from graph.threads.evidence import part_of, takes_part
from graph.threads.nodes import Threads, Word
from graph.threads.rules import Part, Tie, threads_of
from graph.threads.settling import decide, load, stay_together
from graph.touchpoints.nodes import Touchpoints
from graph.words import Sentence
from graph.writes.unit import Unit

OWN, OTHER, VERSION = "/touchpointId", "/toTouchpointId", "/version"


def tie(author: Author, touchpoint: str, to: str, version: int) -> Command:
    """Return the command that ties an interaction to the thread of another; its answer is `thread` and `touchpoint`, by id.

    `version` is that of the other's thread, 0 where it is in none.
    """

    async def execute(unit: Unit, _: str) -> Answer:
        if touchpoint == to:
            raise InvalidInput(Sentence("refusal.THREAD_OF_ITSELF"), OTHER)
        evidence, days = await _load(unit, {touchpoint: OWN, to: OTHER})
        threads = unit.of(Threads)
        _check_version(threads, to, version)
        own, (other, _) = threads.was_in.get(touchpoint), threads.was_in.get(to, (to, ""))
        if own is not None and own[0] == other:
            raise Conflict(Sentence("refusal.THREAD_SAME"), OTHER)
        part = _there(threads, touchpoint)
        again = replace(part, apart=False, ties=evidence[touchpoint])
        if part.apart and _together(threads, again, to, days):
            threads.parts[touchpoint], threads.words[touchpoint] = again, Word(None, tied=True, properties={})
        else:
            threads.parts[touchpoint] = replace(part, joined=other)
            threads.words[touchpoint] = Word(other, tied=True, properties=_signed(author, unit))
        return _decided(threads, touchpoint, days)

    return Command(author, "THREAD_TIE", [touchpoint, to, version], NOUNS, execute)


def untie(author: Author, touchpoint: str, version: int) -> Command:
    """Return the command that takes back what a person tied, or else parts an interaction from its thread; its answer is as
    that of `tie`.
    """

    async def execute(unit: Unit, _: str) -> Answer:
        days = (await _load(unit, {touchpoint: OWN}))[1]
        threads = unit.of(Threads)
        _check_version(threads, touchpoint, version)
        own = threads.was_in.get(touchpoint)
        others = [part for part in threads.left(own[0]) if part.id != touchpoint] if own else []
        if not others:
            raise Conflict(Sentence("refusal.THREAD_ALONE"), OWN)
        part = _there(threads, touchpoint)
        loose = replace(part, joined=None)
        if part.joined is not None and not _together_all(threads, loose, others, days):
            threads.parts[touchpoint], threads.words[touchpoint] = loose, Word(None, tied=True, properties={})
        else:
            threads.parts[touchpoint] = replace(loose, apart=True, ties=frozenset[Tie]())
            stay_together(threads, touchpoint, days)
            threads.words[touchpoint] = Word(others[0].id, tied=False, properties=_signed(author, unit))
        return _decided(threads, touchpoint, days)

    return Command(author, "THREAD_UNTIE", [touchpoint, version], NOUNS, execute)


async def _load(unit: Unit, named: dict[str, str]) -> tuple[dict[str, frozenset[Tie]], int]:
    """Lock these interactions (id -> pointer) and all threads they may be in; return their evidence, and the days it counts."""
    unit.want("Touchpoint", named)
    await unit.lock()
    states, people, threads = unit.of(Touchpoints).states, unit.of(People), unit.of(Threads)
    for own_id, pointer in named.items():
        if own_id not in states:
            raise NotFound(Sentence("refusal.NO_SUCH_TOUCHPOINT"), pointer)
        if not takes_part(states[own_id]):
            raise Conflict(Sentence("refusal.NO_CONVERSATION"), pointer)
    told = {own_id: part_of(states[own_id], lambda key: people.identifiers[key].near) for own_id in named}
    days = await load(unit, told)
    for own_id, part in told.items():
        threads.parts.setdefault(own_id, part)
    owners = ((own_id, people.records[owner].customer) for own_id in named if (owner := states[own_id].owner))
    threads.customers = {own_id: customer for own_id, customer in owners if customer}
    return {own_id: part.ties for own_id, part in told.items()}, days


def _there(threads: Threads, own_id: str) -> Part:
    return cast("Part", threads.parts[own_id])  # nothing is deleted by a command


def _check_version(threads: Threads, own_id: str, version: int) -> None:
    current = threads.versions[threads.was_in[own_id][0]] if own_id in threads.was_in else 0
    if current != version:
        raise Outdated(Sentence("refusal.THREAD_CHANGED"), VERSION, current)


def _together(threads: Threads, part: Part, other: str, days: int) -> bool:
    """Tell whether an interaction would be in one thread with another, if it were so."""
    now = {**threads.parts, part.id: part}
    return any({part.id, other} <= thread.rules.keys() for thread in threads_of(filter(None, now.values()), days))


def _together_all(threads: Threads, part: Part, others: Iterable[Part], days: int) -> bool:
    return all(_together(threads, part, other.id, days) for other in others)


def _signed(author: Author, unit: Unit) -> dict[str, str]:
    return {"at": unit.now, "actor": author.actor, **({"reason": author.reason} if author.reason else {})}


def _decided(threads: Threads, touchpoint: str, days: int) -> Answer:
    decide(threads, days)
    own = next((thread.id for thread in threads.now if touchpoint in thread.rules), None)
    return {"thread": own, "touchpoint": touchpoint}
