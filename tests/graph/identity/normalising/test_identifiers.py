"""Identifiers of every kind: what makes two of them the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.identity.normalising.identifiers import Reading, key_of, normalise, read_identifier, scope_of
from graph.identity.normalising.nothing import Nothing
from graph.vocabulary import IDENTIFIER_KINDS


@pytest.mark.parametrize(
    ("kind", "value", "normalised"),
    [
        ("MEMBER_NUMBER", "ab-12 34", "AB1234"),
        ("POS_CARD", "２９００ー１２３４ー５６７８", "290012345678"),
        ("CATALOG_NUMBER", " c‐001 ", "C001"),
        ("EC_ACCOUNT_ID", " U1001 ", "U1001"),
        ("EC_ACCOUNT_ID", "u-1001", "u-1001"),
        ("EC_ACCOUNT_ID", "Hanako.Shiken@Example.com", "hanako.shiken@example.com"),
        ("EXTERNAL_ID", "SHIKEN@example.jp", "shiken@example.jp"),
        ("EC_ACCOUNT_ID", "Shiken <Shiken@Example.jp>", "Shiken <Shiken@Example.jp>"),
        ("EC_ACCOUNT_ID", "Shiken@shop", "Shiken@shop"),
        ("LINE_USER_ID", "Uabc-DEF", "Uabc-DEF"),
        ("FAX", "03-1234-5678", "+81312345678"),
        ("EMAIL", "Shiken@Example.jp", "shiken@example.jp"),
    ],
)
def test_a_value_is_read_by_its_kind(kind: str, value: str, normalised: str) -> None:
    assert normalise(kind, value).value == normalised


def test_only_telephone_numbers_are_mobile_and_a_fax_never_is() -> None:
    assert normalise("PHONE", "090-1234-5678").mobile
    assert not normalise("FAX", "090-1234-5678").mobile


@pytest.mark.parametrize("kind", IDENTIFIER_KINDS)
def test_a_value_with_nothing_in_it_is_none_of_every_kind(kind: str) -> None:
    assert read_identifier(kind, " \u3000\u200b") == Reading("", nothing=Nothing.NONE)
    with pytest.raises(ValueError, match="says that there is none"):
        normalise(kind, " \u3000")


@pytest.mark.parametrize(
    ("kind", "value", "message"),
    [
        ("PHONE", "03-1234-5678 / 090-1234-5678", "several"),
        ("PHONE", "8.17022E+11", "no telephone number"),
        ("EMAIL", "shiken taro@example.jp", "no mail address"),
        ("EMAIL", "なし", "there is none"),
    ],
)
def test_what_is_not_one_certain_value_is_no_key(kind: str, value: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        key_of(kind, value)


@given(st.sampled_from(IDENTIFIER_KINDS), st.text(max_size=20) | st.from_regex(r"[0-9a-z@. /-]{1,20}", fullmatch=True))
def test_what_is_kept_of_a_value_reads_as_the_same(kind: str, value: str) -> None:
    reading = read_identifier(kind, value)
    again = read_identifier(kind, reading.text)
    assert (again.values, again.nothing, again.problem) == (reading.values, reading.nothing, reading.problem)
    assert [read_identifier(kind, each.value).values for each in reading.values] == [(each,) for each in reading.values]


@pytest.mark.parametrize(
    ("kind", "scope", "source", "expected"),
    [
        ("LINE_USER_ID", None, "/line/1654000000", "1654000000"),
        ("LINE_USER_ID", "9999", "/line/1654000000", "9999"),
        ("EXTERNAL_ID", None, "/crm", "/crm"),
        ("MEMBER_NUMBER", None, "/crm", ""),
        ("MEMBER_NUMBER", " club ", "/crm", "club"),
        ("LINE_USER_ID", " ", "/line/1654000000/", "1654000000"),
    ],
)
def test_a_scope_is_given_or_follows_from_kind_and_source(kind: str, scope: str | None, source: str, expected: str) -> None:
    assert scope_of(kind, scope, source) == expected


def test_the_key_of_a_value_is_the_same_in_any_notation() -> None:
    assert key_of("PHONE", "０９０ー１２３４ー５６７８") == key_of("PHONE", "+81 90 1234 5678") == "PHONE::+819012345678"
