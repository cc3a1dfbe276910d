"""The mutations of orders: goods come back, and are picked up."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC
from functools import partial

import strawberry

from graph.commands.command import Answer, Author, Command
from graph.errors import Conflict, InvalidInput
from graph.orders import picking_up
from graph.orders.returning import BackLine, take_back
from graph.orders.states import ALLOCATED, CANCELLED, READY_FOR_PICKUP
from graph.words import Sentence
from resolvers.access.tags import Tag
from resolvers.engine.input_value import InputValue
from resolvers.engine.mutation import CommandInput, CommandPayload, Mutation
from resolvers.engine.planner import planned, referred
from resolvers.engine.planner.readings import Object
from resolvers.orders.fulfillment import Fulfillment
from resolvers.orders.inputs import CODE_LENGTH, REASON_LENGTH, OrderReturnInput, PickupRequestInput, of_order
from resolvers.orders.order import Order
from resolvers.orders.returned import Return
from resolvers.values.references import FULFILLMENTS, TOUCHPOINTS

AMOUNT_LENGTH, MOST_LINES = 24, 1_000
ORDERS = TOUCHPOINTS.replace("{n}:Touchpoint", "{n}:Touchpoint:Order")
RETURNS = TOUCHPOINTS.replace("{n}:Touchpoint", "{n}:Touchpoint:Return")


@strawberry.input
class OfPickupInput(CommandInput):
    fulfillment_id: strawberry.ID = strawberry.field(description="Global id of the pick-up.")


@strawberry.input(description="A pick-up of which the goods are set aside.")
class PickupAllocateInput(OfPickupInput):
    pass


@strawberry.input(description="A pick-up that is ready in the store.")
class PickupReadyInput(OfPickupInput):
    pass


@strawberry.input(description="A pick-up of which nothing is to be handed over.")
class PickupCancelInput(OfPickupInput):
    reason: str | None = strawberry.field(default=None, description=f"Why, up to {REASON_LENGTH:,} characters.")


@strawberry.input(description="A pick-up that is handed over, with the code or the identity of who came.")
class PickupHandOverInput(OfPickupInput):
    code: str | None = strawberry.field(
        default=None,
        description=f"Code that the customer shows; after {picking_up.MOST_WRONG_CODES} wrong ones only the identity counts.",
    )
    identity_checked: bool = strawberry.field(
        default=False, description="True where the employee has checked the identity of who came, whatever the code."
    )


@strawberry.type
class OfOrderPayload(CommandPayload):
    order: Order | None = referred("order", ORDERS, Tag.PUBLIC, "The order as it is now; null when it was refused.")


@planned("What `orderReturn` did: the return and its order.")
class OrderReturnPayload(OfOrderPayload):
    returned: Return | None = referred("returned", RETURNS, Tag.PUBLIC, "The return; null when it was refused.")


@strawberry.type
class OfPickupPayload(OfOrderPayload):
    fulfillment: Fulfillment | None = referred(
        "fulfillment", FULFILLMENTS, Tag.PUBLIC, "The pick-up as it is now; null when it was refused."
    )


@planned("What `pickupRequest` did: the pick-up, with its code.")
class PickupRequestPayload(OfPickupPayload):
    pass


@planned("What `pickupAllocate` did: the pick-up.")
class PickupAllocatePayload(OfPickupPayload):
    pass


@planned("What `pickupReady` did: the pick-up, with the time until which it is kept.")
class PickupReadyPayload(OfPickupPayload):
    pass


@planned("What `pickupHandOver` did: the pick-up.")
class PickupHandOverPayload(OfPickupPayload):
    pass


@planned("What `pickupCancel` did: the pick-up.")
class PickupCancelPayload(OfPickupPayload):
    pass


def returning(author: Author, given: InputValue) -> Command:
    lines = [
        BackLine(
            each["line"].value,
            each["quantity"].value,
            each["amount"].text("refusal.AMOUNT", most=AMOUNT_LENGTH) if each["amount"].given else None,
            each["restocked"].value,
        )
        for each in given["lines"].each()[:MOST_LINES]
    ]
    reason = given["reason"].text("refusal.TEXT_LENGTH", most=REASON_LENGTH) or None
    return take_back(author, of_order(given), given["storeId"].raw_id("Store"), lines, reason)


def requesting(author: Author, given: InputValue) -> Command:
    slot = given["slot"].value.astimezone(UTC) if given["slot"].given else None
    lines = [(each["line"].value, each["quantity"].value) for each in given["lines"].each()]
    store = given["storeId"].raw_id("Store")
    return picking_up.request(author, picking_up.Slot(of_order(given), store, lines, slot))


def stepping(state: str, author: Author, given: InputValue) -> Command:
    return picking_up.step(author, given["fulfillmentId"].raw_id("Fulfillment"), state)


def handing_over(author: Author, given: InputValue) -> Command:
    code = given["code"].text("refusal.TEXT_LENGTH", most=CODE_LENGTH) or None
    if code and given["dryRun"].value:  # it would be a try that is not counted
        raise InvalidInput(Sentence("refusal.CODE_NOT_TRIED"), "/dryRun")
    identity = given["identityChecked"].value
    return picking_up.hand_over(author, given["fulfillmentId"].raw_id("Fulfillment"), code, identity=identity)


def returned(_: InputValue, answer: Answer) -> Object:
    return {"order": answer["order"], "returned": answer["return"]}


def picked_up(_: InputValue, answer: Answer) -> Object:
    """Return the payload's object; raise Conflict for a wrong code, once the try is counted."""
    if "wrong" in answer:
        raise Conflict(Sentence("refusal.WRONG_CODE", left=answer["wrong"]), "/code")
    return {"order": answer["order"], "fulfillment": answer["fulfillment"]}


def at_store(given: InputValue) -> list[tuple[str, InputValue]]:
    return [("Store", given["storeId"])]


def of_pickup(given: InputValue) -> list[tuple[str, InputValue]]:
    return [("Fulfillment", given["fulfillmentId"])]


def pickup(
    name: str,
    taken: type[CommandInput],
    payload: type[CommandPayload],
    description: str,
    command: Callable[[Author, InputValue], Command],
) -> Mutation:
    return Mutation(name, taken, payload, description, command, picked_up, whose=of_pickup)


MUTATIONS = (
    Mutation(
        "orderReturn",
        OrderReturnInput,
        OrderReturnPayload,
        "Take goods of an order back, at any store; never more than was bought.",
        returning,
        returned,
        whose=at_store,
    ),
    Mutation(
        "pickupRequest",
        PickupRequestInput,
        PickupRequestPayload,
        "Ask for goods of an order to be picked up in a store.",
        requesting,
        picked_up,
        whose=at_store,
    ),
    pickup(
        "pickupAllocate",
        PickupAllocateInput,
        PickupAllocatePayload,
        "Say that the goods of a pick-up are set aside.",
        partial(stepping, ALLOCATED),
    ),
    pickup(
        "pickupReady", PickupReadyInput, PickupReadyPayload, "Say that a pick-up is ready.", partial(stepping, READY_FOR_PICKUP)
    ),
    pickup(
        "pickupHandOver",
        PickupHandOverInput,
        PickupHandOverPayload,
        "Hand a pick-up over that is ready, with its code or the identity of who came.",
        handing_over,
    ),
    pickup("pickupCancel", PickupCancelInput, PickupCancelPayload, "Cancel a pick-up.", partial(stepping, CANCELLED)),
)
