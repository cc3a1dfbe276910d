"""The enums, made from the closed lists of words that the graph keeps."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeAlias

import strawberry

from graph import vocabulary
from graph.touchpoints import TOUCHPOINTS


def words(name: str, description: str, values: Mapping[str, str], own: Callable[[str], str] = str) -> Any:
    """Return a GraphQL enum of words, each with what it means; a member equals its word, or what `own` makes of it."""
    members: Any = StrEnum(name, {word: own(word) for word in values})
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
                "STORE": "Face to face in a shop, at the counter or till.",
                "PHONE": "By a telephone call, spoken to a person or a machine.",
                "EMAIL": "In a message to or from a mail address.",
                "POSTAL": "By letter, card or parcel through the post.",
                "FAX": "On paper through a telephone line.",
                "WEB": "In a browser, on the company's site or in its shop.",
                "APP": "Inside the company's program on a telephone or tablet.",
                "CHAT": "By typing in the window of a site, to staff or a bot.",
                "LINE": "With the company's official account in that messenger.",
                "SOCIAL": "In any network other than LINE, publicly or by direct message.",
                "SMS": "By short text to a mobile number.",
                "PORTAL": "After signing in to a portal for customers, partners or staff.",
                "ONSITE": "By a visit to the customer's home or office.",
                "EVENT": "At a fair, seminar or webinar, in a room or online.",
            },
        ),
    )
    Direction = words(
        "Direction",
        "Which side began a contact.",
        listed(
            vocabulary.DIRECTIONS,
            {"INBOUND": "The customer turned to the company.", "OUTBOUND": "The company turned to the customer."},
        ),
    )
    Gender = words(
        "Gender",
        "What a customer said when asked for their gender.",
        listed(
            vocabulary.GENDERS,
            {
                "FEMALE": "They said that they are a woman.",
                "MALE": "They said that they are a man.",
                "OTHER": "They said something that is neither woman nor man.",
                "UNKNOWN": "Asked, and not told.",
            },
        ),
    )
    IdentifierKind = words(
        "IdentifierKind",
        "The sorts of number, address and account that tell who somebody may be.",
        listed(
            vocabulary.IDENTIFIER_KINDS,
            {
                "MEMBER_NUMBER": "What a loyalty programme gave and prints on its card; one person's alone.",
                "EC_ACCOUNT_ID": "What the web shop calls a person who signed up; one person's alone.",
                "APP_USER_ID": "What the app calls a person who signed up there; one person's alone.",
                "POS_CARD": "Number that the till reads from what a customer shows; one person's alone.",
                "EMAIL": "Where mail reaches them, in lower case; families may share it.",
                "PHONE": "Telephone number, E.164.",
                "FAX": "Fax number, E.164.",
                "LINE_USER_ID": "How the messenger names a person; the scope is the provider, under which alone it holds.",
                "SOCIAL_ACCOUNT": "Account of another social network; the scope is the network.",
                "DEVICE_ID": "A telephone or tablet that an app reported; whoever holds it may use it.",
                "COOKIE_ID": "A browser that came back to the site; whoever sits there may use it.",
                "CATALOG_NUMBER": "Printed on the paper that was mailed to somebody; read out when ordering.",
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
                "SHARED": "Several people use it; from eight given names on it joins nobody unless a person says so.",
                "QUARANTINED": "Held back until a person has looked at it: twenty given names, or too many records in a row.",
                "BLOCKED": "It identifies nobody, and is never followed: toll-free or default values, or what was ruled out.",
            },
        ),
    )
    OrderStatus = words(
        "OrderStatus",
        "How far an order has come.",
        listed(
            vocabulary.ORDER_STATUSES,
            {
                "PLACED": "The customer has ordered; nobody has checked it yet.",
                "CONFIRMED": "The company has accepted it and will deliver.",
                "PARTIALLY_FULFILLED": "Part of it handed over or sent.",
                "FULFILLED": "All of it handed over or sent.",
                "CANCELLED": "Called off before it was handed over; counts in no figure.",
                "RETURNED": "Brought or sent back after it was handed over.",
            },
        ),
    )
    Sharing = words(
        "Sharing",
        "Whether one person, several or anybody stands behind an identifier.",
        listed(
            vocabulary.SHARINGS,
            {
                "PERSONAL": "One human being uses it and nobody else.",
                "HOUSEHOLD": "Everybody living at one address may use it; it links nobody.",
                "ORGANIZATION": "A switchboard or shared mailbox of a company; it links nobody.",
                "KIOSK": "A terminal in a public place, used by whoever comes by; it links nobody.",
                "UNKNOWN": "No source said whether one person or several use it.",
            },
        ),
    )
    StoreKind = words(
        "StoreKind",
        "What one can do at a place of the company.",
        listed(
            vocabulary.STORE_KINDS,
            {
                "SHOP": "A shop one can walk into.",
                "WAREHOUSE": "Goods are kept and sent from there; no customers come.",
                "WEB": "One orders there in a browser or app.",
                "CALL_CENTER": "One orders and asks there by telephone or mail.",
            },
        ),
    )
    TouchpointKind = words(
        "TouchpointKind",
        "What sort of touchpoint it is; each has a type of its own.",
        {
            kind: f'Read as `... on {row.label}`; in lists it begins with "{row.en[0]}" (Japanese: {row.ja[0]}).'
            for kind, row in TOUCHPOINTS.items()
        },
    )
    CustomerKind = words(
        "CustomerKind",
        "Whether a human being or a company stands behind a customer.",
        {"INDIVIDUAL": "One human being, as opposed to a company."},
    )
    CustomerStatus = words(
        "CustomerStatus",
        "Whether to go on with this customer or with the one that it went into.",
        {
            "ACTIVE": "Its records are here: go on with this customer.",
            "MERGED": "All its records went to another customer, who answers for its id.",
        },
    )
    AttentionReason = words(
        "AttentionReason",
        "Why something about a customer needs attention.",
        {
            "ORDER_OPEN": "An order that is not fulfilled yet.",
            "ORDER_LATE": "An order that is not fulfilled after seven days.",
            "ORDER_CANCELLED": "They called something off before it was handed over.",
            "ORDER_RETURNED": "They brought or sent something back.",
            "UNANSWERED": "A contact from the customer after which nothing came from the company.",
            "COMPLAINT": "A contact whose topic, subject or sentiment calls it a complaint.",
            "LOW_SCORE": "A survey or feedback with at most half of the highest score.",
            "APPOINTMENT_AHEAD": "An appointment that is still to come.",
            "APPOINTMENT_MISSED": "An appointment that the customer did not keep.",
        },
    )
    Language = words(
        "Language",
        "In which tongue lines and sentences are written for people.",
        {"JA": "Japanese, in the polite form that staff use.", "EN": "English, with amounts and dates as it writes them."},
        str.lower,  # the graph names languages as locales do
    )
    MatchReasonKind = words(
        "MatchReasonKind",
        "What of a customer met the look-up.",
        {
            "PHONE": "The whole of a telephone or fax line, in whatever notation it was typed.",
            "CARD": "All digits of a loyalty, till, catalogue or company number.",
            "EMAIL": "The whole address, upper and lower case being equal.",
            "LINE": "How that messenger names them.",
            "IDENTIFIER": "An account, device or id in some other system, as a whole.",
            "LAST_DIGITS": "The last four digits or characters of an identifier.",
            "ORDER_NUMBER": "What stands on a receipt or confirmation, whole or its last characters.",
            "NAME": "Kanji or romaji of what they are called, or a part of it.",
            "KANA": "How they are called, in hiragana or katakana, or a part of it.",
        },
    )
