"""The commands that set what a case is: its state, its subject, priority and topic, its tags, until when it is snoozed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from graph.cases.acting import Act, on_cases
from graph.cases.expected import Expected, not_closed
from graph.cases.states import ENDED, NEEDS_CODE, NEEDS_NOTE, refusal
from graph.commands.command import Author, Command
from graph.errors import Conflict, InvalidInput
from graph.words import Sentence

MISSING = {
    NEEDS_CODE: ("refusal.CASE_RESOLVED_NEEDS_CODE", "/code"),
    NEEDS_NOTE: ("refusal.CASE_RESOLVED_NEEDS_NOTE", "/note"),
}
"""Why a state may not be set -> what is said, and which argument is missing."""


def set_state(author: Author, expected: Sequence[Expected], state: str, code: str | None, note: str | None) -> Command:
    """Return the command that sets a state; raises Conflict where it does not lead from the one that a case has.

    RESOLVED needs a code and a note, which raises InvalidInput.
    """

    async def does(act: Act) -> None:
        why = refusal(act.case.properties["state"], state, code, note)
        if why in MISSING:
            raise InvalidInput(Sentence(MISSING[why][0]), MISSING[why][1])
        if why is not None:
            raise Conflict(Sentence("refusal.CASE_STATE_NOT_FROM_HERE", number=act.case.properties["number"]), act.pointer)
        act.happen("STATE_SET", state=state, code=code, note=note)

    return on_cases(author, "CASE_SET_STATE", expected, [state, code, note], does)


def update(author: Author, expected: Expected, *, subject: str | None, priority: str | None, topic: str | None) -> Command:
    """Return the command that sets what is not None; an empty topic clears it."""

    async def does(act: Act) -> None:
        not_closed(act.case, act.pointer)
        known: dict[str, Any] = act.case.properties
        if subject is not None:
            act.case.put(subject=subject)
        if priority is not None and priority != known["priority"]:
            act.happen("PRIORITY_SET", priority=priority)
        if topic is not None and topic != known["topic"]:
            act.happen("TOPIC_SET", topic=topic or None)

    return on_cases(author, "CASE_UPDATE", [expected], [subject, priority, topic], does)


def tag(author: Author, expected: Sequence[Expected], name: str, *, on: bool) -> Command:
    """Return the command that adds a tag to cases, or removes it; one that has it already, or has not, stays as it is."""

    async def does(act: Act) -> None:
        not_closed(act.case, act.pointer)
        if (name in act.case.properties["tags"]) != on:
            act.happen("TAGGED" if on else "UNTAGGED", tag=name)

    return on_cases(author, "CASE_TAG" if on else "CASE_UNTAG", expected, name, does)


def snooze(author: Author, expected: Expected, until: str | None) -> Command:
    """Return the command that snoozes a case until a time (UTC text) in the future, or wakes it with None."""

    async def does(act: Act) -> None:
        if act.case.properties["state"] in ENDED:
            raise Conflict(Sentence("refusal.CASE_DONE", number=act.case.properties["number"]), act.pointer)
        if until is not None and until <= act.unit.now:
            raise InvalidInput(Sentence("refusal.SNOOZE_PAST"), "/until")
        act.happen("SNOOZED", until=until)

    return on_cases(author, "CASE_SNOOZE", [expected], until, does)
