"""The cases that a command is about: locked, and as whoever sends it has seen them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import LiteralString

from graph.cases.case import Case
from graph.cases.nodes import Cases
from graph.cases.states import CLOSED
from graph.errors import Conflict, InvalidInput, NotFound, Outdated
from graph.words import Sentence
from graph.writes.unit import Unit

MOST_CASES = 100
"""Cases of one command."""
READ_TEAM: LiteralString = "MATCH (t:Team {code: $p.code}) RETURN t.code"


@dataclass(frozen=True, slots=True)
class Expected:
    """A case by its id; `version` is that of when it was read, None where it does not matter what has happened since."""

    id: str
    version: int | None = None
    pointer: str = ""


async def held(unit: Unit, expected: Sequence[Expected]) -> list[tuple[Case, Expected]]:
    """Return the locked cases, each once; raise NotFound for one that there is not, Outdated for one that has changed.

    Raises InvalidInput for none, and for more than MOST_CASES.
    """
    if not 1 <= len(expected) <= MOST_CASES:
        raise InvalidInput(Sentence("refusal.CASE_COUNT", most=MOST_CASES), "/cases")
    unit.want("Case", (each.id for each in expected))
    await unit.lock()
    known = unit.of(Cases).known
    for each in expected:
        if each.id not in known:
            raise NotFound(Sentence("refusal.NO_SUCH_CASE"), f"{each.pointer}/id")
        if each.version is not None and known[each.id].version != each.version:
            raise Outdated(Sentence("refusal.CASE_CHANGED"), f"{each.pointer}/version", known[each.id].version)
    return [(known[each.id], each) for each in {each.id: each for each in expected}.values()]


def not_closed(case: Case, pointer: str) -> None:
    """Raise Conflict for a closed case: it takes nothing any more, another one follows it."""
    if case.properties["state"] == CLOSED:
        raise Conflict(Sentence("refusal.CASE_CLOSED"), pointer)


async def check_team(unit: Unit, code: str | None, pointer: str) -> None:
    """Raise NotFound for a team that there is not."""
    if code and not await unit.transaction.run(READ_TEAM, {"code": code}):
        raise NotFound(Sentence("refusal.NO_SUCH_TEAM"), pointer)
