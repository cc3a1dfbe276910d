"""Two source records compared field by field, as events tell of them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.likeness.measuring import labelled
from graph.identity.comparing import LEVELS, UNKNOWN, compare
from graph.identity.profile import FIELDS, Profile
from graph.matching.by_rules import Reported, told

FLAT, HOUSE = "大阪府見本市例町2-3-4 仮荘201号室", "大阪府見本市例町５丁目６番７号"
LANDLINE = {"kind": "PHONE", "value": "06-6000-4141"}


def profile(source: str = "/ec", **data: Any) -> Profile:
    reported = Reported()
    raw = {
        "specversion": "1.0", "type": "customer360.person.v1", "source": source, "id": "1", "subject": "1",
        "time": "2026-04-01T10:00:00Z", "data": data,
    }  # fmt: skip
    return reported.records[told(raw, reported)].profile(reported.identifiers)


def named(family: str | None = None, given: str | None = None, kana: tuple[str, str] | None = None, **more: Any) -> Profile:
    read = {"kana": {"family": kana[0], "given": kana[1]}} if kana else {}
    return profile(name={"family": family, "given": given}, **read, **more)


def holding(kind: str, *values: str, source: str = "/ec", **more: Any) -> Profile:
    return profile(source, identifiers=[{"kind": kind, "value": value, **more} for value in values])


def mobile(value: str, **more: Any) -> Profile:
    return holding("PHONE", value, **more)


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        (named("試験", "太郎"), named("見本", "太郎"), "SAME"),
        (named("試験", "眞一"), named("試験", "真一"), "SAME"),
        (named("試験", "裕介", ("シケン", "ユウスケ")), named("試験", "祐介", ("しけん", "ゆうすけ")), "READS_ALIKE"),
        (named("試験", "太郎", ("シケン", "タロウ")), named("Shiken", "Taro"), "READS_ALIKE"),
        (named("試験", "太郎", ("シケン", "タロウ")), named(None, "ﾀﾛｳ"), "READS_ALIKE"),
        (named("試験", "花子", ("シケン", "ハナコ")), named("試験", "花江", ("シケン", "ハナエ")), "CLOSE"),
        (named("試験", "太郎"), named("試験", "花子"), "DIFFERENT"),
        (named("試験", "太郎", ("シケン", "タロウ")), named("Shiken", "Hanako"), "DIFFERENT"),
        (named("試験", "太郎"), named("Shiken", "Taro"), UNKNOWN),
        (named("試験", "太郎"), named("試験", "未設定"), UNKNOWN),
        (named("試験", "太郎"), profile(), UNKNOWN),
    ],
)
def test_given_names_are_compared_in_the_scripts_that_both_have(one: Profile, other: Profile, level: str) -> None:
    assert compare(one, other)["GIVEN_NAME"] == level


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        (named("試験", address={"full": HOUSE}), named("試験", address={"full": "大阪府見本市例町5-6-7"}), "HOME_AND_SURNAME"),
        (named("試験", identifiers=[LANDLINE]), named("試験", identifiers=[LANDLINE]), "HOME_AND_SURNAME"),
        (named("髙例", address={"full": FLAT}), named("高例", address={"full": FLAT}), "HOME_AND_SURNAME"),
        (named("試験", address={"full": FLAT}), named("見本", address={"full": FLAT}), "HOME"),
        (profile(identifiers=[LANDLINE]), named("見本", identifiers=[LANDLINE]), "HOME"),
        (named("試験", address={"full": FLAT}), named("試験", address={"full": HOUSE}), "SURNAME"),
        (named("試験"), named("試験"), "SURNAME"),
        (named("試験", "太郎", ("シケン", "タロウ")), named(None, None, ("シケン", "タロウ")), "SURNAME"),
        (named("渡部", None, ("ワタナベ", "ハナ")), named("渡辺", None, ("ワタナベ", "ハナ")), "DIFFERENT"),
        (named("試験"), named("見本"), "DIFFERENT"),
        (profile(address={"full": FLAT}), profile(address={"full": HOUSE}), "DIFFERENT"),
        (profile(address={"full": FLAT}), named("試験"), UNKNOWN),
    ],
)
def test_surname_address_and_landline_are_one_comparison(one: Profile, other: Profile, level: str) -> None:
    assert compare(one, other)["HOUSEHOLD"] == level


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("1988-08-09", "昭和63年8月9日", "SAME"),
        ("1988-08-09", "1988-09-08", "CLOSE"),
        ("1988-08-09", "1988-08-19", "CLOSE"),
        ("1988-08-09", "1987-08-09", "CLOSE"),
        ("1988-10-12", "1988-10-21", "CLOSE"),
        ("1988-08-09", "1988-01-20", "SAME_YEAR"),
        ("1988-08-09", "1990-01-20", "DIFFERENT"),
        ("1988-08-09", "1970-01-01", UNKNOWN),
        ("1970-01-01", "1970-01-01", UNKNOWN),
    ],
)
def test_birth_dates_forgive_one_slip_and_defaults_tell_nothing(one: str, other: str, level: str) -> None:
    assert compare(profile(birthDate=one), profile(birthDate=other))["BIRTH_DATE"] == level


@pytest.mark.parametrize(
    ("one", "other", "field", "level"),
    [
        (mobile("090-1000-4101"), mobile("+81 90 1000 4101"), "MOBILE", "SAME"),
        (mobile("090-1000-4101"), mobile("090-1000-4110"), "MOBILE", "CLOSE"),
        (mobile("090-1000-4101"), mobile("090-5555-1234"), "MOBILE", "DIFFERENT"),
        (mobile("090-1000-4101"), mobile("06-6000-4141"), "MOBILE", UNKNOWN),
        (mobile("090-1000-4101"), mobile("090-1000-4101", sharing="KIOSK"), "MOBILE", UNKNOWN),
        (
            mobile("090-1000-4101", validTo="2026-01-01T00:00:00Z"),
            mobile("090-1000-4101", validFrom="2026-02-01T00:00:00Z"),
            "MOBILE",
            UNKNOWN,
        ),
        (mobile("0120-000-000"), mobile("0120-000-000"), "HOUSEHOLD", UNKNOWN),
        (mobile("090-1000-4101", sharing="HOUSEHOLD"), mobile("090-1000-4101", sharing="HOUSEHOLD"), "HOUSEHOLD", "HOME"),
        (holding("EMAIL", "Taro@example.jp"), holding("EMAIL", "taro@example.jp"), "MAIL", "SAME"),
        (holding("EMAIL", "taro@example.jp"), holding("EMAIL", "tarp@example.jp"), "MAIL", "CLOSE"),
        (holding("EMAIL", "taro@example.jp"), holding("EMAIL", "taro@mail.example.com"), "MAIL", "SAME_LOCAL_PART"),
        (holding("EMAIL", "taro@example.jp"), holding("EMAIL", "hanako@example.com"), "MAIL", "DIFFERENT"),
        (holding("MEMBER_NUMBER", "M-1", source="/pos"), holding("MEMBER_NUMBER", "M1"), "ACCOUNT", "SAME"),
        (holding("MEMBER_NUMBER", "M1"), holding("MEMBER_NUMBER", "M2"), "ACCOUNT", "DIFFERENT"),
        (holding("MEMBER_NUMBER", "M1"), holding("MEMBER_NUMBER", "M2", source="/outlet"), "ACCOUNT", UNKNOWN),
        (holding("MEMBER_NUMBER", "M1"), holding("POS_CARD", "C1"), "ACCOUNT", UNKNOWN),
        (profile(gender="FEMALE"), profile(gender="MALE"), "GENDER", "DIFFERENT"),
        (profile(gender="FEMALE"), profile(gender="OTHER"), "GENDER", UNKNOWN),
    ],
)
def test_what_reaches_somebody_is_compared_by_value(one: Profile, other: Profile, field: str, level: str) -> None:
    assert compare(one, other)[field] == level


PEOPLE = [each for _, each in labelled("laws", 60).records()]


@given(st.sampled_from(PEOPLE), st.sampled_from(PEOPLE))
def test_the_order_of_the_two_does_not_matter_and_every_level_has_a_name(one: Profile, other: Profile) -> None:
    levels = compare(one, other)
    assert levels == compare(other, one)
    assert tuple(levels) == FIELDS
    assert all(level in (*LEVELS[field], UNKNOWN) for field, level in levels.items())
