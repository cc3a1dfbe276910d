"""Cases worth looking up in the demo town: a family's landline, a reissued number, a guest, a caller nobody knows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from demo.envelope import TOKYO, RawEvent, event
from demo.people import Resident

FAMILY_LANDLINE = "03-1234-0003"
REISSUED = "080-9999-0001"
FAMILY = (
    ("見本坂 正", "ミホンザカ タダシ", "1961-05-05"),
    ("見本坂 春子", "ミホンザカ ハルコ", "1963-03-03"),
    ("見本坂 夏樹", "ミホンザカ ナツキ", "1994-07-20"),
)


def stories(first: Resident) -> Iterator[RawEvent]:
    """Yield the cases; `first` is known to every system, so that one look-up shows all doors."""
    yield from _family()
    yield from _reissued_number()
    yield from _of_the_first(first)
    yield from _strangers()
    yield from _rare_kinds(first)


def _day(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=TOKYO)


def _family() -> Iterator[RawEvent]:
    """Three people with one landline stay three; a call from it is nobody's until the caller says who is calling."""
    for index, (name, kana, birth) in enumerate(FAMILY, 1):
        data = {
            "name": {"full": name},
            "kana": {"full": kana},
            "birthDate": birth,
            "address": {"full": "東京都見本区例町三丁目10番5号"},
            "identifiers": [
                {"kind": "MEMBER_NUMBER", "value": f"M-90000{index}"},
                {"kind": "PHONE", "value": FAMILY_LANDLINE, "sharing": "HOUSEHOLD"},
            ],
        }
        yield event("person", "/pos", f"family-{index}", _day("2025-01-10T11:00"), data, subject=f"M-90000{index}")
    caller = {"kind": "PHONE", "value": FAMILY_LANDLINE}
    data = {
        "kind": "CALL",
        "direction": "INBOUND",
        "by": {"identifiers": [caller]},
        "summary": "コートの取り置き",
        "staff": "op-3",
    }
    yield event("interaction", "/cti", "family-call", _day("2026-09-12T16:20"), data)


def _reissued_number() -> Iterator[RawEvent]:
    """A mobile number that went to somebody else: two people, and the look-up shows both."""
    for subject, name, at in (("M-800001", "仮谷 旧子", "2024-12-01T10:00"), ("M-800002", "想野 新", "2026-05-01T10:00")):
        data = {
            "name": {"full": name},
            "identifiers": [{"kind": "MEMBER_NUMBER", "value": subject}, {"kind": "PHONE", "value": REISSUED}],
        }
        yield event("person", "/pos", f"reissued-{subject}", _day(at), data, subject=subject)


def _of_the_first(first: Resident) -> Iterator[RawEvent]:
    """A bare call from a known mobile, a guest order by a verified mail, an order taken by telephone."""
    phone, mail = {"kind": "PHONE", "value": "+81-90-1234-0001"}, {"kind": "EMAIL", "value": first.mail.upper(), "verified": True}
    call = {"kind": "CALL", "direction": "INBOUND", "by": {"identifiers": [phone]}, "staff": "op-12", "products": ["SKU-001"]}
    call |= {"summary": "ジャケットの在庫の問い合わせ", "durationSeconds": 185, "store": "center"}
    yield event("interaction", "/cti", "first-call", _day("2026-10-03T12:00"), call)
    line = {
        "line": 1,
        "sku": "SKU-001",
        "name": "見本 ベーシックジャケット",
        "quantity": 1,
        "unitPrice": "19800",
        "amount": "19800",
    }
    order: dict[str, Any] = {"status": "FULFILLED", "currency": "JPY", "lines": [line], "total": "19800"}
    guest = {**order, "channel": "WEB", "store": "web", "by": {"identifiers": [mail]}}
    yield event("order", "/ec", "guest-1", _day("2026-10-04T21:15"), guest, subject="EC-GUEST-1")
    record = {"record": {"source": "/pos", "subject": first.member}}
    phoned = {**order, "status": "CONFIRMED", "channel": "PHONE", "staff": "op-12", "by": record}
    yield event("order", "/cti", "phoned-1", _day("2026-10-05T10:40"), phoned, subject="TEL-1")


def _strangers() -> Iterator[RawEvent]:
    """A guest order and a call of nobody known, and a call from a toll-free number, which identifies nobody."""
    line = {"line": 1, "sku": "SKU-031", "quantity": 1, "amount": "4900"}
    guest = {"status": "PLACED", "channel": "WEB", "currency": "JPY", "lines": [line], "total": "4900"}
    guest |= {"by": {"identifiers": [{"kind": "EMAIL", "value": "guest@example.jp"}]}}
    yield event("order", "/ec", "guest-2", _day("2026-10-20T09:05"), guest, subject="EC-GUEST-2")
    for contact, number in (("stranger", "070-1111-0009"), ("toll-free", "0120-000-000")):
        data = {"kind": "CALL", "direction": "INBOUND", "by": {"identifiers": [{"kind": "PHONE", "value": number}]}}
        yield event("interaction", "/cti", f"{contact}-call", _day("2026-10-21T18:30"), {**data, "outcome": "切断"})


def _rare_kinds(first: Resident) -> Iterator[RawEvent]:
    """One contact of each kind that ordinary days do not bring."""
    kinds: tuple[dict[str, Any], ...] = (
        {"kind": "IVR_SESSION", "menuPath": ["1", "3"], "durationSeconds": 48},
        {"kind": "BOT_SESSION", "handedOverTo": "op-5", "topic": "サイズ交換の相談"},
        {"kind": "SMS", "direction": "OUTBOUND", "text": "お直しが仕上がりました。"},
        {"kind": "WEB_FORM", "form": "お問い合わせ", "text": "裾上げはできますか。"},
        {"kind": "CHECK_IN", "store": "ginza"},
        {"kind": "APP_SESSION", "device": "スマートフォン", "pages": [{"url": "/coupons"}]},
        {"kind": "PRODUCT_USE", "device": "試着アプリ", "products": ["SKU-002"]},
        {"kind": "VIRTUAL_TOUR", "pages": [{"url": "/tour/ginza"}], "store": "ginza"},
        {"kind": "FAX", "document": "法人注文書", "pageCount": 2, "direction": "INBOUND"},
        {"kind": "DOWNLOAD", "document": "お手入れガイド", "pageCount": 8},
        {"kind": "FEEDBACK", "score": 9, "scale": "10", "sentiment": "満足", "text": "丁寧な接客でした。"},
        {"kind": "WEBINAR", "scheduledFor": "2026-08-20T19:00:00+09:00", "attended": True, "topic": "秋の着こなし"},
        {
            "kind": "SERVICE_VISIT",
            "scheduledFor": "2026-08-25T10:00:00+09:00",
            "attended": True,
            "result": "採寸",
            "serial": "MH-0001",
        },
        {"kind": "NOTE", "text": "紙袋は不要とのこと。", "staff": "st-1", "store": "ginza"},
    )
    by = {"record": {"source": "/ec", "subject": first.account}}
    for day, data in enumerate(kinds, 1):
        yield event("interaction", "/crm", f"rare-{data['kind'].lower()}", _day(f"2026-08-{day:02d}T14:00"), {**data, "by": by})
