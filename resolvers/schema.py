"""The schema: the root fields, and every type that is only reached through an interface."""

from __future__ import annotations

import strawberry
from graphql import GraphQLInputObjectType, GraphQLSchema
from strawberry.schema.config import StrawberryConfig

from resolvers import customer_by, look_up, node_by_id
from resolvers.activity import Activity, activity
from resolvers.context import Context
from resolvers.customer import Customer
from resolvers.node import Node
from resolvers.order import Order, order
from resolvers.planner.executor import PlannedExecutor, read_answers
from resolvers.planner.fields import DEFINITION
from resolvers.product import Product, product
from resolvers.scalars import SCALARS
from resolvers.store import Store, StoreConnection, store, stores
from resolvers.touchpoint import INTERACTIONS
from resolvers.touchpoint_kind import KindName, touchpoint_kinds


@strawberry.type(name="Viewer", description="Who is asking. Everybody who is let in may read it.")
class ViewerType:
    name: str = strawberry.field(description="Name of the person or program.")
    roles: list[str] = strawberry.field(description="Roles, by which it is decided what may be read.")


def viewer(info: strawberry.Info[Context]) -> ViewerType:
    asking = info.context.viewer
    return ViewerType(name=asking.name, roles=sorted(asking.roles))


@strawberry.type(description="Everything that can be asked.")
class Query:
    viewer: ViewerType = strawberry.field(resolver=viewer, description="Who is asking.")
    node: Node | None = node_by_id.node
    customer: Customer | None = customer_by.customer
    customer_lookup: list[look_up.CustomerCandidate] = look_up.customer_lookup
    customers: look_up.CustomerConnection = look_up.customers
    order: Order | None = order
    store: Store | None = store
    stores: StoreConnection = stores
    product: Product | None = product
    touchpoint_kinds: list[KindName] = strawberry.field(
        resolver=touchpoint_kinds, description="Every kind of touchpoint with its name, in the order of the enum."
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


def build_schema() -> PlannedSchema:
    """Return the schema, sorted, so that it prints the same whoever builds it."""
    schema = PlannedSchema(
        query=Query,
        types=[Order, *INTERACTIONS],
        config=StrawberryConfig(scalar_map=SCALARS, sort_schema=True),
        execution_context_class=PlannedExecutor,
    )
    hold_to_one(schema.definition)
    read_answers(schema.definition)
    return schema
