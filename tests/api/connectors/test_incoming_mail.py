"""Mail as it really comes: charsets, broken headers, quotations, answers that prove themselves, and bounces."""

from __future__ import annotations

from base64 import b64encode
from datetime import UTC, datetime
from email import message_from_bytes
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from structlog.testing import capture_logs

from api.connectors.mail.bodies import as_text
from api.connectors.mail.charsets import decoded
from api.connectors.mail.headers import addresses, display_name, header, words
from api.connectors.mail.incoming import Company, read_mail
from api.connectors.mail.quotes import without_quotes

ARRIVED = datetime(2026, 11, 29, 1, 0, 5, tzinfo=UTC)
COMPANY = Company(frozenset({"info@shop.example.jp"}))


def jis(text: str) -> str:
    return f"=?ISO-2022-JP?B?{b64encode(text.encode('iso2022_jp')).decode()}?="


def letter(body: str = "こんにちは", charset: str = "utf-8", **headers: str) -> bytes:
    told = {
        "From": "hanako@example.jp",
        "To": "info@shop.example.jp",
        "Subject": "x",
        "Message-ID": "<m-1@example.jp>",
        "Date": "Sun, 29 Nov 2026 10:00:00 +0900",
        "Content-Type": f"text/plain; charset={charset}",
        "Content-Transfer-Encoding": "8bit",
    } | {name.replace("_", "-"): value for name, value in headers.items()}
    lines = "".join(f"{name}: {value}\r\n" for name, value in told.items())
    return lines.encode("utf-8", "surrogateescape") + b"\r\n" + body.encode(charset)


def read(raw: bytes) -> dict[str, Any]:
    [event] = read_mail(raw, COMPANY, ARRIVED)
    return event


def data(raw: bytes) -> dict[str, Any]:
    return read(raw)["data"]


NEC = b"\x1b$B-!9b66\x1b(B"
HALF = b"\x1b(I6E\x1b(B"


@pytest.mark.parametrize(
    ("raw", "charset", "text"),
    [
        ("在庫はありますか".encode("iso2022_jp"), "ISO-2022-JP", "在庫はありますか"),
        (NEC, "iso-2022-jp", "①高橋"),
        (HALF, "ISO-2022-JP", "ｶﾅ"),
        ("行\r\n次の行".encode("iso2022_jp"), "ISO-2022-JP", "行\r\n次の行"),
        ("㈱試験 ①髙橋".encode("cp932"), "Shift_JIS", "㈱試験 ①髙橋"),
        ("渡邊".encode("euc_jp"), "x-euc-jp", "渡邊"),
        ("在庫".encode("iso2022_jp"), "us-ascii", "在庫"),
        ("在庫".encode("iso2022_jp"), None, "在庫"),
        ("在庫".encode(), "us-ascii", "在庫"),
        ("在庫".encode("cp932"), "utf-8", "在庫"),
        ("在庫".encode(), "x-unknown", "在庫"),
        (b"caf\xe9", "iso-8859-1", "café"),
        (b"\x1b$B\x46", "iso-2022-jp", ""),
    ],
)
def test_bytes_are_what_japanese_mail_means_by_its_charset(raw: bytes, charset: str | None, text: str) -> None:
    assert decoded(raw, charset) == text


@given(raw=st.binary(max_size=200), charset=st.sampled_from(["iso-2022-jp", "shift_jis", "utf-8", "us-ascii", "x", "", None]))
def test_whatever_bytes_there_are_they_become_a_text(raw: bytes, charset: str | None) -> None:
    decoded(raw, charset).encode()


