"""Telephone numbers: notations that mean the same number, and what sort of number it is."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from graph.identity.normalising.phones import Phone, PhoneSort, phone_value, read_phone


@pytest.mark.parametrize(
    "text",
    [
        "090-1234-5678",
        "09012345678",
        "０９０ー１２３４ー５６７８",
        "０９０－１２３４－５６７８",
        "090‐1234‐5678",
        "090 1234 5678",
        "(090)1234-5678",
        "+81-90-1234-5678",
        "+81 (0)90-1234-5678",
        "＋８１９０１２３４５６７８",
        "tel:+81-90-1234-5678",
        "090-1234-5678 内線 12",
        "090-1234-5678（内線：12）",
        "090-1234-5678 ext. 12",
        "090-1234-5678x12",
        "TEL 090-1234-5678",
    ],
)
def test_every_notation_of_a_mobile_number_reads_as_one_value(text: str) -> None:
    phone = read_phone(text)
    assert phone is not None
    assert (phone.value, phone.sort, phone.mobile, phone.public) == ("+819012345678", PhoneSort.MOBILE, True, False)


@pytest.mark.parametrize(
    ("text", "extension"),
    [
        ("03-1234-5678 内線 12", "12"),
        ("03-1234-5678（内線：３０１）", "301"),
        ("03-1234-5678 ext. 12", "12"),
        ("03-1234-5678#7", "7"),
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
        ("050-1234-5678", Phone("+815012345678", PhoneSort.IP)),
        ("0120-123-456", Phone("+81120123456", PhoneSort.PUBLIC)),
        ("0800-123-4567", Phone("+818001234567", PhoneSort.PUBLIC)),
        ("0570-012-345", Phone("+81570012345", PhoneSort.PUBLIC)),
        ("0990-123-456", Phone("+81990123456", PhoneSort.PUBLIC)),
        ("+1 212 555 0100", Phone("+12125550100")),
        ("110", Phone("110")),
        ("12345678901234567890", Phone("12345678901234567890")),
    ],
)
def test_landlines_internet_toll_free_and_unplanned_numbers_are_told_apart(text: str, phone: Phone) -> None:
    assert read_phone(text) == phone


@pytest.mark.parametrize("text", ["", "不明", "内線", "-"])
def test_a_text_without_digits_is_no_number(text: str) -> None:
    assert read_phone(text) is None


@given(
    st.from_regex(r"0[1-9][0-9]{0,3}[ \-]?[0-9]{1,4}[ \-]?[0-9]{4}", fullmatch=True)
    | st.text("0123456789+-() 内線代", max_size=16)
)
@example("0101000000")
def test_the_value_alone_is_that_of_the_number_that_is_read(text: str) -> None:
    phone = read_phone(text)
    assert phone_value(text) == (phone and phone.value)
