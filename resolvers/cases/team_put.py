"""The mutation that sets up a team, or changes one as it was read."""

from __future__ import annotations

import re
from typing import LiteralString

import strawberry

from graph.cases.teams import NOT_THERE, Assigning, Member, put_team
from graph.commands.command import Answer, Author, Command
from graph.errors import InvalidInput
from graph.words import Sentence
from resolvers.access.tags import Tag
from resolvers.cases.inputs import WORD_LENGTH, word
from resolvers.cases.team import Team
from resolvers.engine.input_value import InputValue
from resolvers.engine.mutation import CommandInput, CommandPayload, Mutation
from resolvers.engine.planner import planned, referred
from resolvers.engine.planner.readings import Object

MOST_MINUTES = 1_440
MOST_MEMBERS = 150
LEAST_CAPACITY, MOST_CAPACITY = 1, 100
LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
TEAMS: LiteralString = "UNWIND ${ids} AS {id} MATCH ({n}:Team {{id: {id}}})"


@strawberry.input(description="An employee and what they can do, in all of their teams.")
class TeamMemberInput:
    account: str = strawberry.field(description="Account by which they sign in.")
    skills: list[str] = strawberry.field(
        default_factory=list, description=f"Topics that they deal with, each up to {WORD_LENGTH} characters; none: all."
    )
    languages: list[str] = strawberry.field(default_factory=list, description="Languages, BCP 47 tags; none: all.")
    capacity: int = strawberry.field(
        default=6,
        description=f"How much they work on at once, {LEAST_CAPACITY} to {MOST_CAPACITY}: mails count 1, chats 3, calls 6.",
    )
    shift: str | None = strawberry.field(default=None, description="Id of the calendar by which they work; null: by none.")


@strawberry.input(description="A team as it is to be: what it was before is replaced.")
class TeamPutInput(CommandInput):
    code: str = strawberry.field(description=f"Code, 1 to {WORD_LENGTH} characters.")
    version: int | None = strawberry.field(
        default=None,
        description=f"Number that `Team.version` gave when it was read; if it has grown since, nothing is done. {NOT_THERE} for "
        "a team that must not be there yet. Null where what has happened since does not matter.",
    )
    name: str = strawberry.field(description=f"Name, 1 to {WORD_LENGTH} characters.")
    members: list[TeamMemberInput] = strawberry.field(description=f"All of its members, at most {MOST_MEMBERS}.")
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
    members = [member(each) for each in given["members"].each()]
    if len(members) > MOST_MEMBERS:
        raise InvalidInput(Sentence("refusal.MEMBER_COUNT", most=MOST_MEMBERS), "/members")
    minutes = given["offerMinutes"].value if given["offerMinutes"].given else None
    if minutes is not None and not 1 <= minutes <= MOST_MINUTES:
        raise InvalidInput(Sentence("refusal.OFFER_MINUTES"), "/offerMinutes")
    return put_team(author, code, name, members, Assigning(given["assigns"].value, minutes), version=given["version"].value)


def member(given: InputValue) -> Member:
    capacity, languages = given["capacity"], given["languages"]
    if not LEAST_CAPACITY <= capacity.value <= MOST_CAPACITY:
        raise InvalidInput(Sentence("refusal.CAPACITY", least=LEAST_CAPACITY, most=MOST_CAPACITY), capacity.pointer)
    if not all(LANGUAGE_TAG.fullmatch(each) for each in languages.value):
        raise InvalidInput(Sentence("refusal.LANGUAGE_TAG"), languages.pointer)
    return Member(
        given["account"].text("refusal.NAME_LENGTH", least=1, most=WORD_LENGTH),
        [each.text("refusal.NAME_LENGTH", least=1, most=WORD_LENGTH) for each in given["skills"].each()],
        languages.value,
        capacity.value,
        word(given["shift"]),
    )


def answered(_: InputValue, answer: Answer) -> Object:
    return {"team": answer["team"]}


MUTATIONS = (Mutation("teamPut", TeamPutInput, TeamPutPayload, "Set up a team, or change it.", command, answered),)