TEXT = "株式会社試験商店のお問い合わせ窓口"
CUT = b64encode(TEXT.encode("iso2022_jp")).decode()


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (jis("在庫の件"), "在庫の件"),
        (f"Re: {jis('在庫の件')}", "Re: 在庫の件"),
        (f"{jis('在庫')} {jis('の件')}", "在庫の件"),
        # cut in the middle of a character, as programs do that count bytes
        (f"=?ISO-2022-JP?B?{CUT[:20]}?=\r\n =?ISO-2022-JP?B?{CUT[20:]}?=", TEXT),
        # no blank between an encoded word and what follows, no padding, quotes around it
        (f"{jis('在庫')}(1)", "在庫(1)"),
        (jis("在庫").replace("=?=", "?="), "在庫"),
        ("=?utf-8?Q?=E5=9C=A8=E5=BA=AB_1?=", "在庫 1"),
        ("=?UTF-8*ja?q?=E5=9C=A8=E5=BA=AB?=", "在庫"),
        ("=?utf-8?B?5Zyo5bqr?= =?utf-8?B?44Gu5Lu2?=", "在庫の件"),
        ("在庫".encode().decode("ascii", "surrogateescape"), "在庫"),
        ("在庫".encode("cp932").decode("ascii", "surrogateescape"), "在庫"),
        ("=?x-nothing?B?5Zyo5bqr?=", "在庫"),
        ("=?utf-8?B?5?=", ""),
        ("plain", "plain"),
    ],
)
def test_encoded_words_are_read_however_they_are_broken(raw: str, text: str) -> None:
    assert words(raw) == text


HALF_NAME = b64encode(b"\x1b(I<9]\x1b(B \x1b(IJE:\x1b(B").decode()
SHIFTED_NAME = b64encode("ｼｹﾝ ﾊﾅｺ".encode("cp932")).decode()


@pytest.mark.parametrize(
    ("raw", "address", "name"),
    [
        ("hanako@example.jp", "hanako@example.jp", None),
        ('"試験 花子" <Hanako@Example.JP>'.encode().decode("ascii", "surrogateescape"), "hanako@example.jp", "試験 花子"),
        (f"{jis('試験 花子')} <hanako@example.jp>", "hanako@example.jp", "試験 花子"),
        (f'"{jis("試験 花子")}" <hanako@example.jp>', "hanako@example.jp", "試験 花子"),
        # half-width kana in a name becomes what it is
        (f"=?ISO-2022-JP?B?{HALF_NAME}?= <hanako@example.jp>", "hanako@example.jp", "シケン ハナコ"),
        (f"=?Shift_JIS?B?{SHIFTED_NAME}?= <hanako@example.jp>", "hanako@example.jp", "シケン ハナコ"),
        # addresses that no standard allows and telephone companies gave out
        ("a..b.@docomo.ne.jp", "a..b.@docomo.ne.jp", None),
        ("hanako@example.jp <hanako@example.jp>", "hanako@example.jp", None),
        ("試験, 花子 <hanako@example.jp>".encode().decode("ascii", "surrogateescape"), "hanako@example.jp", "試験, 花子"),
    ],
)  # fmt: skip
def test_senders_are_read_with_their_names(raw: str, address: str, name: str | None) -> None:
    message = message_from_bytes(f"From: {raw}\r\n\r\n".encode("ascii", "surrogateescape"))
    assert addresses(message, "From") == [address]
    assert display_name(message, "From") == name


ATTRIBUTED = "2026年11月29日(日) 10:00 見本 係 <info@shop.example.jp>:"


@pytest.mark.parametrize(
    ("text", "new"),
    [
        ("はい、お願いします。", "はい、お願いします。"),
        (f"お願いします。\n\n{ATTRIBUTED}\n> 在庫がございます。\n> お取り置きしますか", "お願いします。"),
        (f"{ATTRIBUTED}\n> お取り置きしますか\nはい\n> お名前は\n試験です", "はい\n試験です"),
        ("承知しました\n\n2026/11/29 10:00、見本 係 <info@shop.example.jp>のメール:\n\n> 在庫", "承知しました"),
        ("承知しました\n\n-----Original Message-----\nFrom: info@shop.example.jp\n\n在庫がございます", "承知しました"),
        ("承知しました\n\n-------- 元のメッセージ --------\n件名: 在庫\n在庫がございます", "承知しました"),
        ("承知しました\n\n差出人: 見本 係\n送信日時: 2026年11月29日 10:00\n宛先: hanako\n\n在庫", "承知しました"),
        ("はい\n\n見本さんは書きました:\n> 在庫", "はい"),
        ("yes\n\nOn Sun, Nov 29, 2026 at 10:00 AM Shop <info@shop.example.jp> wrote:\n> stock?", "yes"),
        ("はい\n＞ 在庫は", "はい"),
        ("2026年11月29日 10:00 に伺います:", "2026年11月29日 10:00 に伺います:"),
        ("", ""),
        (f"{ATTRIBUTED}\n> 在庫", ""),
    ],
)  # fmt: skip
def test_quotations_are_cut_and_answers_between_them_stay(text: str, new: str) -> None:
    assert without_quotes(text) == new
    assert without_quotes(text.replace("\n", "\r\n")) == new


