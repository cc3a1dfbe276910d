"""The enums, made from the closed lists of words that the graph keeps."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeAlias

import strawberry

from graph import vocabulary
from graph.touchpoints import TOUCHPOINTS


def words(name: str, description: str, values: Mapping[str, str]) -> Any:
    """Return a GraphQL enum of words, each with what it means; a member equals its word."""
    members: Any = StrEnum(name, {word: word for word in values})
    enum: Any = strawberry.enum(members, description=description)
    for value in enum.__strawberry_definition__.values:
        value.description = values[value.name]
    return enum


def listed(values: tuple[str, ...], meanings: Mapping[str, str]) -> dict[str, str]:
    """Return the graph's words with their meanings; a word without one stops the program here."""
    return {value: meanings[value] for value in values}


if TYPE_CHECKING:
    # To a type checker a word is text; which words there are is the graph's to say.
    AttentionReason: TypeAlias = str
    Channel: TypeAlias = str
    CustomerKind: TypeAlias = str
    CustomerStatus: TypeAlias = str
    Direction: TypeAlias = str
    Gender: TypeAlias = str
    IdentifierKind: TypeAlias = str
    IdentifierState: TypeAlias = str
    Language: TypeAlias = str
    MatchReasonKind: TypeAlias = str
    OrderStatus: TypeAlias = str
    Sharing: TypeAlias = str
    StoreKind: TypeAlias = str
    TouchpointKind: TypeAlias = str
else:
    Channel = words(
        "Channel",
        "The way by which a customer and the company met.",
        listed(
            vocabulary.CHANNELS,
            {
                "STORE": "In a store.",
                "PHONE": "By telephone.",
                "EMAIL": "By e-mail.",
                "POSTAL": "By letter or parcel.",
                "FAX": "By fax.",
                "WEB": "On a web site or in a web shop.",
                "APP": "In an app.",
                "CHAT": "In a chat window.",
                "LINE": "In LINE.",
                "SOCIAL": "In another social network.",
                "SMS": "By short message.",
                "PORTAL": "In a portal for customers or staff.",
                "ONSITE": "At the customer's place.",
                "EVENT": "At an event, in a room or online.",
            },
        ),
    )
    Direction = words(
        "Direction",
        "Who began it.",
        listed(vocabulary.DIRECTIONS, {"INBOUND": "The customer.", "OUTBOUND": "The company."}),
    )
    Gender = words(
        "Gender",
        "Gender as the customer gave it.",
        listed(
            vocabulary.GENDERS, {"FEMALE": "Female.", "MALE": "Male.", "OTHER": "Another.", "UNKNOWN": "Asked, and not told."}
        ),
    )
    IdentifierKind = words(
        "IdentifierKind",
        "What sort of identifier it is.",
        listed(
            vocabulary.IDENTIFIER_KINDS,
            {
                "MEMBER_NUMBER": "Number of a membership.",
                "EC_ACCOUNT_ID": "Account of a web shop.",
                "APP_USER_ID": "User of an app.",
                "POS_CARD": "Card shown at the till.",
                "EMAIL": "Mail address.",
                "PHONE": "Telephone number, E.164.",
                "FAX": "Fax number, E.164.",
                "LINE_USER_ID": "User id of LINE; the scope is the provider.",
                "SOCIAL_ACCOUNT": "Account of another social network; the scope is the network.",
                "DEVICE_ID": "A device.",
                "COOKIE_ID": "A browser.",
                "CATALOG_NUMBER": "Number printed on a catalogue.",
                "CORPORATE_NUMBER": "Number of a legal person in Japan.",
                "EXTERNAL_ID": "Id in another system; the scope is the system.",
            },
        ),
    )
    IdentifierState = words(
        "IdentifierState",
        "What an identifier may still be used for.",
        listed(
            vocabulary.IDENTIFIER_STATES,
            {
                "ACTIVE": "It may link records.",
                "SHARED": "Several people use it.",
                "QUARANTINED": "Held back until a person has looked at it.",
                "BLOCKED": "It identifies nobody, and is never followed.",
            },
        ),
    )
    OrderStatus = words(
        "OrderStatus",
        "How far an order is.",
        listed(
            vocabulary.ORDER_STATUSES,
            {
                "PLACED": "Placed.",
                "CONFIRMED": "Confirmed.",
                "PARTIALLY_FULFILLED": "Part of it handed over or sent.",
                "FULFILLED": "All of it handed over or sent.",
                "CANCELLED": "Cancelled.",
                "RETURNED": "Returned.",
            },
        ),
    )
    Sharing = words(
        "Sharing",
        "How many people an identifier stands for.",
        listed(
            vocabulary.SHARINGS,
            {
                "PERSONAL": "One person.",
                "HOUSEHOLD": "A household.",
                "ORGANIZATION": "An organisation.",
                "KIOSK": "Anybody who comes by.",
                "UNKNOWN": "Not known.",
            },
        ),
    )
    StoreKind = words(
        "StoreKind",
        "What sort of place a store is.",
        listed(
            vocabulary.STORE_KINDS,
            {
                "SHOP": "A shop one can walk into.",
                "WAREHOUSE": "A warehouse.",
                "WEB": "A web shop.",
                "CALL_CENTER": "A call centre.",
            },
        ),
    )
    TouchpointKind = words(
        "TouchpointKind",
        "What sort of touchpoint it is; each has a type of its own.",
        {kind: f"A touchpoint of type {row.label}." for kind, row in TOUCHPOINTS.items()},
    )
    CustomerKind = words("CustomerKind", "Whom a customer stands for.", {"INDIVIDUAL": "A person."})
    CustomerStatus = words(
        "CustomerStatus", "Whether a customer is the one to use.", {"ACTIVE": "It is.", "MERGED": "It went into another."}
    )
    AttentionReason = words(
        "AttentionReason",
        "Why something about a customer needs attention.",
        {
            "ORDER_OPEN": "An order that is not fulfilled yet.",
            "ORDER_LATE": "An order that is not fulfilled after seven days.",
            "ORDER_CANCELLED": "An order that was cancelled.",
            "ORDER_RETURNED": "An order that was returned.",
            "UNANSWERED": "A contact from the customer after which nothing came from the company.",
            "COMPLAINT": "A contact whose topic, subject or sentiment calls it a complaint.",
            "LOW_SCORE": "A survey or feedback with at most half of the highest score.",
            "APPOINTMENT_AHEAD": "An appointment that is still to come.",
            "APPOINTMENT_MISSED": "An appointment that the customer did not keep.",
        },
    )
    Language = words("Language", "The language of a sentence.", {"JA": "Japanese.", "EN": "English."})
    MatchReasonKind = words(
        "MatchReasonKind",
        "What of a customer met the look-up.",
        {
            "PHONE": "A telephone number.",
            "CARD": "A card or member number.",
            "EMAIL": "A mail address.",
            "LINE": "A LINE user id.",
            "IDENTIFIER": "Another identifier.",
            "LAST_DIGITS": "The last four digits or characters of an identifier.",
            "ORDER_NUMBER": "The number of an order.",
            "NAME": "The name.",
            "KANA": "The reading of the name.",
        },
    )
