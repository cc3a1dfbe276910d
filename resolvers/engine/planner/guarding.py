"""Rows that only some concrete types of an interface select are read for those only."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, LiteralString, cast

if TYPE_CHECKING:
    from graph.reads.tree import Row
    from resolvers.engine.planner.projection import Record
    from resolvers.engine.planner.selected import Placed


def guard(row: Row, record: Record, placed: Iterable[Placed]) -> None:
    """Guard those rows within `row` that not all types of the record have selected."""
    for each in placed:
        if len(each.owners) < len(record.types):
            # The values are the program's own, from the registry of kinds.
            kinds = cast("LiteralString", repr([kind for kind, name in record.kinds.items() if name in each.owners]))
            each.rows.guard = f"{cast('LiteralString', row.slots[record.kind_slot])} IN {kinds}"
