"""The commands by which staff write in a case: notes, questions to another team and their answers, a word on thanks."""

from __future__ import annotations

from typing import LiteralString

from graph.cases.acting import Act, on_cases
from graph.cases.expected import Expected, check_team, not_closed
from graph.cases.history import ordered
from graph.cases.states import ENDED
from graph.commands.command import Author, Command
from graph.errors import Conflict, InvalidInput, NotFound
from graph.words import Sentence

# (:Staff {account})-[:MEMBER_OF]->(:Team {code})
READ_TEAMS_OF: LiteralString = "MATCH (:Staff {account: $p.account})-[:MEMBER_OF]->(t:Team) RETURN t.code"


def write_note(author: Author, expected: Expected, text: str) -> Command:
    """Return the command that adds a note, which only staff read."""

    async def does(act: Act) -> None:
        not_closed(act.case, act.pointer)
        act.happen("NOTE", note=text)

    return on_cases(author, "CASE_NOTE", [expected], text, does)


def escalate(author: Author, expected: Expected, team: str, note: str, answer_by: str | None) -> Command:
    """Return the command that asks another team (code) by a time (UTC text)."""

    async def does(act: Act) -> None:
        if act.case.properties["state"] in ENDED:
            raise Conflict(Sentence("refusal.CASE_DONE", number=act.case.properties["number"]), act.pointer)
        await check_team(act.unit, team, "/team")
        if answer_by is not None and answer_by <= act.unit.now:
            raise InvalidInput(Sentence("refusal.ANSWER_PAST"), "/answerBy")
        act.happen("ESCALATED", team=team, note=note, answer_by=answer_by)

    return on_cases(author, "CASE_ESCALATE", [expected], [team, note, answer_by], does)


def answer(author: Author, expected: Expected, note: str) -> Command:
    """Return the command that answers the earliest open question to a team of the author, else the earliest of all.

    Raises Conflict where none is open.
    """

    async def does(act: Act) -> None:
        not_closed(act.case, act.pointer)
        history = ordered(act.case.events.values())
        answered = {event.about for event in history if event.kind == "ESCALATION_ANSWERED"}
        waits = [event for event in history if event.kind == "ESCALATED" and event.id not in answered]
        if not waits:
            raise Conflict(Sentence("refusal.NOTHING_ASKED", number=act.case.properties["number"]), act.pointer)
        own = {row[0] for row in await act.unit.transaction.run(READ_TEAMS_OF, {"account": author.actor})}
        asked = next((event for event in waits if event.team in own), waits[0])
        act.happen("ESCALATION_ANSWERED", about=asked.id, note=note)

    return on_cases(author, "CASE_ANSWER", [expected], note, does)


def undo_thanks(author: Author, expected: Expected, message: str) -> Command:
    """Return the command that says of a message (id of its event) that it says more than thanks, as if it had from the start."""

    async def does(act: Act) -> None:
        event = act.case.events.get(message)
        if event is None or event.kind != "CUSTOMER_MESSAGE" or not event.only_thanks:
            raise NotFound(Sentence("refusal.NO_SUCH_THANKS"), "/eventId")
        not_closed(act.case, act.pointer)
        act.happen("THANKS_UNDONE", about=message)

    return on_cases(author, "CASE_THANKS_UNDO", [expected], message, does)
