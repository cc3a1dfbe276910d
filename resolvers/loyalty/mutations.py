"""The mutations of points: what a till or a web shop does, and what staff do with a reason."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, LiteralString

import strawberry

from graph.commands.command import Answer, Author, Command
from graph.errors import InvalidInput
from graph.loyalty import adjusting, redeeming
from graph.words import Sentence
from resolvers.access.tags import Tag
from resolvers.engine.input_value import InputValue
from resolvers.engine.mutation import CommandInput, CommandPayload, Mutation
from resolvers.engine.planner import planned, referred
from resolvers.engine.planner.readings import Object
from resolvers.loyalty.account import PointEntry
from resolvers.values.references import CUSTOMERS, REQUESTED

if TYPE_CHECKING:
    from resolvers.people.customer import Customer

MOST = 100_000_000
ENTRIES: LiteralString = "UNWIND ${ids} AS {id} MATCH ({n}:PointEntry {{id: {id}}})"
REASON = "Why, up to 1,000 characters; kept with the entries, for the staff."
SOME = "How many, 1 to 100,000,000."


@strawberry.input(description="Points that a customer spends.")
class PointsRedeemInput(CommandInput):
    customer_id: strawberry.ID = strawberry.field(description="Global id of the customer.")
    points: int = strawberry.field(description=SOME)
    order_id: strawberry.ID | None = strawberry.field(
        default=None,
        description="Global id of the order that they are spent on: what is paid back of it later gives back its share of them.",
    )
    reason: str | None = strawberry.field(default=None, description=REASON)


@strawberry.input(description="Points of a redemption that are given back.")
class PointsReverseInput(CommandInput):
    entry_id: strawberry.ID = strawberry.field(
        description="Global id of a PointEntry of the redemption; where it took from several accounts, of any of its entries."
    )
    points: int | None = strawberry.field(default=None, description="How many; null for all that have not been given back.")
    reason: str | None = strawberry.field(default=None, description=REASON)


@strawberry.input(description="Points that staff give or take.")
class PointsAdjustInput(CommandInput):
    customer_id: strawberry.ID = strawberry.field(description="Global id of the customer.")
    points: int = strawberry.field(description="How many are given, or below zero taken; not 0.")
    account_id: strawberry.ID | None = strawberry.field(
        default=None,
        description="Global id of one of their accounts. Null: what is given goes to the first that was opened, or to a new one; "
        "what is taken comes from all of them, what expires first before all others.",
    )
    reason: str = strawberry.field(description="Why, 1 to 1,000 characters; kept with the entries, for the staff.")


@strawberry.input(description="Points that are moved to another account; they expire when they would have.")
class PointsTransferInput(CommandInput):
    from_account_id: strawberry.ID = strawberry.field(description="Global id of the account that they come from.")
    to_account_id: strawberry.ID = strawberry.field(description="Global id of the account that gets them.")
    points: int = strawberry.field(description=SOME)
    reason: str = strawberry.field(description="Why, 1 to 1,000 characters; kept with the entries, for the staff.")


@strawberry.type
class PointsPayload(CommandPayload):
    entries: list[PointEntry] = referred(
        "entries", ENTRIES, Tag.MONEY, "The entries that were posted, one for each account; empty when it was refused."
    )


@strawberry.type
class CustomerPointsPayload(PointsPayload):
    customer: Annotated[Customer, strawberry.lazy("resolvers.people.customer")] | None = referred(
        "customer", CUSTOMERS, Tag.PUBLIC, "The customer as it is now; null when it was refused.", names={"requested": REQUESTED}
    )


@planned("What `pointsRedeem` did: the entries, and the customer with their balance.")
class PointsRedeemPayload(CustomerPointsPayload):
    pass


@planned("What `pointsReverse` did: the entries.")
class PointsReversePayload(PointsPayload):
    pass


@planned("What `pointsAdjust` did: the entries, and the customer with their balance.")
class PointsAdjustPayload(CustomerPointsPayload):
    pass


@planned("What `pointsTransfer` did: an entry of each account.")
class PointsTransferPayload(PointsPayload):
    pass


def points_of(given: InputValue, *, least: int = 1) -> int:
    """Return a number of points; raise InvalidInput for none, or too many."""
    if not least <= given.value <= MOST or given.value == 0:
        raise InvalidInput(Sentence("refusal.POINTS_NUMBER", least=least, most=MOST), given.pointer)
    return given.value


def with_reason(given: InputValue) -> None:
    if not (given["reason"].value or "").strip():
        raise InvalidInput(Sentence("refusal.REASON_MISSING"), "/reason")


def redeem(author: Author, given: InputValue) -> Command:
    order = given["orderId"].raw_id("Order") if given["orderId"].given else None
    return redeeming.redeem(author, given["customerId"].raw_id("Customer"), points_of(given["points"]), order)


def reverse(author: Author, given: InputValue) -> Command:
    points = points_of(given["points"]) if given["points"].given else None
    return redeeming.reverse(author, given["entryId"].raw_id("PointEntry"), points)


def adjust(author: Author, given: InputValue) -> Command:
    with_reason(given)
    account = given["accountId"].raw_id("LoyaltyAccount") if given["accountId"].given else None
    return adjusting.adjust(author, given["customerId"].raw_id("Customer"), points_of(given["points"], least=-MOST), account)


def transfer(author: Author, given: InputValue) -> Command:
    with_reason(given)
    giver, taker = (given[name].raw_id("LoyaltyAccount") for name in ("fromAccountId", "toAccountId"))
    return adjusting.transfer(author, giver, taker, points_of(given["points"]))


def answered(_: InputValue, answer: Answer) -> Object:
    return dict(answer)


NONE: Mapping[str, list[str]] = {"entries": []}
MUTATIONS = (
    Mutation(
        "pointsRedeem",
        PointsRedeemInput,
        PointsRedeemPayload,
        "Spend points of a customer, what expires first before all others; all of them, or none with `INSUFFICIENT_POINTS`.",
        redeem,
        answered,
        NONE,
        whose=lambda given: [("Customer", given["customerId"])],
    ),
    Mutation(
        "pointsReverse",
        PointsReverseInput,
        PointsReversePayload,
        "Give points of a redemption back to where they came from, what was spent last first. What has expired meanwhile lives "
        "for the days that the programme says, 30 unless it says otherwise.",
        reverse,
        answered,
        NONE,
        whose=lambda given: [("PointEntry", given["entryId"])],
    ),
    Mutation(
        "pointsAdjust",
        PointsAdjustInput,
        PointsAdjustPayload,
        "Give a customer points, or take some, with a reason.",
        adjust,
        answered,
        NONE,
        whose=lambda given: [("Customer", given["customerId"])],
    ),
    Mutation(
        "pointsTransfer",
        PointsTransferInput,
        PointsTransferPayload,
        "Move points from one account to another, with a reason.",
        transfer,
        answered,
        NONE,
        whose=lambda given: [("LoyaltyAccount", given["fromAccountId"]), ("LoyaltyAccount", given["toAccountId"])],
    ),
)
