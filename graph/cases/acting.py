"""What the commands on cases share: cases held as expected, something that happens to each, and what follows from it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from graph.cases.case import Case
from graph.cases.expected import Expected, held
from graph.cases.history import CaseEvent, Kind
from graph.cases.nodes import Cases
from graph.commands.command import Answer, Author, Command
from graph.writes.unit import Nodes, Unit


@dataclass(frozen=True, slots=True)
class Act:
    """One case in a command: locked and settled at the time of the unit. `pointer` leads to it in the request."""

    unit: Unit
    author: Author
    case: Case
    pointer: str
    id: str

    def happen(self, kind: Kind, **told: Any) -> None:
        """Let an event happen now, by the author; of one kind there is one in a command."""
        self.case.happen(CaseEvent(f"{self.id}-{self.case.id}-{kind}", self.unit.now, kind, self.author.actor, **told))


Does: TypeAlias = Callable[[Act], Awaitable[None]]


def on_cases(
    author: Author,
    kind: str,
    expected: Sequence[Expected],
    asked: object,
    does: Does,
    *,
    nouns: Sequence[type[Nodes]] = (Cases,),
) -> Command:
    """Return the command that does something to each case, or to none where one refuses; its answer is `cases`, by id."""

    async def execute(unit: Unit, own_id: str) -> Answer:
        cases = await held(unit, expected)
        for case, seen in cases:
            case.settle(unit.now)
            await does(Act(unit, author, case, seen.pointer, own_id))
            unit.of(Cases).settle(case)
        return {"cases": [case.id for case, _ in cases]}

    return Command(author, kind, [[[each.id, each.version] for each in expected], asked], nouns, execute)
