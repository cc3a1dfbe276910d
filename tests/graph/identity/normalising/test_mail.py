"""Mail addresses: one key for one address, and old carrier addresses that the standard forbids."""

from __future__ import annotations

import pytest

from graph.identity.normalising.mail import read_mail


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("mayumi@example.jp", "mayumi@example.jp"),
        (" Mayumi@Example.JP ", "mayumi@example.jp"),
        ("ｍａｙｕｍｉ＠ｅｘａｍｐｌｅ．ｊｐ", "mayumi@example.jp"),
        ("shiken+news@example.jp", "shiken+news@example.jp"),
        ("..shiken..taro.@docomo.ne.jp", "..shiken..taro.@docomo.ne.jp"),
        ('"shiken..taro"@ezweb.ne.jp', "shiken..taro@ezweb.ne.jp"),
        ("shiken.@t.vodafone.ne.jp", "shiken.@t.vodafone.ne.jp"),
        (".SHIKEN-taro..@DOCOMO.ne.jp", ".shiken-taro..@docomo.ne.jp"),
        ("sh.iken@docomo.ne.jp", "sh.iken@docomo.ne.jp"),
        ("試験@例え.jp", "試験@例え.jp"),
    ],
)
def test_addresses_are_read_to_their_match_key(text: str, key: str) -> None:
    assert read_mail(text) == key


@pytest.mark.parametrize("text", ["", "なし", "shiken", "shiken@", "@example.jp", "shiken@localhost", "shiken..taro@example.jp"])
def test_what_is_no_address_is_not_read(text: str) -> None:
    assert read_mail(text) is None
