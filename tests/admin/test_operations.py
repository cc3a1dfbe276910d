"""The operations of the pages fit the schema, and each is planned when the server starts."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pkgutil import walk_packages

import pytest
from graphql import GraphQLObjectType, assert_interface_type, build_schema, parse, validate

from admin import pages
from admin.pages.customers import operations
from admin.pages.lookups.operations import KEPT, LOOKUP, OF_EACH_FORM
from admin.parts import recents, rendering
from admin.planned import FIRST_PLANNED, PLANNED_LATER
from graph.search.terms import PARTS, TEXTS, WHOLE, terms
from graph.store import Store
from resolvers.access.viewer import Viewer
from resolvers.execution import execute
from tests.admin.test_rendering import ROOM

SCHEMA = build_schema((ROOM.parent / "resolvers" / "schema.graphql").read_text("utf-8"))
FROM_THE_SCHEMA = {rendering.NAMES}
"""Operations that never reach the database."""


def asked_by_pages() -> Iterator[str]:
    """Yield every query that stands as a constant in a module of a page; those of decisions depend on their form."""
    for module in walk_packages(pages.__path__, "admin.pages."):
        constants = vars(import_module(module.name))
        yield from (text for text in constants.values() if isinstance(text, str) and "query " in text)


def test_every_operation_is_valid() -> None:
    assert [(text, errors) for text in asked_by_pages() if (errors := validate(SCHEMA, parse(text)))] == []


async def test_what_is_planned_at_start_is_answered_and_is_every_planned_operation(store: Store) -> None:
    viewer = Viewer("pages", roles=frozenset({"admin"}))
    for document, variables in (*FIRST_PLANNED, *PLANNED_LATER):
        body = (await execute(store, document, variables, None, viewer)).body
        assert "errors" not in body
    of_decisions = {text for text in vars(import_module("admin.pages.decisions.operations")).values() if isinstance(text, str)}
    asked = {document for document, _ in (*FIRST_PLANNED, *PLANNED_LATER)}
    assert asked == ({*asked_by_pages()} - of_decisions - FROM_THE_SCHEMA) | {recents.operation(1)}


def test_a_text_of_every_form_is_looked_up_at_start() -> None:
    forms = {WHOLE, PARTS, TEXTS, WHOLE + TEXTS, PARTS + TEXTS}
    assert {terms(typed).form for typed in OF_EACH_FORM} == forms
    for document in (LOOKUP, KEPT):
        planned = [variables["query"] for each, variables in (*FIRST_PLANNED, *PLANNED_LATER) if each == document]
        assert {terms(typed).form for typed in planned} == forms


@pytest.mark.parametrize("count", [1, recents.MOST_RECENT])
def test_so_many_recent_customers_are_asked_for(count: int) -> None:
    assert validate(SCHEMA, parse(recents.operation(count))) == []


async def test_the_detail_asks_for_whatever_a_kind_has_of_its_own(store: Store) -> None:
    touchpoint = assert_interface_type(SCHEMA.type_map["Touchpoint"])
    body = (await execute(store, rendering.NAMES, {}, None, Viewer("pages", scopes=frozenset({"playground"})))).body
    kinds = {kind["typeName"]: kind["fields"] for kind in body["data"]["touchpointKinds"]}
    assert set(kinds) == {type_.name for type_ in SCHEMA.get_possible_types(touchpoint)}
    for type_ in SCHEMA.get_possible_types(touchpoint):
        assert isinstance(type_, GraphQLObjectType)
        own = {name for name in type_.fields if name not in touchpoint.fields}
        if type_.name == "Order":  # an event type and pages of its own
            assert kinds["Order"] == []
            continue
        if type_.name == "Return":  # the page of its order has these
            own -= {"order", "lines"}
        assert {field["name"] for field in kinds[type_.name]} == own
        assert own == set() or validate(SCHEMA, parse(operations.own_fields(type_.name, kinds[type_.name]))) == []
