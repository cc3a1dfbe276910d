"""What names are compared by, in each script."""

from __future__ import annotations

import pytest

from graph.identity.normalising.told_names import ever_called, told_name, told_names


@pytest.mark.parametrize(
    ("full", "line"),
    [
        ("検体 真由", "N:検体|真由"),
        ("檢體　眞由 様", "N:検体|真由"),
        ("検体真由", "N:検体真由"),
        ("検体\u200b真由", "N:検体真由"),
        ("\u202a検体 真由\u202c", "N:検体|真由"),
        ("検体 真由様\u200b", "N:検体|真由"),
        ("検体_真由", "N:検体 真由"),
        ("検体/真由", "N:検体 真由"),
        ("検体", "N:検体"),
        ("検体林 John", "N:検体林|john"),
        ("ケンタイ マユ", "K:ケンタイ|マユ"),
        ("ｹﾝﾀｲ ﾏﾕ", "K:ケンタイ|マユ"),
        ("けんたい まゆ", "K:ケンタイ|マユ"),
        ("ケンタイ ジャン ポール", "K:ケンタイ|ジヤンポウル"),
        ("マルタ・ケンタイ", "K:マルタ ケンタイ"),
        ("Mayu Kentai", "L:mayu kentai"),
        ("Mr. Mayu Yamada", "L:yamada|mayu"),
        ("Yamada Mayu", "L:yamada|mayu"),
        ("KENTAI Mayu", "L:kentai|mayu"),
        ("Kentai, Mayu", "L:kentai|mayu"),
        ("Mayu", "L:|mayu"),
        ("Mary Jane Probe", "L:maryziyaneprobe"),
        ("Иван Образцов", "CYRILLIC:иван образцов"),
        ("Ελένη Δείγμα", "GREEK:ελενη δειγμα"),
        ("김 견본", "HANGUL:김|견본"),
        ("สมชาย ตัวอย่าง", "THAI:สมชาย ตัวอย่าง"),
        ("株式会社例題", "ORGANIZATION:例題"),
        ("未設定", None),
        ("・", None),
        (None, None),
    ],
)
def test_a_full_name_is_read_as_its_script_has_it(full: str | None, line: str | None) -> None:
    assert told_name(full, None, None) == line


@pytest.mark.parametrize(
    ("family", "given", "line"),
    [
        ("検体", "真由様", "N:検体|真由"),
        ("検体", None, "N:検体|"),
        (None, "真由", "N:|真由"),
        ("Kentai", "Shohta", "L:kentai|siyota"),
        ("ケンタイ", "ジャン＝ポール", "K:ケンタイ|ジヤンポウル"),
        ("株式会社例題", "真由", "ORGANIZATION:例題真由"),
        ("未設定", "真由", "N:|真由"),
    ],
)
def test_parts_that_a_source_tells_are_taken_as_told(family: str | None, given: str | None, line: str) -> None:
    assert told_name(None, family, given) == line


def test_a_name_that_a_list_has_parted_is_compared_in_one_piece_too() -> None:
    properties = {"name_full": "山田真由", "name_family": "山田", "name_given": "真由"}
    assert told_names(properties) == {"N:山田|真由", "N:山田真由"}


@pytest.mark.parametrize(
    ("part", "value", "lines"),
    [
        ("family", "検体真由", {"N:検体真由|", "N:検体真由"}),
        ("given", "検体真由", {"N:|検体真由", "N:検体真由"}),
        ("family", "検体 真由", {"N:検体真由|", "N:検体|真由"}),
        ("family", "検体", {"N:検体|"}),
        ("given", "真由", {"N:|真由"}),
    ],
)
def test_a_whole_name_in_the_field_of_one_part_is_compared_as_a_whole_too(part: str, value: str, lines: set[str]) -> None:
    assert told_names({f"name_{part}": value, "name_full": value}) == lines


def test_a_record_is_compared_by_all_that_it_was_ever_called() -> None:
    properties = {
        "name_full": "検体 真由", "name_family": "検体", "name_given": "真由",
        "kana_full": "ケンタイ マユ", "earlier_names": ["見本 真由"], "gender": "FEMALE",
    }  # fmt: skip
    assert told_names(properties) == {"N:検体|真由", "K:ケンタイ|マユ", "N:見本|真由"}


@pytest.mark.parametrize(
    ("told", "stored"),
    [
        # What it was called before, in parts: an earlier name is kept as one text.
        (
            [{"name_family": "Kentai", "name_given": "Mayu", "name_full": "Mayu Kentai"}],
            {"earlier_names": ["Mayu Kentai"]},
        ),
        ([{"name_given": "真由", "name_full": "真由"}], {"earlier_names": ["真由"]}),
        ([{"name_family": "山田", "name_given": "真由", "name_full": "山田真由"}], {"earlier_names": ["山田 真由"]}),
        # One name told twice, at first without its parts.
        (
            [{"name_full": "Mayu Kentai"}, {"name_family": "Kentai", "name_given": "Mayu", "name_full": "Mayu Kentai"}],
            {"name_family": "Kentai", "name_given": "Mayu", "name_full": "Mayu Kentai"},
        ),
    ],
)
def test_a_stored_record_remembers_in_which_parts_a_name_was_told(told: list[dict[str, str]], stored: dict[str, object]) -> None:
    lines = frozenset[str]().union(*map(told_names, told))
    assert ever_called({**stored, "names": sorted(lines)}) == lines


def test_lines_of_older_rules_are_read_anew_from_the_text() -> None:
    assert ever_called({"earlier_names": ["検体 真由様"], "names": ["N:検体|真由様"]}) == {"N:検体|真由"}
