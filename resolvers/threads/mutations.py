"""The mutations by which people say what belongs to a thread."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import strawberry

from graph.commands.command import Answer, Author, Command
from graph.threads.tying import tie, untie
from resolvers.access.tags import Tag
from resolvers.engine.input_value import InputValue
from resolvers.engine.mutation import CommandInput, CommandPayload, Mutation
from resolvers.engine.planner import planned, referred
from resolvers.engine.planner.readings import Object
from resolvers.threads.thread import Thread
from resolvers.values.references import THREADS, TOUCHPOINTS

if TYPE_CHECKING:
    from resolvers.touchpoints.touchpoint import Touchpoint

REASON = "Why, for whoever reads it later, up to 1,000 characters; null for none."


@strawberry.input(description="Interaction that belongs to the thread of another.")
class ThreadTieInput(CommandInput):
    touchpoint_id: strawberry.ID = strawberry.field(description="Global id of the interaction; its own thread comes with it.")
    to_touchpoint_id: strawberry.ID = strawberry.field(description="Global id of any interaction of the other thread.")
    version: int = strawberry.field(
        description="Number that `Thread.version` gave for the other thread when it was read, 0 if it is in none; if it has "
        "changed since, nothing is done."
    )
    reason: str | None = strawberry.field(default=None, description=REASON)


@strawberry.input(description="Interaction that does not belong to its thread.")
class ThreadUntieInput(CommandInput):
    touchpoint_id: strawberry.ID = strawberry.field(description="Global id of the interaction.")
    version: int = strawberry.field(
        description="Number that `Thread.version` gave for its thread when it was read; if it has changed since, nothing is done."
    )
    reason: str | None = strawberry.field(default=None, description=REASON)


@strawberry.type
class Tied(CommandPayload):
    touchpoint: Annotated[Touchpoint, strawberry.lazy("resolvers.touchpoints.touchpoint")] | None = referred(
        "touchpoint", TOUCHPOINTS, Tag.ACTIVITY, "The interaction; null when it was refused."
    )
    thread: Thread | None = referred(
        "thread", THREADS, Tag.ACTIVITY, "The thread that it is part of now; null if it is in none, or when it was refused."
    )


@planned("What `threadTie` did: the interaction and its thread.")
class ThreadTiePayload(Tied):
    pass


@planned("What `threadUntie` did: the interaction and its thread.")
class ThreadUntiePayload(Tied):
    pass


def tying(author: Author, given: InputValue) -> Command:
    return tie(author, given["touchpointId"].raw_id(), given["toTouchpointId"].raw_id(), given["version"].value)


def untying(author: Author, given: InputValue) -> Command:
    return untie(author, given["touchpointId"].raw_id(), given["version"].value)


def answered(_: InputValue, answer: Answer) -> Object:
    return {"touchpoint": answer["touchpoint"], "thread": answer["thread"]}


MUTATIONS = (
    Mutation(
        "threadTie",
        ThreadTieInput,
        ThreadTiePayload,
        "Say that an interaction belongs to the thread of another; `threadUntie` takes it back.",
        tying,
        answered,
    ),
    Mutation(
        "threadUntie",
        ThreadUntieInput,
        ThreadUntiePayload,
        "Take back what somebody tied, or else say that an interaction does not belong to its thread; `threadTie` takes it back.",
        untying,
        answered,
    ),
)
