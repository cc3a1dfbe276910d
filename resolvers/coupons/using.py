"""The mutations by which coupons are held, let go of, used and given back."""

from __future__ import annotations

from typing import Any

import strawberry

from graph.commands.command import Answer, Author, Command
from graph.coupons import redeeming, reserving
from resolvers.access.tags import Tag
from resolvers.catalogue.store import Store
from resolvers.coupons.inputs import CouponBasketInput, OrderReferenceInput, asked, whose
from resolvers.coupons.uses import REDEMPTIONS, RESERVATIONS, CouponRedemption, CouponReservation
from resolvers.coupons.words import CouponRefusal
from resolvers.engine.input_value import InputValue
from resolvers.engine.mutation import CommandInput, CommandPayload, Mutation
from resolvers.engine.planner import entry, planned, referred
from resolvers.engine.planner.readings import Object
from resolvers.values.scalars import DateTime
from resolvers.values.words import Channel


@strawberry.type
class CouponAnswer(CommandPayload):
    """What a payload tells of the first coupon that cannot be used."""

    refusal: CouponRefusal | None = entry("refusal", Tag.PUBLIC, "Why a coupon cannot be used; null where all were.")
    used_at: DateTime | None = entry("usedAt", Tag.PUBLIC, "Time at which it was used already, UTC; null otherwise.")
    used_channel: Channel | None = entry("usedChannel", Tag.PUBLIC, "Channel at which it was used already; null otherwise.")
    used_store: Store | None = referred(
        "usedStore",
        "UNWIND ${ids} AS {id} MATCH ({n}:Store {{code: {id}}})",
        Tag.PUBLIC,
        "Store in which it was used already; null otherwise.",
    )
    reserved_until: DateTime | None = entry(
        "reservedUntil", Tag.PUBLIC, "Time until which somebody else holds it, UTC; null otherwise."
    )


@strawberry.input(description="Coupons that are held for a basket or a till.")
class CouponReserveInput(CommandInput, CouponBasketInput):
    pass


@planned("What `couponReserve` did: a reservation for each coupon; all of them are held, or none.")
class CouponReservePayload(CouponAnswer):
    reservations: list[CouponReservation] = referred(
        "reservations", RESERVATIONS, Tag.PUBLIC, "The reservations, in no particular order; none when it was refused."
    )


@strawberry.input(description="Coupons that are used.")
class CouponRedeemInput(CommandInput, CouponBasketInput):
    reservation_ids: list[strawberry.ID] = strawberry.field(
        default_factory=list, description="Global ids of your reservations of these coupons; they do not stand in your way."
    )
    order: OrderReferenceInput | None = strawberry.field(
        default=None, description="Order that they are used for; once it is told, it gives them back when it is cancelled."
    )


@planned("What `couponRedeem` did: a use of each coupon; all of them are used, or none.")
class CouponRedeemPayload(CouponAnswer):
    redemptions: list[CouponRedemption] = referred(
        "redemptions", REDEMPTIONS, Tag.PUBLIC, "The uses, in no particular order; none when it was refused."
    )


@strawberry.input(description="Reservation that is let go of.")
class CouponReleaseInput(CommandInput):
    reservation_id: strawberry.ID = strawberry.field(description="Global id of the reservation.")


@planned("What `couponRelease` did: the reservation, which holds nothing any more.")
class CouponReleasePayload(CommandPayload):
    reservation: CouponReservation | None = referred(
        "reservation", RESERVATIONS, Tag.PUBLIC, "The reservation; null when it was refused."
    )


@strawberry.input(description="Use of a coupon that is given back.")
class CouponReverseInput(CommandInput):
    redemption_id: strawberry.ID = strawberry.field(description="Global id of the use.")
    reason: str | None = strawberry.field(default=None, description="Why it is given back, at most 1,000 characters.")


@planned("What `couponReverse` did: the use, which does not count any more.")
class CouponReversePayload(CommandPayload):
    redemption: CouponRedemption | None = referred("redemption", REDEMPTIONS, Tag.PUBLIC, "The use; null when it was refused.")


def reserving_them(author: Author, given: InputValue) -> Command:
    return reserving.reserve(author, asked(given))


def using(author: Author, given: InputValue) -> Command:
    return redeeming.redeem(author, asked(given))


def letting_go(author: Author, given: InputValue) -> Command:
    return reserving.release(author, given["reservationId"].raw_id("CouponReservation"))


def giving_back(author: Author, given: InputValue) -> Command:
    return redeeming.reverse(author, given["redemptionId"].raw_id("CouponRedemption"))


def answered(_: InputValue, answer: Answer) -> Object:
    return {**NOT_REFUSED, **answer}


def whose_reservation(given: InputValue) -> list[tuple[str, InputValue]]:
    return [("CouponReservation", given["reservationId"])]


def whose_redemption(given: InputValue) -> list[tuple[str, InputValue]]:
    return [("CouponRedemption", given["redemptionId"])]


NOT_REFUSED: dict[str, Any] = dict.fromkeys(("refusal", "usedAt", "usedChannel", "usedStore", "reservedUntil"))
MUTATIONS = (
    Mutation(
        "couponReserve",
        CouponReserveInput,
        CouponReservePayload,
        "Hold coupons for 15 minutes, so that nobody else uses them.",
        reserving_them,
        answered,
        refused={**NOT_REFUSED, "reservations": []},
        whose=whose,
    ),
    Mutation(
        "couponRelease",
        CouponReleaseInput,
        CouponReleasePayload,
        "Let go of a reservation before its time is over.",
        letting_go,
        answered,
        whose=whose_reservation,
    ),
    Mutation(
        "couponRedeem",
        CouponRedeemInput,
        CouponRedeemPayload,
        "Use coupons for a basket, each once at any door.",
        using,
        answered,
        refused={**NOT_REFUSED, "redemptions": []},
        whose=whose,
    ),
    Mutation(
        "couponReverse",
        CouponReverseInput,
        CouponReversePayload,
        "Give back a coupon that was used, so that it can be used again.",
        giving_back,
        answered,
        whose=whose_redemption,
    ),
)
