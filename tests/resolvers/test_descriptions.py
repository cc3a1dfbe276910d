"""Everything in the schema is described, in words of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from graphql import GraphQLEnumType, GraphQLNamedType, is_introspection_type, is_specified_scalar_type

from resolvers.schema import build_schema

TYPES = [
    each
    for each in build_schema().definition.type_map.values()
    if not is_introspection_type(each) and not is_specified_scalar_type(each)
]


def described(type_: GraphQLNamedType) -> Iterator[tuple[str, str, str | None]]:
    """Yield (where it stands, its name, its description) for a type and for all that it holds."""
    yield type_.name, type_.name, type_.description
    if isinstance(type_, GraphQLEnumType):
        yield from ((f"{type_.name}.{name}", name, value.description) for name, value in type_.values.items())
    for name, field in getattr(type_, "fields", {}).items():
        yield f"{type_.name}.{name}", name, field.description
        for argument, definition in getattr(field, "args", {}).items():
            yield f"{type_.name}.{name}({argument})", argument, definition.description


def letters(text: str | None) -> str:
    return re.sub(r"[^a-z0-9]", "", (text or "").lower())


def says_nothing(name: str, description: str | None) -> bool:
    return letters(description) in ("", letters(name))


def test_no_description_is_empty_or_only_the_name() -> None:
    assert [place for type_ in TYPES for place, name, text in described(type_) if says_nothing(name, text)] == []


def test_a_description_that_is_missing_or_repeats_the_name_is_found() -> None:
    told = {None: True, "": True, " ": True, "Order number.": True, "Number of the order, as printed on the receipt.": False}
    assert {text: says_nothing("orderNumber", text) for text in told} == told
