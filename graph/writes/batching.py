"""Statements that work on rows, several of them joined into one."""

from __future__ import annotations

from typing import LiteralString


def in_turn(*statements: LiteralString) -> LiteralString:
    """Return one statement that runs each of these, which return nothing, after the one before it.

    A round trip costs a small transaction more than what most of its statements do.
    """
    return "\n".join("CALL () {" + statement + "}" for statement in statements)
