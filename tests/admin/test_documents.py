"""The operations of the pages fit the schema."""

from __future__ import annotations

import pytest
from graphql import GraphQLObjectType, assert_interface_type, build_schema, parse, validate

from admin import documents, happenings
from graph.store import Store
from resolvers.access.viewer import Viewer
from resolvers.execution import execute
from tests.admin.test_rendering import ROOM

SCHEMA = build_schema((ROOM.parent / "resolvers" / "schema.graphql").read_text("utf-8"))
OPERATIONS = (
    "LOOKUP", "CUSTOMER", "IDENTITY", "TIMELINE", "ORDERS", "ATTENTION", "TOUCHPOINT_DETAIL", "CHOICES", "KIND_NAMES",
)  # fmt: skip
OTHER_PAGES = ("START", "ORDER_PAGE", "STORES", "STORE", "PRODUCT")
FROM_THE_SCHEMA = {documents.CHOICES, documents.KIND_NAMES}


@pytest.mark.parametrize("name", OPERATIONS)
def test_an_operation_is_valid(name: str) -> None:
    assert validate(SCHEMA, parse(getattr(documents, name))) == []


@pytest.mark.parametrize("name", OTHER_PAGES)
def test_an_operation_of_the_other_pages_is_valid(name: str) -> None:
    assert validate(SCHEMA, parse(getattr(happenings, name))) == []


async def test_what_is_planned_at_start_is_answered_and_is_every_planned_operation(store: Store) -> None:
    viewer = Viewer("pages", roles=frozenset({"admin"}))
    for document, variables in documents.PLANNED_AT_START:
        body = (await execute(store, document, variables, None, viewer)).body
        assert "errors" not in body
    asked = {document for document, _ in documents.PLANNED_AT_START}
    assert asked == {getattr(documents, name) for name in OPERATIONS} - FROM_THE_SCHEMA | {documents.recent(1)} | {
        getattr(happenings, name) for name in OTHER_PAGES
    }


@pytest.mark.parametrize("count", [1, documents.MOST_RECENT])
def test_so_many_recent_customers_are_asked_for(count: int) -> None:
    assert validate(SCHEMA, parse(documents.recent(count))) == []


def test_the_detail_asks_for_whatever_a_kind_has_of_its_own() -> None:
    touchpoint = assert_interface_type(SCHEMA.type_map["Touchpoint"])
    elsewhere = {"discount", "shipping", "tax", "pointsUsed", "couponCodes", "fulfillments"}  # of orders: their pages show them
    for type_ in SCHEMA.get_possible_types(touchpoint):
        assert isinstance(type_, GraphQLObjectType)
        own = {
            name for name, field in type_.fields.items() if name not in touchpoint.fields and "Connection" not in str(field.type)
        }
        (asked,) = [fields for fields, kinds in documents.OWN_FIELDS.items() if type_.name in kinds] or [""]
        assert own - elsewhere <= set(asked.split()), type_.name
