"""Teams of staff, with their members: what they can do, whether they are there, and how much they have."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import LiteralString

from graph.cases.calendars import is_open
from graph.cases.tables import tables
from graph.cases.targets import in_force
from graph.events.newest import utc_text
from resolvers.access.tags import Tag
from resolvers.engine.node import Node
from resolvers.engine.planner import many, planned, prop
from resolvers.engine.planner.fields import read
from resolvers.engine.planner.readings import Many

ALL: LiteralString = "MATCH ({n}:Team) WITH {n} ORDER BY {n}.code"
# (:Case {listed, staff, turn}), (:Case {listed, team, turn}), those that the viewer may read
WORKING_ON: LiteralString = (
    "COUNT {{ MATCH ({k}:Case) USING INDEX SEEK {k}:Case(listed, staff, turn) WHERE {k}.listed = 'OPEN' "
    "AND {k}.staff = {v}.account AND {k}.turn > '' AND {k}.state IN ['NEW', 'OPEN'] AND {Case:k} }}"
)
OPEN_CASES: LiteralString = (
    "COUNT {{ MATCH ({k}:Case) USING INDEX SEEK {k}:Case(listed, team, turn) WHERE {k}.listed = 'OPEN' "
    "AND {k}.team = {v}.code AND {k}.turn > '' AND {Case:k} }}"
)


def on_shift(shift: str) -> bool:
    """Return whether somebody who works by this calendar ('' for none) is within their hours now."""
    versions, now = tables().calendars.get(shift), datetime.now(UTC)
    return versions is None or is_open(in_force(versions, utc_text(now)), now)


@planned("Employee who works on cases.")
class TeamMember:
    account: str = prop("{v}.account", Tag.INTERNAL, "Account by which they sign in.")
    skills: list[str] = prop("COALESCE({v}.skills, [])", Tag.INTERNAL, "Codes of what they can do, sorted.")
    languages: list[str] = prop("COALESCE({v}.languages, [])", Tag.INTERNAL, "Languages, BCP 47 tags, sorted.")
    capacity: int = prop("{v}.capacity", Tag.INTERNAL, "How much they work on at once: mails count 1, chats 3, calls 6.")
    shift: str | None = prop("{v}.shift", Tag.INTERNAL, "Id of the calendar by which they work; null if by none.")
    on_shift: bool = prop(
        "COALESCE({v}.shift, '')", Tag.INTERNAL, "Whether their calendar is open now; true where they have none.", form=on_shift
    )
    available: bool = prop(
        "COALESCE({v}.available, false)", Tag.INTERNAL, "Whether they said that cases may be assigned to them automatically."
    )
    working_on: int = prop(
        WORKING_ON, Tag.INTERNAL, "Number of their cases that wait for nobody else, of all their teams; those that you may read."
    )


@planned("Team that works on cases.")
class Team(Node):
    code: str = prop("{v}.code", Tag.INTERNAL, "Code, unique in the company.")
    version: int = prop(
        "COALESCE({v}.version, 1)", Tag.PUBLIC, "Integer that grows with each change of it or of its members, for `teamPut`."
    )
    name: str = prop("{v}.name", Tag.INTERNAL, "Name of the team.")
    assigns: bool = prop("COALESCE({v}.assigns, false)", Tag.INTERNAL, "Whether its cases are assigned automatically.")
    offer_minutes: int | None = prop(
        "{v}.offer_minutes",
        Tag.INTERNAL,
        "Minutes within which a member begins with what they are assigned, or somebody else gets it; null: no such time.",
    )
    open_cases: int = prop(OPEN_CASES, Tag.INTERNAL, "Number of its open cases that you may read.")
    members: list[TeamMember] = many(
        "MATCH ({v})<-[:MEMBER_OF]-({n}:Staff) WITH {n} ORDER BY {n}.account", Tag.INTERNAL, "Members by account."
    )


teams = read(Many(ALL), Tag.PUBLIC, "All teams, by code.")
