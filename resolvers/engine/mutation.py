"""Mutations: each executes a command and answers its payload, read with the client's own selection by one statement."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, LiteralString

import strawberry

from graph.commands.command import Answer, Author, Command, run
from graph.errors import Conflict, InvalidInput, NotFound, Refused
from graph.reads import Row
from graph.store import Reader
from graph.words import Sentence
from resolvers.access.rows import condition
from resolvers.access.tags import Tag
from resolvers.access.viewer import Viewer
from resolvers.engine.input_value import InputValue
from resolvers.engine.planner import Argument
from resolvers.engine.planner.fields import read
from resolvers.engine.planner.readings import Call, Computed, Entries, Object
from resolvers.engine.user_error import UserError, as_object

LONGEST_REASON, LONGEST_KEY = 1_000, 200
NOTHING: Mapping[str, Any] = {}
# (:Customer), (:Touchpoint), (:Case), (:Promise), (:Fulfillment), (:Store), (:LoyaltyAccount), (:PointEntry),
# (:CouponRedemption), (:CouponReservation), (:Reservation), (:StockRequest), (:Offer)
MATCH_THING: Mapping[str, LiteralString] = {
    "Customer": "UNWIND $p.ids AS id MATCH ({n}:Customer {{id: id}}) WHERE ",
    "Touchpoint": "UNWIND $p.ids AS id MATCH ({n}:Touchpoint {{id: id}}) WHERE ",
    "Case": "UNWIND $p.ids AS id MATCH ({n}:Case {{id: id}}) WHERE ",
    "Promise": "UNWIND $p.ids AS id MATCH ({n}:Promise {{id: id}}) WHERE ",
    "Fulfillment": "UNWIND $p.ids AS id MATCH ({n}:Fulfillment {{id: id}}) WHERE ",
    "Store": "UNWIND $p.ids AS id MATCH ({n}:Store {{id: id}}) WHERE ",
    "LoyaltyAccount": "UNWIND $p.ids AS id MATCH ({n}:LoyaltyAccount {{id: id}}) WHERE ",
    "PointEntry": "UNWIND $p.ids AS id MATCH ({n}:PointEntry {{id: id}}) WHERE ",
    "CouponRedemption": "UNWIND $p.ids AS id MATCH ({n}:CouponRedemption {{id: id}}) WHERE ",
    "CouponReservation": "UNWIND $p.ids AS id MATCH ({n}:CouponReservation {{id: id}}) WHERE ",
    "Reservation": "UNWIND $p.ids AS id MATCH ({n}:Reservation {{id: id}}) WHERE ",
    "Offer": "UNWIND $p.ids AS id MATCH ({n}:Offer {{id: id}}) WHERE ",
    "StockRequest": "UNWIND $p.ids AS id MATCH ({n}:StockRequest {{id: id}}) WHERE ",
}


@strawberry.input
class CommandInput:
    """The members that the input of every mutation has."""

    idempotency_key: str = strawberry.field(
        description="Chosen by the client, a new one for each thing that is to be done, 1 to 200 characters, kept 30 days: "
        "a repeat gets the first answer, another request under the same key a `CONFLICT`."
    )
    dry_run: bool = strawberry.field(
        default=False, description="True to get the payload as it would be while nothing is written, not even the key."
    )


@strawberry.type
class CommandPayload:
    """The members that the payload of every mutation has."""

    user_errors: list[UserError] = read(Entries("userErrors", list), Tag.PUBLIC, "Why nothing was changed; empty when it was.")


@dataclass(frozen=True, slots=True)
class Mutation:
    """`payload` is a planned type; the roles that the policy lets read it may use the mutation.

    `command` makes the command of an input, or raises InvalidInput. `answered(input, answer)` gives the payload's object;
    `refused` are members that it has where nothing was done. `whose` are the ids in the input, each with its type, of the things
    for which it is done, where the policy lets some roles act for some only: those that it names as rows of the payload.
    """

    name: str
    input: type[Any]
    payload: type[Any]
    description: str
    command: Callable[[Author, InputValue], Command]
    answered: Callable[[InputValue, Answer], Object]
    refused: Mapping[str, Any] = field(default_factory=lambda: NOTHING)
    whose: Callable[[InputValue], Iterable[tuple[str, InputValue]]] | None = None

    def field(self) -> Any:
        given = {"input": Argument(self.input, "What is to be done, and under which key.")}
        return read(Computed(self._compute), Tag.PUBLIC, self.description, given)

    async def _compute(self, call: Call) -> Object:
        given = InputValue(call.given["input"])

        async def payload(answer: Answer, reader: Reader) -> Object:
            return await call.read({**self.answered(given, answer), "userErrors": []}, reader)

        try:
            command = self.command(_author(call.viewer, given), given)
            if self.whose is not None:
                await check_rows(call, self.payload.__name__, self.whose(given))
            return await run(call.store, command, payload, dry_run=given["dryRun"].value)
        except (Conflict, InvalidInput, NotFound) as error:
            shown = error.shown if isinstance(error, Refused) else NOTHING
            errors = {"userErrors": [as_object(error, call.viewer.language)]}
            return await call.read({**self.refused, **shown, **errors}, call.store)


async def check_rows(call: Call, type_name: str, things: Iterable[tuple[str, InputValue]]) -> None:
    """Raise NotFound for a thing for which the viewer may not ask or act, as for one that there is not.

    `type_name` is that of the answer, whose rows in the policy say for which things.
    """
    rows = call.viewer.rows_of(type_name)
    asked = [(thing, each, each.raw_id(None if thing == "Touchpoint" else thing)) for thing, each in things]
    for thing in dict.fromkeys(thing for thing, _, _ in asked):
        statement = Row().text(MATCH_THING[thing] + condition(thing, rows) + " RETURN {n}.id")
        ids = [own_id for of, _, own_id in asked if of == thing]
        found = {row[0] for row in await call.store.read(statement, {**call.viewer.row_parameters(), "ids": ids})}
        for of, each, own_id in asked:
            if of == thing and own_id not in found:
                raise NotFound(Sentence(f"refusal.NO_SUCH_{thing.upper()}"), each.pointer)


def _author(viewer: Viewer, given: InputValue) -> Author:
    key = given["idempotencyKey"].text("refusal.KEY_LENGTH", least=1, most=LONGEST_KEY)
    reason = given["reason"].text("refusal.REASON_LENGTH", most=LONGEST_REASON)
    only = None if viewer.works_here else viewer.record or ""
    return Author(client=viewer.name, actor=viewer.name, key=key, reason=reason, only=only, roles=viewer.roles)


def mutation_type(mutations: tuple[Mutation, ...]) -> type[Any]:
    """Return the type of all mutations."""
    annotations = {each.name: each.payload for each in mutations}
    made = type("Mutation", (), {"__annotations__": annotations, **{each.name: each.field() for each in mutations}})
    return strawberry.type(made, name="Mutation", description="Everything that a person or an app can change.")
