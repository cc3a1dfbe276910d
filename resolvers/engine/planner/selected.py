"""Fields as they are selected, and where their rows stand."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from graphql import GraphQLField, GraphQLObjectType, print_ast

if TYPE_CHECKING:
    from graph.reads.tree import Nested
    from resolvers.engine.planner.asked import Details


@dataclass(frozen=True, slots=True)
class Selected:
    """One field of a selection: on which concrete type, its definition, its nodes in the document."""

    owner: GraphQLObjectType
    definition: GraphQLField
    details: Details

    @property
    def key(self) -> tuple[str, ...]:
        """What tells two readings of one field apart: the response key and the arguments as written."""
        node = self.details[0].node
        return (node.alias or node.name).value, *map(print_ast, node.arguments or ())


@dataclass(slots=True)
class Placed:
    """Where a reading's rows are in a row, the number its names got, and the concrete types that select it."""

    slot: int
    number: int
    rows: Nested
    owners: set[str] = field(default_factory=set[str])
