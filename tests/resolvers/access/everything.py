"""Documents that ask for all that a type tells, so that nothing is left out because nobody thought of it."""

from __future__ import annotations

from typing import Any, cast

from graphql import (
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    is_required_argument,
)

from resolvers.access.policy import POLICY

GIVEN = {"language": "EN", "timeZone": '"Asia/Tokyo"'}
"""Arguments that a field must have."""
LEADING = ("CustomerSearchResult", "LookUp", "Activity", "OrderSearchResult", "Store", "Product")
"""Types that lead to things: what they lead to is asked for too."""


def all_of(schema: GraphQLSchema, type_name: str) -> str:
    """Return a selection of every value of a type, and of the parts that are read with it."""
    return selection(schema, schema.type_map[type_name], parts=True)


def values_of(schema: GraphQLSchema, root: str) -> str:
    """Return a selection of every value of what a root field leads to, on pages and in lists too, without parts."""
    return selection(schema, named(cast("GraphQLObjectType", schema.query_type).fields[root]), parts=False)


def selection(schema: GraphQLSchema, type_: GraphQLNamedType, *, parts: bool, depth: int = 2) -> str:
    if not isinstance(type_, GraphQLObjectType | GraphQLInterfaceType):
        return ""
    asked = ["__typename"]
    for name, field in type_.fields.items():
        leads_to = named(field)
        is_object = isinstance(leads_to, GraphQLObjectType | GraphQLInterfaceType)
        wanted = leads(type_) or (parts and leads_to.name in POLICY.parts and depth > 0)
        if askable(field) and (not is_object or wanted):
            inner = selection(schema, leads_to, parts=parts, depth=depth - (leads_to.name in POLICY.parts))
            asked.append(f"{name}{arguments(field)} {inner}")
    return f"{{ {' '.join(asked)} }}"


def leads(type_: GraphQLNamedType) -> bool:
    return type_.name in LEADING or type_.name.endswith(("Connection", "Edge"))


def arguments(field: GraphQLField) -> str:
    needed: dict[str, str] = {name: GIVEN[name] for name, each in field.args.items() if is_required_argument(each)}
    if "first" in field.args:
        needed["first"] = "3"
    return f"({', '.join(f'{name}: {value}' for name, value in needed.items())})" if needed else ""


def askable(field: GraphQLField) -> bool:
    return all(name in GIVEN for name, each in field.args.items() if is_required_argument(each))


def named(field: GraphQLField) -> GraphQLNamedType:
    return cast("GraphQLNamedType", get_named_type(cast("Any", field).type))
