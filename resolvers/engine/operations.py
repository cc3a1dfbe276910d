"""Operations that have been parsed and validated before, with the plans they were given: kept by text and name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    GraphQLError,
    ListTypeNode,
    NamedTypeNode,
    NonNullTypeNode,
    OperationDefinitionNode,
    OperationType,
    TypeNode,
    parse,
    validate,
)
from graphql.execution.collect_fields import FieldDetails, FragmentDetails

from graph.errors import Customer360Error
from resolvers.engine import ids
from resolvers.engine.errors import MOST_ERRORS, RequestRefused
from resolvers.engine.kept import Kept, bytes_of
from resolvers.engine.limits.allowance import UNLIMITED, Allowance
from resolvers.engine.limits.cost import Costs
from resolvers.engine.limits.shape import MOST_CHARACTERS, MOST_TOKENS, Shape, TooLarge, shape_of
from resolvers.engine.limits.statements import Statements
from resolvers.engine.planner.answers import Answer
from resolvers.engine.planner.asked import Asked, Chooser, Details
from resolvers.engine.planner.fields import is_planned
from resolvers.engine.planner.plan import Plan, answer, make_plan

if TYPE_CHECKING:
    from graphql import GraphQLSchema
    from graphql.execution.values import VariableValues

    from graph.changes.following import NumberedChange
    from graph.store import Store
    from resolvers.access.reads import Reads
    from resolvers.access.viewer import Viewer

MOST_PLANS = 50
ABSENT = object()


@dataclass(slots=True)
class Operation:
    """A valid operation. `sole` is its root field, if there is just one, which is planned and unconditional."""

    schema: GraphQLSchema
    document: DocumentNode
    definition: OperationDefinitionNode
    fragments: dict[str, FragmentDetails]
    sole: tuple[str, Details] | None
    introspects: bool
    statements: Statements
    plans: dict[Any, Plan] = field(default_factory=dict[Any, Plan])
    choices: dict[Any, Sequence[Chooser]] = field(default_factory=dict[Any, "Sequence[Chooser]"])
    costs: dict[Any, int] = field(default_factory=dict[Any, int])

    @property
    def name(self) -> str:
        return self.definition.name.value if self.definition.name else ""

    def asked(
        self,
        variables: VariableValues,
        viewer: Viewer,
        reads: Reads,
        allowance: Allowance = UNLIMITED,
        change: NumberedChange | None = None,
    ) -> Asked:
        return Asked(self.schema, self.definition, self.fragments, variables, viewer, reads, allowance, change)

    @property
    def follows(self) -> bool:
        """Whether it is a subscription."""
        return self.definition.operation is OperationType.SUBSCRIPTION

    def cost(self, variables: VariableValues) -> int:
        """Return what the operation costs with these variables, in the units of `limits/cost.py`."""
        sizes = tuple(size(value) for value in variables.coerced.values())
        if sizes not in self.costs:
            if len(self.costs) >= MOST_PLANS:
                self.costs.clear()
            fragments = {name: each.definition for name, each in self.fragments.items()}
            self.costs[sizes] = Costs(self.schema, fragments, variables.coerced).of(self.definition)
        return self.costs[sizes]

    async def answer(self, store: Store, asked: Asked, key: str, details: Details) -> tuple[dict[str, Any], bool]:
        """Return a root field as `{response key: value}`, and whether that is the response or an Answer to be walked."""
        try:
            plan, parameters = self.plan(asked, key, details)
            if plan.statement is not None:
                if not self.statements.knows(plan.statement.text):
                    asked.allowance.plan()
                self.statements.know(plan.statement.text)
            async with asked.allowance.turn():
                return await answer(store, plan, parameters, asked, details, alone=self.sole is not None)
        except Exception as error:  # one of ours is shown, any other is masked, where errors are shown
            return Answer(asked.root_type.name, {key: error}), False

    def plan(self, asked: Asked, key: str, details: Details) -> tuple[Plan, dict[str, Any]]:
        """Return the plan of a root field for this shape of variables, these roles and their policy, and its parameters."""
        shape = (key, asked.viewer.grants, asked.viewer.policy, *self._shapes(asked.variables))
        try:
            plan = self.plans.get((shape, *(form(asked) for form in self.choices.get(shape, ()))))
            if plan is not None:
                return plan, plan.bind(asked)
        except Customer360Error:
            pass  # an argument that cannot be used: the plan for this once puts the error in its place
        plan = make_plan(asked, key, details)
        if plan.reusable:
            if len(self.plans) >= MOST_PLANS:
                self.plans.clear()
                self.choices.clear()
            self.choices[shape] = plan.choices
            self.plans[shape, *(form(asked) for form in plan.choices)] = plan
        return plan, plan.bind(asked)

    def _shapes(self, variables: VariableValues) -> list[Any]:
        """Return what a plan may depend on of each variable: is it there, is it null, which switch, which type of node."""
        shapes: list[Any] = []
        for definition in self.definition.variable_definitions or ():
            value = variables.coerced.get(definition.variable.name.value, ABSENT)
            of_type = type_name_of(definition.type)
            shapes.append(self._node_type(value) if of_type == "ID" else shape(value))
        return shapes

    def _node_type(self, value: Any) -> Any:
        try:
            type_name = ids.decode(value).type_name if isinstance(value, str) else shape(value)
        except Customer360Error:
            return "given"
        return type_name if type_name in self.schema.type_map else shape(value)


class Operations:
    """The operations of a schema by text and name."""

    def __init__(self, schema: GraphQLSchema) -> None:
        self.schema = schema
        self._statements = Statements()
        self.kept: Kept[tuple[str, str | None], Operation] = Kept()

    def knows(self, text: str, name: str | None) -> bool:
        """Return whether an operation is kept; what was refused is not."""
        return (text, name) in self.kept

    def get(self, text: str, name: str | None, *, suggesting: bool = True) -> Operation:
        """Return the operation; raise RequestRefused if the text is no valid document or has no such operation.

        `suggesting` names in what is refused similar names that there are.
        """
        if len(text) > MOST_CHARACTERS:
            message = f"A document has at most {MOST_CHARACTERS} characters. Send long values as variables."
            raise RequestRefused("GRAPHQL_PARSE_FAILED", [GraphQLError(message)])
        key = (text, name)
        operation = self.kept.get(key)
        if operation is None:
            operation = self._prepared(text, name, suggesting)
            self.kept.keep(key, operation, bytes_of(text, operation.document))
        return operation

    def _prepared(self, text: str, name: str | None, suggesting: bool) -> Operation:
        try:
            document = parse(text, max_tokens=MOST_TOKENS)
        except GraphQLError as error:
            raise RequestRefused("GRAPHQL_PARSE_FAILED", [error]) from None
        shape = self._valid(document, suggesting)
        definition = self._chosen(document, name)
        fragments = {
            each.name.value: FragmentDetails(each) for each in document.definitions if isinstance(each, FragmentDefinitionNode)
        }
        sole = self._sole(definition)
        return Operation(self.schema, document, definition, fragments, sole, shape.introspects, self._statements)

    def _valid(self, document: DocumentNode, suggesting: bool) -> Shape:
        try:
            shape = shape_of(document)
        except TooLarge as error:
            raise RequestRefused("GRAPHQL_VALIDATION_FAILED", [GraphQLError(str(error))]) from None
        if errors := validate(self.schema, document, max_errors=MOST_ERRORS, hide_suggestions=not suggesting):
            raise RequestRefused("GRAPHQL_VALIDATION_FAILED", errors[:MOST_ERRORS])
        return shape

    def _chosen(self, document: DocumentNode, name: str | None) -> OperationDefinitionNode:
        operations = [each for each in document.definitions if isinstance(each, OperationDefinitionNode)]
        if name is not None:
            operations = [each for each in operations if each.name and each.name.value == name]
        if len(operations) != 1:
            several, none = "Name one of the operations in `operationName`.", "The document has no such operation."
            raise RequestRefused("OPERATION_NOT_FOUND", [GraphQLError(several if operations else none)])
        return operations[0]

    def _sole(self, definition: OperationDefinitionNode) -> tuple[str, Details] | None:
        selections = definition.selection_set.selections
        node = selections[0]
        root = self.schema.get_root_type(definition.operation)
        if definition.directives or len(selections) != 1:
            return None
        if not isinstance(node, FieldNode) or node.directives or root is None:
            return None
        root_field = root.fields.get(node.name.value)
        if root_field is None or not is_planned(root_field):
            return None
        return (node.alias or node.name).value, [FieldDetails(node, None)]


def shape(value: Any) -> Any:
    """Return what all values have in common that lead to one plan."""
    if value is None or value is ABSENT:
        return value
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, dict):
        members = cast("dict[str, Any]", value)
        return tuple((name, shape(member)) for name, member in sorted(members.items()))
    return "given"


def size(value: Any) -> Any:
    """Return what the cost of an operation depends on of a variable: a number, or the numbers in an input."""
    if isinstance(value, dict):
        return tuple((name, size(member)) for name, member in sorted(cast("dict[str, Any]", value).items()))
    return value if isinstance(value, int) else None


def type_name_of(node: TypeNode) -> str:
    while isinstance(node, ListTypeNode | NonNullTypeNode):
        node = node.type
    return cast("NamedTypeNode", node).name.value
