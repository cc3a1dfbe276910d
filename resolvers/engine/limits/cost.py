"""What an operation costs the database, reckoned from its document and variables before anything runs.

A thing that is read costs 1, a statement, a count and a write cost more; what stands in a list counts as often as the list
can have items: `first` of them where the field says how many, LIST where it does not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from graphql import (
    FieldNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    ObjectValueNode,
    OperationType,
    SelectionSetNode,
    ValueNode,
    VariableNode,
)

from resolvers.engine.cursors import MOST
from resolvers.engine.limits.shape import INTROSPECTION

if TYPE_CHECKING:
    from graphql import FragmentDefinitionNode, OperationDefinitionNode

STATEMENT, COUNT, WRITE, SCHEMA = 10, 10, 50, 1_000
LIST = 10
"""How many items are reckoned for a list that does not say how many it has."""
MOST_COST = 20_000
FIRST, INPUT, COUNTING = "first", "input", "totalCount"

Variables = Mapping[str, Any]
Composite = GraphQLObjectType | GraphQLInterfaceType


@dataclass(frozen=True, slots=True)
class Costs:
    """Reckons one operation with the coerced values of its variables."""

    schema: GraphQLSchema
    fragments: Mapping[str, FragmentDefinitionNode]
    variables: Variables

    def of(self, operation: OperationDefinitionNode) -> int:
        root = self.schema.get_root_type(operation.operation)
        writes = operation.operation is OperationType.MUTATION
        return sum(
            SCHEMA if node.name.value in INTROSPECTION else self._field(type_, node, 0) + STATEMENT + WRITE * writes
            for type_, node in self._fields(root, operation.selection_set)
        )

    def _below(self, type_: GraphQLNamedType, selections: SelectionSetNode, page: int) -> int:
        return sum(self._field(of_type, node, page) for of_type, node in self._fields(type_, selections))

    def _field(self, type_: GraphQLNamedType, node: FieldNode, page: int) -> int:
        """Return the cost of one field; `page` is how many items its parent was asked for, 0 where it was not."""
        definition = cast("Composite", type_).fields.get(node.name.value)
        if definition is None or node.selection_set is None:
            return COUNT if node.name.value == COUNTING else 0
        named = self.schema.type_map[str(definition.type).strip("[]!")]
        items = (page or LIST) if str(definition.type).startswith("[") else 1
        return items * (1 + self._below(named, node.selection_set, self._asked(definition, node)))

    def _fields(self, type_: GraphQLNamedType | None, selections: SelectionSetNode) -> Iterator[tuple[Any, FieldNode]]:
        for node in selections.selections:
            if isinstance(node, FieldNode):
                yield type_, node
                continue
            part = self.fragments[node.name.value] if isinstance(node, FragmentSpreadNode) else cast("InlineFragmentNode", node)
            named = self.schema.type_map[part.type_condition.name.value] if part.type_condition else type_
            yield from self._fields(named, part.selection_set)

    def _asked(self, definition: GraphQLField, node: FieldNode) -> int:
        """Return how many items a field is asked for, 0 where it takes no such argument."""
        for argument in node.arguments or ():
            if argument.name.value == FIRST:
                return self._number(argument.value, MOST)
            if argument.name.value == INPUT:
                return self._number(self._member(argument.value), 0)
        return int(definition.args[FIRST].default_value or MOST) if FIRST in definition.args else 0

    def _member(self, node: ValueNode) -> Any:
        if isinstance(node, ObjectValueNode):
            return next((each.value for each in node.fields if each.name.value == FIRST), None)
        given = self.variables.get(node.name.value) if isinstance(node, VariableNode) else None
        return cast("Variables", given).get(FIRST) if isinstance(given, Mapping) else None

    def _number(self, value: Any, without: int) -> int:
        if isinstance(value, VariableNode):
            value = self.variables.get(value.name.value)
        number = int(value.value) if isinstance(value, IntValueNode) else value
        return min(max(number, 0), MOST) if isinstance(number, int) else without