@given(st.text(max_size=300))
def test_cutting_quotations_twice_cuts_no_more(text: str) -> None:
    assert len(without_quotes(text)) <= len(text)


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<head><title>t</title><style>p{}</style></head><p>在庫は<br>ありますか</p><p>試験</p>", "在庫は\nありますか\n試験"),
        ("<p>はい</p><blockquote>在庫は</blockquote>", "はい"),
        ("a &lt;b&gt; &amp; c<script>alert(1)</script>", "a <b> & c"),
        ("<img src=x onerror=alert(1)>見えない", "見えない"),
        ("<div>未完", "未完"),
    ],
)  # fmt: skip
def test_html_becomes_text_without_what_nobody_sees(markup: str, text: str) -> None:
    assert "\n".join(filter(None, as_text(markup).split("\n"))) == text


def test_a_message_becomes_a_contact_by_its_sender_in_answer_to_what_it_names() -> None:
    raw = letter(
        f"お願いします。\r\n\r\n{ATTRIBUTED}\r\n> 在庫がございます。",
        "iso2022_jp",
        From=f"{jis('試験 花子')} <hanako@example.jp>",
        Subject=f"Re: {jis('在庫の件')}",
        In_Reply_To="<b@shop.example.jp>",
        References="<a@shop.example.jp>\r\n <b@shop.example.jp>",
    )
    event = read(raw)
    assert (event["source"], event["subject"], event["time"]) == ("/mail", "m-1@example.jp", "2026-11-29T01:00:00+00:00")
    assert event["data"] == {
        "kind": "EMAIL",
        "direction": "INBOUND",
        "by": {"identifiers": [{"kind": "EMAIL", "value": "hanako@example.jp"}]},
        "subject": "Re: 在庫の件",
        "text": "お願いします。",
        "messageId": "m-1@example.jp",
        "inReplyTo": "b@shop.example.jp",
        "references": ["a@shop.example.jp", "b@shop.example.jp"],
        "senderName": "試験 花子",
    }


def test_what_the_company_sends_is_by_those_who_get_it_and_what_stays_inside_is_no_contact() -> None:
    told = data(letter(From="見本 係 <INFO@shop.example.jp>", To="hanako@example.jp", Cc="taro@example.jp, info@shop.example.jp"))
    assert told["direction"] == "OUTBOUND"
    assert [each["value"] for each in told["by"]["identifiers"]] == ["hanako@example.jp", "taro@example.jp"]
    assert read_mail(letter(From="info@shop.example.jp"), COMPANY, ARRIVED) == []


@pytest.mark.parametrize(
    ("headers", "automatic"),
    [
        ({}, None),
        ({"Auto_Submitted": "no"}, None),
        ({"Auto_Submitted": "auto-replied; owner-email=\"x\""}, True),
        ({"Auto_Submitted": "AUTO-GENERATED"}, True),
        ({"Precedence": "auto_reply"}, True),
        ({"X_Autoreply": "yes"}, True),
        ({"Precedence": "bulk"}, None),
    ],
)  # fmt: skip
def test_what_a_program_sent_by_itself_says_so(headers: dict[str, str], automatic: bool | None) -> None:
    assert data(letter(**headers)).get("autoSubmitted") == automatic


FUTURE = "Sun, 29 Nov 2099 10:00:00 +0900"


