"""What orders and returns are told by: lines, what was handed over, which order, what came back."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from graph.events.shapes import Amount, Charge, Key, Number, Rate, Scalar, Shape, ShortText, Whole


class OrderLine(Shape):
    line: Whole
    sku: Key | None = None
    name: ShortText | None = None
    quantity: Annotated[Number, Field(description="Quantity; negative for what is given back.")] = 1.0
    unit_price: Rate | None = None
    amount: Amount | None = None
    discount: Amount | None = None
    tax: Amount | None = None


class FulfilledLine(Shape):
    line: Whole
    quantity: Annotated[Number, Field(gt=0, description="How much of the line it hands over.")] = 1.0


Fulfillment = Annotated[
    dict[Key, Scalar | list[FulfilledLine]],
    Field(description="A delivery or pick-up, by the names of the source; `lines` alone may be a list: of what it hands over."),
]


class OrderReference(Shape):
    source: Annotated[Key | None, Field(description="Source that numbers the order; that of the event if left out.")] = None
    number: Key


class ReturnedLine(Shape):
    line: Whole
    quantity: Annotated[Number, Field(gt=0, description="How much of the line came back.")] = 1.0
    amount: Annotated[
        Charge | None, Field(description="What was paid back for it; its part of the line's amount if left out.")
    ] = None
    restocked: Annotated[bool, Field(description="Whether it can be sold again where it came back; false if damaged.")] = True
