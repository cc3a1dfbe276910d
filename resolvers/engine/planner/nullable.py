"""Which fields may be null since somebody who gets their object does not see them: the policy decides, not each type."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from graphql import GraphQLInterfaceType, GraphQLObjectType

from resolvers.access.tags import Derived
from resolvers.engine.planner.covering import is_seen
from resolvers.engine.planner.fields import is_planned, tag_of, type_reading_of
from resolvers.engine.planner.types import is_required, named, of_page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graphql import GraphQLField, GraphQLNamedType, GraphQLSchema

    from resolvers.access.policy import Policy

    Roles = frozenset[str]

WITHHELD = "withheld"


def let_withheld_be_null(schema: GraphQLSchema, policy: Policy) -> None:
    """Take the `!` from each field that a role which gets its object does not see: its null would take the object along."""
    getting = roles_getting(schema, policy)
    for type_, field in planned_fields(schema):
        if is_required(field) and any(not sees(policy, role, field) for role in getting.get(type_.name, ())):
            field.type = cast("Any", field).type.of_type
            field.extensions[WITHHELD] = True


def is_withheld_from_some(definition: GraphQLField) -> bool:
    return WITHHELD in definition.extensions


def sees(policy: Policy, role: str, field: GraphQLField) -> bool:
    tag = tag_of(field)
    return isinstance(tag, Derived) or is_seen(policy.access(frozenset({role}), tag), field)


def roles_getting(schema: GraphQLSchema, policy: Policy) -> dict[str, Roles]:
    """Return by type the roles that can get an object of it: of a part, those that see a field which leads to it."""
    getting = {name: policy.readers(name) for name in schema.type_map if name not in policy.parts}
    leading = [(type_.name, field, led_to(field).name) for type_, field in planned_fields(schema)]
    leading = [(name, field, part) for name, field, part in leading if part in policy.parts]
    before: dict[str, Roles] = {}
    while before != getting:
        before = dict(getting)
        for name, field, part in leading:
            getting[part] = getting.get(part, frozenset()) | (getting.get(name, frozenset()) & policy.seeing(tag_of(field)))
    return getting


def led_to(field: GraphQLField) -> GraphQLNamedType:
    type_ = named(field)
    return of_page(type_) if isinstance(type_, GraphQLObjectType) and "edges" in type_.fields else type_


def planned_fields(schema: GraphQLSchema) -> Iterator[tuple[GraphQLNamedType, GraphQLField]]:
    """Yield the fields of every type that is read."""
    for type_ in schema.type_map.values():
        if isinstance(type_, GraphQLObjectType | GraphQLInterfaceType) and type_reading_of(type_) is not None:
            yield from ((type_, field) for field in type_.fields.values() if is_planned(field))
