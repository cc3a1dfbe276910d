"""The words of coupons: of what kind one is, why one cannot be used, how a use and a reservation stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from graph.coupons.asking import REDEMPTION_STATES, RESERVATION_STATES
from graph.coupons.refusals import REFUSALS
from graph.coupons.rules import RULES
from graph.coupons.terms import KINDS
from resolvers.engine.enums import words
from resolvers.values.words import listed

if TYPE_CHECKING:
    # To a type checker a word is text, as in `values/words.py`.
    CouponIssueRuleKind: TypeAlias = str
    CouponKind: TypeAlias = str
    CouponRedemptionState: TypeAlias = str
    CouponRefusal: TypeAlias = str
    CouponReservationState: TypeAlias = str
else:
    CouponIssueRuleKind = words(
        "CouponIssueRuleKind",
        "When a coupon is issued without anybody doing it.",
        listed(
            RULES,
            {
                "BIRTHDAY": "In the month of the customer's birthday, once a year.",
                "RANK": "When the customer has reached a rank, or a higher one.",
                "VISIT": "When the customer was in a store.",
                "SEEN": "When the customer has looked at a product.",
            },
        ),
    )
    CouponKind = words(
        "CouponKind",
        "What a coupon takes off.",
        listed(KINDS, {"VALUE": "An amount of money.", "PERCENT": "A percentage of the items that it is for."}),
    )
    CouponRedemptionState = words(
        "CouponRedemptionState",
        "How the use of a coupon stands.",
        listed(REDEMPTION_STATES, {"REDEEMED": "It is used.", "REVERSED": "It was given back and can be used again."}),
    )
    CouponReservationState = words(
        "CouponReservationState",
        "How a reservation of a coupon stands.",
        listed(
            RESERVATION_STATES,
            {
                "HELD": "Nobody else can use the coupon.",
                "RELEASED": "Whoever held it let go of it.",
                "ENDED": "Its 15 minutes are over.",
                "SPENT": "Whoever held it has used it.",
            },
        ),
    )
    CouponRefusal = words(
        "CouponRefusal",
        "Why a coupon cannot be used for a basket: the first of the reasons, in this order at every door.",
        listed(
            REFUSALS,
            {
                "NO_SUCH_COUPON": "There is none with this code.",
                "WITHDRAWN": "It is withdrawn.",
                "NOT_YET_VALID": "Its time has not begun.",
                "EXPIRED": "Its time, or that of this issue, is over.",
                "ALREADY_USED": "This issue was used.",
                "RESERVED": "Somebody else holds this issue.",
                "USED_UP": "It was used, or is held, as often as it can be in all.",
                "CUSTOMER_UNKNOWN": "It has a number of uses for each customer, and none is stated.",
                "OF_ANOTHER_CUSTOMER": "It was issued to somebody else than the customer who is stated.",
                "USED_BY_CUSTOMER": "The customer has used it, or holds it, as often as they can.",
                "WRONG_CHANNEL": "It is not for this channel.",
                "WRONG_STORE": "It is not for this store.",
                "WRONG_CURRENCY": "It is not for this currency.",
                "NO_ITEM": "Nothing in the basket is what it is for.",
                "BELOW_MINIMUM": "The items that it is for come to less than its minimum.",
                "NOT_COMBINABLE": "Another coupon takes off more, and the two cannot be combined.",
                "NOTHING_LEFT": "It would take off nothing, for example since the others have taken off all.",
            },
        ),
    )
