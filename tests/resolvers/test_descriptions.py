"""Everything in the schema says more than its name: what it is, in which unit, and who may see it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    get_named_type,
    is_introspection_type,
    is_specified_scalar_type,
)

from resolvers.access.policy import POLICY
from resolvers.engine.planner.fields import type_reading_of
from resolvers.schema import build_schema

SCHEMA = build_schema().definition
TYPES = [each for each in SCHEMA.type_map.values() if not is_introspection_type(each) and not is_specified_scalar_type(each)]
OBJECTS = [each for each in TYPES if isinstance(each, GraphQLObjectType | GraphQLInterfaceType)]


def stems(text: str) -> set[str]:
    """Return the words of a text or of a name in any case, each without the ending of a plural."""
    parts = re.sub(r"([a-z0-9])([A-Z])", r"\1 \2", text)
    return {word.removesuffix("s") for word in re.findall(r"[a-z0-9]+", parts.lower())}


FEWEST_WORDS = 2
"""Words of a description that neither its name holds nor any sentence would."""
EMPTY_WORDS = stems(
    "a an and any as at be by for from has have he how if in into is it its itself null of on one only or other so some "
    "that the their them there these they thing things this those to told was what when where which who whom with"
)
READERS = re.compile(r" Readers: [a-z_, ]+\.$")
UNIT = re.compile(r"\b(how many|seconds|minutes|degrees|points|number|place|0 to|from 0|counted|cancelled)\b", re.IGNORECASE)
PERSONAL = {
    "Customer": {"name", "formerNames", "kana", "nameParts", "birthDate", "gender", "address", "phone", "email", "identifiers"},
    "NameParts": {"family", "given", "familyKana", "givenKana"},
    "Identifier": {"value"},
    "SourceRecord": {"name", "earlierNames", "kana", "birthDate", "gender", "address", "attributes"},
    "CustomerConsent": {"contactPoint", "record", "proof"},
    "ConsentProof": {"how", "text", "document", "staff"},
    "MatchReason": {"matched", "sentence"},
    "Touchpoint": {"subject", "text", "summary", "via"},
    "ChatMessage": {"text", "from"},
}
"""What a role may see masked, or not at all."""


def says_more(name: str, description: str | None) -> bool:
    said = stems(READERS.sub("", description or "")) - EMPTY_WORDS
    return len(said - stems(name)) >= FEWEST_WORDS


def described(type_: GraphQLNamedType) -> Iterator[tuple[str, str, str | None]]:
    """Yield (where it stands, its name, its description) for a type and for all that it holds."""
    yield type_.name, type_.name, type_.description
    if isinstance(type_, GraphQLEnumType):
        yield from ((f"{type_.name}.{name}", name, value.description) for name, value in type_.values.items())
    for name, field in getattr(type_, "fields", {}).items():
        yield f"{type_.name}.{name}", name, field.description
        for argument, definition in getattr(field, "args", {}).items():
            yield f"{type_.name}.{name}({argument})", argument, definition.description


@pytest.mark.parametrize("type_", TYPES, ids=str)
def test_a_description_says_more_than_the_name(type_: GraphQLNamedType) -> None:
    assert [(place, text) for place, name, text in described(type_) if not says_more(name, text)] == []


@pytest.mark.parametrize(
    ("name", "description", "enough"),
    [
        ("orderNumber", None, False),
        ("orderNumber", "", False),
        ("orderNumber", "The number of the order.", False),
        ("ORDER_NUMBER", "Order numbers. Readers: admin, call_center, store_staff.", False),
        ("orderNumber", "As printed on a receipt.", True),
    ],
)
def test_a_description_that_is_missing_or_repeats_the_name_is_refused(name: str, description: str | None, enough: bool) -> None:
    assert says_more(name, description) is enough


@pytest.mark.parametrize("type_", OBJECTS, ids=str)
def test_what_is_read_from_the_graph_says_who_may_see_it(type_: GraphQLObjectType) -> None:
    reading = type_reading_of(type_)
    if reading is None:
        return
    line = f"Readers: {', '.join(sorted(POLICY.readers(type_.name)))}."
    fields = [type_.description, *(field.description for field in type_.fields.values())]
    assert [text for text in fields if not (text or "").endswith(line)] == []


def test_every_root_field_says_who_may_see_it() -> None:
    assert SCHEMA.query_type is not None
    silent = [name for name, field in SCHEMA.query_type.fields.items() if "Readers: " not in (field.description or "")]
    assert silent == []


@pytest.mark.parametrize(("type_name", "names"), PERSONAL.items(), ids=PERSONAL)
def test_every_personal_field_says_who_may_see_it(type_name: str, names: set[str]) -> None:
    type_ = SCHEMA.type_map[type_name]
    assert isinstance(type_, GraphQLObjectType | GraphQLInterfaceType)
    assert [name for name in names if not READERS.search(type_.fields[name].description or "")] == []


def numbers(type_: GraphQLObjectType | GraphQLInputObjectType) -> Iterator[tuple[str, GraphQLField]]:
    for name, field in type_.fields.items():
        if get_named_type(field.type).name in ("Int", "Float"):
            yield name, field


@pytest.mark.parametrize("type_", [*OBJECTS, *(each for each in TYPES if isinstance(each, GraphQLInputObjectType))], ids=str)
def test_every_number_says_what_it_counts_or_measures(type_: GraphQLObjectType) -> None:
    assert [(name, field.description) for name, field in numbers(type_) if not UNIT.search(field.description or "")] == []
