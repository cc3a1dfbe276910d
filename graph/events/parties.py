"""Whom an event is about, as shapes of the contract: a person with identifiers, or who a contact is from."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from graph.events.shapes import Blankable, Key, Scalar, Shape, ShortText, Time
from graph.vocabulary import Gender, IdentifierKind, Sharing

AttributeName = Annotated[str, Field(min_length=1, max_length=128, pattern=r"^[^\x00]*$")]
LanguageTag = Annotated[
    str, Field(pattern="^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$", max_length=35, description="BCP 47 tag, such as ja.")
]


class Name(Shape):
    full: ShortText | None = None
    family: ShortText | None = None
    given: ShortText | None = None


class Address(Shape):
    full: ShortText | None = None


class Identifier(Shape):
    kind: IdentifierKind
    value: Blankable | None
    scope: Annotated[str, Field(max_length=512, pattern=r"^[^\x00]*$")] | None = None
    sharing: Sharing | None = None
    verified: bool | None = None
    valid_from: Time | None = None
    valid_to: Time | None = None


class PersonData(Shape):
    """What one system says about a person. null clears, what is not mentioned stays."""

    name: Name | None = None
    kana: Name | None = None
    birth_date: ShortText | None = None
    gender: Gender | None = None
    language: LanguageTag | None = None
    address: Address | None = None
    identifiers: Annotated[list[Identifier], Field(max_length=100)] = Field(default_factory=list[Identifier])
    attributes: Annotated[dict[AttributeName, Scalar], Field(max_length=200)] = Field(default_factory=dict[str, Scalar])


class RecordReference(Shape):
    source: Key
    subject: Key


class By(Shape):
    """Who a contact is from: a known record, a person who names themselves, or only the endpoints it came by."""

    record: RecordReference | None = None
    identifiers: Annotated[list[Identifier], Field(max_length=100)] | None = None
    person: PersonData | None = None
