"""What the mutations of orders are given: which order, which of its lines, where and when."""

from __future__ import annotations

import strawberry

from graph.errors import InvalidInput
from graph.orders.expected import NumberedOrder
from graph.words import Sentence
from resolvers.engine.input_value import InputValue
from resolvers.engine.mutation import CommandInput
from resolvers.values.scalars import DateTime

REASON_LENGTH, CODE_LENGTH = 1_000, 100


@strawberry.input(description="How much of a line comes back.")
class ReturnedLineInput:
    line: int = strawberry.field(description="Line number, as `OrderLine.number` gives it.")
    quantity: float = strawberry.field(default=1.0, description="How much of it, above 0.")
    amount: str | None = strawberry.field(
        default=None,
        description="What is paid back for it, decimal text in the currency of the order; null for its part of the line.",
    )
    restocked: bool = strawberry.field(default=True, description="Whether it can be sold again; false if damaged.")


@strawberry.input(description="Order by its number, whichever system it comes from.")
class NumberedOrderInput:
    number: str = strawberry.field(description="Whole order number, in any width and case, with or without # and dashes.")
    source: str | None = strawberry.field(
        default=None, description="`source` of its events; needed where several systems have an order of that number."
    )


@strawberry.input
class OfOrderInput(CommandInput):
    order_id: strawberry.ID | None = strawberry.field(default=None, description="Global id of the order; or `order`.")
    order: NumberedOrderInput | None = strawberry.field(default=None, description="The order by its number; or `orderId`.")


@strawberry.input(description="What comes back of an order, and where.")
class OrderReturnInput(OfOrderInput):
    store_id: strawberry.ID = strawberry.field(description="Global id of the store, or warehouse, that takes it back.")
    lines: list[ReturnedLineInput] = strawberry.field(description="What comes back, each line once.")
    reason: str | None = strawberry.field(default=None, description=f"Why, up to {REASON_LENGTH:,} characters.")


@strawberry.input(description="How much of a line is picked up.")
class PickupLineInput:
    line: int = strawberry.field(description="Line number, as `OrderLine.number` gives it.")
    quantity: float = strawberry.field(default=1.0, description="How much of it, above 0.")


@strawberry.input(description="What of an order is to be picked up, where and when.")
class PickupRequestInput(OfOrderInput):
    store_id: strawberry.ID = strawberry.field(description="Global id of the store.")
    lines: list[PickupLineInput] | None = strawberry.field(
        default=None, description="What is picked up; null for all that nothing hands over yet."
    )
    slot: DateTime | None = strawberry.field(
        default=None,
        description="Time at which the customer wants to come, no sooner than `Store.pickupLeadHours` from now; null for any.",
    )


def of_order(given: InputValue) -> str | NumberedOrder:
    """Return the order that is meant, by its id or its number; raise InvalidInput for both and for neither."""
    if given["orderId"].given == given["order"].given:
        raise InvalidInput(Sentence("refusal.ORDER_OR_NUMBER"), "/orderId")
    if given["orderId"].given:
        return given["orderId"].raw_id("Order")
    number = given["order"]["number"].text("refusal.TEXT_LENGTH", most=CODE_LENGTH)
    source = given["order"]["source"]
    return NumberedOrder(number, source.text("refusal.TEXT_LENGTH", most=REASON_LENGTH) if source.given else None)
