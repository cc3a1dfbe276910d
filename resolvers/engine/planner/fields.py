"""What a type's module writes beside each field: how it is read, what it means, which arguments it takes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, LiteralString, TypeVar, cast

import strawberry
from graphql import get_named_type
from strawberry.annotation import StrawberryAnnotation
from strawberry.types.arguments import StrawberryArgument
from strawberry.types.field import StrawberryField

from resolvers.access.policy import Access
from resolvers.access.tags import FieldTag, Tag
from resolvers.engine.cursors import MOST, USUAL
from resolvers.engine.planner.readings import (
    NO_NAMES,
    Choice,
    Entries,
    Entry,
    FromViewer,
    Given,
    Identity,
    Many,
    Names,
    One,
    Page,
    Part,
    Prop,
    Reading,
    Referred,
    TypeReading,
)

if TYPE_CHECKING:
    from graphql import GraphQLArgument, GraphQLField, GraphQLInputField, GraphQLNamedType, GraphQLObjectType

    from resolvers.access.viewer import Viewer

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument of a field: its Python type, what it means, its default, if it has one, and what it asks by."""

    type: Any
    description: str
    default: Any = strawberry.UNSET
    asks: Mapping[Any, Any] | None = None


def asks_by(tag: Tag, *, whole: bool = False) -> Mapping[Any, Any]:
    """Return the metadata of an argument or input field by which things are chosen that have a value of this tag.

    Only who sees such values in the clear may use it; with `whole`, which takes nothing but a whole value, also who
    sees them masked: one who asks knows it already.
    """
    return {ASKS: (tag, Access.MASKED if whole else Access.CLEAR)}


Arguments = Mapping[str, Argument]
NO_ARGUMENTS: Arguments = {}
PAGING: Arguments = {
    "first": Argument(int | None, f"Number of items on the page, 0 to {MOST}.", USUAL),
    "after": Argument(str | None, "Cursor after which the page begins: `endCursor` of the previous page.", None),
}


TYPED = ("query", "search")
"""Arguments that take whatever somebody types."""
DEFINITION = "strawberry-definition"
ASKS = "asks by"


class PlannedField(StrawberryField):
    """A field that has no resolver: its reading says how the planner gets it, its tag who sees it."""

    reading: Reading
    tag: FieldTag

    def __copy__(self) -> PlannedField:
        copied = super().__copy__()
        copied.reading, copied.tag = self.reading, self.tag
        return copied


def read(reading: Reading, tag: FieldTag, description: str, arguments: Arguments = NO_ARGUMENTS) -> Any:
    """Return a field with any reading; the functions below are short for the usual ones."""
    planned_field = PlannedField(description=description)
    planned_field.reading, planned_field.tag = reading, tag
    planned_field.arguments = [
        StrawberryArgument(
            name,
            None,
            StrawberryAnnotation(each.type),
            description=each.description,
            default=each.default,
            metadata=each.asks,
        )
        for name, each in arguments.items()
    ]
    return planned_field


def prop(
    cypher: LiteralString,
    tag: FieldTag,
    description: str,
    *,
    form: Callable[..., Any] | None = None,
    arguments: Arguments = NO_ARGUMENTS,
) -> Any:
    return read(Prop(cypher, form), tag, description, arguments)


def former(field: Any, instead: str) -> Any:
    """Return a field for the name that it had before: it answers as ever, and the schema says which name to use."""
    kept = copy(field)
    kept.deprecation_reason = f"Renamed: use `{instead}`."
    return kept


def identity(description: str) -> Any:
    return read(Identity(), Tag.PUBLIC, description)


def from_viewer(give: Callable[[Viewer, GraphQLObjectType], Any], description: str) -> Any:
    return read(FromViewer(give), Tag.PUBLIC, description)


def one(clause: LiteralString, tag: FieldTag, description: str, *, names: Names = NO_NAMES) -> Any:
    return read(One(clause, names), tag, description)


