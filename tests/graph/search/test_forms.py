"""The forms that a customer is found by, in the text index."""

from __future__ import annotations

import pytest

from graph.search.forms import name_forms, search_details, search_names


@pytest.mark.parametrize(
    ("name", "forms"),
    [
        ("檢象 亞薰", "検象 象亜 亜薫 薫 検象亜薫"),
        ("ケンゾウ", "ケン ンゾ ゾウ ウ ケンゾウ kenzo"),
        ("Ohno Syota", "ohno syota ohnosyota ono siyota onosiyota"),
        ("Anna Smith-Jones", "anna smith jones smithjones annasmithjones ziyones annasmithziyones"),
        ("山田一郎", "山田 田一 一郎 郎 山田一郎"),
        ("検体林 John", "検体 体林 林 検体林 john ziyon"),
        ("Đặng Văn", "dang van dangvan ban dangban"),
        ("สมชาย ตัวอย่าง", "สมชาย ตัวอย่าง สมชายตัวอย่าง"),
        ("林", "林"),
        ("J Smith", "j smith jsmith zsmith"),
        ("・", ""),
    ],
)
def test_a_name_is_found_by_its_pairs_its_words_and_their_sounds(name: str, forms: str) -> None:
    assert name_forms(name) == forms


def test_no_phrase_goes_from_one_name_into_the_next() -> None:
    assert search_names(["試験", "検体", "試験"]) == "試験 験 | 検体 体"


def test_a_birth_date_a_postal_code_and_the_parts_of_an_address_are_details() -> None:
    assert search_details("1987-06-05", "〒999-0001 例市試験町8-9") == (
        "born19870605 post9990001 999 0001 例市 市試 試験 験町 町 8 9"
    )
    assert search_details(None, None) == ""
