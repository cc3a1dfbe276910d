"""A filter of rows: `where: {column: cell or cells}`, or `{column: {not: ...}}`; every column named must agree."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from graph.imports import transforms


@dataclass(frozen=True, slots=True)
class RowFilter:
    """By column, the cells that it may say and whether it must say none of them instead."""

    cells: Mapping[str, tuple[frozenset[str], bool]]

    @property
    def columns(self) -> frozenset[str]:
        return frozenset(self.cells)

    def takes(self, row: Mapping[str, object]) -> bool:
        return all((_word(row.get(name)) in cells) is not others for name, (cells, others) in self.cells.items())


EVERY_ROW = RowFilter({})


def row_filter(given: object) -> RowFilter:
    """Read a filter; ValueError where it is none. An empty cell is written as \"\"."""
    if isinstance(given, RowFilter):
        return given
    if not isinstance(given, Mapping) or not given:
        raise ValueError("`where` is a table of column -> cell, list of cells, or {not: ...}")
    table = cast("Mapping[object, object]", given)
    return RowFilter({unicodedata.normalize("NFC", str(name)): _wanted(wanted) for name, wanted in table.items()})


def _wanted(wanted: object) -> tuple[frozenset[str], bool]:
    if isinstance(wanted, Mapping):
        fields = cast("Mapping[object, object]", wanted)
        if set(fields) != {"not"}:
            raise ValueError("beside cells, `where` knows only {not: cell or cells}")
        return _wanted(fields["not"])[0], True
    cells = cast("list[object]", wanted) if isinstance(wanted, list) else [wanted]
    if any(isinstance(cell, bool) or cell is None for cell in cells):
        raise ValueError("YAML reads an unquoted yes, no, on, off or null as something else; put the cells of `where` in quotes")
    return frozenset(map(str, cells)), False


def _word(cell: object) -> str:
    if isinstance(cell, bool):
        return str(cell).lower()
    found = transforms.text(transforms.present(cell))
    return "" if found is None else str(found)
