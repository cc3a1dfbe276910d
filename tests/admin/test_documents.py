"""The operations of the pages fit the schema."""

from __future__ import annotations

import pytest
from graphql import build_schema, parse, validate

from admin import documents
from graph.store import Store
from resolvers.execution import execute
from resolvers.viewer import Viewer
from tests.admin.test_rendering import ROOM

SCHEMA = build_schema((ROOM.parent / "resolvers" / "schema.graphql").read_text("utf-8"))
OPERATIONS = ("LOOKUP", "CUSTOMER", "TIMELINE", "ORDERS", "CHOICES")


@pytest.mark.parametrize("name", OPERATIONS)
def test_an_operation_is_valid(name: str) -> None:
    assert validate(SCHEMA, parse(getattr(documents, name))) == []


async def test_what_is_planned_at_start_is_answered_and_is_every_planned_operation(store: Store) -> None:
    viewer = Viewer("pages", roles=frozenset({"admin"}))
    for document, variables in documents.PLANNED_AT_START:
        body = (await execute(store, document, variables, None, viewer)).body
        assert "errors" not in body
    asked = {document for document, _ in documents.PLANNED_AT_START}
    assert asked == {getattr(documents, name) for name in OPERATIONS} - {documents.CHOICES}
