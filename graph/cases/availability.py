"""The command by which members of staff say whether they are there for cases that are assigned automatically."""

from __future__ import annotations

from graph.cases.staff import StaffMembers
from graph.commands.command import Answer, Author, Command
from graph.errors import Conflict
from graph.words import Sentence
from graph.writes.unit import Unit


def set_available(author: Author, available: bool) -> Command:
    """Return the command that says so of its author; its answer is `account`. Raises Conflict for who is in no team."""

    async def execute(unit: Unit, _: str) -> Answer:
        staff = unit.of(StaffMembers)
        unit.want("Staff", (author.actor,))
        await unit.lock()
        known = staff.known.get(author.actor)
        if known is None or not known.teams:
            raise Conflict(Sentence("refusal.IN_NO_TEAM"), "/available")
        if known.away == available:
            staff.put(author.actor, available=available, since=unit.now)
        return {"account": author.actor}

    return Command(author, "AVAILABILITY_SET", available, (StaffMembers,), execute)
