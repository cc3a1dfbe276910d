"""CSV files as they really come: titles above the header, Excel's marks, blank rows, quotation marks left open."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from graph.errors import InvalidInput
from graph.imports.csv_files import csv_columns, csv_rows
from graph.imports.rows import FileRow, Text

MEMBERS = Text(columns=frozenset({"会員番号", "氏名"}))


def rows(folder: Path, content: str | bytes, text: Text = Text(), name: str = "a.csv") -> list[FileRow]:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return list(csv_rows(path, text))


def values(folder: Path, content: str | bytes, text: Text = Text(), name: str = "a.csv") -> list[dict[str, object]]:
    return [dict(row.values) for row in rows(folder, content, text, name)]


def test_a_row_has_the_line_on_which_it_begins(tmp_path: Path) -> None:
    found = rows(tmp_path, '\ufeffid,note\n1,"two\nlines"\n2,x\n')
    assert found == [FileRow(2, {"id": "1", "note": "two\nlines"}), FileRow(4, {"id": "2", "note": "x"})]


def test_leading_zeros_of_a_phone_number_stay(tmp_path: Path) -> None:
    assert rows(tmp_path, "phone\n09012340001\n") == [FileRow(2, {"phone": "09012340001"})]


def test_bad_lines_are_problems_and_the_rest_is_read(tmp_path: Path) -> None:
    found = rows(tmp_path, b'id,name\n1,a,b\n2\n\n3,\xff\n4,"x"y\n5,e\n')
    assert [(row.line, row.problem) for row in found[:3]] == [
        (2, "3 cells, but the header names 2"),
        (3, "1 cells, but the header names 2"),
        (5, "not written in utf-8"),
    ]
    assert found[3].line == 6
    assert (found[3].problem or "").startswith("no CSV row")
    assert found[4:] == [FileRow(7, {"id": "5", "name": "e"})]


@pytest.mark.parametrize(
    "above",
    [
        "",
        "会員一覧\n",
        "会員一覧,,\n",
        "会員一覧\n\n",
        "\n",
        "\n\n , \n",
        "sep=,\n",
        '"sep=,"\r\n',
        "会員一覧\n出力日,2026/04/01\n\n",
        "会員番号の一覧\n",
    ],
)
def test_the_header_is_the_line_that_names_the_columns_whatever_stands_above_it(tmp_path: Path, above: str) -> None:
    (found,) = rows(tmp_path, f"{above}会員番号,氏名\nM-1,検体 一\n", MEMBERS)
    assert (found.line, found.values) == (above.count("\n") + 2, {"会員番号": "M-1", "氏名": "検体 一"})


def test_lines_that_the_mapping_skips_are_not_read_at_all(tmp_path: Path) -> None:
    content = '"\nid,name\nold,header\nid,name\n1,x\n'
    assert rows(tmp_path, content, Text(skip=3)) == [FileRow(5, {"id": "1", "name": "x"})]


@pytest.mark.parametrize("content", ["", "\n\n", " , \n"])
def test_a_file_without_a_header_is_told(tmp_path: Path, content: str) -> None:
    with pytest.raises(InvalidInput, match=r"a\.csv has no line that names its columns"):
        rows(tmp_path, content)


@pytest.mark.parametrize(
    ("name", "content", "text"),
    [
        ("a.tsv", "会員番号\t氏名\nM-1\t検体 一\n", MEMBERS),
        ("a.txt", "会員番号\t氏名\nM-1\t検体 一\n", MEMBERS),
        ("a.csv", "会員番号\t氏名\nM-1\t検体 一\n", MEMBERS),
        ("a.TXT", "会員番号,氏名\nM-1,検体 一\n", MEMBERS),
        ("a.csv", "会員番号;氏名\nM-1;検体 一\n", MEMBERS),
        ("a.csv", "sep=;\n会員番号;氏名\nM-1;検体 一\n", Text()),
        ("a.csv", "会員番号|氏名\nM-1|検体 一\n", Text(delimiter="|")),
        ("a.csv", "会員番号,氏名\r\nM-1,検体 一\r\n", MEMBERS),
        ("a.csv", "会員番号,氏名\rM-1,検体 一\r", MEMBERS),
    ],
)
def test_cells_are_parted_by_what_the_header_shows_or_the_mapping_states(
    tmp_path: Path, name: str, content: str, text: Text
) -> None:
    assert values(tmp_path, content, text, name) == [{"会員番号": "M-1", "氏名": "検体 一"}]


@pytest.mark.parametrize(
    ("header", "wanted", "expected"),
    [
        ("a,b", "", ["a", "b"]),
        (" a ,b", "", ["a", "b"]),
        ("a,,b,", "", ["a", "b"]),
        ("a,x,x", "a", ["a", "x (1)", "x (2)"]),
        ("a,X,x", "x", ["a", "X (1)", "x"]),
        ("a,x,x", "x (2)", ["a", "x (1)", "x (2)"]),
        ("お名前（姓）,ＩＤ", "お名前(姓) ID", ["お名前(姓)", "ID"]),
        ("First name,EMAIL", "Email", ["First name", "Email"]),
        (unicodedata.normalize("NFD", "フリガナ,電話"), "フリガナ", ["フリガナ", "電話"]),
        ('="ID",氏名', "ID", ["ID", "氏名"]),
        ('ID,"許可フラグ (0:拒否, 1:許可)"', "許可フラグ", ["ID", "許可フラグ"]),
        ("ID,性別（１：男、２：女）,氏名(カナ)", "性別 氏名", ["ID", "性別", "氏名(カナ)"]),
        ('ID,"sex (1=m, 2=f)"', "SEX", ["ID", "SEX"]),
        ('性別,"性別 (1:男, 2:女)"', "性別", ["性別", "性別 (1:男, 2:女)"]),
        ('"状態 (0:可)","状態 (1:否)"', "状態", ["状態 (0:可) (1)", "状態 (1:否) (2)"]),
        ("合計(税抜),電話(1)", "合計 電話", ["合計(税抜)", "電話(1)"]),
    ],
)
def test_a_column_is_called_as_the_mapping_calls_it(tmp_path: Path, header: str, wanted: str, expected: list[str]) -> None:
    path = tmp_path / "a.csv"
    path.write_text(header + "\n", encoding="utf-8")
    columns = frozenset({"x (2)"} if wanted == "x (2)" else wanted.split())
    assert csv_columns(path, Text(columns=columns)) == expected


def test_rows_in_which_nothing_stands_are_passed_over(tmp_path: Path) -> None:
    found = rows(tmp_path, "id,name\n1,a\n,\n , \n\u3000,\t\n\n2,b\n,\n")
    assert [(row.line, row.values["id"], row.problem) for row in found] == [(2, "1", None), (7, "2", None)]


def test_empty_cells_behind_the_last_column_say_nothing(tmp_path: Path) -> None:
    assert values(tmp_path, "id,name\n1,a,,\n") == [{"id": "1", "name": "a"}]


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        ('="0001"', "0001"),
        ('"=""0001"""', "0001"),
        ('= "0001"', "0001"),
        ("'0001", "0001"),
        ("'+817022223001", "+817022223001"),
        ("'090 1234 0001", "090 1234 0001"),
        ("'M-0001", "M-0001"),
        ("\t0001", "0001"),
        (" 0001 \u3000", "0001"),
        ("'t Hooft", "'t Hooft"),
        ("'quoted'", "'quoted'"),
        ("'", "'"),
        ("=1+1", "=1+1"),
        ("NULL", ""),
        (" null ", ""),
        ("\\N", ""),
        ("(NULL)", ""),
        ("#N/A", ""),
        ("Null", "Null"),
        ("NULLER", "NULLER"),
    ],
)
def test_a_cell_says_what_its_writer_meant(tmp_path: Path, cell: str, says: str) -> None:
    assert values(tmp_path, f"id,cell\n1,{cell}\n") == [{"id": "1", "cell": says}]


