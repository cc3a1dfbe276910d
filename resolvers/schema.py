"""The schema: the root fields, and every type that is only reached through an interface."""

from __future__ import annotations

from typing import Any

import strawberry
from graphql import (
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
)
from strawberry.schema.config import StrawberryConfig

from resolvers import node_by_id
from resolvers.activity.activity import Activity, activity
from resolvers.catalogue.product import Product, product
from resolvers.catalogue.store import Store, StoreConnection, store, stores
from resolvers.engine.context import Context
from resolvers.engine.node import Node
from resolvers.engine.planner.executor import PlannedExecutor, read_answers
from resolvers.engine.planner.fields import DEFINITION, type_reading_of
from resolvers.engine.planner.readings import TypeReading
from resolvers.identity import explanation
from resolvers.identity.mutations import mutations, previews
from resolvers.orders.order import Order, order, orders
from resolvers.people import customer_by
from resolvers.people import look_up as lookups
from resolvers.people.customer import Customer
from resolvers.touchpoints.kind import KindName, touchpoint_kinds
from resolvers.touchpoints.touchpoint import INTERACTIONS
from resolvers.values.scalars import SCALARS


@strawberry.type(name="Viewer", description="Who is asking. Everybody who is let in may read it.")
class ViewerType:
    name: str = strawberry.field(description="Subject of the token: the account of the person, or the program's client.")
    roles: list[str] = strawberry.field(description="Roles, by which it is decided what may be read.")


def viewer(info: strawberry.Info[Context]) -> ViewerType:
    asking = info.context.viewer
    return ViewerType(name=asking.name, roles=sorted(asking.roles))


Previews: Any = strawberry.type(type("Previews", (), {"__annotations__": {}, **previews()}))


@strawberry.type(description="Everything that can be asked.")
class Query(Previews):
    viewer: ViewerType = strawberry.field(
        resolver=viewer, description="The account behind the token, with its roles. Readers: everybody who is let in."
    )
    node: Node | None = node_by_id.node
    customer: Customer | None = customer_by.customer
    look_up: lookups.LookUp = lookups.look_up
    customer_lookup: list[lookups.CustomerCandidate] = lookups.customer_lookup
    customers: lookups.CustomerConnection = lookups.customers
    identity_path: explanation.IdentityPath | None = explanation.identity_path_field
    why_not: explanation.WhyNot | None = explanation.why_not_field
    order: Order | None = order
    orders: list[Order] = orders
    store: Store | None = store
    stores: StoreConnection = stores
    product: Product | None = product
    touchpoint_kinds: list[KindName] = strawberry.field(
        resolver=touchpoint_kinds,
        description="Every kind of touchpoint with its name, in the order of the enum. Readers: everybody who is let in.",
    )
    activity: Activity = activity


class PlannedSchema(strawberry.Schema):
    """Strawberry's schema, and what it was turned into."""

    @property
    def definition(self) -> GraphQLSchema:
        """The schema as graphql-core has it."""
        return self._schema


def hold_to_one(schema: GraphQLSchema) -> None:
    """Let graphql-core itself hold `@oneOf` inputs to one member: it says of which variable and where the mistake is."""
    for type_ in schema.type_map.values():
        if isinstance(type_, GraphQLInputObjectType):
            type_.is_one_of = type_.extensions[DEFINITION].is_one_of


def name_readers(schema: GraphQLSchema) -> None:
    """Let every type that is read, its fields and the root fields say who may see them, from what holds them to it."""
    for type_ in schema.type_map.values():
        if not isinstance(type_, GraphQLObjectType | GraphQLInterfaceType):
            continue
        own = type_reading_of(type_)
        if own is not None:
            type_.description = f"{type_.description} {spelt(own)}"
        for field in type_.fields.values():
            reading = own or reading_of_result(field)
            if reading is not None:
                field.description = f"{field.description} {spelt(reading)}"


def reading_of_result(field: GraphQLField) -> TypeReading | None:
    """Return whose readers a field of the root or of a page has: those of the things that it gives."""
    result = named(field)
    if isinstance(result, GraphQLObjectType) and "edges" in result.fields:
        edge = named(result.fields["edges"])
        result = named(edge.fields["node"]) if isinstance(edge, GraphQLObjectType) else edge
    return type_reading_of(result)


def named(field: GraphQLField) -> GraphQLNamedType:
    return get_named_type(field.type)  # pyright: ignore[reportUnknownArgumentType, reportUnknownMemberType]


def spelt(reading: TypeReading) -> str:
    return f"Readers: {', '.join(sorted(reading.readers))}."


def build_schema() -> PlannedSchema:
    """Return the schema, sorted, so that it prints the same whoever builds it."""
    schema = PlannedSchema(
        query=Query,
        mutation=mutations(),
        types=[Order, *INTERACTIONS],
        config=StrawberryConfig(scalar_map=SCALARS, sort_schema=True),
        execution_context_class=PlannedExecutor,
    )
    hold_to_one(schema.definition)
    name_readers(schema.definition)
    read_answers(schema.definition)
    return schema
