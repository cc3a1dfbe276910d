"""Teams of staff, and the mutation that sets one up."""

from __future__ import annotations

from typing import LiteralString

import strawberry

from graph.cases.teams import Assigning, Member, put_team
from graph.commands.command import Answer, Author, Command
from graph.errors import InvalidInput
from graph.words import Sentence
from resolvers.access.tags import Tag
from resolvers.cases.inputs import WORD_LENGTH, word
from resolvers.engine.input_value import InputValue
from resolvers.engine.mutation import CommandInput, CommandPayload, Mutation
from resolvers.engine.node import Node
from resolvers.engine.planner import many, planned, prop, referred
from resolvers.engine.planner.fields import read
from resolvers.engine.planner.readings import Many, Object

ALL: LiteralString = "MATCH ({n}:Team) WITH {n} ORDER BY {n}.code"
MOST_MINUTES = 1_440

TEAMS: LiteralString = "UNWIND ${ids} AS {id} MATCH ({n}:Team {{id: {id}}})"


@planned("Employee who works on cases.")
class TeamMember:
    account: str = prop("{v}.account", Tag.INTERNAL, "Account by which they sign in.")
    skills: list[str] = prop("COALESCE({v}.skills, [])", Tag.INTERNAL, "Codes of what they can do, sorted.")
    languages: list[str] = prop("COALESCE({v}.languages, [])", Tag.INTERNAL, "Languages, BCP 47 tags, sorted.")
    capacity: int = prop("{v}.capacity", Tag.INTERNAL, "How much they work on at once: mails count 1, chats 3, calls 6.")
    shift: str | None = prop("{v}.shift", Tag.INTERNAL, "Id of the calendar by which they work; null if by none.")
    available: bool = prop(
        "COALESCE({v}.available, false)", Tag.INTERNAL, "Whether they said that cases may be assigned to them automatically."
    )


@planned("Team that works on cases.")
class Team(Node):
    code: str = prop("{v}.code", Tag.INTERNAL, "Code, unique in the company.")
    name: str = prop("{v}.name", Tag.INTERNAL, "Name of the team.")
    assigns: bool = prop("COALESCE({v}.assigns, false)", Tag.INTERNAL, "Whether its cases are assigned automatically.")
    offer_minutes: int | None = prop(
        "{v}.offer_minutes",
        Tag.INTERNAL,
        "Minutes within which a member begins with what they are assigned, or somebody else gets it; null: no such time.",
    )
    members: list[TeamMember] = many(
        "MATCH ({v})<-[:MEMBER_OF]-({n}:Staff) WITH {n} ORDER BY {n}.account", Tag.INTERNAL, "Members by account."
    )


@strawberry.input(description="An employee and what they can do, in all of their teams.")
class TeamMemberInput:
    account: str = strawberry.field(description="Account by which they sign in.")
    skills: list[str] = strawberry.field(default_factory=list, description="Topics that they deal with; none: all.")
    languages: list[str] = strawberry.field(default_factory=list, description="Languages, BCP 47 tags; none: all.")
    capacity: int = strawberry.field(
        default=6, description="How much they work on at once, 1 to 100: mails count 1, chats 3, calls 6."
    )
    shift: str | None = strawberry.field(default=None, description="Id of the calendar by which they work; null: by none.")


@strawberry.input(description="A team as it is to be: what it was before is replaced.")
class TeamPutInput(CommandInput):
    code: str = strawberry.field(description=f"Code, 1 to {WORD_LENGTH} characters.")
    name: str = strawberry.field(description=f"Name, 1 to {WORD_LENGTH} characters.")
    members: list[TeamMemberInput] = strawberry.field(description="All of its members.")
    assigns: bool = strawberry.field(default=False, description="Whether its cases are assigned automatically.")
    offer_minutes: int | None = strawberry.field(
        default=None,
        description=f"Minutes within which a member begins with what they are assigned, 1 to {MOST_MINUTES}; null: whenever.",
    )


@planned("What `teamPut` did: the team.")
class TeamPutPayload(CommandPayload):
    team: Team | None = referred("team", TEAMS, Tag.PUBLIC, "The team; null when it was refused.")


def command(author: Author, given: InputValue) -> Command:
    code, name = (given[each].text("refusal.NAME_LENGTH", least=1, most=WORD_LENGTH) for each in ("code", "name"))
    members = [
        Member(
            each["account"].text("refusal.NAME_LENGTH", least=1, most=WORD_LENGTH),
            each["skills"].value,
            each["languages"].value,
            max(1, min(100, each["capacity"].value)),
            word(each["shift"]),
        )
        for each in given["members"].each()
    ]
    minutes = given["offerMinutes"].value if given["offerMinutes"].given else None
    if minutes is not None and not 1 <= minutes <= MOST_MINUTES:
        raise InvalidInput(Sentence("refusal.OFFER_MINUTES"), "/offerMinutes")
    return put_team(author, code, name, members, Assigning(given["assigns"].value, minutes))


def answered(_: InputValue, answer: Answer) -> Object:
    return {"team": answer["team"]}


teams = read(Many(ALL), Tag.PUBLIC, "All teams, by code.")
MUTATIONS = (Mutation("teamPut", TeamPutInput, TeamPutPayload, "Set up a team, or change it.", command, answered),)
