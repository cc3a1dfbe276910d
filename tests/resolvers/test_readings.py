"""A customer's reading is shown in one kind of kana, whatever each source writes."""

from __future__ import annotations

import pytest

from resolvers.people.customer import full_width


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("ｼｹﾝ ﾊﾅｺ", "シケン ハナコ"),
        ("ﾚｲﾀﾞ ﾐｻｷ", "レイダ ミサキ"),
        ("ｻﾝﾌﾟﾙ･ﾏﾘｰ", "サンプル・マリー"),
        ("しけん たろう", "シケン タロウ"),
        ("シケン タロウ", "シケン タロウ"),
        ("Sample Maria", "Sample Maria"),
    ],
)
def test_a_reading_is_full_width_katakana(written: str, shown: str) -> None:
    assert full_width(written) == shown
    assert full_width(shown) == shown
