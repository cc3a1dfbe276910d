"""The command that sets up a team: its name, and its members with what they can do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, LiteralString

from graph.cases.tables import tables
from graph.commands.command import Answer, Author, Command
from graph.errors import Conflict, InvalidInput, NotFound, Outdated
from graph.keys import opaque
from graph.words import Sentence
from graph.writes.unit import Unit

# (:Staff {account, skills, languages, capacity, shift, available})-[:MEMBER_OF]->(:Team {id, code, name, assigns, offer_minutes,
# version}): all teams are held in one order, since what is changed of a member counts in each of theirs
HOLD_TEAMS: LiteralString = """
MERGE (made:Team {code: $p.code}) ON CREATE SET made.id = $p.id, made.version = 0
WITH count(*) AS one
MATCH (t:Team)
WITH t ORDER BY t.code
REMOVE t.lock
WITH t
RETURN t.code, COALESCE(t.version, 1), {name: t.name, assigns: t.assigns, offer_minutes: t.offer_minutes}, COLLECT {
  MATCH (t)<-[:MEMBER_OF]-(s:Staff)
  RETURN {account: s.account, skills: s.skills, languages: s.languages, capacity: s.capacity, shift: s.shift}
}
"""
# Members who are in no team any more keep what they can do, and get nothing.
PUT_TEAM: LiteralString = """
MATCH (t:Team {code: $p.code})
SET t += $p.team
WITH t
CALL (t) { MATCH (t)<-[old:MEMBER_OF]-(:Staff) DELETE old }
CALL (t) {
  UNWIND $p.members AS row
  MERGE (s:Staff {account: row.account})
  SET s += row
  MERGE (s)-[:MEMBER_OF]->(t)
}
CALL () { UNWIND $p.others AS code MATCH (o:Team {code: code}) SET o.version = o.version + 1 }
"""
NOT_THERE = 0
"""The version of a team that there is not."""


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


@dataclass(frozen=True, slots=True)
class Held:
    """A team as it stands, while nobody else changes it: `told` are its own properties, `members` those of each by account."""

    version: int
    told: Mapping[str, Any]
    members: Mapping[str, Mapping[str, Any]]


def put_team(
    author: Author,
    code: str,
    name: str,
    members: Sequence[Member],
    assigning: Assigning = BY_HAND,
    *,
    version: int | None = None,
) -> Command:
    """Return the command that makes a team or replaces what it is and its members; its answer is `team`, by id.

    `version` is that of when it was read, NOT_THERE for one that must not be there yet, None where that does not matter.
    Raises InvalidInput for a member who is named twice or whose shift is by a calendar that there is not, Conflict for a team
    that is there already, Outdated for one that has changed, NotFound for one that there is not.
    """

    async def execute(unit: Unit, _: str) -> Answer:
        _check(members)
        own_id = opaque("Team", code)
        rows = await unit.transaction.run(HOLD_TEAMS, {"code": code, "id": own_id})
        held = {row[0]: Held(row[1], row[2], {each["account"]: each for each in row[3]}) for row in rows}
        _expect(held[code].version, version)
        team = {"name": name, "assigns": assigning.on, "offer_minutes": assigning.minutes}
        asked = {each.account: _row(each) for each in members}
        if held[code].version and (held[code].told, held[code].members) == (team, asked):
            return {"team": own_id}
        told = {"code": code, "team": {**team, "version": held[code].version + 1}, "members": list(asked.values())}
        await unit.transaction.run(PUT_TEAM, {**told, "others": _others(held, code, asked)})
        return {"team": own_id}

    request = [code, name, [list(asdict(each).values()) for each in members], list(asdict(assigning).values()), version]
    return Command(author, "TEAM_PUT", request, (), execute)


def _check(members: Sequence[Member]) -> None:
    accounts = [each.account for each in members]
    for place, each in enumerate(members):
        if each.account in accounts[:place]:
            raise InvalidInput(Sentence("refusal.MEMBER_TWICE"), f"/members/{place}/account")
        if each.shift is not None and each.shift not in tables().calendars:
            known = ", ".join(sorted(tables().calendars))
            raise InvalidInput(Sentence("refusal.NO_SUCH_CALENDAR", known=known), f"/members/{place}/shift")


def _expect(is_: int, version: int | None) -> None:
    if version is None or version == is_:
        return
    if version == NOT_THERE:
        raise Conflict(Sentence("refusal.TEAM_EXISTS"), "/code")
    if is_ == NOT_THERE:
        raise NotFound(Sentence("refusal.NO_SUCH_TEAM"), "/code")
    raise Outdated(Sentence("refusal.TEAM_CHANGED"), "/version", is_)


def _row(member: Member) -> dict[str, Any]:
    lists = {"skills": sorted(set(member.skills)), "languages": sorted(set(member.languages))}
    return {**asdict(member), **lists}


def _others(held: Mapping[str, Held], code: str, asked: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """Return the codes of the other teams of whose members something is different from now on."""
    return [
        other
        for other, team in held.items()
        if other != code and any(account in asked and asked[account] != row for account, row in team.members.items())
    ]
