"""Names without a gap, parted by the surnames that there are."""

from __future__ import annotations

import pytest

from graph.identity.normalising.splitting import is_surname, split_gapless


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("山田例子", ("山田", "例子")),
        ("林例子", ("林", "例子")),
        ("長谷川例", ("長谷川", "例")),
        ("佐々木例子", ("佐々木", "例子")),
        ("髙橋例子", ("髙橋", "例子")),
        ("渡邊例子", ("渡邊", "例子")),
        ("ヤマダハナコ", ("ヤマダ", "ハナコ")),
        ("ﾔﾏﾀﾞﾊﾅｺ", ("ﾔﾏﾀﾞ", "ﾊﾅｺ")),
        ("やまだしょうこ", ("やまだ", "しょうこ")),
        ("ﾔﾏﾀﾞｼﾖｳｺ", ("ﾔﾏﾀﾞ", "ｼﾖｳｺ")),
    ],
)
def test_a_name_is_parted_behind_its_surname(name: str, parts: tuple[str, str]) -> None:
    assert split_gapless(name) == parts


@pytest.mark.parametrize(
    "name", ["検体真由", "山田", "オカダイスケ", "ケンタイタロウ", "例", "", "山田例題商店街組合", "山田" * 9]
)
def test_what_would_be_a_guess_is_not_parted(name: str) -> None:
    assert split_gapless(name) == (None, None)


@pytest.mark.parametrize(("word", "is_one"), [("Yamada", True), ("YAMADA", True), ("Ohno", True), ("Shiken", False), ("", False)])
def test_a_japanese_surname_is_known_in_latin_letters(word: str, is_one: bool) -> None:
    assert is_surname(word) is is_one
