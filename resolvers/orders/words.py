"""The words of orders: how they stand, how they are handed over, and what was checked."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from resolvers.engine.enums import words

if TYPE_CHECKING:
    # To a type checker a word is text, as in `values/words.py`.
    OrderState: TypeAlias = str
    FulfillmentMethod: TypeAlias = str
    FulfillmentState: TypeAlias = str
    PickupCheck: TypeAlias = str
    PickupEnd: TypeAlias = str
    PickupNoticeKind: TypeAlias = str
    PickupNoticeState: TypeAlias = str
    PickupNoticeReason: TypeAlias = str
else:
    OrderState = words(
        "OrderState",
        "How an order stands, from what its source says, its fulfilments and its returns.",
        {
            "OPEN": "Something is still to be handed over or shipped, and nothing has been yet.",
            "PARTLY_FULFILLED": "Handed over or shipped in part.",
            "FULFILLED": "Handed over or shipped in full.",
            "EXPIRED": "It was not picked up in time.",
            "CANCELLED": "It was cancelled.",
            "PARTLY_RETURNED": "A part of it came back.",
            "RETURNED": "All of it came back.",
        },
    )
    FulfillmentMethod = words(
        "FulfillmentMethod",
        "How goods get to the customer.",
        {"SHIP": "Sent.", "PICKUP": "Picked up in a store.", "STORE": "Handed over where it was bought."},
    )
    FulfillmentState = words(
        "FulfillmentState",
        "How a fulfilment stands.",
        {
            "PENDING": "To be sent, nothing is done yet.",
            "PICKED": "Taken from the shelf, to be sent.",
            "SHIPPED": "On its way.",
            "DELIVERED": "Delivered to the customer.",
            "REQUESTED": "To be picked up, nothing is done yet.",
            "ALLOCATED": "Set aside for the customer, not ready yet.",
            "READY_FOR_PICKUP": "Ready in the store.",
            "PICKED_UP": "Picked up by the customer.",
            "EXPIRED": "Not picked up in time.",
            "HANDED_OVER": "Handed over where it was bought.",
            "CANCELLED": "Nothing of it will be handed over.",
        },
    )
    PickupCheck = words(
        "PickupCheck",
        "What was checked when goods were handed over.",
        {"CODE": "The code of the pick-up.", "IDENTITY": "The identity of who came."},
    )
    PickupEnd = words(
        "PickupEnd",
        "Why a fulfilment came to its state without anybody doing it.",
        {"NOT_COLLECTED": "Nobody fetched it within the days of its store."},
    )
    PickupNoticeKind = words(
        "PickupNoticeKind",
        "What a customer is told of a pick-up.",
        {
            "READY": "It is ready.",
            "REMINDER": "The time for which it is kept ends soon.",
            "EXPIRED": "It was not picked up in time.",
        },
    )
    PickupNoticeState = words(
        "PickupNoticeState",
        "How the telling of a customer stands.",
        {
            "WAITING": "It is about to leave.",
            "SENT": "It has left.",
            "NOT_SENT": "It was not sent, and is not any more.",
            "BOUNCED": "It had left and could not be delivered.",
        },
    )
    PickupNoticeReason = words(
        "PickupNoticeReason",
        "Why a customer was not told.",
        {
            "REFUSED": "They have refused to be contacted about their orders.",
            "NO_CONTACT_POINT": "Nothing is known by which they could be told.",
            "UNDELIVERABLE": "What is sent to the addresses that are known comes back.",
            "NO_CHANNEL": "Nothing is set up here by which messages leave.",
            "TOO_LATE": "It became known more than a day later.",
            "TOLD_ELSEWHERE": "The system that the order comes from tells its customers itself.",
            "OVERTAKEN": "The pick-up stood otherwise before the message could leave.",
            "FAILED": "The channel did not take the message.",
            "UNCERTAIN": "It may have left: whatever sent it ended before that was known.",
        },
    )
