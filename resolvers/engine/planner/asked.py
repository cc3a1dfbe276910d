"""One request as the planner sees it: a valid operation, its coerced variables, who asks; and what binds arguments."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import TypeAlias

from graphql import GraphQLField, GraphQLObjectType, GraphQLSchema, OperationDefinitionNode, print_ast
from graphql.execution.collect_fields import FieldDetails, FragmentDetails, collect_subfields
from graphql.execution.values import VariableValues, get_argument_values

from graph.changes.following import NumberedChange
from resolvers.access.reads import Reads
from resolvers.access.viewer import Viewer
from resolvers.engine.limits.allowance import UNLIMITED, Allowance
from resolvers.engine.planner.fields import preparing, reading_of, texts_asked_by
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
    reads: Reads = field(default_factory=Reads)
    allowance: Allowance = UNLIMITED
    change: NumberedChange | None = None
    _prepared: dict[int, Given] = field(default_factory=dict[int, Given])

    @property
    def root_type(self) -> GraphQLObjectType:
        """The type whose fields the operation begins with: that of queries, mutations or subscriptions."""
        type_ = self.schema.get_root_type(self.operation.operation)
        if type_ is None:
            raise AssertionError("validation lets no operation through for which the schema has no type")
        return type_

    def arguments(self, definition: GraphQLField, details: FieldDetails) -> Given:
        """Return the coerced arguments, prepared as the field's reading wants; raise GraphQLError for one that does not fit."""
        if not definition.args:
            return Given({}, self.viewer)
        node, of_fragment = details.node, details.fragment_variable_values
        prepare = preparing(definition)
        if prepare is None:
            return Given(get_argument_values(definition, node, self.variables, of_fragment), self.viewer)
        if of_fragment is not None or id(node) not in self._prepared:
            values = get_argument_values(definition, node, self.variables, of_fragment)
            self._prepared[id(node)] = prepare(Given(values, self.viewer))
        return self._prepared[id(node)]

    def searched(self, details: Details) -> list[str]:
        """Return the texts by which a root field was asked, as they were given."""
        definition = self.root_type.fields[details[0].node.name.value]
        given = get_argument_values(definition, details[0].node, self.variables, details[0].fragment_variable_values)
        return texts_asked_by(definition.args, given)

    def fields(self, type_: GraphQLObjectType, details: Details) -> dict[str, Details]:
        """Return the fields selected on one concrete type, by response key."""
        return collect_subfields(self.schema, self.fragments, self.variables, self.operation, type_, details).grouped_field_set


@dataclass(slots=True)
class Binder:
    """Turns one field's arguments into what its reading needs, under names that end in its number."""

    bind: Callable[[Given], Parameters]
    definition: GraphQLField
    details: FieldDetails
    number: int
    pure: bool
    written: bool = field(init=False)
    _arguments: Given | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        self.written = not any("$" in print_ast(argument) for argument in self.details.node.arguments or ())

    @property
    def varies(self) -> bool:
        """Whether what is bound can change: by variables, or where not `pure` also by who asks and when."""
        return not self.pure or not self.written

    def __call__(self, asked: Asked) -> Parameters:
        given = self.bind(self._given(asked))
        return {f"{name}_{self.number}": value for name, value in given.items()}

    def _given(self, asked: Asked) -> Given:
        """Return the arguments; those that are written out are coerced once, but for what their meaning is worked out."""
        if not self.written or preparing(self.definition) is not None:
            return asked.arguments(self.definition, self.details)
        if self._arguments is None:
            self._arguments = asked.arguments(self.definition, self.details)
        return Given(self._arguments, asked.viewer)


def taking(forms: list[Binder], definition: GraphQLField, details: FieldDetails) -> Binder:
    """Return what binds a field's arguments for its form, one for all concrete types that share the field; keep a new one."""
    for known in forms:
        at_one = known.details.node is details.node
        same = at_one and known.details.fragment_variable_values is details.fragment_variable_values
        if same and reading_of(known.definition) is reading_of(definition):
            return known
    forms.append(Binder(lambda told: {"given": dict(told)}, definition, details, len(forms), pure=True))
    return forms[-1]


@dataclass(frozen=True, slots=True)
class Chooser:
    """Tells of what form one field's arguments are, by which its reading was chosen."""

    form: Callable[[Given], Hashable]
    definition: GraphQLField
    details: FieldDetails

    def __call__(self, asked: Asked) -> Hashable:
        return self.form(asked.arguments(self.definition, self.details))
