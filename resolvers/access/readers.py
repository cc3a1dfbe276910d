"""The directive of the printed schema that names the roles by which a type, a field or a mutation may be used."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import strawberry
from graphql import GraphQLField, GraphQLNamedType
from strawberry.schema.schema_converter import GraphQLCoreConverter
from strawberry.schema_directive import Location


@strawberry.schema_directive(
    locations=[Location.FIELD_DEFINITION, Location.INTERFACE, Location.OBJECT],
    name="readers",
    description="Roles that may read this, or use this mutation; some of them may see it masked.",
)
class Readers:
    roles: list[str] = strawberry.directive_field(name="roles")


def readers(roles: Iterable[str]) -> Any:
    """Return the directive for some roles, in the order of the alphabet."""
    return Readers(roles=sorted(str(role) for role in roles))


def roles_of(definition: GraphQLNamedType | GraphQLField) -> list[str] | None:
    """Return the roles of the directive on a type or field; None where there is none, as on the parts of pages."""
    applied = getattr(definition.extensions.get(GraphQLCoreConverter.DEFINITION_BACKREF), "directives", None) or ()
    return next((each.roles for each in applied if isinstance(each, Readers)), None)
