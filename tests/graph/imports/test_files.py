"""Rows of the three formats, their lines, and what cannot be read in them."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from graph.errors import InvalidInput
from graph.imports.files import FileRow, Text, columns_of, read_rows


def rows(path: Path, content: bytes, text: Text = Text()) -> list[FileRow]:
    path.write_bytes(content)
    return list(read_rows(path, text))


def test_a_csv_row_has_the_line_on_which_it_begins(tmp_path: Path) -> None:
    found = rows(tmp_path / "a.csv", '\ufeffid,note\n1,"two\nlines"\n2,x\n'.encode())
    assert found == [FileRow(2, {"id": "1", "note": "two\nlines"}), FileRow(4, {"id": "2", "note": "x"})]


def test_leading_zeros_of_a_phone_number_stay(tmp_path: Path) -> None:
    assert rows(tmp_path / "a.csv", b"phone\n09012340001\n") == [FileRow(2, {"phone": "09012340001"})]


def test_shift_jis_is_read_where_the_mapping_says_so(tmp_path: Path) -> None:
    found = rows(tmp_path / "a.csv", "氏名,備考\n髙橋 試験,①\n".encode("cp932"), Text("cp932"))
    assert found == [FileRow(2, {"氏名": "髙橋 試験", "備考": "①"})]


def test_bad_csv_lines_are_problems_and_the_rest_is_read(tmp_path: Path) -> None:
    found = rows(tmp_path / "a.csv", b'id,name\n1,a,b\n2\n\n3,\xff\n4,"x"y\n5,e\n')
    assert [(row.line, row.problem) for row in found[:3]] == [
        (2, "3 cells, but the header names 2"),
        (3, "1 cells, but the header names 2"),
        (5, "not written in utf-8-sig"),
    ]
    assert found[3].line == 6
    assert (found[3].problem or "").startswith("no CSV row")
    assert found[4:] == [FileRow(7, {"id": "5", "name": "e"})]


def test_tabs_part_the_cells_of_a_tsv_file_and_any_sign_that_is_stated(tmp_path: Path) -> None:
    assert rows(tmp_path / "a.tsv", b"a\tb\n1\t2\n") == [FileRow(2, {"a": "1", "b": "2"})]
    assert rows(tmp_path / "a.CSV", b"a;b\n1;2\n", Text(delimiter=";")) == [FileRow(2, {"a": "1", "b": "2"})]


@pytest.mark.parametrize("content", [b"", b"a,a\n1,2\n", b",\n1,2\n"])
def test_a_header_names_each_column_once(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(InvalidInput, match="must name each column"):
        rows(tmp_path / "a.csv", content)


def test_json_lines_keep_their_types_and_nested_values_have_dotted_names(tmp_path: Path) -> None:
    found = rows(tmp_path / "a.jsonl", b'{"id": 1, "who": {"phone": "090", "ok": true}}\n\n{"id": 2}\n[1]\n{"id":\n{"id": 3}')
    assert [(row.line, row.values) for row in found if row.problem is None] == [
        (1, {"id": 1, "who.phone": "090", "who.ok": True}),
        (3, {"id": 2}),
        (6, {"id": 3}),
    ]
    assert [(row.line, (row.problem or "")[:7]) for row in found if row.problem] == [(4, "a line "), (5, "no JSON")]


def test_a_parquet_file_gives_typed_rows_and_its_columns(tmp_path: Path) -> None:
    path = tmp_path / "it's.parquet"
    name = str(path).replace("'", "''")
    duckdb.sql(f"COPY (SELECT range AS id, range / 4 AS share FROM range(5000)) TO '{name}'")
    found = list(read_rows(path, Text()))
    assert (len(found), found[4999]) == (5000, FileRow(5000, {"id": 4999, "share": 1249.75}))
    assert columns_of(path, Text()) == ["id", "share"]
