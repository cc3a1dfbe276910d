"""Birth dates in the notations of Japanese systems."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.identity.normalising.dates import TOKYO, Calendar, is_real_birth_date
from graph.identity.normalising.dates import read_birth_date as read

TODAY = Calendar(TOKYO, date(2026, 4, 1))


def read_birth_date(text: str) -> str | None:
    return read(text, TODAY)


@pytest.mark.parametrize(
    "text",
    [
        "1988-08-08",
        "1988/8/8",
        "1988.08.08",
        "1988年8月8日",
        "１９８８年８月８日",
        "19880808",
        "1988-08-08T00:00:00+09:00",
        "昭和63年8月8日",
        "昭和６３年８月８日",
        "㍼63年8月8日",
        "昭和 63 年 8 月 8 日",
        "S63.8.8",
        "s63/08/08",
        "S63-8-8",
        "昭和六十三年八月八日",
        "1988/8/8 0:00",
        "1988/08/08 00:00:00",
        "1988-08-08T00:00:00",
        "1988-08-08 0時0分",
        "19880808000000",
        "198808080000",
        "1988年8月8日生",
        "昭和63年8月8日生まれ",
        "1988年8月8日（月）",
        "1988年8月8日㈪",
        "1988年8月8日月曜日",
        "1988-08-08 (Mon)",
        "生年月日：1988/8/8",
        "西暦1988年8月8日",
        "1988年（昭和63年）8月8日",
        "1988(S63)年8月8日",
        "昭63.8.8",
        "1988‐08‐08",
        "1988-08-08\u200b",
        "1988-08-07T15:00:00.000Z",
        "1988-08-07T15:00:00Z",
        "1988-08-08T00:00:00Z",
        "1988-08-07T15:00:00+00:00",
        "1988-08-07T15:00:00+0000",
        "1988-08-07 15:00 UTC",
        "1988-08-07T10:00:00-05:00",
    ],
)
def test_notations_of_one_day_read_as_that_day(text: str) -> None:
    assert read_birth_date(text) == "1988-08-08"


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("明治33年1月2日", "1900-01-02"),
        ("明治45年7月30日", "1912-07-30"),
        ("大正元年7月30日", "1912-07-30"),
        ("大正15年12月25日", "1926-12-25"),
        ("昭和元年12月25日", "1926-12-25"),
        ("昭和64年1月7日", "1989-01-07"),
        ("平成元年1月8日", "1989-01-08"),
        ("平成31年4月30日", "2019-04-30"),
        ("令和元年十月三十一日", "2019-10-31"),
        ("H31.4.30", "2019-04-30"),
        ("令和元年5月1日", "2019-05-01"),
        ("R6.2.29", "2024-02-29"),
        ("大正15年12月24日", "1926-12-24"),
        ("明治45年7月29日", "1912-07-29"),
    ],
)
def test_eras_are_read(text: str, iso: str) -> None:
    assert read_birth_date(text) == iso


@pytest.mark.parametrize(
    "text",
    [
        "",
        "不明",
        "88/8/8",
        "08/08/1988",
        "1988-02-30",
        "昭和65年1月1日",
        "S0.1.1",
        "1988年8月",
        "0001-01-01",
        "1988-08-08x",
        "32935",
        "0000-00-00",
        "1900-01-00",
        "1988年（昭和62年）8月8日",
        "1988-08-07T25:00:00Z",
        "1988-08-08T00:00:00+99:00",
    ],
)
def test_what_would_be_a_guess_is_not_read(text: str) -> None:
    assert read_birth_date(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "明治5年12月2日",
        "明治45年7月31日",
        "大正元年7月29日",
        "大正15年12月26日",
        "昭和元年12月24日",
        "昭和64年1月8日",
        "平成元年1月7日",
        "平成31年5月1日",
        "令和元年4月30日",
    ],
)
def test_a_day_outside_its_era_is_not_read(text: str) -> None:
    assert read_birth_date(text) is None


@given(st.dates(min_value=date(1926, 12, 25), max_value=date(1989, 1, 7)))
def test_any_day_of_showa_reads_the_same_in_era_and_in_iso(day: date) -> None:
    era = f"昭和{day.year - 1925}年{day.month}月{day.day}日"
    assert read_birth_date(era) == read_birth_date(day.isoformat()) == day.isoformat()


def test_defaults_of_programs_and_unread_dates_are_no_evidence() -> None:
    assert [is_real_birth_date(iso) for iso in ("1988-08-08", "1900-01-01", "1970-01-01", "1899-12-30", None)] == [
        True,
        *[False] * 4,
    ]


@pytest.mark.parametrize("text", ["1899-12-31", "明治6年1月1日", "2026-04-02", "2999-01-01", "2026-04-01T15:00:00Z"])
def test_nobody_was_born_before_1900_or_is_born_tomorrow(text: str) -> None:
    assert read_birth_date(text) is None


def test_the_day_on_which_it_is_told_is_a_day_to_be_born_on() -> None:
    told = datetime(2026, 4, 1, 16, tzinfo=UTC)
    assert read("2026-04-02", Calendar.at(told)) == "2026-04-02"
    assert read("2026-04-02", Calendar.at(told, UTC)) is None


def test_an_instant_is_a_day_where_the_business_is() -> None:
    assert read("1990-03-02T15:00:00Z", Calendar(UTC, date(2026, 4, 1))) == "1990-03-02"
