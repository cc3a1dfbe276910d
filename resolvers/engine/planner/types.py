"""What the planner asks of GraphQL types, in one place, since graphql-core leaves much of their typing open."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNamedType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
)


def named(definition: GraphQLField) -> GraphQLNamedType:
    """Return the type of a field without its wrappers."""
    return cast("GraphQLNamedType", get_named_type(_open(definition)))


def is_required(definition: GraphQLField) -> bool:
    return isinstance(_open(definition), GraphQLNonNull)


def is_listed(definition: GraphQLField) -> bool:
    return isinstance(_open(definition).of_type if is_required(definition) else _open(definition), GraphQLList)


def words_of(type_: GraphQLNamedType) -> frozenset[str] | None:
    """Return the values of an enum type; None for another type."""
    return frozenset(type_.values) if isinstance(type_, GraphQLEnumType) else None


def concrete_types(schema: GraphQLSchema, type_: GraphQLNamedType) -> Sequence[GraphQLObjectType]:
    if isinstance(type_, GraphQLInterfaceType):
        return schema.get_possible_types(type_)
    return [cast("GraphQLObjectType", type_)]


def member(type_: GraphQLNamedType, name: str) -> GraphQLNamedType:
    """Return the type that a field of an object type leads to."""
    return named(cast("GraphQLObjectType", type_).fields[name])


def of_page(connection: GraphQLNamedType) -> GraphQLNamedType:
    """Return the type of a connection's nodes."""
    return member(member(connection, "edges"), "node")


def _open(definition: GraphQLField) -> Any:
    return cast("Any", definition).type
