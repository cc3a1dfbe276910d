"""Every type of change that is noted anywhere can be chosen."""

from __future__ import annotations

import ast
from pathlib import Path

import graph
from graph.changes.types import CHANGE_TYPES

VARIES = {"{}.added": ("order", "touchpoint"), "{}.changed": ("order", "touchpoint", "store", "product")}
"""Types of which a part is computed, and what stands for it."""


def noted() -> set[str]:
    """Return the types, with `{}` for what is computed, of all changes that stand in the code."""
    found: set[str] = set()
    for path in Path(graph.__path__[0]).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Change":
                found |= spellings(node.args[1])
    return found


def spellings(type_: ast.expr) -> set[str]:
    if isinstance(type_, ast.Constant):
        return {str(type_.value)}
    if isinstance(type_, ast.JoinedStr):
        words = {"{}" + part.value for part in type_.values if isinstance(part, ast.Constant)}
        choices = [part.value for part in type_.values if isinstance(part, ast.FormattedValue)]
        chosen = {each.value for value in choices for each in ast.walk(value) if isinstance(each, ast.Constant) and each.value}
        return {f"{{}}.{each}" for each in chosen if each in ("added", "changed")} or words
    return set()


def test_what_is_noted_is_listed() -> None:
    spelt = {noun + each.removeprefix("{}") for each in noted() for noun in VARIES.get(each, ("",))}
    assert spelt - set(CHANGE_TYPES) == set()
    assert {"customer.merged", "order.added", "touchpoint.changed", "product.changed", "consent.changed"} <= spelt | {
        "customer.merged"
    }
    assert list(CHANGE_TYPES) == sorted(CHANGE_TYPES)
