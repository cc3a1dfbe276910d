"""The words of offers: how one stands, and what can be answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from graph.offers.answers import ANSWERS, OFFER_STATES
from resolvers.engine.enums import words
from resolvers.values.words import listed

if TYPE_CHECKING:
    OfferAnswer: TypeAlias = str
    OfferState: TypeAlias = str
else:
    OfferState = words(
        "OfferState",
        "How an offer stands.",
        listed(
            OFFER_STATES,
            {
                "OPEN": "The customer has not answered yet.",
                "ACCEPTED": "The customer said yes.",
                "DECLINED": "The customer said no.",
                "LATER": "The customer wants to be asked again, from `until` on.",
            },
        ),
    )
    OfferAnswer = words(
        "OfferAnswer",
        "What a customer answers to an offer.",
        listed(ANSWERS, {"ACCEPTED": "Yes.", "DECLINED": "No.", "LATER": "Ask again, from `until` on."}),
    )
