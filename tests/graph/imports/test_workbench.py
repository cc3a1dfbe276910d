"""Rows that are sorted on the workbench come back as they were told, whatever stands in their cells."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.imports.csv_files import csv_rows
from graph.imports.rows import FileRow, Text
from graph.imports.rules import Rule
from graph.imports.workbench import Workbench

BY_ORDER = Rule.model_validate(
    {"name": "orders", "type": "customer360.order.v1", "files": "*", "group_by": "no", "time": "$at", "data": {"text": "$note"}}
)
CELLS = st.lists(st.sampled_from(["a", "試験", " ", "\n", "\r", "\r\n", '"', ",", "\\", "'"]), max_size=6).map("".join)


Told = list[tuple[int, dict[str, object]]]


def told(rows: Iterable[FileRow]) -> Told:
    """Return what rows say by their lines; a cell in which nothing stands may be empty or absent."""
    return [(row.line, {name: cell or None for name, cell in row.values.items()}) for row in rows]


def staged(folder: Path, notes: list[str]) -> tuple[Told, Told]:
    """Return the rows of a file with these notes as it is read, and as the workbench gives them in their order."""
    file = folder / "orders.csv"
    with file.open("w", encoding="utf-8", newline="") as written:
        csv.writer(written).writerows([["no", "at", "note"], *(["1", "2026-10-01", note] for note in notes)])
    with Workbench(folder, Text()) as workbench:
        assert list(workbench.stage(file)) == []
        return told(csv_rows(file, Text())), told(workbench.rows(BY_ORDER, [file], {}))


@pytest.mark.parametrize("first", ["のし希望\n「内祝」", "a\r\nb", "a\rb", "\n", 'a"\n"b', "a,\n"])
def test_a_line_break_in_the_first_row_ends_no_row(tmp_path: Path, first: str) -> None:
    read, sorted_rows = staged(tmp_path, [first, "one line"])
    assert sorted_rows == read
    assert len(read) == 2


@given(st.lists(CELLS, min_size=1, max_size=4))
def test_every_cell_comes_back_as_it_was_read(notes: list[str]) -> None:
    with TemporaryDirectory() as folder:
        read, sorted_rows = staged(Path(folder), notes)
    assert sorted_rows == read
