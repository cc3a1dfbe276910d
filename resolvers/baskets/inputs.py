"""What doors say with each change: whose it is, by which record they know them, and where it is done."""

from __future__ import annotations

import strawberry

from graph.baskets.doors import Door
from graph.baskets.records import Whose
from graph.keys import scoped
from resolvers.engine.input_value import InputValue
from resolvers.engine.mutation import CommandInput
from resolvers.values.words import Channel

WORD_LENGTH = 200


@strawberry.input(description="Source record as its source tells it in events.")
class RecordReferenceInput:
    source: str = strawberry.field(description="`source` of its events.")
    subject: str = strawberry.field(description="`subject` of its events.")


@strawberry.input
class AtDoorInput(CommandInput):
    channel: Channel = strawberry.field(description="Channel at which it is done.")
    store_id: strawberry.ID | None = strawberry.field(
        default=None, description="Global id of the store in which it is done; null if in none."
    )


@strawberry.input
class OfCustomerInput(AtDoorInput):
    customer_id: strawberry.ID = strawberry.field(description="Global id of the customer, also of one who has not signed in.")
    record: RecordReferenceInput | None = strawberry.field(
        default=None,
        description="Source record by which the door knows them: what is added hangs on it and goes with it; their earliest if "
        "omitted. A customer who acts for themselves adds to their own.",
    )


def whose_it_is(given: InputValue) -> Whose:
    record = given["record"]
    if not record.given:
        return Whose(given["customerId"].raw_id("Customer"))
    source, subject = (record[name].text("refusal.TEXT_LENGTH", least=1, most=WORD_LENGTH) for name in ("source", "subject"))
    return Whose(given["customerId"].raw_id("Customer"), scoped(source, subject))


def door(given: InputValue) -> Door:
    store = given["storeId"].raw_id("Store") if given["storeId"].given else None
    return Door(str(given["channel"].value), store)


def whose(given: InputValue) -> list[tuple[str, InputValue]]:
    """Return the things for which it is done."""
    return [("Customer", given["customerId"]), *at_store(given)]


def at_store(given: InputValue) -> list[tuple[str, InputValue]]:
    return [("Store", given["storeId"])] if given["storeId"].given else []
