"""Taro, whom every system knows: one look-up shows all doors, and one contact of every kind there is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from demo.characters import TARO
from demo.envelope import RawEvent, by_identifier, by_record, event, moment
from demo.records import records
from demo.stories.orders import one_piece

_KINDS: tuple[dict[str, Any], ...] = (
    {"kind": "IVR_SESSION", "menuPath": ["1", "3"], "durationSeconds": 48},
    {"kind": "BOT_SESSION", "handedOverTo": "op-5", "topic": "サイズ交換の相談"},
    {"kind": "SMS", "direction": "OUTBOUND", "text": "お直しが仕上がりました。"},
    {"kind": "WEB_FORM", "form": "お問い合わせ", "text": "裾上げはできますか。"},
    {"kind": "CHECK_IN", "store": "ginza"},
    {"kind": "APP_SESSION", "device": "スマートフォン", "pages": [{"url": "/coupons"}]},
    {"kind": "PRODUCT_USE", "device": "試着アプリ", "products": ["SKU-002"]},
    {"kind": "VIRTUAL_TOUR", "pages": [{"url": "/tour/ginza"}], "store": "ginza"},
    {"kind": "FAX", "document": "注文用紙", "pageCount": 2, "direction": "INBOUND"},
    {"kind": "DOWNLOAD", "document": "お手入れの手引き", "pageCount": 8},
    {"kind": "FEEDBACK", "score": 9, "scale": "10", "sentiment": "満足", "text": "丁寧な接客でした。"},
    {"kind": "WEBINAR", "scheduledFor": "2026-08-12T14:00:00+09:00", "attended": True, "topic": "秋の着こなし"},
    {
        "kind": "SERVICE_VISIT",
        "scheduledFor": "2026-08-13T14:00:00+09:00",
        "attended": True,
        "result": "採寸",
        "serial": "MH-0001",
    },
    {"kind": "NOTE", "text": "紙袋は不要とのこと。", "staff": "ginza-1", "store": "ginza"},
    {"kind": "CHAT_THREAD", "topic": "在庫", "messages": [{"from": "customer", "text": "見本 ウールニットはありますか。"}]},
    {"kind": "EMAIL", "direction": "INBOUND", "subject": "領収書について", "text": "宛名の変更をお願いします。"},
    {"kind": "NEWSLETTER", "direction": "OUTBOUND", "campaign": "夏の特集号", "subject": "今月のおすすめ"},
    {"kind": "SURVEY", "score": 9, "scale": "10", "answers": {"またお買い物をされますか": "はい"}},
    {"kind": "CATALOG_REQUEST", "document": "秋冬カタログ", "pageCount": 96},
    {"kind": "WEB_SESSION", "device": "パソコン", "pages": [{"url": "/products/SKU-001", "sku": "SKU-001"}]},
    {
        "kind": "APPOINTMENT",
        "attended": True,
        "scheduledFor": "2026-08-21T14:00:00+09:00",
        "result": "裾上げの採寸",
        "store": "ginza",
    },
)


def everywhere() -> Iterator[RawEvent]:
    yield from records(TARO)
    account, member = by_record(*TARO.record("ec")), by_record(*TARO.record("pos"))
    for day, data in enumerate(_KINDS, 1):
        yield event(
            "interaction", "/crm", f"rare-{data['kind'].lower()}", moment(f"2026-08-{day:02d}T14:00"), {**data, "by": account}
        )
    yield one_piece("/pos/ginza", "POS-TARO-1", "2025-03-22T15:10", "SKU-010", member, channel="STORE", store="ginza")
    yield one_piece(
        "/ec", "EC-TARO-1", "2025-12-13T21:40", "SKU-027", account, channel="WEB", store="web", couponCodes=["WINTER25"]
    )
    yield from _in_october(member)


def _in_october(member: dict[str, Any]) -> Iterator[RawEvent]:
    """A call by number only, a guest order by a verified mail, a talk on LINE, an order by telephone."""
    call = {"kind": "CALL", "direction": "INBOUND", "by": by_identifier("PHONE", "+81-90-1234-0001"), "staff": "op-12"}
    call |= {"products": ["SKU-001"], "summary": "ジャケットの在庫の問い合わせ", "durationSeconds": 185, "store": "center"}
    yield event("interaction", "/cti", "first-call", moment("2026-10-03T12:00"), call)
    visit = {
        "kind": "STORE_VISIT",
        "store": "ginza",
        "askedFor": ["見本 ベーシックジャケット"],
        "triedOn": ["SKU-001"],
        "size": "M",
    }
    visit |= {"products": ["SKU-001"], "advice": "袖丈を確認、Lは取り寄せ", "staff": "ginza-2", "by": member}
    yield event("interaction", "/pos/ginza", "taro-visit", moment("2026-10-03T17:30"), visit)
    mail = by_identifier("EMAIL", TARO.mail.upper(), verified=True)
    yield one_piece("/ec", "EC-GUEST-1", "2026-10-04T21:15", "SKU-001", mail, event_id="guest-1", channel="WEB", store="web")
    said = {"at": "2026-10-04T22:05:00+09:00", "from": "customer", "text": "もう一着、電話で頼めますか。"}
    talk = {"kind": "SOCIAL_MESSAGE", "channel": "LINE", "direction": "INBOUND", "messages": [said], "topic": "注文"}
    line, line_id = TARO.record("line")
    yield event("interaction", line, "taro-line", moment("2026-10-04T22:05"), {**talk, "by": by_record(line, line_id)})
    phoned = {"status": "CONFIRMED", "channel": "PHONE", "store": "center", "staff": "op-12"}
    yield one_piece("/cti", "TEL-1", "2026-10-05T10:40", "SKU-001", member, event_id="phoned-1", **phoned)
