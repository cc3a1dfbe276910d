"""What the parts of a mapping's expressions are: compiled nodes, and how operations are built of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from graph.imports.row_filters import EVERY_ROW, row_filter

Row: TypeAlias = Mapping[str, object]
Evaluate: TypeAlias = Callable[[Sequence[Row], int], Any]
"""(rows of the group, index of the row in hand) -> value, None where it is empty."""
Options: TypeAlias = Mapping[str, object]
NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Expression:
    """A compiled node. `head` are the columns read from one row, `inner` those read from every row of the group."""

    evaluate: Evaluate
    head: frozenset[str] = NOTHING
    inner: frozenset[str] = NOTHING
    constant: bool = False


@dataclass(frozen=True, slots=True)
class Operation:
    """How an operation is built; `many` takes a list of arguments, `over_group` reads every row of the group."""

    build: Callable[[Sequence[Expression], Options], Evaluate]
    options: frozenset[str] = NOTHING
    many: bool = False
    over_group: bool = False


def taken_rows(options: Options) -> Callable[[Sequence[Row]], list[int]]:
    """Return what says which rows of a group `where` takes."""
    takes = row_filter(options["where"]).takes if "where" in options else EVERY_ROW.takes
    return lambda rows: [index for index, row in enumerate(rows) if takes(row)]
