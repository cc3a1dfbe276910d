"""Names: splitting, putting together."""

from __future__ import annotations

import pytest

from graph.identity.normalising.names import given_alone, is_default_name, join_name, split_name


@pytest.mark.parametrize(
    ("full", "parts"),
    [
        ("試験 太郎", ("試験", "太郎")),
        ("試験\u3000太郎", ("試験", "太郎")),
        ("\u202a試験 太\u200b郎\u202c", ("試験", "太郎")),
        ("ｼｹﾝ ﾀﾛｳ", ("ｼｹﾝ", "ﾀﾛｳ")),
        ("試験 太郎 様", ("試験", "太郎")),
        ("試験　太郎先生", ("試験", "太郎")),
        ("試験 太郎 (Taro)", ("試験", "太郎")),
        ("山田太郎様", ("山田", "太郎")),
        ("ヤマダタロウ", ("ヤマダ", "タロウ")),
        ("株式会社 試験", (None, None)),
        ("試験様", (None, None)),
        ("試験太郎", (None, None)),
        ("マリア シケン ロペス", (None, None)),
        ("Taro Shiken", (None, None)),
        ("", (None, None)),
    ],
)
def test_a_japanese_full_name_is_split_where_that_is_no_guess(full: str, parts: tuple[str | None, str | None]) -> None:
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
    ("family", "given", "alone"),
    [
        ("試験", "試験 太郎", "太郎"),
        ("高橋", "髙橋\u3000太郎", "太郎"),
        ("試験", "太郎", "太郎"),
        ("試験", "試験", "試験"),
        ("Shiken", "Mary Jane", "Mary Jane"),
        (None, "太郎 二", "太郎 二"),
        ("試験", None, None),
    ],
)
def test_a_family_name_that_is_written_twice_is_no_given_name(family: str | None, given: str | None, alone: str | None) -> None:
    assert given_alone(family, given) == alone


@pytest.mark.parametrize("text", ["未設定", "ゲスト", "げすと", "ﾐﾆｭｳﾘｮｸ", "unknown", "N/A"])
def test_a_name_that_says_that_none_is_known_is_none(text: str) -> None:
    assert is_default_name(text)
