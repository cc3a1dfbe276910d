"""Rows that Python makes of what was read: entries of stored JSON, one object, or those of the rows that a rule keeps."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from graph.reads.tree import Row
from resolvers.engine.planner.readings import Folded


def entries_of(row: Row, parse: Callable[[Any], list[Any]]) -> Callable[[Any], list[list[Any]]]:
    """Return what makes of a stored value a row for each of its entries; the slots of `row` are names of members."""

    def rows(stored: Any) -> list[list[Any]]:
        return [[entry.get(name) for name in row.slots] for entry in parse(stored)]

    return rows


def entry_of(row: Row, make: Callable[[Any], Any]) -> Callable[[Any], list[Any] | None]:
    """Return what makes one row of what was read, or None."""

    def one(read: Any) -> list[Any] | None:
        entry = make(read)
        return None if entry is None else [entry.get(name) for name in row.slots]

    return one


def kept_by(reading: Folded, slot: int) -> Callable[[list[list[Any]]], list[list[Any]]]:
    """Return what keeps those rows that the rule keeps, each with its verdict in the slot of the facts."""

    def kept(rows: list[list[Any]]) -> list[list[Any]]:
        found = reading.fold([each[slot] for each in rows])
        return [[*rows[index][:slot], verdict, *rows[index][slot + 1 :]] for index, verdict in found]

    return kept
