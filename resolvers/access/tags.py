"""What a field of the schema tells about somebody: the tag by which the policy decides who sees it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeAlias


class Tag(StrEnum):
    """Every field that is read has one; `MEANINGS` says what belongs to it."""

    PUBLIC = "PUBLIC"
    NAME = "NAME"
    CONTACT = "CONTACT"
    BIRTH = "BIRTH"
    ADDRESS = "ADDRESS"
    PROFILE = "PROFILE"
    ACTIVITY = "ACTIVITY"
    CONSENT = "CONSENT"
    MONEY = "MONEY"
    CASE = "CASE"
    CODE = "CODE"
    FREE_TEXT = "FREE_TEXT"
    IDENTITY = "IDENTITY"
    INTERNAL = "INTERNAL"
    PRESENCE = "PRESENCE"


MEANINGS = {
    Tag.PUBLIC: "Opaque ids, kinds and states, stores, products, and counts that tell of nobody.",
    Tag.NAME: "Names of a customer, their readings and former names.",
    Tag.CONTACT: "Telephone numbers, e-mail addresses, member numbers, cards, accounts and devices.",
    Tag.BIRTH: "Dates of birth.",
    Tag.ADDRESS: "Postal addresses of a customer, and who shares a home with them.",
    Tag.PROFILE: "Gender and preferred language.",
    Tag.ACTIVITY: "Orders and interactions of a customer: when, by which channel, where, about what; consents.",
    Tag.CONSENT: "Whether a customer may be contacted, by which channel and for what, and why.",
    Tag.MONEY: "Amounts that a customer paid, discounts, points.",
    Tag.CASE: "Subjects of cases and what was promised: what company and customer have agreed to deal with.",
    Tag.CODE: "Codes by which a customer shows that something is theirs; who checks one does not read it.",
    Tag.FREE_TEXT: "What was written or said, notes of staff, attributes as a source gave them.",
    Tag.IDENTITY: "Source records, decisions, scores and match candidates: why records are one customer.",
    Tag.INTERNAL: "Names of systems and employees, ids of events and messages.",
    Tag.PRESENCE: "Who of the staff has a case open just now.",
}

OF_NOBODY = frozenset({Tag.PUBLIC, Tag.PRESENCE})
"""Tags of what tells nothing of a customer: the read audit passes over it."""

Cover: TypeAlias = Callable[[Tag, Any], Any]
"""`cover(tag, value)` gives the value as the viewer may see it."""


@dataclass(frozen=True, slots=True)
class Derived:
    """The tag of a value that is made of others: `covered(value, cover)` gives what it is made of, each part covered.

    `tags` are all that its parts can have. Where the viewer sees all of them in the clear, nothing is covered.
    """

    tags: frozenset[Tag]
    covered: Callable[[Any, Cover], Any]


FieldTag: TypeAlias = Tag | Derived
