"""Stories of one purchase over several doors: asked, bought, asked again, brought back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from demo.characters import ASKED_BY_PHONE, AT_THE_COUNTER, BROUGHT_BACK, GUEST, NIGHT_OWL
from demo.envelope import RawEvent, by_identifier, by_record, event, moment
from demo.people import Resident
from demo.records import records
from demo.stories.orders import one_piece


def purchases() -> Iterator[RawEvent]:
    yield from _asked_by_phone_bought_in_the_shop()
    yield from _bought_online_asks_at_the_counter()
    yield from _guest_who_registers_later()
    yield from _chat_at_night_that_goes_on()
    yield from _returned_at_another_shop()


def _contact(source: str, contact: str, at: str, kind: str, by: dict[str, Any], **data: Any) -> RawEvent:
    return event("interaction", source, contact, moment(at), {"kind": kind, **data, "by": by})


def _caller(person: Resident) -> dict[str, Any]:
    return by_identifier("PHONE", person.mobile.replace("-", ""))


def _asked_by_phone_bought_in_the_shop() -> Iterator[RawEvent]:
    """The call knows a number only; the shop sees next day what was asked for."""
    person = ASKED_BY_PHONE
    yield from records(person)
    call = {
        "direction": "INBOUND",
        "durationSeconds": 214,
        "queue": "ご注文",
        "outcome": "解決",
        "staff": "op-4",
        "store": "center",
    }
    call |= {"products": ["SKU-027"], "topic": "在庫", "summary": "ウールコートの在庫。渋谷店に一点あり、取り置きを手配"}
    yield _contact("/cti", "story-phone-call", "2026-11-13T16:40", "CALL", _caller(person), **call)
    visit = {"store": "shibuya", "staff": "shibuya-3", "askedFor": ["見本 ウールコート"], "triedOn": ["SKU-027"], "size": "M"}
    visit |= {"products": ["SKU-027"], "advice": "お電話でお問い合わせのコート。袖丈を一センチ詰め"}
    yield _contact(
        "/pos/shibuya", "story-phone-visit", "2026-11-14T13:20", "STORE_VISIT", by_record("/pos", person.member), **visit
    )
    at_till = {"channel": "STORE", "store": "shibuya", "staff": "shibuya-3"}
    by = by_identifier("POS_CARD", f"2990 0000 {person.number}")
    yield one_piece("/pos/shibuya", "POS-STORY-1", "2026-11-14T13:45", "SKU-027", by, **at_till)


def _bought_online_asks_at_the_counter() -> Iterator[RawEvent]:
    """The order is the web shop's, the question is asked in Umeda: the mobile number makes both one person."""
    person = AT_THE_COUNTER
    yield from records(person)
    account = by_record("/ec", person.account)
    pages = [{"at": "2026-11-08T21:02:00+09:00", "url": "/products/SKU-043", "sku": "SKU-043"}]
    yield _contact("/ec", "story-counter-session", "2026-11-08T21:02", "WEB_SESSION", account, pages=pages, device="パソコン")
    yield one_piece("/ec", "EC-STORY-2", "2026-11-08T21:15", "SKU-043", account, channel="WEB", store="web")
    visit = {"store": "umeda", "staff": "umeda-1", "orders": ["EC-STORY-2"], "products": ["SKU-043"], "size": "27.0"}
    visit |= {
        "summary": "オンラインで購入したスニーカーのサイズ交換の相談",
        "advice": "二十七センチを試着、取り寄せを手配",
        "topic": "サイズ交換",
    }
    yield _contact(
        "/pos/umeda", "story-counter-visit", "2026-11-15T15:05", "STORE_VISIT", by_record("/pos", person.member), **visit
    )


def _guest_who_registers_later() -> Iterator[RawEvent]:
    """The guest order is nobody's for two months, until its number and mail are those of a new account."""
    person = GUEST
    mobile = {"kind": "PHONE", "value": "０９０－１２３４－９００５"}
    by = {"identifiers": [mobile, {"kind": "EMAIL", "value": person.mail.upper(), "verified": True}]}
    yield one_piece("/ec", "EC-GUEST-3", "2026-03-14T22:31", "SKU-013", by, event_id="guest-3", channel="WEB", store="web")
    yield from records(person)


def _chat_at_night_that_goes_on() -> Iterator[RawEvent]:
    """One question under one reference: the web chat at midnight, LINE in the morning, a call the day after."""
    person, about = (
        NIGHT_OWL,
        {"reference": "Q-STORY-4", "topic": "サイズ交換", "orders": ["EC-STORY-4"], "products": ["SKU-016"]},
    )
    yield from records(person)
    account, (line, line_id) = by_record("/ec", person.account), person.record("line")
    yield one_piece("/ec", "EC-STORY-4", "2026-11-16T20:50", "SKU-016", account, channel="WEB", store="web")
    talk = _said(
        ("2026-11-20T23:48", "customer", "届いたワンピースが大きいのですが、S に替えられますか。"),
        ("2026-11-20T23:49", "bot", "夜間は自動でお答えしています。朝に担当者が続きをうかがいます。"),
    )
    yield _contact(
        "/chat", "story-night-chat", "2026-11-20T23:48", "BOT_SESSION", account, messages=talk, handedOverTo="op-5", **about
    )
    talk = _said(
        ("2026-11-21T09:12", "op-5", "昨夜のご質問の続きです。S の在庫がございます。"),
        ("2026-11-21T12:30", "customer", "お願いします。送り状はどうすれば？"),
    )
    more = {"channel": "LINE", "direction": "OUTBOUND", "messages": talk, "staff": "op-5"}
    yield _contact(line, "story-night-line", "2026-11-21T09:12", "SOCIAL_MESSAGE", by_record(line, line_id), **more, **about)
    call = {
        "direction": "INBOUND",
        "durationSeconds": 96,
        "queue": "ご案内",
        "outcome": "解決",
        "staff": "op-5",
        "store": "center",
    }
    call["summary"] = "S への交換。着払いの送り状を同封すると約束、明後日に発送"
    yield _contact("/cti", "story-night-call", "2026-11-22T10:20", "CALL", _caller(person), **call, **about)


def _said(*messages: tuple[str, str, str]) -> list[dict[str, str]]:
    return [{"at": moment(at).isoformat(), "from": who, "text": text} for at, who, text in messages]


def _returned_at_another_shop() -> Iterator[RawEvent]:
    """Sold in Ginza, brought back in Yokohama: the order says RETURNED, the visit says where."""
    person = BROUGHT_BACK
    yield from records(person)
    member = by_record("/pos", person.member)
    sold = one_piece("/pos/ginza", "POS-STORY-5", "2026-11-03T14:10", "SKU-001", member, channel="STORE", store="ginza")
    yield sold
    visit = {"store": "yokohama", "staff": "yokohama-2", "orders": ["POS-STORY-5"], "products": ["SKU-001"], "topic": "返品"}
    visit |= {"summary": "銀座店で購入したジャケットの返品", "advice": "返金済み。サイズの合う品をお勧め"}
    yield _contact("/pos/yokohama", "story-return-visit", "2026-11-18T18:25", "STORE_VISIT", member, **visit)
    back = {"status": "RETURNED"}
    yield event("order", sold["source"], "order-POS-STORY-5-returned", moment("2026-11-18T18:30"), back, subject=sold["subject"])
