"""One request as the planner sees it: a valid operation, its coerced variables, who asks; and what binds arguments."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from graphql import GraphQLField, GraphQLObjectType, GraphQLSchema, OperationDefinitionNode, print_ast
from graphql.execution.collect_fields import FieldDetails, FragmentDetails, collect_subfields
from graphql.execution.values import VariableValues, get_argument_values

from resolvers.access.viewer import Viewer
from resolvers.engine.planner.readings import Given, Parameters

Details: TypeAlias = list[FieldDetails]
"""The nodes of a document that one response key stands for."""


@dataclass(frozen=True, slots=True)
class Asked:
    schema: GraphQLSchema
    operation: OperationDefinitionNode
    fragments: dict[str, FragmentDetails]
    variables: VariableValues
    viewer: Viewer

    @property
    def root_type(self) -> GraphQLObjectType:
        """The type whose fields the operation begins with: that of queries, mutations or subscriptions."""
        type_ = self.schema.get_root_type(self.operation.operation)
        if type_ is None:
            raise AssertionError("validation lets no operation through for which the schema has no type")
        return type_

    def arguments(self, definition: GraphQLField, details: FieldDetails) -> Given:
        """Return the coerced arguments; raise GraphQLError for one that does not fit."""
        if not definition.args:
            return Given({}, self.viewer)
        values = get_argument_values(definition, details.node, self.variables, details.fragment_variable_values)
        return Given(values, self.viewer)

    def fields(self, type_: GraphQLObjectType, details: Details) -> dict[str, Details]:
        """Return the fields selected on one concrete type, by response key."""
        return collect_subfields(self.schema, self.fragments, self.variables, self.operation, type_, details).grouped_field_set


@dataclass(frozen=True, slots=True)
class Binder:
    """Turns one field's arguments into what its reading needs, under names that end in its number."""

    bind: Callable[[Given], Parameters]
    definition: GraphQLField
    details: FieldDetails
    number: int

    @property
    def varies(self) -> bool:
        """Whether variables can change what is bound."""
        return any("$" in print_ast(argument) for argument in self.details.node.arguments or ())

    def __call__(self, asked: Asked) -> Parameters:
        given = self.bind(asked.arguments(self.definition, self.details))
        return {f"{name}_{self.number}": value for name, value in given.items()}
