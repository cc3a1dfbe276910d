"""How large a document may be, seen in one walk that ends at the first limit, before anything is validated."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import cast

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
)

MOST_CHARACTERS = 64_000
MOST_TOKENS = 2_500
MOST_SELECTIONS = 1_000
"""Fields and fragments of a document, each as often as it is spread."""
MOST_ROOT_FIELDS = 20
MOST_ALIASES = 60
MOST_DIRECTIVES = 60
MOST_REPEATS = 20
"""How often one selection set may select one response key: validation compares each pair."""
MOST_ARGUMENTS = 30
MOST_VARIABLES = 100
MOST_INTROSPECTIONS = 5
MOST_INTROSPECTED = 400
DEEPEST = 25
INTROSPECTION = frozenset({"__schema", "__type"})


class TooLarge(Exception):
    """What a document has too much of, as a sentence for its author."""


@dataclass(slots=True)
class Shape:
    """What has been seen of a document so far; `introspections` are fields that ask for the schema."""

    fragments: dict[str, FragmentDefinitionNode]
    selections: int = 0
    aliases: int = 0
    directives: int = 0
    introspections: int = 0
    introspected: int = 0
    _spread: list[str] = field(default_factory=list[str])

    @property
    def introspects(self) -> bool:
        return self.introspections > 0

    def root(self, selections: SelectionSetNode) -> None:
        keys = Counter[str]()
        self._walk(selections, 1, keys, introspecting=False)
        _hold(sum(keys.values()), MOST_ROOT_FIELDS, "root fields in one operation")

    def part(self, selections: SelectionSetNode) -> None:
        """Walk a fragment by itself, which validation does too, whether it is spread or not."""
        self._walk(selections, 1, Counter[str](), introspecting=False)

    def _walk(self, selections: SelectionSetNode, depth: int, keys: Counter[str], *, introspecting: bool) -> None:
        _hold(depth, DEEPEST, "fields and fragments nested in each other")
        for node in selections.selections:
            self._count(node, introspecting)
            if isinstance(node, FieldNode):
                self._field(node, depth, keys, introspecting)
            else:
                for inner in self._of_fragment(node):
                    self._walk(inner, depth + 1, keys, introspecting=introspecting)

    def _count(self, node: SelectionNode, introspecting: bool) -> None:
        self.selections += 1
        self.directives += len(node.directives or ())
        self.introspected += introspecting
        _hold(self.selections, MOST_SELECTIONS, "fields and fragments")
        _hold(self.directives, MOST_DIRECTIVES, "directives")
        _hold(self.introspected, MOST_INTROSPECTED, "fields about the schema")

    def _field(self, node: FieldNode, depth: int, keys: Counter[str], introspecting: bool) -> None:
        key = (node.alias or node.name).value
        keys[key] += 1
        self.aliases += node.alias is not None
        begins = node.name.value in INTROSPECTION
        self.introspections += begins
        _hold(keys[key], MOST_REPEATS, "repeats of one field")
        _hold(len(node.arguments or ()), MOST_ARGUMENTS, "arguments of one field")
        _hold(self.aliases, MOST_ALIASES, "aliases")
        _hold(self.introspections, MOST_INTROSPECTIONS, "fields of `__schema` or `__type`")
        if node.selection_set is not None:
            self._walk(node.selection_set, depth + 1, Counter[str](), introspecting=introspecting or begins)

    def _of_fragment(self, node: SelectionNode) -> Iterator[SelectionSetNode]:
        if isinstance(node, InlineFragmentNode):
            yield node.selection_set
            return
        name = cast("FragmentSpreadNode", node).name.value
        # A fragment that spreads itself, or one that is not there, is for validation to refuse.
        if name in self.fragments and name not in self._spread:
            self._spread.append(name)
            yield self.fragments[name].selection_set
            self._spread.pop()


def shape_of(document: DocumentNode) -> Shape:
    """Return what the operations of a document consist of; raises TooLarge where a limit is passed."""
    fragments = {each.name.value: each for each in document.definitions if isinstance(each, FragmentDefinitionNode)}
    shape, parts = Shape(fragments), Shape(fragments)
    for each in document.definitions:
        if isinstance(each, OperationDefinitionNode):
            _hold(len(each.variable_definitions or ()), MOST_VARIABLES, "variables")
            shape.root(each.selection_set)
        elif isinstance(each, FragmentDefinitionNode):
            parts.part(each.selection_set)
    return shape


def _hold(number: int, most: int, what: str) -> None:
    if number > most:
        raise TooLarge(f"The document has more than {most} {what}. Ask for less, or in several requests.")
