"""How values are written for readers of each language."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from admin.parts.formats import Formats

TOKYO = ZoneInfo("Asia/Tokyo")
JAPANESE, ENGLISH = Formats("ja", TOKYO), Formats("en", TOKYO)


@pytest.mark.parametrize(
    ("filter_name", "value", "japanese", "english"),
    [
        ("day", "2026-04-01T01:00:00Z", "2026/04/01 (水)", "Wed 1 Apr 2026"),
        ("day", "2026-03-31T15:00:00.000000Z", "2026/04/01 (水)", "Wed 1 Apr 2026"),
        ("time", "2026-03-31T15:05:00Z", "00:05", "00:05"),
        ("birthday", "1988-08-08", "1988年8月8日", "8 August 1988"),
        ("money", {"amount": "19800", "currency": "JPY"}, "¥19,800", "¥19,800"),
        ("money", {"amount": "-1234.5", "currency": "USD"}, "-$1,234.50", "-$1,234.50"),
        (
            "money",
            {"amount": "12345678901234567890", "currency": "JPY"},
            "¥12,345,678,901,234,567,890",
            "¥12,345,678,901,234,567,890",
        ),
        ("number", 1, "1", "1"),
        ("number", 1200.0, "1,200", "1,200"),
        ("number", 0.25, "0.25", "0.25"),
        ("phone", "+819012345678", "090-1234-5678", "090-1234-5678"),
        ("phone", "+81312345678", "03-1234-5678", "03-1234-5678"),
        ("phone", "+442079460958", "+44 20 7946 0958", "+44 20 7946 0958"),
        ("phone", "090-****-5678", "090-****-5678", "090-****-5678"),
        ("phone", "", "", ""),
        ("identifier", {"kind": "FAX", "value": "+81312345678"}, "03-1234-5678", "03-1234-5678"),
        ("identifier", {"kind": "POS_CARD", "value": "+81312345678"}, "+81312345678", "+81312345678"),
        ("identifier", {"kind": "LINE_USER_ID", "value": "U" + 28 * "0" + "1234"}, "U0000…1234", "U0000…1234"),
        ("identifier", {"kind": "LINE_USER_ID", "value": "line-1"}, "line-1", "line-1"),
        ("kana", "ｼｹﾝ　ﾊﾅｺ", "シケン ハナコ", "シケン ハナコ"),
        ("spaced", "試験　 花子 ", "試験 花子", "試験 花子"),
        ("spaced", None, "", ""),
        ("month", "2026-04", "2026年4月", "Apr 2026"),
        ("duration", 185, "3分5秒", "3 min 5 s"),
        ("duration", 60, "1分", "1 min"),
        ("duration", 0, "0秒", "0 s"),
        ("hours", 5400, "1時間30分", "1 h 30 min"),
        ("hours", 27 * 3600, "27時間", "27 h"),
        ("hours", 61, "2分", "2 min"),
        ("hours", 0, "0分", "0 min"),
        ("weekday", 1, "月", "Mon"),
        ("weekday", 7, "日", "Sun"),
        ("language_name", "en", "英語", "English"),
        ("language_name", "pt-BR", "ポルトガル語 (ブラジル)", "Portuguese (Brazil)"),
        ("language_name", "no such tag", "no such tag", "no such tag"),
    ],
)
def test_a_value_is_written_for_its_reader(filter_name: str, value: Any, japanese: str, english: str) -> None:
    assert getattr(JAPANESE, filter_name)(value) == japanese
    assert getattr(ENGLISH, filter_name)(value) == english


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("来店 · ご試着：SKU-1、SKU-10 · サイズ M", "来店 · ご試着：試験の上着、試験の帽子 · サイズ M"),
        ("SKU-1x XSKU-1 SKU-1", "SKU-1x XSKU-1 試験の上着"),
        ("SKU-2", "SKU-2"),
    ],
)
def test_a_line_names_products_by_their_names(line: str, named: str) -> None:
    products: list[dict[str, str | None]] = [
        {"sku": "SKU-1", "name": "試験の上着"}, {"sku": "SKU-10", "name": "試験の帽子"}, {"sku": "SKU-2", "name": None}
    ]  # fmt: skip
    assert JAPANESE.naming(line, products) == named
    assert JAPANESE.naming(line, []) == line


def test_days_are_those_of_the_business_time_zone() -> None:
    assert Formats("en", ZoneInfo("America/New_York")).day("2026-04-01T01:00:00Z") == "Tue 31 Mar 2026"


def test_an_age_is_counted_in_whole_years() -> None:
    assert JAPANESE.age("1900-01-01") - JAPANESE.age("1901-01-01") == 1
    assert JAPANESE.age("2000-12-31") <= JAPANESE.age("2000-01-01") <= JAPANESE.age("2000-12-31") + 1


def test_how_long_ago_is_said_in_the_largest_unit() -> None:
    before = (datetime.now(UTC) - timedelta(days=3)).isoformat()
    ahead = (datetime.now(UTC) + timedelta(hours=2, minutes=1)).isoformat()
    assert (JAPANESE.ago(before), ENGLISH.ago(before)) == ("3日前", "3 days ago")
    assert ENGLISH.ago(ahead) == "in 2 hours"


def test_how_far_a_time_is_from_now_is_said_without_its_direction() -> None:
    late = (datetime.now(UTC) - timedelta(minutes=40, seconds=10)).isoformat()
    ahead = (datetime.now(UTC) + timedelta(hours=2, minutes=1)).isoformat()
    assert (JAPANESE.span(late), ENGLISH.span(late), ENGLISH.span(ahead)) == ("40分", "40 minutes", "2 hours")
    assert (ENGLISH.is_past(late), ENGLISH.is_past(ahead)) == (True, False)
