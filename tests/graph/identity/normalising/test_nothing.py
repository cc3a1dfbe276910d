"""Values that say that there is none, and why."""

from __future__ import annotations

import pytest

from graph.identity.normalising.identifiers import read_identifier
from graph.identity.normalising.nothing import Nothing


@pytest.mark.parametrize(
    "text",
    [
        "非通知",
        "非通知設定",
        "ひつうち",
        "anonymous",
        "Anonymous",
        "ＡＮＯＮＹＭＯＵＳ",
        "Restricted",
        "Private",
        "Private Number",
        "withheld",
        "Blocked",
        "No Caller ID",
        "Caller ID blocked",
        "Anonymous Private Caller",
        "発信者番号なし",
        "番号通知無し",
        "ユーザー非通知",
        "非通知 様",
        "非通知(184)",
        "通知不可能（非通知）",
        "P",
        "Ｐ",
        '"Anonymous" <sip:anonymous@anonymous.invalid>',
        "sip:anonymous@anonymous.invalid",
        "sip:restricted@pbx.example.jp;user=phone",
        "+266696687",
        "7378742833",
    ],
)
def test_a_caller_who_withheld_the_number_is_told_so(text: str) -> None:
    assert read_identifier("PHONE", text).nothing is Nothing.WITHHELD


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("C", Nothing.PAY_PHONE),
        ("公衆電話", Nothing.PAY_PHONE),
        ("payphone", Nothing.PAY_PHONE),
        ("Coin/Payphone", Nothing.PAY_PHONE),
        ("公衆電話発信", Nothing.PAY_PHONE),
        ("サービス競合等のため通知不可", Nothing.NOT_SHOWN),
        ("Number unavailable", Nothing.NOT_SHOWN),
        ("S", Nothing.NOT_SHOWN),
        ("O", Nothing.NOT_SHOWN),
        ("表示圏外", Nothing.NOT_SHOWN),
        ("サービス競合", Nothing.NOT_SHOWN),
        ("通知不可能", Nothing.NOT_SHOWN),
        ("unavailable", Nothing.NOT_SHOWN),
        ("Unknown <>", Nothing.NOT_SHOWN),
        ("unknown", Nothing.NOT_SHOWN),
        ("sip:unavailable@unknown.invalid", Nothing.NOT_SHOWN),
        ("不明", Nothing.NOT_SHOWN),
        ("未設定", Nothing.NONE),
        ("空欄", Nothing.NONE),
        ("なし", Nothing.NONE),
        ("電話なし", Nothing.NONE),
        ("持っていない", Nothing.NONE),
        ("(null)", Nothing.NONE),
        ("N/A", Nothing.NONE),
        ("-", Nothing.NONE),
        ("ーーー", Nothing.NONE),
        ("000-0000-0000", Nothing.NONE),
        ("090-0000-0000", Nothing.NONE),
        ("1234567890", Nothing.NONE),
        ("0", Nothing.NONE),
        ("xxx-xxxx-xxxx", Nothing.NONE),
        ("\u200b", Nothing.NONE),
    ],
)
def test_other_reasons_are_told_apart(text: str, reason: Nothing) -> None:
    assert read_identifier("PHONE", text).nothing is reason


@pytest.mark.parametrize("text", ["未設定", "なし", "無し", "NULL", "-", "none", "不明@", "<none>", "メールなし", "no email"])
def test_a_mail_address_may_say_that_there_is_none(text: str) -> None:
    assert read_identifier("EMAIL", text).nothing is Nothing.NONE


@pytest.mark.parametrize(
    ("kind", "text"),
    [("EMAIL", "P"), ("EMAIL", "shiken"), ("PHONE", "Q"), ("PHONE", "8.17022E+11"), ("FAX", "42"), ("FAX", "caller")],
)
def test_what_is_only_unreadable_says_nothing_of_the_kind(kind: str, text: str) -> None:
    reading = read_identifier(kind, text)
    assert (reading.nothing, reading.values, reading.text) == (None, (), text)
    assert reading.problem == f"UNREADABLE_{'MAIL' if kind == 'EMAIL' else 'PHONE'}"


def test_the_letters_of_number_display_are_accounts_elsewhere() -> None:
    assert [value.value for value in read_identifier("EC_ACCOUNT_ID", "P").values] == ["P"]


def test_a_number_beside_the_words_for_a_withheld_one_is_a_number() -> None:
    assert [value.value for value in read_identifier("PHONE", "非通知 090-1234-5678").values] == ["+819012345678"]
