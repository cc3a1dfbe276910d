"""The commands by which a person ties an interaction to a case, or unties it."""

from __future__ import annotations

from graph.cases.acting import Act, on_cases
from graph.cases.expected import Expected, not_closed
from graph.cases.nodes import Cases
from graph.cases.ties import BY_PERSON, Tied, Ties
from graph.commands.command import Author, Command
from graph.errors import Conflict, NotFound
from graph.words import Sentence


def tie(author: Author, expected: Expected, touchpoint: str) -> Command:
    """Return the command that lets an interaction (id) belong to a case; tied again it stands where it stood."""

    async def does(act: Act) -> None:
        not_closed(act.case, act.pointer)
        found = await _held(act, touchpoint)
        if act.case.id in found.cases:
            raise Conflict(Sentence("refusal.TIED_ALREADY"), "/touchpointId")
        act.unit.of(Ties).tie(found, act.case, BY_PERSON)

    return on_cases(author, "CASE_TIE", [expected], touchpoint, does, nouns=(Cases, Ties))


def untie(author: Author, expected: Expected, touchpoint: str) -> Command:
    """Return the command that takes an interaction out of a case: the history is as if it had never been in it."""

    async def does(act: Act) -> None:
        found = await _held(act, touchpoint)
        if act.case.id not in found.cases:
            raise Conflict(Sentence("refusal.NOT_TIED"), "/touchpointId")
        act.unit.of(Ties).untie(found, act.case)

    return on_cases(author, "CASE_UNTIE", [expected], touchpoint, does, nouns=(Cases, Ties))


async def _held(act: Act, touchpoint: str) -> Tied:
    # After the case: who ties the same one the other way round starts again with both locked in order.
    act.unit.want("Touchpoint", (touchpoint,))
    await act.unit.lock()
    found = act.unit.of(Ties).known.get(touchpoint)
    if found is None:
        raise NotFound(Sentence("refusal.NO_SUCH_TOUCHPOINT"), "/touchpointId")
    return found
