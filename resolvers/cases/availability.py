"""Whether you are there for cases that are assigned automatically, and the mutation that says so."""

from __future__ import annotations

from typing import LiteralString

import strawberry

from graph.cases.availability import set_available
from graph.commands.command import Answer, Author, Command
from resolvers.access.tags import Tag
from resolvers.cases.team import Team
from resolvers.engine.input_value import InputValue
from resolvers.engine.mutation import CommandInput, CommandPayload, Mutation
from resolvers.engine.planner import many, planned, prop, referred
from resolvers.engine.planner.fields import read
from resolvers.engine.planner.readings import Given, Object, One, Parameters

STAFF: LiteralString = "UNWIND ${ids} AS {id} MATCH ({n}:Staff {{account: {id}}})"


@planned("Whether an employee is there for cases that are assigned automatically.")
class Availability:
    available: bool = prop("COALESCE({v}.available, false)", Tag.INTERNAL, "Whether cases may be assigned to you automatically.")
    capacity: int = prop("{v}.capacity", Tag.INTERNAL, "How much you work on at once: mails count 1, chats 3, calls 6.")
    working_on: int = prop(
        "COUNT {{ MATCH ({k}:Case) USING INDEX SEEK {k}:Case(listed, staff, turn) WHERE {k}.listed = 'OPEN' "
        "AND {k}.staff = {v}.account AND {k}.turn > '' AND {k}.state IN ['NEW', 'OPEN'] }}",
        Tag.INTERNAL,
        "Number of your cases that wait for nobody else.",
    )
    teams: list[Team] = many("MATCH ({v})-[:MEMBER_OF]->({n}:Team) WITH {n} ORDER BY {n}.code", Tag.INTERNAL, "Teams you are in.")


def bind(given: Given) -> Parameters:
    return {"me": given.viewer.name}


availability = read(
    One("MATCH ({n}:Staff {{account: ${me}}})", bind=bind),
    Tag.PUBLIC,
    "Whether you are there for cases that are assigned automatically; null if you are in no team.",
)


@strawberry.input(description="Whether you are there for cases that are assigned automatically.")
class AvailabilitySetInput(CommandInput):
    available: bool = strawberry.field(description="False: no case is assigned to you automatically any more; you keep yours.")


@planned("What `availabilitySet` did.")
class AvailabilitySetPayload(CommandPayload):
    availability: Availability | None = referred(
        "availability", STAFF, Tag.PUBLIC, "Your availability as it is now; null when it was refused."
    )


def command(author: Author, given: InputValue) -> Command:
    return set_available(author, given["available"].value)


def answered(_: InputValue, answer: Answer) -> Object:
    return {"availability": answer["account"]}


MUTATIONS = (
    Mutation(
        "availabilitySet",
        AvailabilitySetInput,
        AvailabilitySetPayload,
        "Say whether you are there for cases that are assigned automatically.",
        command,
        answered,
    ),
)
