"""The command that sets up a team: its name, and its members with what they can do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import LiteralString

from graph.commands.command import Answer, Author, Command
from graph.keys import opaque
from graph.writes.unit import Unit

# (:Staff {account, skills, languages, capacity})-[:MEMBER_OF]->(:Team {id, code, name})
PUT_TEAM: LiteralString = """
MERGE (t:Team {code: $p.code}) ON CREATE SET t.id = $p.id
SET t.name = $p.name
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
    """An employee by account. `capacity` is how much they work on at once; skills and languages are codes and BCP 47 tags."""

    account: str
    skills: Sequence[str] = ()
    languages: Sequence[str] = ()
    capacity: int = 3


def put_team(author: Author, code: str, name: str, members: Sequence[Member]) -> Command:
    """Return the command that makes a team or replaces its name and members; its answer is `team`, by id."""

    async def execute(unit: Unit, _: str) -> Answer:
        rows = [
            {**asdict(each), "skills": sorted(set(each.skills)), "languages": sorted(set(each.languages))}
            for each in sorted(members, key=lambda each: each.account)
        ]
        asked = {"code": code, "id": opaque("Team", code), "name": name, "members": rows}
        [[own_id]] = await unit.transaction.run(PUT_TEAM, asked)
        return {"team": own_id}

    return Command(author, "TEAM_PUT", [code, name, [list(asdict(each).values()) for each in members]], (), execute)
