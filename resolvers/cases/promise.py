"""Promises to customers, and the mutations by which they are made, kept and withdrawn."""

from __future__ import annotations

from datetime import UTC
from functools import partial
from typing import LiteralString

import strawberry

from graph.cases import promises
from graph.commands.command import Answer, Author, Command
from graph.events.newest import utc_text
from resolvers.access.tags import Tag
from resolvers.cases.inputs import LINE_LENGTH, ExpectedCaseInput, expected, word
from resolvers.cases.words import PromiseState
from resolvers.engine.connections import Connection
from resolvers.engine.input_value import InputValue
from resolvers.engine.mutation import CommandInput, CommandPayload, Mutation
from resolvers.engine.node import Node
from resolvers.engine.planner import one, planned, prop, referred
from resolvers.engine.planner.readings import Object
from resolvers.touchpoints.touchpoint import Touchpoint
from resolvers.values.scalars import DateTime

PROMISES: LiteralString = "UNWIND ${ids} AS {id} MATCH ({n}:Promise {{id: {id}}})"


@planned("Promise that was made to a customer: what, by when, and who keeps it.")
class Promise(Node):
    text: str | None = prop("{v}.text", Tag.CASE, "What was promised.")
    due_at: DateTime = prop("{v}.due", Tag.CASE, "Time by which it is to be kept, UTC.")
    state: PromiseState = prop("{v}.state", Tag.PUBLIC, "Whether it is still to be kept.")
    owner: str | None = prop("{v}.owner", Tag.INTERNAL, "Account of the employee who keeps it.")
    door: str | None = prop("{v}.door", Tag.INTERNAL, "Channel or store at which it was made; null if not told.")
    made_at: DateTime = prop("{v}.made_at", Tag.CASE, "Time at which it was made, UTC.")
    ended_at: DateTime | None = prop(
        "{v}.ended_at", Tag.CASE, "Time at which it was kept or withdrawn, UTC; null while it is to be kept."
    )
    touchpoint: Touchpoint | None = one(
        "MATCH ({v})-[:MADE_IN]->({n}:Touchpoint)", Tag.ACTIVITY, "Interaction in which it was made; null if not told."
    )


PromiseConnection = Connection[Promise]


@strawberry.input(description="What is promised, to whom, by when.")
class PromiseMakeInput(CommandInput):
    text: str = strawberry.field(description=f"What is promised, 1 to {LINE_LENGTH} characters.")
    due_at: DateTime = strawberry.field(description="Time by which it is to be kept, in the future.")
    owner: str | None = strawberry.field(default=None, description="Account of the employee who keeps it; you if omitted.")
    door: str | None = strawberry.field(default=None, description="Channel or store at which it is made.")
    case: ExpectedCaseInput | None = strawberry.field(default=None, description="Case for which it is made.")
    customer_id: strawberry.ID | None = strawberry.field(default=None, description="Global id of the customer, without a case.")
    touchpoint_id: strawberry.ID | None = strawberry.field(
        default=None, description="Global id of the interaction in which it is made."
    )


@strawberry.input
class OfPromiseInput(CommandInput):
    promise_id: strawberry.ID = strawberry.field(description="Global id of the promise.")


@strawberry.input(description="Promise that was kept.")
class PromiseKeepInput(OfPromiseInput):
    pass


@strawberry.input(description="Promise that cannot or need not be kept any more.")
class PromiseWithdrawInput(OfPromiseInput):
    pass


@strawberry.type
class OfPromise(CommandPayload):
    promise: Promise | None = referred("promise", PROMISES, Tag.PUBLIC, "The promise; null when it was refused.")


@planned("What `promiseMake` did: the promise.")
class PromiseMakePayload(OfPromise):
    pass


@planned("What `promiseKeep` did: the promise.")
class PromiseKeepPayload(OfPromise):
    pass


@planned("What `promiseWithdraw` did: the promise.")
class PromiseWithdrawPayload(OfPromise):
    pass


def making(author: Author, given: InputValue) -> Command:
    promise = promises.Promise(
        text=given["text"].text("refusal.NOTE_LENGTH", least=1, most=LINE_LENGTH),
        due=utc_text(given["dueAt"].value.astimezone(UTC)),
        owner=word(given["owner"]) or "",
        door=word(given["door"]),
        case=expected(given["case"]) if given["case"].given else None,
        customer=given["customerId"].raw_id("Customer") if given["customerId"].given else None,
        touchpoint=given["touchpointId"].raw_id() if given["touchpointId"].given else None,
    )
    return promises.make(author, promise)


def ending(state: str, author: Author, given: InputValue) -> Command:
    return promises.end(author, given["promiseId"].raw_id("Promise"), state)


def whose(given: InputValue) -> list[tuple[str, InputValue]]:
    case = given["case"]["id"] if given["case"].given else given["case"]
    asked = {"Customer": given["customerId"], "Touchpoint": given["touchpointId"], "Case": case}
    return [(thing, own_id) for thing, own_id in asked.items() if own_id.given]


def whose_promise(given: InputValue) -> list[tuple[str, InputValue]]:
    return [("Promise", given["promiseId"])]


def answered(_: InputValue, answer: Answer) -> Object:
    return {"promise": answer["promise"]}


MUTATIONS = (
    Mutation(
        "promiseMake",
        PromiseMakeInput,
        PromiseMakePayload,
        "Promise something to a customer by a time.",
        making,
        answered,
        whose=whose,
    ),
    Mutation(
        "promiseKeep",
        PromiseKeepInput,
        PromiseKeepPayload,
        "Say that a promise was kept.",
        partial(ending, promises.KEPT),
        answered,
        whose=whose_promise,
    ),
    Mutation(
        "promiseWithdraw",
        PromiseWithdrawInput,
        PromiseWithdrawPayload,
        "Withdraw a promise that cannot or need not be kept any more.",
        partial(ending, promises.WITHDRAWN),
        answered,
        whose=whose_promise,
    ),
)
