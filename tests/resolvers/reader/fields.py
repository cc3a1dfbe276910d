"""The table of the reader's fields: a GraphQL type and field to the function that gets its value."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.resolvers.reader.request import Request, Thing

Fetch = Callable[..., Any]
"""`fetch(thing, request, **arguments)`"""

FIELDS: dict[tuple[str, str], Fetch] = {}


def field(type_name: str, name: str) -> Callable[[Fetch], Fetch]:
    def note(fetch: Fetch) -> Fetch:
        FIELDS[type_name, name] = fetch
        return fetch

    return note


def properties(type_name: str, label: str, **names: str) -> None:
    """Note fields that are node properties, by GraphQL name: a statement for each."""
    for name, of_node in names.items():
        FIELDS[type_name, name] = one_property(label, of_node)


def one_property(label: str, name: str) -> Fetch:
    def fetch(thing: Thing, request: Request) -> Any:
        return request.value(f"MATCH (n:{label}) WHERE n.id = $p.id RETURN n.{name}", id=thing.id)

    return fetch
