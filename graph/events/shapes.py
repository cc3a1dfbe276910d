"""The value shapes of the event contract: texts, times, amounts, and the shape of each type of own field."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, WithJsonSchema
from pydantic.alias_generators import to_camel

from graph.search.signs import without_invisible
from graph.touchpoints import FieldType

EARLIEST_YEAR, LATEST_YEAR = 1900, 2200
# Neo4j keeps NUL, but full-text indexes and most readers do not.
_NO_NUL = r"^[^\x00]*$"
# RFC 3339, and what Java, Ruby, Salesforce and others write instead: no seconds, +0900, +09, UTC, a blank before the offset,
# a zone named behind it.
_INSTANT = re.compile(
    r"(\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?) ?(?:([+-]\d\d(?::?\d\d)?)|Z|z|UTC|GMT)"
    r"(?:\[[A-Za-z0-9_+/-]{1,64}\])?",
    re.ASCII,
)


class Shape(BaseModel):
    """A part of an event: camelCase names, nothing unknown, nothing converted."""

    model_config = ConfigDict(
        alias_generator=to_camel,
        extra="forbid",
        strict=True,
        frozen=True,
        allow_inf_nan=False,
        hide_input_in_errors=True,
        serialize_by_alias=True,
    )

    def says(self, name: str) -> bool:
        """Tell whether the event mentions a field; null is a mention."""
        return name in self.model_fields_set


def read_time(value: object) -> datetime:
    """Return the instant of an ISO text in UTC; raises ValueError without an offset or outside 1900 to 2200."""
    found = _INSTANT.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None:
        raise ValueError("Give a time with an offset, such as 2026-04-01T10:00:00+09:00")
    moment = datetime.fromisoformat(found[1].upper() + (found[2] or "Z"))
    if not EARLIEST_YEAR < moment.year < LATEST_YEAR:
        raise ValueError(f"Give a time between the years {EARLIEST_YEAR} and {LATEST_YEAR}")
    return moment.astimezone(UTC)


def _bare(text: str) -> str:
    bare = without_invisible(text).strip()
    if not bare:
        raise ValueError("Give a text that can be seen")
    return bare


def _text_of_number(value: object) -> object:
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


def _list_of_one(value: object) -> object:
    return [value] if isinstance(value, str) else value


def _answers(value: object) -> object:
    if isinstance(value, dict):
        return [{"question": question, "answer": answer} for question, answer in value.items()]  # pyright: ignore[reportUnknownVariableType]
    return value


Told = Annotated[str, StringConstraints(min_length=1, max_length=512, pattern=r"^[^\x00]*[^\s\x00][^\x00]*$")]
Blankable = Annotated[str, StringConstraints(max_length=512, pattern=_NO_NUL)]
Key = Annotated[Told, AfterValidator(_bare)]
"""An id is what can be seen of it without the blanks around it; case and width may differ on purpose."""
ShortText = Annotated[str, StringConstraints(max_length=4_000, pattern=_NO_NUL)]
LongText = Annotated[str, StringConstraints(max_length=100_000, pattern=_NO_NUL)]
Time = Annotated[
    datetime, BeforeValidator(read_time, json_schema_input_type=str), WithJsonSchema({"type": "string", "format": "date-time"})
]
Amount = Annotated[
    str,
    StringConstraints(max_length=24, pattern=r"^-?[0-9]{1,15}(\.[0-9]{1,6})?$"),
    Field(description="Decimal amount in the currency's main unit, for example 19800 or 12.50."),
]
Charge = Annotated[
    str,
    StringConstraints(max_length=24, pattern=r"^[0-9]{1,15}(\.[0-9]{1,6})?$"),
    Field(description="Decimal amount in the currency's main unit, not negative."),
]
Rate = Annotated[
    str,
    StringConstraints(max_length=32, pattern=r"^-?[0-9]{1,15}(\.[0-9]{1,10})?$"),
    Field(description="Decimal price of one unit in the currency's main unit; it may have more decimals than the currency."),
]
Scalar = ShortText | int | float | bool | None
Keys = Annotated[list[Key], Field(max_length=1_000)]
Texts = Annotated[list[ShortText], BeforeValidator(_list_of_one, json_schema_input_type=list[str] | str), Field(max_length=1_000)]
OwnText = Annotated[LongText, BeforeValidator(_text_of_number, json_schema_input_type=str | int | float)]
Whole = Annotated[int, Field(ge=0, le=2**31 - 1)]
Number = Annotated[float, Field(ge=-1e12, le=1e12)]


class Message(Shape):
    at: Time | None = None
    sender: ShortText | None = Field(None, alias="from", description="Sender of the message, for example customer or bot.")
    text: LongText | None = None


class Page(Shape):
    at: Time | None = None
    url: ShortText | None = None
    sku: Key | None = None


class Answer(Shape):
    question: ShortText
    answer: Scalar | list[Scalar] = None


Answers = list[Answer] | dict[str, Scalar | list[Scalar]]

OWN_FIELD_SHAPES: Mapping[FieldType, Any] = {
    FieldType.TEXT: OwnText,
    FieldType.TEXTS: Texts,
    FieldType.INTEGER: Whole,
    FieldType.NUMBER: Number,
    FieldType.BOOLEAN: bool,
    FieldType.TIME: Time,
    FieldType.MESSAGES: Annotated[list[Message], Field(max_length=10_000)],
    FieldType.PAGES: Annotated[list[Page], Field(max_length=10_000)],
    FieldType.ANSWERS: Annotated[
        list[Answer], Field(max_length=1_000), BeforeValidator(_answers, json_schema_input_type=Answers)
    ],
}
"""Type of an own field -> what an event may give for it."""
