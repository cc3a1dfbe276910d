"""Tables as spreadsheets open them: UTF-8 with a mark, RFC 4180, and nothing that is computed."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.exports.tables import FORMULA, cell, write_table


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("試験 太郎", "試験 太郎"),
        (None, ""),
        (True, "true"),
        (12, "12"),
        (-3, "-3"),
        (2.5, "2.5"),
        (["赤", "青"], "赤; 青"),
        ([], ""),
        ([{"from": "bot", "text": "はい"}], '[{"from":"bot","text":"はい"}]'),
        ({"points": 12}, '{"points":12}'),
        ("=1+1", "'=1+1"),
        ("+819012345678", "'+819012345678"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("＝1+1", "'＝1+1"),
        ("　=1+1", "'　=1+1"),
        (" =cmd|' /C calc'!A0", "' =cmd|' /C calc'!A0"),
        ("\t=1", "'\t=1"),
        (["=1"], "'=1"),
        ("a=1", "a=1"),
    ],
)
def test_a_value_is_written_so_that_it_is_read_and_not_computed(value: Any, written: str) -> None:
    assert cell(value) == written


def test_a_file_has_a_mark_a_header_and_lines_that_end_as_spreadsheets_expect(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    write_table(path, ["name", "text"], [{"name": "試験,太郎", "text": 'sie "sagte"\nja'}, {"text": "x"}])
    assert path.read_bytes() == '\ufeffname,text\r\n"試験,太郎","sie ""sagte""\nja"\r\n,x\r\n'.encode()


@given(
    st.lists(
        st.dictionaries(st.sampled_from("abc"), st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r")))
    )
)
def test_whatever_stands_in_a_cell_is_read_back_but_for_the_apostrophe(tmp_path_factory: Any, rows: list[dict[str, str]]) -> None:
    path = tmp_path_factory.mktemp("law") / "table.csv"
    write_table(path, list("abc"), rows)
    with path.open(encoding="utf-8-sig", newline="") as file:
        read = list(csv.DictReader(file))
    told = [{name: row.get(name, "") for name in "abc"} for row in rows]
    assert [
        {name: text if text == was[name] else text.removeprefix("'") for name, text in row.items()}
        for row, was in zip(read, told, strict=True)
    ] == told
    assert not [text for row in read for text in row.values() if text.startswith(FORMULA)]
