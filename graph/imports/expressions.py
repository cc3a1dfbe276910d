"""Expressions of a mapping file: a tree of constants, `$columns` and `$operations`, compiled once, run per row.

A value that is empty (no cell, spaces only, NaN) is left out of the event, and so is an object or a list
whose columns are all empty: one optional phone column needs no condition.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

from graph.imports import transforms
from graph.imports.evaluation import NOTHING, Expression, Row
from graph.imports.operations import OPERATIONS
from graph.imports.row_filters import row_filter

POSITION = "@position"
"""The column that every row has: its place in its group, from 1."""
MODIFIED = "@modified"
"""The column that every row has: when its file was changed last, for exports that tell no time."""


def compile_expression(node: object, where: str) -> Expression:
    """Compile one node of the YAML tree; ValueError names the place and what is wrong there."""
    if isinstance(node, Mapping):
        fields = _fields(cast("Mapping[object, object]", node))
        operation = next((key for key in fields if key.startswith("$")), None)
        return _object(fields, where) if operation is None else _operation(operation, fields, where)
    if isinstance(node, list):
        return _list(cast("list[object]", node), where)
    if isinstance(node, str) and node.startswith("$"):
        return _constant(node[1:]) if node.startswith("$$") else _column(node[1:], where)
    return _constant(node)


def compile_fields(node: object, where: str) -> Expression:
    """Compile the top of an event's data: an object that stays, also when all its columns are empty."""
    if not isinstance(node, Mapping):
        raise ValueError(f"{where}: must be an object of fields")
    return _object(_fields(cast("Mapping[object, object]", node)), where, always=True)


def _fields(node: Mapping[object, object]) -> dict[str, object]:
    return {str(key): child for key, child in node.items()}


def _constant(value: object) -> Expression:
    return Expression(lambda _rows, _index: value, constant=True)


def _column(name: str, where: str) -> Expression:
    if name == POSITION:
        return Expression(lambda _, index: index + 1)
    if not name or (name.startswith("@") and name != MODIFIED):
        raise ValueError(f"{where}: `${name}` names no column; write `$$` for a text that begins with a dollar sign")
    name = unicodedata.normalize("NFC", name)
    return Expression(lambda rows, index: transforms.present(rows[index].get(name)), frozenset({name}))


def _leaf(node: object, where: str) -> Expression:
    """A column as it stands in an event is text; an operation has its own result."""
    compiled = compile_expression(node, where)
    if isinstance(node, str) and compiled.head:
        raw = compiled.evaluate
        return Expression(lambda rows, index: transforms.text(raw(rows, index)), compiled.head)
    return compiled


def _columns(children: Iterable[Expression]) -> tuple[frozenset[str], frozenset[str]]:
    known = list(children)
    return NOTHING.union(*(child.head for child in known)), NOTHING.union(*(child.inner for child in known))


def _object(fields: Mapping[str, object], where: str, *, always: bool = False) -> Expression:
    children = {name: _leaf(child, f"{where}.{name}") for name, child in fields.items()}
    constants = {name: child.evaluate([], 0) for name, child in children.items() if child.constant}
    varying = [(name, child.evaluate) for name, child in children.items() if not child.constant]

    def evaluate(rows: Sequence[Row], index: int) -> dict[str, Any] | None:
        found = {name: value for name, child in varying if (value := child(rows, index)) is not None}
        return {**constants, **found} if found or always or not varying else None

    head, inner = _columns(children.values())
    return Expression(evaluate, head, inner, constant=not varying)


def _list(nodes: Sequence[object], where: str) -> Expression:
    children = [_leaf(child, f"{where}[{index}]") for index, child in enumerate(nodes)]
    parts = [(child.evaluate, isinstance(node, Mapping) and "value" in node) for node, child in zip(nodes, children, strict=True)]

    def evaluate(rows: Sequence[Row], index: int) -> list[Any] | None:
        items: list[Any] = []
        for part, by_value in parts:
            if (found := part(rows, index)) is not None:
                items += _by_value(found) if by_value else (found,)
        return items or None

    head, inner = _columns(children)
    return Expression(evaluate, head, inner, constant=all(child.constant for child in children))


def _by_value(found: dict[str, Any]) -> list[dict[str, Any]]:
    """Return an identifier for each of its values: none says nothing, however it is marked, and a list is several."""
    value: object = found.get("value")
    if not isinstance(value, list):
        return [] if value is None else [found]
    told = (transforms.text(transforms.present(each)) for each in cast("list[object]", value))
    return [{**found, "value": each} for each in told if each is not None]


def _operation(name: str, fields: Mapping[str, object], where: str) -> Expression:
    operation = OPERATIONS.get(name)
    if operation is None:
        raise ValueError(f"{where}: there is no operation {name}; there are {', '.join(OPERATIONS)}")
    options = {key: value for key, value in fields.items() if key != name}
    unknown = options.keys() - operation.options
    if unknown:
        raise ValueError(f"{where}: {name} does not take {', '.join(sorted(unknown))}; it takes {sorted(operation.options)}")
    given = fields[name]
    if operation.many and not isinstance(given, list):
        raise ValueError(f"{where}: {name} takes a list")
    nodes: list[object] = cast("list[object]", given) if operation.many else [given]
    arguments = [compile_expression(node, f"{where}.{name}") for node in nodes]
    try:
        evaluate = operation.build(arguments, options)
    except ValueError as problem:
        raise ValueError(f"{where}: {name}: {problem}") from None
    head, inner = _columns(arguments)
    inner |= row_filter(options["where"]).columns if "where" in options else NOTHING
    return Expression(evaluate, NOTHING, head | inner) if operation.over_group else Expression(evaluate, head, inner)
