"""Requests that met no stock, and the mutations that record what became of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, LiteralString

import strawberry

from graph.commands.command import Answer, Author, Command
from graph.errors import InvalidInput
from graph.stock import asking
from graph.words import Sentence
from resolvers.access.tags import Tag
from resolvers.catalogue.product import Product
from resolvers.catalogue.store import Store
from resolvers.engine.input_value import InputValue
from resolvers.engine.mutation import CommandInput, CommandPayload, Mutation
from resolvers.engine.node import Node
from resolvers.engine.planner import many, one, planned, prop, referred
from resolvers.engine.planner.readings import Object
from resolvers.stock.moving import NOTE_LENGTH
from resolvers.stock.reservation import MOST_PIECES, OfPlaceInput, number, place, whose_store
from resolvers.stock.words import StockRequestOutcome
from resolvers.values.scalars import DateTime

if TYPE_CHECKING:
    from resolvers.people.customer import Customer

REQUESTS: LiteralString = "UNWIND ${ids} AS {id} MATCH ({n}:StockRequest {{id: {id}}})"
# (:StockRequest {record}) = (:SourceRecord {key})-[:RESOLVES_TO]->(:Customer)
WHO: LiteralString = "MATCH (:SourceRecord {{key: {v}.record}})-[:RESOLVES_TO]->({n}:Customer)"
MOST_OFFERED = 10


@planned("Request of a customer that met no stock.")
class StockRequest(Node):
    product: Product = one("MATCH ({v})-[:FOR]->({n}:Product)", Tag.PUBLIC, "Product that was asked for.")
    store: Store = one("MATCH ({v})-[:AT]->({n}:Store)", Tag.PUBLIC, "Store at which it was asked for.")
    quantity: int = prop("{v}.quantity", Tag.PUBLIC, "Pieces asked for.")
    outcome: StockRequestOutcome = prop("{v}.outcome", Tag.PUBLIC, "What became of it.")
    requested_at: DateTime = prop("{v}.at", Tag.ACTIVITY, "Time at which it was recorded, UTC.")
    ended_at: DateTime | None = prop("{v}.ended_at", Tag.ACTIVITY, "Time at which its outcome was known, UTC; null while open.")
    offered: list[Product] = many(
        "MATCH ({v})-[:OFFERED]->({n}:Product) WITH {n} ORDER BY {n}.sku", Tag.PUBLIC, "Products offered instead, by SKU."
    )
    customer: Annotated[Customer, strawberry.lazy("resolvers.people.customer")] | None = one(
        WHO, Tag.ACTIVITY, "Customer who asked; null if nobody knows."
    )
    note: str | None = prop("{v}.note", Tag.FREE_TEXT, "Note of the employee; null if there is none.")
    staff: str = prop("{v}.staff", Tag.INTERNAL, "Account that recorded it.")


@strawberry.input(description="What a customer asked for at a store and did not find.")
class StockRequestRecordInput(OfPlaceInput):
    quantity: int = strawberry.field(default=1, description="Pieces asked for, at least 1.")
    customer_id: strawberry.ID | None = strawberry.field(default=None, description="Global id of the customer, if known.")
    offered_product_ids: list[strawberry.ID] = strawberry.field(
        default_factory=list, description=f"Global ids of products offered instead, at most {MOST_OFFERED}."
    )
    outcome: StockRequestOutcome = strawberry.field(default="OPEN", description="What became of it.")
    note: str | None = strawberry.field(default=None, description=f"Note, at most {NOTE_LENGTH} characters.")


@strawberry.input(description="Request of which the outcome is known by now.")
class StockRequestEndInput(CommandInput):
    request_id: strawberry.ID = strawberry.field(description="Global id of the request.")
    outcome: StockRequestOutcome = strawberry.field(description="What became of it.")


@strawberry.type
class OfRequest(CommandPayload):
    request: StockRequest | None = referred("request", REQUESTS, Tag.PUBLIC, "The request; null if refused.")


@planned("What `stockRequestRecord` did: the request.")
class StockRequestRecordPayload(OfRequest):
    pass


@planned("What `stockRequestEnd` did: the request.")
class StockRequestEndPayload(OfRequest):
    pass


def offered(given: InputValue) -> list[str]:
    """Return the products that were offered, by id; raise InvalidInput for more than are kept."""
    each = given.each()
    if len(each) > MOST_OFFERED:
        raise InvalidInput(Sentence("refusal.OFFERED_COUNT", most=MOST_OFFERED), given.pointer)
    return [one.raw_id("Product") for one in each]


def recording(author: Author, given: InputValue) -> Command:
    request = asking.Request(
        quantity=number(given["quantity"], MOST_PIECES),
        customer=given["customerId"].raw_id("Customer") if given["customerId"].given else None,
        offered=offered(given["offeredProductIds"]),
        outcome=given["outcome"].value,
        note=given["note"].text("refusal.TEXT_LENGTH", most=NOTE_LENGTH) or None,
    )
    return asking.record_request(author, place(given), request)


def ending(author: Author, given: InputValue) -> Command:
    return asking.end_request(author, given["requestId"].raw_id("StockRequest"), given["outcome"].value)


def whose_request(given: InputValue) -> list[tuple[str, InputValue]]:
    return [("StockRequest", given["requestId"])]


def answered(_: InputValue, answer: Answer) -> Object:
    return {"request": answer["request"]}


MUTATIONS = (
    Mutation(
        "stockRequestRecord",
        StockRequestRecordInput,
        StockRequestRecordPayload,
        "Record that a customer asked for a product that a store did not have.",
        recording,
        answered,
        whose=whose_store,
    ),
    Mutation(
        "stockRequestEnd",
        StockRequestEndInput,
        StockRequestEndPayload,
        "Record whether the sale was saved or lost.",
        ending,
        answered,
        whose=whose_request,
    ),
)
