"""What a transaction may run twice has no effect outside of it: no function of one changes what stands around it."""

from __future__ import annotations

import ast
from pathlib import Path

import api
import bench
import demo
import graph
import resolvers

CHANGING = {
    "add", "append", "appendleft", "clear", "discard", "extend", "insert", "pop", "popleft", "remove", "set", "set_result",
    "setdefault", "subtract", "update",
}  # fmt: skip
WITHIN = {"Transaction", "Table", "Unit"}
"""Types of what a function of a transaction is given."""


def functions_of_transactions(tree: ast.AST) -> list[ast.AsyncFunctionDef]:
    """Return the functions that stand inside another one and are given a transaction."""
    return [
        inner
        for outer in ast.walk(tree)
        if isinstance(outer, ast.FunctionDef | ast.AsyncFunctionDef)
        for inner in ast.walk(outer)
        if inner is not outer and isinstance(inner, ast.AsyncFunctionDef) and WITHIN & types_given(inner)
    ]


def types_given(function: ast.AsyncFunctionDef) -> set[str]:
    return {ast.unparse(argument.annotation).strip("'\"") for argument in function.args.args if argument.annotation}


def effects_outside(function: ast.AsyncFunctionDef) -> list[str]:
    """Return where the function changes a variable around it, or a value that it does not make or get from the transaction."""
    defaults = len(function.args.defaults)
    arguments = function.args.args
    # A default is bound from outside.
    own = {argument.arg for argument in arguments[: len(arguments) - defaults]}
    own |= {node.id for node in ast.walk(function) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    return [
        ast.unparse(node)
        for node in ast.walk(function)
        if isinstance(node, ast.Nonlocal | ast.Global) or ((changed := changed_by(node)) and root_of(changed) not in own)
    ]


def changed_by(node: ast.AST) -> ast.expr | None:
    """Return what a call of a changing method, or an assignment to a part, changes."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CHANGING:
        return node.func.value
    part = isinstance(node, ast.Attribute | ast.Subscript) and isinstance(node.ctx, ast.Store | ast.Del)
    return node if part else None


def root_of(node: ast.expr) -> str | None:
    while isinstance(node, ast.Attribute | ast.Subscript):
        node = node.value
    return node.id if isinstance(node, ast.Name) else None


def test_no_function_of_a_transaction_changes_what_stands_around_it() -> None:
    rooms = [Path(room.__path__[0]) for room in (api, bench, demo, graph, resolvers)]
    found = {
        f"{path.parent.name}/{path.name} {function.name}": effects
        for room in rooms
        for path in room.rglob("*.py")
        for function in functions_of_transactions(ast.parse(path.read_text("utf-8")))
        if (effects := effects_outside(function))
    }
    assert found == {}


def test_the_rule_sees_what_it_is_about() -> None:
    tree = ast.parse("""
def outer():
    seen, count, state = set(), 0, {}
    async def work(transaction: Transaction, seen=seen):
        nonlocal count
        mine = []
        mine.append(1)
        seen.update(mine)
        state["a"] = count
""")
    [work] = functions_of_transactions(tree)
    assert effects_outside(work) == ["nonlocal count", "seen.update(mine)", "state['a']"]
