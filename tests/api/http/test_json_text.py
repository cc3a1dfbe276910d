"""JSON as clients send it: what is bad in one place is found there, and nothing is rounded."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.http.json_text import decode, decode_plain

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(VALUES)
def test_plain_json_is_what_it_says(value: Any) -> None:
    text = json.dumps(value, ensure_ascii=False).encode()
    assert decode(text) == decode_plain(text) == value


@pytest.mark.parametrize("number", [2**63, 2**64 + 1, 10**20, -(2**63) - 1])
def test_whole_numbers_beyond_64_bits_stay_what_they_are(number: int) -> None:
    assert decode(b'{"x": [1, %d]}' % number) == {"x": [1, number]}


@pytest.mark.parametrize("text", [b"-18446744073709551617", b'{"x":123456789012345678901}', b"[" + b"9" * 5000 + b"]"])
def test_what_is_no_number_of_ours_is_no_plain_json(text: bytes) -> None:
    with pytest.raises(ValueError, match="64 bits"):
        decode_plain(b" " + text)


def test_half_a_character_stays_in_its_text() -> None:
    assert decode(b'["\\ud83d", "\xf0\x9f", "a"]') == ["\ud83d", "\udcf0\udc9f", "a"]


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    assert decode(b"\xef\xbb\xbf{}") == decode_plain(b"\xef\xbb\xbf{}") == {}


@pytest.mark.parametrize("text", [b"", b"{", b"NaN", b"[1,]", b"'x'", b"\xff\xfe", b"[" * 200_000])
def test_what_is_no_json_is_refused(text: bytes) -> None:
    for read in (decode, decode_plain):
        with pytest.raises(ValueError, match=r".+"):
            read(text)


@pytest.mark.parametrize("part", [b"{},", b"[],", b"[", b"1,", b'"\\ud83d",{},'])
def test_a_text_of_very_many_parts_is_refused_before_it_is_decoded(part: bytes) -> None:
    text = b"[" + part * (15_000_000 // len(part)) + b"1]"
    for read in (decode, decode_plain):
        with pytest.raises(ValueError, match="too many parts"):
            read(text)


def test_a_large_batch_of_large_orders_is_decoded() -> None:
    line = b'{"sku":"S-1","name":"x","quantity":1,"unitPrice":"100","total":"100"}'
    order = b'{"data":{"lines":[' + b",".join([line] * 200) + b"]}}"
    assert len(decode(b"[" + b",".join([order] * 1_000) + b"]")) == 1_000
