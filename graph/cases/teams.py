"""The command that sets up a team: its name, and its members with what they can do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import LiteralString

from graph.cases.tables import tables
from graph.commands.command import Answer, Author, Command
from graph.errors import InvalidInput
from graph.keys import opaque
from graph.words import Sentence
from graph.writes.unit import Unit

# (:Staff {account, skills, languages, capacity, shift, available})-[:MEMBER_OF]->(:Team {id, code, name, assigns, offer_minutes})
PUT_TEAM: LiteralString = """
MERGE (t:Team {code: $p.code}) ON CREATE SET t.id = $p.id
SET t.name = $p.name, t.assigns = $p.assigns, t.offer_minutes = $p.offer_minutes
WITH t
CALL (t) { MATCH (t)<-[old:MEMBER_OF]-(:Staff) DELETE old }
CALL (t) {
  UNWIND $p.members AS row
  MERGE (s:Staff {account: row.account})
  SET s += row
  MERGE (s)-[:MEMBER_OF]->(t)
}
RETURN t.id
"""


@dataclass(frozen=True, slots=True)
class Member:
    """An employee by account. `capacity` is how much they work on at once; skills and languages are codes and BCP 47 tags.

    `shift` is the id of the calendar by which they work; None: whenever they say that they are available.
    """

    account: str
    skills: Sequence[str] = ()
    languages: Sequence[str] = ()
    capacity: int = 6
    shift: str | None = None


@dataclass(frozen=True, slots=True)
class Assigning:
    """Whether cases of a team are assigned automatically, and within how many minutes they are to be taken up; None: whenever."""

    on: bool = False
    minutes: int | None = None


BY_HAND = Assigning()


def put_team(author: Author, code: str, name: str, members: Sequence[Member], assigning: Assigning = BY_HAND) -> Command:
    """Return the command that makes a team or replaces what it is and its members; its answer is `team`, by id.

    Raises InvalidInput for a shift by a calendar that there is not.
    """

    async def execute(unit: Unit, _: str) -> Answer:
        for place, each in enumerate(members):
            if each.shift is not None and each.shift not in tables().calendars:
                known = ", ".join(sorted(tables().calendars))
                raise InvalidInput(Sentence("refusal.NO_SUCH_CALENDAR", known=known), f"/members/{place}/shift")
        rows = [
            {**asdict(each), "skills": sorted(set(each.skills)), "languages": sorted(set(each.languages))}
            for each in sorted(members, key=lambda each: each.account)
        ]
        asked = {
            "code": code,
            "id": opaque("Team", code),
            "name": name,
            "members": rows,
            "assigns": assigning.on,
            "offer_minutes": assigning.minutes,
        }
        [[own_id]] = await unit.transaction.run(PUT_TEAM, asked)
        return {"team": own_id}

    return Command(
        author,
        "TEAM_PUT",
        [code, name, [list(asdict(each).values()) for each in members], list(asdict(assigning).values())],
        (),
        execute,
    )
