"""The schema: the root fields, and every type that is only reached through an interface."""

from __future__ import annotations

import strawberry
from strawberry.schema.config import StrawberryConfig

from resolvers import customer_by, node_by_id
from resolvers.context import Context
from resolvers.customer import Customer
from resolvers.node import Node
from resolvers.order import Order, order
from resolvers.planner.executor import PlannedExecutor, read_answers
from resolvers.product import Product, product
from resolvers.scalars import SCALARS
from resolvers.store import Store, StoreConnection, store, stores
from resolvers.touchpoint import INTERACTIONS


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
    order: Order | None = order
    store: Store | None = store
    stores: StoreConnection = stores
    product: Product | None = product


def build_schema() -> strawberry.Schema:
    """Return the schema, ready for the planner."""
    schema = strawberry.Schema(
        query=Query,
        types=[Order, *INTERACTIONS],
        config=StrawberryConfig(scalar_map=SCALARS, sort_schema=False),
        execution_context_class=PlannedExecutor,
    )
    read_answers(schema._schema)  # noqa: SLF001
    return schema
