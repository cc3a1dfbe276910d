"""A value that is withheld takes nothing else along: whatever some reader of an object does not see can be null."""

from __future__ import annotations

from typing import cast

import pytest
from graphql import GraphQLObjectType

from graph.store import Store
from resolvers.access.policy import COLUMNS, POLICY
from resolvers.access.roles import Role
from resolvers.access.viewer import Viewer
from resolvers.engine import ids
from resolvers.engine.planner import covering
from resolvers.engine.planner.nullable import planned_fields, roles_getting
from resolvers.execution import execute, operations

HANAKO = ids.encode("Customer", "c-hanako")
SCHEMA = operations().schema
GETTING = roles_getting(SCHEMA, POLICY)
ORDERS = """query ($id: ID!) {
  customer(by: {id: $id}) { orders(first: 1) { edges { node { number source } } } }
}"""


@pytest.mark.parametrize("role", [column for column in COLUMNS if column in Role])
def test_no_field_below_the_root_refuses_a_role_that_gets_its_object(role: str) -> None:
    viewer = Viewer("tester", frozenset({role}))
    for type_, field in planned_fields(SCHEMA):
        if role in GETTING.get(type_.name, ()):
            covering.withheld(viewer, field)  # raises where the field may not be null


def test_what_everybody_sees_who_gets_the_object_is_never_null() -> None:
    required = {
        f"{name}.{field}"
        for name, fields in {"Customer": ("id", "version"), "MatchScore": ("bits",), "Order": ("id", "at", "channel")}.items()
        for field in fields
        if str(cast("GraphQLObjectType", SCHEMA.type_map[name]).fields[field].type).endswith("!")
    }
    assert required == {"Customer.id", "Customer.version", "MatchScore.bits", "Order.id", "Order.at", "Order.channel"}


async def test_a_withheld_value_leaves_its_object(town: Store) -> None:
    viewer = Viewer("tester", frozenset({"analyst"}))
    body = (await execute(town, ORDERS, {"id": HANAKO}, None, viewer)).body
    assert "errors" not in body
    [order] = [edge["node"] for edge in body["data"]["customer"]["orders"]["edges"]]
    assert (order["source"], bool(order["number"])) == (None, True)
