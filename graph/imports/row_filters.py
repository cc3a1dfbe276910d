"""A filter of rows: `where: {column: cell or cells}`; a row is taken where every column says one of its cells."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from graph.imports import transforms


@dataclass(frozen=True, slots=True)
class RowFilter:
    cells: Mapping[str, frozenset[str]]

    @property
    def columns(self) -> frozenset[str]:
        return frozenset(self.cells)

    def takes(self, row: Mapping[str, object]) -> bool:
        return all(_word(row.get(name)) in cells for name, cells in self.cells.items())


EVERY_ROW = RowFilter({})


def row_filter(given: object) -> RowFilter:
    """Read a filter; ValueError where it is none. An empty cell is written as \"\"."""
    if isinstance(given, RowFilter):
        return given
    if not isinstance(given, Mapping) or not given:
        raise ValueError("`where` is a table of column -> cell, or list of cells")
    table = cast("Mapping[object, object]", given)
    listed = {str(name): cast("list[object]", cell) if isinstance(cell, list) else [cell] for name, cell in table.items()}
    if any(isinstance(cell, bool) or cell is None for cells in listed.values() for cell in cells):
        raise ValueError("YAML reads an unquoted yes, no, on, off or null as something else; put the cells of `where` in quotes")
    return RowFilter({unicodedata.normalize("NFC", name): frozenset(map(str, cells)) for name, cells in listed.items()})


def _word(cell: object) -> str:
    if isinstance(cell, bool):
        return str(cell).lower()
    found = transforms.text(transforms.present(cell))
    return "" if found is None else str(found)
