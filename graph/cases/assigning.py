"""The command that says who works on cases: taken, handed on to somebody or to a team, or let go."""

from __future__ import annotations

from collections.abc import Sequence

from graph.cases.acting import Act, on_cases
from graph.cases.expected import Expected, check_team, not_closed
from graph.cases.nodes import Cases
from graph.cases.staff import StaffMembers
from graph.commands.command import Author, Command
from graph.errors import Conflict
from graph.words import Sentence


def assign(author: Author, expected: Sequence[Expected], *, take: bool, team: str | None, staff: str | None) -> Command:
    """Return the command that assigns cases to a team and to staff, by account; to nobody where both are None.

    With `take` they become the author's own, unless somebody else has one: that is a Conflict which says who. Its team stays.
    """

    async def does(act: Act) -> None:
        not_closed(act.case, act.pointer)
        has = act.case.properties["staff"]
        if take and has not in ("", author.actor):
            raise Conflict(Sentence("refusal.CASE_TAKEN", number=act.case.properties["number"], staff=has), act.pointer)
        await check_team(act.unit, team, "/team")
        to_team, to = (act.case.properties["team"] or None, author.actor) if take else (team, staff)
        if (to_team or "", to or "") != (act.case.properties["team"], has) or act.case.properties["offered"]:
            # Whoever gets it is held, so that what is assigned automatically meanwhile counts it.
            act.unit.want("Staff", (to,) if to else ())
            await act.unit.lock()
            act.happen("ASSIGNED", team=to_team, staff=to)

    return on_cases(author, "CASE_ASSIGN", expected, [take, team, staff], does, nouns=(Cases, StaffMembers))
