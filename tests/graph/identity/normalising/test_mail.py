"""Mail addresses: one key for one address, and old carrier addresses that the standard forbids."""

from __future__ import annotations

import pytest

from graph.identity.normalising.mail import read_mail, read_mails


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
        ("hanako@例えba.jp", "hanako@例えba.jp"),
        ("試験 花子 <.shiken.@docomo.ne.jp>", ".shiken.@docomo.ne.jp"),
        ("mailto:shiken%2Bnews@example.jp?subject=x", "shiken+news@example.jp"),
    ],
)
def test_addresses_are_read_to_their_match_key(text: str, key: str) -> None:
    assert read_mail(text) == key


@pytest.mark.parametrize(
    "text",
    [
        "例題 花子 <hanako@example.jp>",
        '"Reidai, Hanako" <hanako@example.jp>',
        "Reidai Hanako <HANAKO@example.jp>",
        "<hanako@example.jp>",
        "hanako@example.jp (Hanako)",
        "hanako@example.jp（携帯）",
        "=?UTF-8?B?5L6L6aGM?= <hanako@example.jp>",
        "mailto:hanako@example.jp",
        "<mailto:hanako@example.jp>",
        "メール：hanako@example.jp",
        "E-mail: hanako@example.jp",
        "例題 花子 hanako@example.jp",
        "hanako@example.jp\u200b",
        "\u200bhanako@example.jp",
        "\ufeffhanako@example.jp",
        "hanako@example.jp\u2060",
        "hana\u00adko@example.jp",
        "\u200ehanako@example.jp",
        "\u00a0hanako@example.jp\t",
        "hanako@example.jp.",
        "hanako@example.jp。",
        "※hanako@example.jp",
        "✉hanako@example.jp",
        "・hanako@example.jp",
        "“hanako@example.jp”",
        "メアドhanako@example.jp",
        "メールアドレスはhanako@example.jpです",
        "hanako@example.jpです",
        "例題(hanako@example.jp)",
        "SMTP:hanako@example.jp",
        "PC: hanako@example.jp",
        "Reply-To: hanako@example.jp",
        "hanako@example.jp / なし",
        "hanako@example.jp NULL",
        "hanako@example.jp/",
        "'hanako@example.jp'",
        "hanako@example.jp; Hanako@example.jp",
    ],
)
def test_what_stands_around_an_address_is_no_part_of_it(text: str) -> None:
    assert read_mail(text) == "hanako@example.jp"


@pytest.mark.parametrize("between", [", ", "; ", " ", "\n", "、", "，", "/", " / ", "|", "または"])
def test_two_addresses_in_one_field_are_two(between: str) -> None:
    assert read_mails(f"a@example.jp{between}b@example.jp") == ("a@example.jp", "b@example.jp")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "なし",
        "shiken",
        "shiken@",
        "@example.jp",
        "shiken@localhost",
        "shiken..taro@example.jp",
        "shiken taro@example.jp",
        "a, b@example.jp",
        "a@example.jp, b@",
        "a@example,jp",
        "Hanako Reidai a@example.jp",
        "a@@example.jp",
        "a@example.jpb@example.jp",
    ],
)
def test_what_is_no_address_beyond_doubt_is_not_read(text: str) -> None:
    assert read_mails(text) == ()
