"""Telephone numbers: notations that mean the same number, and what sort of number it is."""

from __future__ import annotations

import sys
import unicodedata

import phonenumbers
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from graph.identity.normalising.phones import Phone, PhoneSort, phone_value, read_phone, read_phones

MOBILE = "+819012345678"


@pytest.mark.parametrize(
    "text",
    [
        "090-1234-5678",
        "09012345678",
        "０９０ー１２３４ー５６７８",
        "０９０－１２３４－５６７８",
        "０９０一１２３４一５６７８",
        "090‐1234‐5678",
        "090─1234─5678",
        "090〜1234〜5678",
        "090⎯1234⎯5678",
        "090⏤1234⏤5678",
        "090_1234_5678",
        "090・1234・5678",
        "090·1234·5678",
        "090 1234 5678",
        "090\u00a01234\u20095678",
        "(090)1234-5678",
        "090.1234.5678",
        "090/1234/5678",
        "+81-90-1234-5678",
        "+81 (0)90-1234-5678",
        "+8109012345678",
        "＋８１９０１２３４５６７８",
        "819012345678",
        "9012345678",
        "tel:+81-90-1234-5678",
        "tel:09012345678;phone-context=+81",
        "callto:+819012345678",
        "sip:09012345678@pbx.example.jp",
        "sip:09012345678@203.0.113.5:5060",
        "sips:+819012345678@pbx.example.jp",
        "sip:%2B819012345678@pbx.example.jp;transport=udp",
        "<sip:+819012345678@pbx.example.jp;user=phone>",
        '"試験 太郎" <sip:09012345678@203.0.113.5>',
        '"09012345678" <sip:09012345678@203.0.113.5>',
        "09012345678@pbx.example.jp",
        '"試験 太郎" <tel:09012345678>',
        "<sip:09012345678@pbx.example.jp:5060;transport=tcp>;tag=9",
        "09012345678;isub=12",
        "tel:+819012345678;postd=1;ext=7",
        "09012345678.0",
        "9012345678.00",
        "\u202a090-1234-5678\u202c",
        "\u2068090-1234-5678\u2069",
        "0\ufe0e90-1234-5678",
        "090\u00ad1234\u00ad5678",
        "090-\u200b1234-\u200b5678",
        "\ufeff090-1234-5678",
        "090-1234-5678 内線 12",
        "090-1234-5678（内線：12）",
        "090-1234-5678 ext. 12",
        "090-1234-5678x12",
        "TEL 090-1234-5678",
        "TEL1: 090-1234-5678",
        "☎️090-1234-5678",
        "携帯 090-1234-5678",
        "携帯:090-1234-5678",
        "本人 090-1234-5678",
        "電話（自宅）090-1234-5678",
        "（携帯090-1234-5678）",
        "090-1234-5678（携帯）",
        "090-1234-5678【本人】",
        "090-1234-5678<携帯>",
        "１. 090-1234-5678",
        "(1) 090-1234-5678",
        "090-1234-5678 母",
        "090-1234-5678 (mobile)",
        "090-1234-5678直通",
        "090-1234-5678※夜間のみ",
        "090-1234-5678（18時以降）",
        "090-1234-5678 9:00-17:00",
        "090-1234-5678。",
        "090-1234-5678、090 1234 5678",
        "184-090-1234-5678",
        "186 09012345678",
        "*31#090-1234-5678",
        "#31#09012345678",
        "122-090-1234-5678",
        "0-090-1234-5678",
        "9,09012345678",
        "010-81-90-1234-5678",
        "00819012345678",
        "+00819012345678",
        "001-010-81-90-1234-5678",
        "0033-010-81-90-1234-5678",
    ],
)
def test_every_notation_of_a_mobile_number_reads_as_one_value(text: str) -> None:
    phone = read_phone(text)
    assert phone is not None
    assert (phone.value, phone.sort, phone.mobile, phone.public) == (MOBILE, PhoneSort.MOBILE, True, False)


