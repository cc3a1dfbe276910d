"""The operations of the pages fit the schema."""

from __future__ import annotations

import pytest
from graphql import build_schema, parse, validate

from admin import documents
from tests.admin.test_rendering import ROOM

SCHEMA = build_schema((ROOM.parent / "resolvers" / "schema.graphql").read_text("utf-8"))
OPERATIONS = ("LOOKUP", "CUSTOMER", "TIMELINE", "ORDERS", "CHOICES")


@pytest.mark.parametrize("name", OPERATIONS)
def test_an_operation_is_valid(name: str) -> None:
    assert validate(SCHEMA, parse(getattr(documents, name))) == []