def test_the_mapping_states_further_words_for_nothing(tmp_path: Path) -> None:
    assert values(tmp_path, "id,cell\n1,なし\n", Text(null=frozenset({"なし"}))) == [{"id": "1", "cell": ""}]


OPEN = '番号,氏名,電話,日\n1,a,b,c\n%s\n3,a,b,c\n4,a,b,c\n5,"例",b,c\n6,a,b,c\n'


@pytest.mark.parametrize(
    "line",
    ['2,"a,b,c', '2,a,b,"c', '"2,a,b,c', '2,"a""b,b,c', '2,"a"x,b,c', "2,a", '2,"a",b,"c,d'],
)
def test_a_row_that_cannot_be_read_takes_no_other_with_it(tmp_path: Path, line: str) -> None:
    found = rows(tmp_path, OPEN % line)
    assert [row.line for row in found if row.problem] == [3]
    assert [row.values["番号"] for row in found if not row.problem] == ["1", "3", "4", "5", "6"]


def test_a_quotation_mark_that_closes_in_a_later_row_does_not_swallow_that_row(tmp_path: Path) -> None:
    found = rows(tmp_path, '番号,氏名,電話,日\n1,"a,b,c\n2,x",b,c\n3,a,b,c\n')
    assert [(row.line, row.problem is None) for row in found] == [(2, False), (3, True), (4, True)]


def test_a_quotation_mark_that_nobody_closes_loses_one_line(tmp_path: Path) -> None:
    body = "".join(f"{number},a\n" for number in range(200))
    found = rows(tmp_path, f'id,name\nbad,"a\n{body}')
    assert [row.line for row in found if row.problem] == [2]
    assert len(found) == 201


def test_text_of_several_lines_within_quotes_is_one_cell(tmp_path: Path) -> None:
    found = rows(tmp_path, '番号,備考,電話,日\n1,"一行目\n二,行,目\n\n三行目",b,c\n2,"x\r\ny",b,"c"\n')
    assert [(row.line, row.values["備考"]) for row in found] == [(2, "一行目\n二,行,目\n\n三行目"), (6, "x\r\ny")]