@pytest.mark.parametrize(
    ("text", "extension"),
    [
        ("03-1234-5678 内線 12", "12"),
        ("03-1234-5678（内線：３０１）", "301"),
        ("03-1234-5678 ext. 12", "12"),
        ("03-1234-5678#7", "7"),
        ("03-1234-5678p12", "12"),
        ("03-1234-5678w12", "12"),
        ("03-1234-5678,,12#", "12"),
        ("03-1234-5678;;,12", "12"),
        ("tel:+81312345678;ext=1234", "1234"),
        ("tel:+81312345678,1234", "1234"),
        ("(03)1234-5678(代)", None),
        ("03-1234-5678", None),
    ],
)
def test_an_extension_stands_apart_from_the_number(text: str, extension: str | None) -> None:
    assert read_phone(text) == Phone("+81312345678", PhoneSort.LANDLINE, extension)


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("03-1234-5678", Phone("+81312345678", PhoneSort.LANDLINE)),
        ("代表 03-1234-5678", Phone("+81312345678", PhoneSort.LANDLINE)),
        ("(03)1234-5678(代)", Phone("+81312345678", PhoneSort.LANDLINE)),
        ("080-1234-5678", Phone("+818012345678", PhoneSort.MOBILE)),
        ("070-1234-5678", Phone("+817012345678", PhoneSort.MOBILE)),
        ("060-1234-5678", Phone("+816012345678", PhoneSort.MOBILE)),
        ("050-1234-5678", Phone("+815012345678", PhoneSort.IP)),
        ("0120-123-456", Phone("+81120123456", PhoneSort.PUBLIC)),
        ("0800-123-4567", Phone("+818001234567", PhoneSort.PUBLIC)),
        ("0570-012-345", Phone("+81570012345", PhoneSort.PUBLIC)),
        ("0990-123-456", Phone("+81990123456", PhoneSort.PUBLIC)),
        ("+1 212 555 0100", Phone("+12125550100")),
        ("0044 20 7946 0958", Phone("+442079460958", PhoneSort.LANDLINE)),
    ],
)
def test_landlines_internet_and_toll_free_numbers_are_told_apart(text: str, phone: Phone) -> None:
    assert read_phone(text) == phone


@pytest.mark.parametrize(
    "text",
    [
        "03-1234-5678 / 090-1234-5678",
        "03-1234-5678、090-1234-5678",
        "03-1234-5678,090-1234-5678",
        "0312345678;09012345678",
        "03-1234-5678 090-1234-5678",
        "03 1234 5678 090 1234 5678",
        "03-1234-5678\n090-1234-5678",
        "03-1234-5678または090-1234-5678",
        "自宅03-1234-5678携帯090-1234-5678",
        "03-1234-5678（携帯 090-1234-5678）",
        "03-1234-5678・090-1234-5678",
        "1) 03-1234-5678 2) 090-1234-5678",
    ],
)
def test_two_numbers_in_one_field_are_two_where_the_split_is_certain(text: str) -> None:
    assert [phone.value for phone in read_phones(text)] == ["+81312345678", MOBILE]
    assert read_phone(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "不明",
        "内線",
        "-",
        "110",
        "2222-9915",
        "070-2222-991",
        "8.17022E+11",
        "817022211001.5",
        "81702211",
        "+266696687",
        "12345678901234567890",
        "062222991207022229912",
        "03-1234-5678/5679",
        "03-1234-5678〜80",
        "O9O-1234-5678",
        "taro09012345678@example.jp",
        "sip:taro09012345678@example.jp",
        "sip:203.0.113.5",
        "090-1234-5678 試験区1-2-3",
        "090-1234-5678" + "、" * 200 + "03-1234-5678",
    ],
)
def test_what_is_no_number_of_the_plan_beyond_doubt_is_none(text: str) -> None:
    assert read_phones(text) == ()


def test_whatever_unicode_calls_a_dash_parts_the_digits_of_a_number() -> None:
    dashes = [sign for sign in map(chr, range(sys.maxunicode + 1)) if unicodedata.category(sign) == "Pd"]
    assert [sign for sign in dashes if phone_value(f"090{sign}1234{sign}5678") != MOBILE] == []
    assert len(dashes) > 20


WRITTEN = st.text("0123456789+-() /,;内線代x＃　携帯母E.@", max_size=30)


@given(WRITTEN)
@example("0101000000")
@example("090 1234 5678")
def test_the_value_alone_is_that_of_the_number_that_is_read(text: str) -> None:
    phone = read_phone(text)
    assert phone_value(text) == (phone and phone.value)


@given(st.from_regex(r"[6-9]0[1-9][0-9]{7}", fullmatch=True))
def test_the_plan_of_numbers_knows_every_mobile_number_that_is_read_without_it(digits: str) -> None:
    assert phonenumbers.number_type(phonenumbers.parse(f"0{digits}", "JP")) == phonenumbers.PhoneNumberType.MOBILE
    assert read_phone(f"0{digits}") == read_phone(f"+81 {digits}") == Phone(f"+81{digits}", PhoneSort.MOBILE)


@given(WRITTEN)
def test_no_digit_is_invented_and_what_was_read_reads_as_itself(text: str) -> None:
    digits = "".join(filter(str.isdigit, text))
    for phone in read_phones(text):
        assert phone.value[-8:] in digits
        assert read_phones(phone.value) == (Phone(phone.value, phone.sort),)
