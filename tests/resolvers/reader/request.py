"""One request of the reader: who asks, and statements that wait for their rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from resolvers.access.viewer import Viewer

Read = Callable[[Any, dict[str, Any]], list[list[Any]]]


class Refused(Exception):
    """What a client did wrong, with the code that it is told by."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


@dataclass(frozen=True, slots=True)
class Thing:
    """A node of the graph as a value: its GraphQL type and its raw id. The fields fetch what they need."""

    type_name: str
    id: str
    asked_for: str | None = None


@dataclass(slots=True)
class Request:
    """`read` runs one statement. The same statement with the same values runs once in a request."""

    read: Read
    viewer: Viewer
    node_types: frozenset[str]
    known: dict[str, list[list[Any]]] = field(default_factory=dict)

    def rows(self, statement: str, **parameters: Any) -> list[list[Any]]:
        key = f"{statement}{sorted(parameters.items())}"
        if key not in self.known:
            self.known[key] = self.read(statement, parameters)
        return self.known[key]

    def value(self, statement: str, **parameters: Any) -> Any:
        """Return the first value of the first row; None where there is no row."""
        rows = self.rows(statement, **parameters)
        return rows[0][0] if rows else None
