"""Rows of the formats, their lines, and what cannot be read in them."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import duckdb
import pytest

from graph.imports.files import columns_of, matches, read_rows
from graph.imports.rows import FileRow, Text


def rows(path: Path, content: bytes, text: Text = Text()) -> list[FileRow]:
    path.write_bytes(content)
    return list(read_rows(path, text))


def test_json_lines_keep_their_types_and_nested_values_have_dotted_names(tmp_path: Path) -> None:
    found = rows(tmp_path / "a.jsonl", b'{"id": 1, "who": {"phone": "090", "ok": true}}\n\n{"id": 2}\n[1]\n{"id":\n{"id": 3}')
    assert [(row.line, row.values) for row in found if row.problem is None] == [
        (1, {"id": 1, "who.phone": "090", "who.ok": True}),
        (3, {"id": 2}),
        (6, {"id": 3}),
    ]
    assert [(row.line, (row.problem or "")[:7]) for row in found if row.problem] == [(4, "a row m"), (5, "no JSON")]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.json", '[{"id": 1}, {"id": 2}]'),
        ("a.json", '[\n  {\n    "id": 1\n  },\n  {"id": 2}\n]\n'),
        ("a.json", '{"id": 1}\n{"id": 2}\n'),
        ("a.jsonl", ' [{"id": 1},{"id": 2}]'),
        ("a.json", '{"users": [{"id": 1}, {"id": 2}], "next_page": null, "count": 2}'),
        ("a.json", '{"result": [{"id": 1}, {"id": 2}]}'),
        ("a.json", '{"records": [\n{"id": 1},\n{"id": 2}\n]}\n'),
        ("a.json", '{\n  "users": [\n    {"id": 1},\n    {"id": 2}\n  ],\n  "meta": {"id": 3}\n}\n'),
        ("a.ndjson", '\ufeff{"id": 1}\r\n{"id": 2}\r\n'),
        ("a.JSON", '\ufeff[{"id": 1},\n{"id": 2}]'),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_objects_are_rows_whether_they_stand_in_lines_or_in_an_array(
    tmp_path: Path, name: str, content: str, encoding: str
) -> None:
    found = rows(tmp_path / name, content.lstrip("\ufeff").encode(encoding) if encoding == "utf-16" else content.encode())
    assert [row.values for row in found] == [{"id": 1}, {"id": 2}]


def test_an_array_is_read_piece_by_piece_and_each_object_knows_its_line(tmp_path: Path) -> None:
    lines = ",\n".join(f'{{"id": {number}, "text": "{"見本" * 200}"}}' for number in range(500))
    found = rows(tmp_path / "a.json", f"[\n{lines}\n]".encode())
    assert [(row.line, row.values["id"]) for row in found] == [(number + 2, number) for number in range(500)]


def test_what_is_lost_behind_a_broken_object_of_an_array_is_told(tmp_path: Path) -> None:
    found = rows(tmp_path / "a.json", b'[{"id": 1},\n7,\n{"id": 2,\n{"id": 3}]')
    assert [(row.line, row.values.get("id")) for row in found] == [(1, 1), (2, None), (3, None)]
    assert found[1].problem == "a row must be one JSON object"
    assert "nothing from here to the end of the file is read" in (found[2].problem or "")


def test_names_of_json_are_composed(tmp_path: Path) -> None:
    (found,) = rows(tmp_path / "a.jsonl", unicodedata.normalize("NFD", '{"フリガナ": "ガ"}').encode())
    assert list(found.values) == ["フリガナ"]


def test_a_parquet_file_gives_typed_rows_and_its_columns(tmp_path: Path) -> None:
    path = tmp_path / "it's.parquet"
    name = str(path).replace("'", "''")
    duckdb.sql(f"COPY (SELECT range AS id, range / 4 AS share FROM range(5000)) TO '{name}'")
    found = list(read_rows(path, Text()))
    assert (len(found), found[4999]) == (5000, FileRow(5000, {"id": 4999, "share": 1249.75}))
    assert columns_of(path, Text()) == ["id", "share"]


@pytest.mark.parametrize(
    ("name", "pattern", "fits"),
    [
        ("MEMBER_01.CSV", "member*.csv", True),
        ("member_01.csv", "MEMBER*.CSV", True),
        (unicodedata.normalize("NFD", "会員データ1.csv"), "会員データ*.csv", True),
        ("会員データ1.csv", unicodedata.normalize("NFD", "会員データ*.csv"), True),
        ("orders.csv", "member*.csv", False),
    ],
)
def test_a_file_name_fits_whatever_its_case_and_composition(name: str, pattern: str, fits: bool) -> None:
    assert matches(name, [pattern]) is fits
