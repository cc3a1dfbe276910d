"""What is noted for the read audit when a plan is made: the tags of what is told, and whose rows tell it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resolvers.access.reads import CUSTOMER, PERSONAL
from resolvers.access.tags import OF_NOBODY, Derived, FieldTag, Tag
from resolvers.engine.planner.types import concrete_types

if TYPE_CHECKING:
    from graphql import GraphQLNamedType, GraphQLSchema


def told_by(tag: FieldTag) -> frozenset[Tag]:
    """Return what a field of this tag tells of somebody."""
    return (tag.tags if isinstance(tag, Derived) else frozenset({tag})) - OF_NOBODY


def is_noted(schema: GraphQLSchema, type_: GraphQLNamedType, *, below_customer: bool) -> bool:
    """Tell whether each thing is noted as read: every customer, and what is somebody's but stands below none."""
    if type_.name == CUSTOMER:
        return True
    return not below_customer and any(each.name in PERSONAL for each in concrete_types(schema, type_))
