"""Statements that work on rows: run where there are any, and several of them joined into one."""

from __future__ import annotations

from typing import Any, LiteralString

from graph.store import Transaction


async def over_rows(transaction: Transaction, statement: LiteralString, rows: list[dict[str, Any]]) -> list[list[Any]]:
    """Run a statement over `$rows` and return what it answers; without rows nothing is sent."""
    return await transaction.run(statement, {"rows": rows}) if rows else []


def in_turn(*statements: LiteralString) -> LiteralString:
    """Return one statement that runs each of these, which return nothing, after the one before it.

    A round trip costs a small transaction more than what most of its statements do.
    """
    return "\n".join("CALL () {" + statement + "}" for statement in statements)
