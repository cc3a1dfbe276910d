"""What a text in the one box can mean."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.search.terms import LONGEST, terms


@pytest.mark.parametrize(
    "typed", ["090-1234-5678", "(090) 1234 5678", "０９０ー１２３４ー５６７８", "+81 90 1234 5678", "090-1234-5678 内線12"]
)
def test_a_telephone_number_is_one_in_any_notation(typed: str) -> None:
    assert ("+819012345678", ["PHONE", "FAX"]) in terms(typed).identifiers


@pytest.mark.parametrize("typed", ["山田", "A-1001", "12345", "2026-04-01 to 2026-04-30 and more"])
def test_what_is_no_telephone_number_is_not_looked_for_as_one(typed: str) -> None:
    assert all("PHONE" not in kinds for _, kinds in terms(typed).identifiers)


def test_a_mail_address_is_compared_without_case() -> None:
    assert ("hanako@example.jp", ["EMAIL"]) in terms("Hanako@Example.JP").identifiers


def test_a_card_number_is_compared_without_gaps_and_case() -> None:
    assert any(value == "M0001" and "POS_CARD" in kinds for value, kinds in terms("m-00 01").identifiers)


@pytest.mark.parametrize(
    ("typed", "texts", "latins", "kana"),
    [
        ("山田", ['"山田"'], [], False),
        ("山田 太郎", ['"山田" AND "太郎"'], [], False),
        ("髙橋", ['"高橋"'], [], False),
        ("林", ["林*"], [], False),
        ("ﾔﾏﾀﾞ", ['"ヤマダ"'], [], True),
        ("やまだ", ['"ヤマダ"'], [], True),
        ("Yamada Taro", [], ["yamada* AND taro*"], False),
        ("YŪKO", [], ["yuko*"], False),
        ("no", [], ["no*"], False),
        ("090-1234-5678", [], [], False),
        ('" OR *:* AND (', [], ["or* AND and*"], False),
        ("", [], [], False),
        ("   ", [], [], False),
    ],
)
def test_a_name_is_looked_for_in_its_script(typed: str, texts: list[str], latins: list[str], kana: bool) -> None:
    found = terms(typed)
    assert (found.texts, found.latins, found.kana) == (texts, latins, kana)


@pytest.mark.parametrize(("typed", "suffixes"), [("5678", ["5678"]), ("ab12", ["ab12", "AB12"]), ("56789", []), ("山田太郎", [])])
def test_four_digits_or_letters_are_looked_for_as_an_end(typed: str, suffixes: list[str]) -> None:
    assert terms(typed).suffixes == suffixes


@given(st.text())
def test_whatever_is_typed_no_query_is_empty_or_holds_a_special_character(typed: str) -> None:
    found = terms(typed)
    for query in (*found.texts, *found.latins):
        assert query
        assert re.sub(r'["*]| AND ', "", query).replace(" ", "").isalnum()
    assert all(value for value, _ in found.identifiers)


def test_a_text_that_is_too_long_is_cut() -> None:
    assert terms("山" * 1000).texts == [f'"{"山" * LONGEST}"']
