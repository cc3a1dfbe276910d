"""A document without what its viewer may not read: what a page asks, so that it shows the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from graphql import (
    REMOVE,
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLObjectType,
    GraphQLSchema,
    OperationDefinitionNode,
    TypeInfo,
    TypeInfoVisitor,
    VariableNode,
    Visitor,
    visit,
)

from resolvers.engine.errors import Forbidden
from resolvers.engine.planner import covering
from resolvers.engine.planner.fields import is_planned, reading_of
from resolvers.engine.planner.nullable import is_withheld_from_some
from resolvers.engine.planner.readings import Page
from resolvers.engine.planner.types import named, of_page

if TYPE_CHECKING:
    from graphql import GraphQLField, Node

    from resolvers.access.viewer import Viewer


def readable(schema: GraphQLSchema, document: DocumentNode, viewer: Viewer) -> DocumentNode | None:
    """Return the document without the fields that only others see; None where nothing is left of its operation."""
    info = TypeInfo(schema)
    left = cast("DocumentNode", visit(document, TypeInfoVisitor(info, Without(info, viewer))))
    return cleared(left)


def refused(viewer: Viewer, definition: GraphQLField) -> bool:
    """Tell whether a field answers this viewer with an error, or with null where everybody else has a value."""
    type_ = named(definition)
    thing = of_page(type_) if isinstance(type_, GraphQLObjectType) and "edges" in type_.fields else type_
    reading = reading_of(definition)
    try:
        covering.check_reader(viewer, thing)
        if isinstance(reading, Page):
            covering.narrowed(viewer, reading, thing)
        return covering.withheld(viewer, definition) and is_withheld_from_some(definition)
    except Forbidden:
        return True


class Without(Visitor):
    """Removes those fields."""

    def __init__(self, info: TypeInfo, viewer: Viewer) -> None:
        super().__init__()
        self._info = info
        self._viewer = viewer

    def enter_field(self, *_: Any) -> Any:
        definition = self._info.get_field_def()
        return REMOVE if definition is not None and is_planned(definition) and refused(self._viewer, definition) else None


class Cleared(Visitor):
    """Removes what has nothing left in it, or refers to what is gone, and fragments and variables that nothing uses."""

    def __init__(self, document: DocumentNode) -> None:
        super().__init__()
        self._spread = {node.name.value for node in found(document, FragmentSpreadNode)}
        self._defined = {node.name.value for node in found(document, FragmentDefinitionNode)}
        used = [node for definition in document.definitions for node in found(selections(definition), VariableNode)]
        self._used = {node.name.value for node in used}

    def enter_fragment_spread(self, node: FragmentSpreadNode, *_: Any) -> Any:
        return None if node.name.value in self._defined else REMOVE

    def enter_fragment_definition(self, node: FragmentDefinitionNode, *_: Any) -> Any:
        return None if node.name.value in self._spread else REMOVE

    def enter_variable_definition(self, node: Any, *_: Any) -> Any:
        return None if node.variable.name.value in self._used else REMOVE

    def leave_field(self, node: FieldNode, *_: Any) -> Any:
        return REMOVE if node.selection_set is not None and not node.selection_set.selections else None

    def leave_inline_fragment(self, node: Any, *_: Any) -> Any:
        return None if node.selection_set.selections else REMOVE

    def leave_fragment_definition(self, node: FragmentDefinitionNode, *_: Any) -> Any:
        return None if node.selection_set.selections else REMOVE


def cleared(document: DocumentNode) -> DocumentNode | None:
    while (left := cast("DocumentNode", visit(document, Cleared(document)))) != document:
        document = left
    (operation,) = (each for each in document.definitions if isinstance(each, OperationDefinitionNode))
    return document if operation.selection_set.selections else None


def selections(definition: Any) -> Node:
    return definition.selection_set


def found(node: Node, kind: Any) -> list[Any]:
    """Return all nodes of a kind below a node."""
    nodes: list[Any] = []

    class Finding(Visitor):
        def enter(self, each: Node, *_: Any) -> None:
            if isinstance(each, kind):
                nodes.append(each)

    visit(node, Finding())
    return nodes