@pytest.mark.parametrize(
    ("headers", "time"),
    [
        ({}, "2026-11-29T01:00:00+00:00"),
        ({"Date": "nonsense"}, "2026-11-29T01:00:05+00:00"),
        ({"Date": FUTURE}, "2026-11-29T01:00:05+00:00"),
        ({"Date": FUTURE, "Received": "from x by y; Sun, 29 Nov 2026 09:59:00 +0900"}, "2026-11-29T00:59:00+00:00"),
        ({"Date": "Fri, 27 Nov 2026 10:00:00 -0000"}, "2026-11-27T10:00:00+00:00"),
    ],
)  # fmt: skip
def test_a_message_is_of_the_time_that_it_tells_but_never_later_than_it_came(headers: dict[str, str], time: str) -> None:
    assert read(letter(**headers))["time"] == time


def test_a_message_without_an_id_is_known_by_its_content() -> None:
    raw = letter(Message_ID="")
    assert read(raw)["subject"] == read(raw)["subject"]
    assert read(raw)["subject"] != read(letter("別の本文", Message_ID=""))["subject"]


REPORT = """From: MAILER-DAEMON@mx.example.jp
To: info@shop.example.jp
Message-ID: <report@mx.example.jp>
Date: Sun, 29 Nov 2026 10:05:00 +0900
Auto-Submitted: auto-replied
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b
Content-Type: text/plain

It did not arrive.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.jp

Final-Recipient: rfc822; hanako@example.jp
Action: ACTION
Status: STATUS

--b
Content-Type: text/rfc822-headers

From: info@shop.example.jp
To: hanako@example.jp
Subject: =?utf-8?B?5Zyo5bqr?=
Message-ID: <m-9@shop.example.jp>

--b--
"""


@pytest.mark.parametrize(("action", "status"), [("failed", "5.1.1"), ("delayed", "4.4.7")])
def test_a_report_of_what_did_not_arrive_is_about_the_message_that_it_returns(action: str, status: str) -> None:
    event = read(REPORT.replace("ACTION", action).replace("STATUS", status).encode())
    assert (event["subject"], event["data"]["deliveryStatus"]) == ("m-9@shop.example.jp", f"{action.upper()} {status}")
    assert event["data"]["by"]["identifiers"] == [{"kind": "EMAIL", "value": "hanako@example.jp"}]
    assert (event["data"]["direction"], event["data"]["subject"]) == ("OUTBOUND", "在庫")


SEVERAL = """Final-Recipient: rfc822; hanako@example.jp
Action: failed
Status: 4.4.7

Final-Recipient: rfc822; jiro@example.jp
Action: failed
Status: 5.1.1

Final-Recipient: rfc822; taro@example.jp
Action: failed
Status: 5.2.1

Final-Recipient: rfc822; hanae@example.jp
Action: delayed
Status: 5.0.0
"""


def test_of_several_addresses_the_report_is_about_those_that_are_gone_for_good() -> None:
    one = REPORT.partition("Final-Recipient")[2].partition("--b")[0]
    event = read(REPORT.replace(f"Final-Recipient{one}", f"{SEVERAL}\n").encode())
    assert event["data"]["deliveryStatus"] == "FAILED 5.1.1"
    assert [each["value"] for each in event["data"]["by"]["identifiers"]] == ["jiro@example.jp", "taro@example.jp"]


def test_a_report_of_what_arrived_is_no_failure() -> None:
    assert "deliveryStatus" not in data(REPORT.replace("ACTION", "delivered").replace("STATUS", "2.0.0").encode())


@given(st.binary(max_size=400))
def test_whatever_a_stranger_sends_no_error_comes_of_it(raw: bytes) -> None:
    read_mail(raw, COMPANY, ARRIVED)
    read_mail(letter().partition(b"\r\n\r\n")[0] + b"\r\n" + raw, COMPANY, ARRIVED)


def test_what_no_parser_understands_is_told_without_a_word_of_it() -> None:
    broken = Company(frozenset())
    object.__setattr__(broken, "addresses", None)
    with capture_logs() as logs:
        assert read_mail(letter("秘密"), broken, ARRIVED) == []
    assert [line["event"] for line in logs] == ["mail_not_understood"]
    assert "秘密" not in str(logs)


def test_headers_are_one_line() -> None:
    assert header(message_from_bytes(b"Subject: a\r\n  b\r\n\r\n"), "subject") == "a b"
