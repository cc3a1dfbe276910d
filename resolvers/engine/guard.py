"""How deep a document may be, seen in one pass that visits every fragment once."""

from __future__ import annotations

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
)

DEEPEST = 25


def guard(document: DocumentNode) -> list[GraphQLError]:
    """Return what speaks against even validating a document."""
    fragments = {each.name.value: each for each in document.definitions if isinstance(each, FragmentDefinitionNode)}
    depths: dict[str, int] = {}

    def depth(selections: SelectionSetNode | None) -> int:
        deepest = 0
        for node in selections.selections if selections else ():
            if isinstance(node, FragmentSpreadNode):
                deepest = max(deepest, fragment_depth(node.name.value))
            elif isinstance(node, FieldNode):
                deepest = max(deepest, depth(node.selection_set) + 1)
            elif isinstance(node, InlineFragmentNode):
                deepest = max(deepest, depth(node.selection_set))
        return deepest

    def fragment_depth(name: str) -> int:
        if name not in depths:
            depths[name] = 0  # a fragment that spreads itself is for validation to refuse
            depths[name] = depth(fragments[name].selection_set) if name in fragments else 0
        return depths[name]

    return [
        GraphQLError(f"The operation is nested deeper than {DEEPEST} fields.", operation)
        for operation in document.definitions
        if isinstance(operation, OperationDefinitionNode) and depth(operation.selection_set) > DEEPEST
    ]
