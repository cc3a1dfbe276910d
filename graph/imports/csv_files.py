"""CSV files as programs and Excel write them: their columns, their rows, and which lines belong to a row."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

from graph.imports.csv_cells import said
from graph.imports.csv_headers import Lines, read_header
from graph.imports.encodings import UNREAD, encoding_of, opened, shown
from graph.imports.rows import LONGEST_LINE, FileRow, Text

NARROWEST_SWALLOWED = 4
"""Columns from which on a line within quotes that has as many cells as the header is taken for a row of its own."""
csv.field_size_limit(LONGEST_LINE)


def csv_columns(path: Path, text: Text) -> list[str]:
    """Return the names of the columns that have one; a name that stands twice is `name (1)`, `name (2)`."""
    with opened(path, text.encodings) as file:
        names, _ = read_header(path, Lines(file), text)
        return [name for name in names if name]


def csv_rows(path: Path, text: Text) -> Iterator[FileRow]:
    """Yield the rows behind the header. Of what cannot be read only the first line is lost: the next one begins anew."""
    encoding = shown(encoding_of(path, text.encodings))
    with opened(path, text.encodings) as file:
        lines = Lines(file)
        names, delimiter = read_header(path, lines, text)
        reader = csv.reader(lines, delimiter=delimiter, strict=True)
        while True:
            line = lines.begin()
            try:
                cells = next(reader)
                problem = _problem(cells, names, lines.taken, delimiter, encoding)
            except StopIteration:
                return
            except csv.Error as error:
                cells, problem = [], f"no CSV row: {error}"
            if problem is not None:
                lines.give_back(1)
                yield FileRow(line, problem=problem)
            elif any(values := [said(cell, text.null) for cell in cells]):
                yield FileRow(line, {name: value for name, value in zip(names, values, strict=False) if name})


def _problem(cells: Sequence[str], names: Sequence[str], taken: Sequence[str], delimiter: str, encoding: str) -> str | None:
    count = len(names)
    if UNREAD in "".join(cells):
        return f"not written in {encoding}"
    if len(cells) != count and any(cell.strip() for cell in (cells if len(cells) < count else cells[count:])):
        return f"{len(cells)} cells, but the header names {count}"
    if len(taken) > 1 and count >= NARROWEST_SWALLOWED:
        alone = [len(next(csv.reader([line], delimiter=delimiter, quoting=csv.QUOTE_NONE), list[str]())) for line in taken]
        if alone[0] == count and count in alone[1:]:
            return "a quotation mark opens that no one closes in its line, and the next line looks like a row"
    return None
