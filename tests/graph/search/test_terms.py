"""What a text in the one box can mean."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.search.numbers import NUMBERED, calls
from graph.search.terms import LONGEST, terms


@pytest.mark.parametrize(
    "typed",
    [
        "090-1234-5678",
        "(090) 1234 5678",
        "０９０ー１２３４ー５６７８",
        "+81 90 1234 5678",
        "090-1234-5678 内線12",
        "sip:09012345678@pbx.example.jp",
        '"試験 太郎" <sip:09012345678@203.0.113.5>',
        "090・1234・5678",
    ],
)
def test_a_telephone_number_is_one_in_any_notation(typed: str) -> None:
    assert ("+819012345678", ["PHONE", "FAX"]) in terms(typed).identifiers


@pytest.mark.parametrize("typed", ["山田", "A-1001", "12345", "2026-04-01 to 2026-04-30 and more"])
def test_what_is_no_telephone_number_is_not_looked_for_as_one(typed: str) -> None:
    assert not calls(terms(typed).identifiers)


def test_a_mail_address_is_compared_without_case() -> None:
    assert ("hanako@example.jp", ["EMAIL"]) in terms("Hanako@Example.JP").identifiers


def test_an_account_that_is_a_mail_address_is_compared_without_case() -> None:
    found = [kinds for value, kinds in terms("Hanako@Example.JP").identifiers if value == "hanako@example.jp"]
    assert any("EC_ACCOUNT_ID" in kinds for kinds in found)
    assert any(value == "U-a1" and "EC_ACCOUNT_ID" in kinds for value, kinds in terms("U-a1").identifiers)


def test_a_card_number_is_compared_without_gaps_and_case() -> None:
    assert any(value == "M0001" and "POS_CARD" in kinds for value, kinds in terms("m-00 01").identifiers)


@pytest.mark.parametrize(
    ("typed", "names", "kana"),
    [
        ("山田", ['+search_names:"山田"'], False),
        ("山田太", ['+search_names:"山田 田太"'], False),
        ("髙橋", ['+search_names:"高橋"'], False),
        ("林", ["+search_names:林*"], False),
        ("ﾔﾏﾀﾞ", ['+(search_names:"ヤマ マダ" OR search_names:yamada)'], True),
        ("やまだ 様", ['+(search_names:"ヤマ マダ" OR search_names:yamada)'], True),
        ("Yūko", ["+search_names:yuko*"], False),
        ("Shota", ["+(search_names:shota* OR search_names:siyota*)"], False),
        ("Jean-Paul", ["+(search_names:jeanpaul* OR search_names:zieanpaur*)"], False),
        ("no", ["+search_names:no*"], False),
        ("090-1234-5678", [], False),
        ("A-1001", [], False),
        ("hanako@example.jp", [], False),
        ("", [], False),
        ("   ", [], False),
    ],
)
def test_a_name_is_looked_for_in_its_script_and_by_its_sound(typed: str, names: list[str], kana: bool) -> None:
    found = terms(typed)
    assert (found.names, found.kana) == (names, kana)


def test_each_of_several_parts_is_a_name_or_stands_in_the_address_and_one_is_a_name() -> None:
    [query] = terms("試験 例市").names
    assert query == (
        '+(search_names:"試験" OR search_names:"例市") +(search_names:"試験" OR search_details:"試験") '
        '+(search_names:"例市" OR search_details:"例市")'
    )


@pytest.mark.parametrize("typed", ["試験 1988-08-08", "試験 1988/8/8", "昭和63年8月8日 試験", "試験 S63.8.8", "試験 19880808"])
def test_a_date_of_birth_beside_a_name_is_demanded_in_any_notation(typed: str) -> None:
    assert terms(typed).names == ['+search_names:"試験" +search_details:born19880808']


@pytest.mark.parametrize(
    ("typed", "places", "dated"),
    [
        ("1988-08-08", ["+search_details:born19880808"], True),
        ("〒999-0001", ["+search_details:post9990001"], False),
        ("例市", ['+search_details:"例市"'], False),
        ("試験町8-9", ['+search_details:"試験 験町" search_details:8 search_details:9'], False),
        ("試験 太郎", [], False),
        ("1888-08-08", [], False),
    ],
)
def test_a_place_or_a_date_alone_is_looked_for_as_one(typed: str, places: list[str], dated: bool) -> None:
    found = terms(typed)
    assert (found.places, found.dated) == (places, dated)


def test_who_may_not_see_details_does_not_search_by_them() -> None:
    found = terms("試験 例市 1988-08-08", details=False)
    assert (found.names, found.places) == (['+search_names:"試験" +search_names:"例市"'], [])


@pytest.mark.parametrize(
    ("typed", "close"),
    [
        ("試験 太郎", ['+((+search_names:試験~1 +search_names:"太郎") OR (+search_names:"試験" +search_names:太郎~1))']),
        ("太郎", []),
        ("Ann", []),
        ("Anna", ["+(+search_names:anna~1)"]),
    ],
)
def test_a_similar_spelling_differs_in_one_part(typed: str, close: list[str]) -> None:
    assert terms(typed).close == close


@pytest.mark.parametrize(
    ("typed", "endings"),
    [
        ("5678", [("5678", "5678")]),
        ("2222-5678", [("5678", "22225678")]),
        ("…5678", [("5678", "5678")]),
        ("090-****-5678", [("5678", "5678")]),
        ("XXX-XXXX-5678", [("5678", "5678")]),
        ("x567", [("x567", "x567"), ("X567", "X567")]),
        ("下4桁 5678", [("5678", "5678")]),
        ("下4桁は5678", [("5678", "5678")]),
        ("末尾の5678", [("5678", "5678")]),
        ("ab12", [("ab12", "ab12"), ("AB12", "AB12")]),
        ("678", []),
        ("山田太郎", []),
        ("090-1234-5678", []),
        ("山田 5678", [("5678", "5678")]),
    ],
)
def test_four_letters_or_digits_and_more_are_looked_for_as_an_end(typed: str, endings: list[tuple[str, str]]) -> None:
    assert terms(typed).endings == endings


@pytest.mark.parametrize(
    ("typed", "beginnings"),
    [
        ("090-1234", [("+81901234", ["PHONE", "FAX"], 8), ("0901234", NUMBERED, 7)]),
        ("+81 90 12", [("+819012", ["PHONE", "FAX"], 6), ("819012", NUMBERED, 6)]),
        ("hanako.k", [("hanako.k", ["EMAIL"], 7)]),
        ("090", []),
        ("090-1234-5678", []),
    ],
)
def test_a_number_or_address_is_looked_for_by_its_beginning(typed: str, beginnings: list[tuple[str, list[str], int]]) -> None:
    assert terms(typed).beginnings == beginnings


@pytest.mark.parametrize("typed", ["#POS-Story-1", "pos story 1", "ＰＯＳＳＴＯＲＹ１", "Pos_Story_1"])
def test_an_order_number_is_compared_without_signs_case_and_width(typed: str) -> None:
    assert "POSSTORY1" in terms(typed).numbers


@given(st.text())
def test_whatever_is_typed_no_query_is_empty_or_holds_a_special_character(typed: str) -> None:
    found = terms(typed)
    for query in (*found.names, *found.places, *found.close):
        bare = re.sub(r'search_(names|details):|~[12]| OR |[+*"() ]', "", query)
        assert bare
        # Newer ideographs are letters that this Python does not know yet.
        assert all(unicodedata.category(sign)[0] in "LMN" or ord(sign) > 0x20000 for sign in bare)
    assert all(value for value, _ in found.identifiers)


def test_a_text_that_is_too_long_is_cut() -> None:
    assert terms("山" * 1000).words == ["山" * LONGEST]
