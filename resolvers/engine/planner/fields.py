"""What a type's module writes beside each field: how it is read, what it means, which arguments it takes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, LiteralString, TypeVar

import strawberry
from strawberry.annotation import StrawberryAnnotation
from strawberry.types.arguments import StrawberryArgument
from strawberry.types.field import StrawberryField

from resolvers.engine.cursors import MOST, USUAL
from resolvers.engine.planner.readings import (
    NO_NAMES,
    Choice,
    Entries,
    Entry,
    Given,
    Identity,
    Many,
    Names,
    One,
    Page,
    Part,
    Prop,
    Reading,
    Told,
    TypeReading,
)

if TYPE_CHECKING:
    from graphql import GraphQLField, GraphQLNamedType

    from resolvers.access.viewer import Viewer

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument of a field: its Python type, what it means, and its default, if it has one."""

    type: Any
    description: str
    default: Any = strawberry.UNSET


Arguments = Mapping[str, Argument]
NO_ARGUMENTS: Arguments = {}
PAGING: Arguments = {
    "first": Argument(int | None, f"How many to give, 0 to {MOST}.", USUAL),
    "after": Argument(str | None, "The cursor after which to go on: `endCursor` of the page before.", None),
}


DEFINITION = "strawberry-definition"


class PlannedField(StrawberryField):
    """A field that has no resolver: its reading says how the planner gets it."""

    reading: Reading

    def __copy__(self) -> PlannedField:
        copied = super().__copy__()
        copied.reading = self.reading
        return copied


def read(reading: Reading, description: str, arguments: Arguments = NO_ARGUMENTS) -> Any:
    """Return a field with any reading; the functions below are short for the usual ones."""
    planned_field = PlannedField(description=description)
    planned_field.reading = reading
    planned_field.arguments = [
        StrawberryArgument(name, None, StrawberryAnnotation(each.type), description=each.description, default=each.default)
        for name, each in arguments.items()
    ]
    return planned_field


def prop(
    cypher: LiteralString, description: str, *, form: Callable[..., Any] | None = None, arguments: Arguments = NO_ARGUMENTS
) -> Any:
    return read(Prop(cypher, form), description, arguments)


def identity(description: str) -> Any:
    return read(Identity(), description)


def told(tell: Callable[[Viewer], Any], description: str) -> Any:
    return read(Told(tell), description)


def one(clause: LiteralString, description: str, *, names: Names = NO_NAMES) -> Any:
    return read(One(clause, names), description)


def many(clause: LiteralString, description: str, *, names: Names = NO_NAMES) -> Any:
    return read(Many(clause, names), description)


def part(description: str, *, presence: LiteralString | None = None, names: Names = NO_NAMES) -> Any:
    return read(Part(names, presence), description)


def page(name: str, clause: LiteralString, description: str, *, key: LiteralString, count: LiteralString) -> Any:
    return read(Page(name, clause, key, count), description, PAGING)


def entries(cypher: LiteralString, description: str) -> Any:
    return read(Entries(cypher), description)


def entry(name: LiteralString, description: str) -> Any:
    field = read(Entry(name), description)
    field.graphql_name = name  # the member's own name, whatever Python makes of it
    return field


def planned(
    description: str,
    *,
    readers: frozenset[str],
    name: str | None = None,
    interface: bool = False,
    shared: Names = NO_NAMES,
    kind: LiteralString | None = None,
    kinds: Mapping[str, str] | None = None,
) -> Callable[[type[T]], type[T]]:
    """Make a class a GraphQL type whose fields are read by the planner; `readers` are the roles that may."""

    def decorate(cls: type[T]) -> type[T]:
        make = strawberry.interface if interface else strawberry.type
        decorated = make(cls, description=description, name=name)
        decorated.type_reading = TypeReading(readers, shared, kind, kinds or {})  # type: ignore[attr-defined]
        return decorated

    return decorate


def reading_of(definition: GraphQLField) -> Reading:
    """Return how a field is read; a field without a reading has no place in what the planner reads."""
    return definition.extensions[DEFINITION].reading


def preparing(definition: GraphQLField) -> Callable[[Given], Given] | None:
    """Return what works out the meaning of a field's arguments, if its reading has such."""
    reading = getattr(definition.extensions.get(DEFINITION), "reading", None)
    return reading.prepare if isinstance(reading, Choice) else None


def is_planned(definition: GraphQLField) -> bool:
    return isinstance(definition.extensions.get(DEFINITION), PlannedField)


def type_reading_of(type_: GraphQLNamedType) -> TypeReading | None:
    """Return what a type's readings share; scalars, enums and the parts of connections have none."""
    return getattr(getattr(type_.extensions.get(DEFINITION), "origin", None), "type_reading", None)