def many(clause: LiteralString, tag: FieldTag, description: str, *, names: Names = NO_NAMES) -> Any:
    return read(Many(clause, names), tag, description)


def part(tag: FieldTag, description: str, *, presence: LiteralString | None = None, names: Names = NO_NAMES) -> Any:
    return read(Part(names, presence), tag, description)


def page(
    name: str,
    clause: LiteralString,
    tag: FieldTag,
    description: str,
    *,
    key: LiteralString,
    count: LiteralString,
    own: bool = False,
) -> Any:
    return read(Page(name, clause, key, count, own=own), tag, description, PAGING)


def entries(cypher: LiteralString, tag: FieldTag, description: str) -> Any:
    return read(Entries(cypher), tag, description)


def referred(member: str, clause: LiteralString, tag: FieldTag, description: str, *, names: Names = NO_NAMES) -> Any:
    return read(Referred(member, clause, names), tag, description)


def entry(name: LiteralString, tag: FieldTag, description: str) -> Any:
    field = read(Entry(name), tag, description)
    field.graphql_name = name  # the member's own name, whatever Python makes of it
    return field


def planned(
    description: str,
    *,
    name: str | None = None,
    interface: bool = False,
    shared: Names = NO_NAMES,
    kind: LiteralString | None = None,
    kinds: Mapping[str, str] | None = None,
) -> Callable[[type[T]], type[T]]:
    """Make a class a GraphQL type whose fields are read by the planner."""

    def decorate(cls: type[T]) -> type[T]:
        make = strawberry.interface if interface else strawberry.type
        decorated = make(cls, description=description, name=name)
        decorated.type_reading = TypeReading(shared, kind, kinds or {})  # type: ignore[attr-defined]
        return decorated

    return decorate


def reading_of(definition: GraphQLField) -> Reading:
    """Return how a field is read; a field without a reading has no place in what the planner reads."""
    return definition.extensions[DEFINITION].reading


def tag_of(definition: GraphQLField) -> FieldTag:
    """Return what decides who sees a planned field."""
    return definition.extensions[DEFINITION].tag


def asked_by(definition: GraphQLArgument | GraphQLInputField) -> tuple[Tag, Access] | None:
    """Return the tag by which an argument or input field chooses, and how it must be seen; None for any other."""
    return getattr(definition.extensions.get(DEFINITION), "metadata", {}).get(ASKS)


def finds_by(definition: GraphQLArgument | GraphQLInputField) -> bool:
    """Tell whether things are found by a value of somebody; ids tell of nobody."""
    asks = asked_by(definition)
    return asks is not None and asks[0] is not Tag.PUBLIC


def texts_asked_by(definitions: Mapping[str, Any], given: Mapping[str, Any]) -> list[str]:
    """Return the texts among what is given by which things are chosen, also those within inputs."""
    found: list[str] = []
    for name, definition in definitions.items():
        value, type_ = given.get(name), cast("Any", get_named_type(definition.type))
        if isinstance(value, dict) and not finds_by(definition):
            found += texts_asked_by(type_.fields, cast("dict[str, Any]", value))
        elif isinstance(value, dict):
            found += [each for each in cast("dict[str, Any]", value).values() if isinstance(each, str)]
        elif isinstance(value, str) and (finds_by(definition) or name in TYPED):
            found.append(value)
    return found


def preparing(definition: GraphQLField) -> Callable[[Given], Given] | None:
    """Return what works out the meaning of a field's arguments, if its reading has such."""
    reading = getattr(definition.extensions.get(DEFINITION), "reading", None)
    return reading.prepare if isinstance(reading, Choice) else None


def is_planned(definition: GraphQLField) -> bool:
    return isinstance(definition.extensions.get(DEFINITION), PlannedField)


def type_reading_of(type_: GraphQLNamedType) -> TypeReading | None:
    """Return what a type's readings share; scalars, enums and the parts of connections have none."""
    return getattr(getattr(type_.extensions.get(DEFINITION), "origin", None), "type_reading", None)
