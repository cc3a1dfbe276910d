"""The enums, made from the closed lists of words that the graph keeps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeAlias

from babel import Locale

from graph import vocabulary
from graph.touchpoints import TOUCHPOINTS
from graph.words import CATALOGUE, LANGUAGES
from resolvers.engine.enums import words


def listed(values: tuple[str, ...], meanings: Mapping[str, str]) -> dict[str, str]:
    """Return the graph's words with their meanings; a word without one stops the program here."""
    return {value: meanings[value] for value in values}


def in_two_languages(kind: str) -> str:
    """Return the name of a kind of touchpoint as descriptions have it: `Call (電話)`."""
    return f"{CATALOGUE.name('TouchpointKind', kind, 'en')} ({CATALOGUE.name('TouchpointKind', kind, 'ja')})"


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
        "Channel by which a customer and the company were in contact.",
        listed(
            vocabulary.CHANNELS,
            {
                "STORE": "In person in a store.",
                "PHONE": "Telephone, with a person or a voice menu.",
                "EMAIL": "E-mail message.",
                "POSTAL": "Post: letters, cards, parcels.",
                "FAX": "Fax message.",
                "WEB": "The company's website or web shop, in a browser.",
                "APP": "The company's mobile app.",
                "CHAT": "Live chat or bot on the website.",
                "LINE": "The company's LINE official account.",
                "SOCIAL": "Social network other than LINE, in public or by direct message.",
                "SMS": "Text message to a mobile number.",
                "PORTAL": "Portal for customers, partners or staff, after sign-in.",
                "ONSITE": "Visit to the customer's home or office.",
                "EVENT": "Fair, seminar or webinar, on site or online.",
            },
        ),
    )
    Direction = words(
        "Direction",
        "Whether the customer or the company started an interaction.",
        listed(
            vocabulary.DIRECTIONS,
            {"INBOUND": "From the customer to the company.", "OUTBOUND": "From the company to the customer."},
        ),
    )
    Gender = words(
        "Gender",
        "Gender, as the customer reported it.",
        listed(
            vocabulary.GENDERS,
            {
                "FEMALE": "Reported as female.",
                "MALE": "Reported as male.",
                "OTHER": "Neither female nor male.",
                "UNKNOWN": "Asked and not answered.",
            },
        ),
    )
    IdentifierKind = words(
        "IdentifierKind",
        "Kind of an identifier.",
        listed(
            vocabulary.IDENTIFIER_KINDS,
            {
                "MEMBER_NUMBER": "Member number of the loyalty programme; belongs to one person.",
                "EC_ACCOUNT_ID": "Account id in the web shop; belongs to one person.",
                "APP_USER_ID": "User id in the company's app; belongs to one person.",
                "POS_CARD": "Card number read at the till; belongs to one person.",
                "EMAIL": "E-mail address, lower case; families may share it.",
                "PHONE": "Telephone number in E.164.",
                "FAX": "Fax number in E.164.",
                "LINE_USER_ID": "LINE user id; the scope is the LINE provider.",
                "SOCIAL_ACCOUNT": "Account of a social network; the scope is the network.",
                "DEVICE_ID": "Id of a phone or tablet; may be shared.",
                "COOKIE_ID": "Cookie id of a browser; may be shared.",
                "CATALOG_NUMBER": "Customer number printed on a mailed catalogue.",
                "CORPORATE_NUMBER": "Corporate number of a company in Japan.",
                "EXTERNAL_ID": "Id in another system; the scope is that system.",
            },
        ),
    )
    IdentifierState = words(
        "IdentifierState",
        "What an identifier may be used for.",
        listed(
            vocabulary.IDENTIFIER_STATES,
            {
                "ACTIVE": "May link source records.",
                "SHARED": "Used by several people; with eight given names or more it links only by a decision of an employee.",
                "QUARANTINED": (
                    "Links nothing until an employee has reviewed it: used with twenty given names, or by too many records."
                ),
                "BLOCKED": (
                    "Identifies nobody and is never followed: a toll-free number, a default value, a text that cannot be read as "
                    "a number or address, or blocked by an employee."
                ),
            },
        ),
    )
    OrderStatus = words(
        "OrderStatus",
        "Status of an order.",
        listed(
            vocabulary.ORDER_STATUSES,
            {
                "PLACED": "Placed by the customer, not confirmed yet.",
                "CONFIRMED": "Accepted by the company.",
                "PARTIALLY_FULFILLED": "Handed over or shipped in part.",
                "FULFILLED": "Handed over or shipped in full.",
                "CANCELLED": "Cancelled before fulfilment; does not count in any figure.",
                "RETURNED": "Returned after fulfilment; its total is no spend.",
            },
        ),
    )
    Sharing = words(
        "Sharing",
        "Who uses an identifier.",
        listed(
            vocabulary.SHARINGS,
            {
                "PERSONAL": "One person.",
                "HOUSEHOLD": "Members of a household; it never links records.",
                "ORGANIZATION": "Members of an organization, as of a switchboard or shared mailbox; it never links records.",
                "KIOSK": "Users of a public terminal; it never links records.",
                "UNKNOWN": "Not reported.",
            },
        ),
    )
    StoreKind = words(
        "StoreKind",
        "Kind of a store.",
        listed(
            vocabulary.STORE_KINDS,
            {
                "SHOP": "Shop that customers visit.",
                "WAREHOUSE": "Warehouse, not open to customers.",
                "WEB": "Web shop or app.",
                "CALL_CENTER": "Call centre.",
            },
        ),
    )
    TouchpointKind = words(
        "TouchpointKind",
        "Kind of a touchpoint.",
        {kind: f"{in_two_languages(kind)}; type {row.label}." for kind, row in TOUCHPOINTS.items()},
    )
    CustomerKind = words(
        "CustomerKind",
        "Kind of a customer.",
        {"INDIVIDUAL": "A natural person."},
    )
    CustomerStatus = words(
        "CustomerStatus",
        "Whether a customer is active or merged.",
        {
            "ACTIVE": "Active: the customer has source records.",
            "MERGED": "Merged into another customer, which answers for its id.",
        },
    )
    AttentionReason = words(
        "AttentionReason",
        "Why a touchpoint needs attention.",
        {
            "ORDER_OPEN": "Order that is not fulfilled yet.",
            "ORDER_LATE": "Order that is not fulfilled seven days after it was placed.",
            "ORDER_CANCELLED": "Order that was cancelled.",
            "ORDER_RETURNED": "Order that was returned.",
            "UNANSWERED": "Message or missed call from the customer that has not been answered.",
            "COMPLAINT": "Interaction whose topic, subject or sentiment marks it as a complaint.",
            "LOW_SCORE": "Survey or feedback with at most half of the highest score.",
            "APPOINTMENT_AHEAD": "Appointment in the future.",
            "APPOINTMENT_MISSED": "Appointment that the customer did not attend.",
        },
    )
    Language = words(
        "Language",
        "Language of texts for people.",
        {name.upper(): f"{Locale.parse(name).get_display_name('en')}." for name in LANGUAGES},
        str.lower,  # the graph names languages as locales do
    )
    MatchReasonKind = words(
        "MatchReasonKind",
        "Kind of value that matched a look-up.",
        {
            "PHONE": "Whole telephone or fax number, in any notation.",
            "CARD": "Whole member, card, catalogue or corporate number.",
            "EMAIL": "Whole e-mail address, ignoring case.",
            "LINE": "LINE user id.",
            "IDENTIFIER": "Whole account, device or external id.",
            "LAST_DIGITS": "Last four or more characters of an identifier.",
            "FIRST_DIGITS": "First characters of a number or card.",
            "EMAIL_PART": "Beginning or domain of an e-mail address.",
            "ORDER_NUMBER": "Order number, or its first or last characters.",
            "NAME": "Name in kanji or Latin letters, or a part of it.",
            "KANA": "Reading of the name in kana, or a part of it.",
            "SIMILAR_NAME": "Name that is spelt a little differently.",
            "BIRTH_DATE": "Date of birth.",
            "ADDRESS": "Postal code or a part of the address.",
        },
    )
