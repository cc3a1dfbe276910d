"""The mutations by which doors make offers, and record what was answered."""

from __future__ import annotations

from datetime import UTC, datetime

import strawberry

from graph.commands.command import Answer, Author, Command
from graph.errors import InvalidInput
from graph.events.newest import utc_text
from graph.offers.making import Reply, Thing, answer_offer, make_offer
from graph.words import Sentence
from resolvers.access.tags import Tag
from resolvers.baskets.inputs import AtDoorInput, OfCustomerInput, at_store, door, whose, whose_it_is
from resolvers.engine.input_value import InputValue
from resolvers.engine.mutation import CommandPayload, Mutation
from resolvers.engine.planner import planned, referred
from resolvers.engine.planner.readings import Object
from resolvers.offers.offer import OFFERS, Offer
from resolvers.offers.words import OfferAnswer
from resolvers.values.scalars import DateTime

TEXT_LENGTH, NOTE_LENGTH = 200, 1_000


@strawberry.input(description="What is offered to a customer: exactly one of `productId`, `couponId` and `text`.")
class OfferMakeInput(OfCustomerInput):
    product_id: strawberry.ID | None = strawberry.field(default=None, description="Global id of a product.")
    coupon_id: strawberry.ID | None = strawberry.field(default=None, description="Global id of a coupon.")
    text: str | None = strawberry.field(default=None, description=f"Something in words, 1 to {TEXT_LENGTH} characters.")


@planned("What `offerMake` did: the offer, and whether the customer has declined the same before.")
class OfferMakePayload(CommandPayload):
    offer: Offer | None = referred("offer", OFFERS, Tag.ACTIVITY, "The offer; null when it was refused.")
    declined_before: Offer | None = referred(
        "before",
        OFFERS,
        Tag.ACTIVITY,
        "Offer of the same thing that the customer declined, or put off until a time that has not come, at whatever door; "
        "null if none. Ask with `dryRun` to be warned before the customer hears of it.",
    )


@strawberry.input(description="Answer of a customer to an offer.")
class OfferAnswerInput(AtDoorInput):
    offer_id: strawberry.ID = strawberry.field(description="Global id of the offer.")
    answer: OfferAnswer = strawberry.field(description="What they answered; a yes or no is for good.")
    until: DateTime | None = strawberry.field(default=None, description="With `LATER`: from when they want to be asked again.")
    note: str | None = strawberry.field(default=None, description=f"Note, at most {NOTE_LENGTH} characters.")


@planned("What `offerAnswer` did: the offer.")
class OfferAnswerPayload(CommandPayload):
    offer: Offer | None = referred("offer", OFFERS, Tag.ACTIVITY, "The offer; null when it was refused.")


def making(author: Author, given: InputValue) -> Command:
    product, coupon, text = given["productId"], given["couponId"], given["text"]
    if [product.given, coupon.given, text.given].count(True) != 1:
        raise InvalidInput(Sentence("refusal.OFFER_THING"), "/productId")
    thing = Thing(
        product.raw_id("Product") if product.given else None,
        coupon.raw_id("Coupon") if coupon.given else None,
        text.text("refusal.NAME_LENGTH", least=1, most=TEXT_LENGTH) if text.given else None,
    )
    return make_offer(author, whose_it_is(given), thing, door(given))


def answering(author: Author, given: InputValue) -> Command:
    until: datetime | None = given["until"].value
    note = given["note"].text("refusal.TEXT_LENGTH", most=NOTE_LENGTH) or None
    reply = Reply(str(given["answer"].value), None if until is None else utc_text(until.astimezone(UTC)), note)
    return answer_offer(author, given["offerId"].raw_id("Offer"), reply, door(given))


def whose_offer(given: InputValue) -> list[tuple[str, InputValue]]:
    return [("Offer", given["offerId"]), *at_store(given)]


def answered(_: InputValue, answer: Answer) -> Object:
    return dict(answer)


MUTATIONS = (
    Mutation(
        "offerMake",
        OfferMakeInput,
        OfferMakePayload,
        "Make an offer to a customer, at any door.",
        making,
        answered,
        whose=whose,
    ),
    Mutation(
        "offerAnswer",
        OfferAnswerInput,
        OfferAnswerPayload,
        "Record what a customer answered to an offer, at any door.",
        answering,
        answered,
        whose=whose_offer,
    ),
)
