"""Names: splitting, putting together, and what the guards compare."""

from __future__ import annotations

import pytest

from graph.identity.normalising.names import guard_forms, join_name, split_name


@pytest.mark.parametrize(
    ("full", "parts"),
    [
        ("試験 太郎", ("試験", "太郎")),
        ("試験\u3000太郎", ("試験", "太郎")),
        ("ｼｹﾝ ﾀﾛｳ", ("ｼｹﾝ", "ﾀﾛｳ")),
        ("試験 太郎 様", ("試験", "太郎")),
        ("試験太郎", (None, None)),
        ("マリア シケン ロペス", (None, None)),
        ("Taro Shiken", (None, None)),
        ("", (None, None)),
    ],
)
def test_a_japanese_full_name_with_one_gap_is_split_and_nothing_else(full: str, parts: tuple[str | None, str | None]) -> None:
    assert split_name(full) == parts


@pytest.mark.parametrize(
    ("family", "given", "full"),
    [
        ("試験", "太郎", "試験 太郎"),
        ("Shiken", "Taro", "Taro Shiken"),
        ("試験", None, "試験"),
        (None, None, None),
    ],
)
def test_a_full_name_is_put_together_in_the_order_of_its_script(family: str | None, given: str | None, full: str | None) -> None:
    assert join_name(family, given) == full


@pytest.mark.parametrize(
    ("given", "kana", "forms"),
    [
        ("眞由美", "ﾏﾕﾐ", {"N:真由美", "K:マユミ"}),
        ("真由美", "まゆみ", {"N:真由美", "K:マユミ"}),
        ("Mayumi", None, {"L:mayumi"}),
        ("MAYUMI", "Mayumi", {"L:mayumi"}),
        ("Yūko", None, {"L:yuko"}),
        ("Yuuko", None, {"L:yuko"}),
        ("聰彥", None, {"N:聡彦"}),
        ("惠穗", None, {"N:恵穂"}),
        ("健\U000e0101", None, {"N:健"}),
        ("ゲスト", "げすと", set()),
        ("Unknown", "N/A", set()),
        ("未設定", "不明", set()),
        (None, " ", set()),
        ("-", "・", set()),
    ],
)
def test_given_names_are_compared_in_folded_forms(given: str | None, kana: str | None, forms: set[str]) -> None:
    assert guard_forms(given, kana) == forms


@pytest.mark.parametrize(
    ("old", "common"),
    [
        ("髙橋", "高橋"),
        ("渡邊", "渡辺"),
        ("渡邉", "渡辺"),
        ("齋藤", "斎藤"),
        ("𠮷田", "吉田"),
        ("冨田", "富田"),
        ("舘", "館"),
        ("瀨", "瀬"),
    ],
)
def test_old_and_variant_kanji_are_one_with_the_common_form(old: str, common: str) -> None:
    assert guard_forms(old, None) == guard_forms(common, None) == {f"N:{common}"}
