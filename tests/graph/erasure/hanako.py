"""A customer with a canary in every personal field, her family, and what came by their numbers."""

from __future__ import annotations

from typing import Any

from graph.touchpoints import INTERACTION_KINDS, TOUCHPOINTS
from tests.resolvers.wide_town import OWN_VALUES, camel

KEY = b"digest key of these tests"
Raw = dict[str, Any]
MOBILE, WORK, LANDLINE = "090-7777-0001", "090-7777-0002", "03-7777-0003"
CANARIES = (
    "鳥籠", "トリカゴ", "torikago", "1971-03-04", "昭和46年", "見本区", "7777-0001", "9077770001", "9077770002",
    "canary",
)  # fmt: skip
"""What identifies her, and nobody else here; each stands somewhere in the graph before she is erased."""


def phone(value: str, **more: Any) -> Raw:
    return {"kind": "PHONE", "value": value, **more}


def event(kind: str, own_id: str, data: Raw, subject: str | None = None, source: str = "/ec", day: int = 1) -> Raw:
    envelope = {"specversion": "1.0", "type": f"customer360.{kind}.v1", "source": source, "id": own_id}
    told = {**envelope, "time": f"2026-04-{day:02d}T10:00:00Z", "data": data}
    return told if subject is None else {**told, "subject": subject}


def canary(value: Any) -> Any:
    """Return a value of a field with the canary in every text of it."""
    if isinstance(value, str):
        return value if value[:2] == "20" else f"canary {value}"
    if isinstance(value, list):
        return [canary(each) for each in value]
    if isinstance(value, dict):
        return {name: each if name in ("at", "sku") else canary(each) for name, each in value.items()}
    return value


HER = {"record": {"source": "/ec", "subject": "canary-1"}}
HIM = {"record": {"source": "/ec", "subject": "taro"}}


def people() -> list[Raw]:
    at_home = phone(LANDLINE, sharing="HOUSEHOLD")
    her = {
        "name": {"family": "鳥籠", "given": "花"}, "kana": {"family": "トリカゴ", "given": "ハナ"}, "birthDate": "昭和46年3月4日",
        "gender": "FEMALE", "language": "ja", "address": {"full": "東京都見本区鳥籠町1丁目1-1"},
        "attributes": {"memo": "canary memo"},
        "identifiers": [
            phone(MOBILE), at_home, {"kind": "EMAIL", "value": "canary@example.jp", "verified": True},
            {"kind": "POS_CARD", "value": "CANARY1"}, {"kind": "FAX", "value": "canary, kein Fax"},
        ],
    }  # fmt: skip
    shop = {"name": {"full": "鳥籠 花"}, "identifiers": [{"kind": "POS_CARD", "value": "CANARY1"}, phone(WORK)]}
    old = {"name": {"full": "鳥籠 はな"}, "identifiers": [{"kind": "EC_ACCOUNT_ID", "value": "canary-old"}]}
    him = {"name": {"family": "例題", "given": "太郎"}, "identifiers": [at_home, {"kind": "EMAIL", "value": "taro@example.jp"}]}
    return [
        event("person", "p1", her, "canary-1"),
        event("person", "p2", shop, "canary-2", "/pos", 2),
        event("person", "p3", old, "canary-3", "/old"),
        event("person", "p4", him, "taro"),
    ]


def orders() -> list[Raw]:
    line = {"line": 1, "sku": "PEN-1", "name": "ペン", "quantity": 2, "amount": "3000"}
    bought = {
        "currency": "JPY", "total": "3000", "store": "ginza", "channel": "STORE", "status": "FULFILLED", "lines": [line],
        "couponCodes": ["canary-coupon"], "text": "canary text", "staff": "op-1", "reference": "canary reference",
        "fulfillments": [{"kind": "SHIP", "carrier": "canary carrier"}], "summary": "canary summary", "subject": "canary subject",
    }  # fmt: skip
    return [
        event("order", "o1", {**bought, "by": HER}, "A-1"),
        event("order", "o2", {**bought, "by": {"identifiers": [phone(MOBILE)]}}, "A-2"),
        event("order", "o3", {"currency": "JPY", "total": "500", "by": HIM}, "A-3"),
    ]


def contacts() -> list[Raw]:
    told: list[Raw] = []
    for number, kind in enumerate(INTERACTION_KINDS):
        own = {camel(each.name): canary(OWN_VALUES[each.type]) for each in TOUCHPOINTS[kind].fields}
        said = {"summary": "canary summary", "text": "canary text", "subject": "canary subject", "topic": "canary topic"}
        told.append(event("interaction", f"i{number}", {"kind": kind, **own, **said, "by": HER}, f"canary-touch-{number}"))
    called = {"kind": "CALL", "text": "canary anonymous", "direction": "INBOUND"}
    at_home = {"kind": "CALL", "text": "家の電話", "direction": "INBOUND", "by": {"identifiers": [phone(LANDLINE)]}}
    his = {"kind": "CALL", "text": "夫の電話", "by": {**HIM, "identifiers": [phone(MOBILE)]}}
    written = {
        "kind": "WEB_FORM",
        "text": "canary form",
        "by": {"person": {"name": {"full": "鳥籠 花"}, "identifiers": [phone(MOBILE)]}},
    }
    return [
        *told,
        event("interaction", "a1", {**called, "by": {"identifiers": [phone(MOBILE)]}}, "canary-call"),
        event("interaction", "a2", at_home, "home-call"),
        event("interaction", "a3", his, "his-call"),
        event("interaction", "a4", written, "canary-form"),
    ]


def consents() -> list[Raw]:
    proof = {"proof": {"how": "canary how", "text": "canary version", "document": "https://example.jp/canary", "staff": "op-1"}}
    said = {"purpose": "MARKETING", "state": "GRANTED", **proof}
    return [
        event("consent", "c1", {**said, "by": HER, "contactPoint": phone(MOBILE)}),
        event("consent", "c2", {**said, "by": {"identifiers": [{"kind": "EMAIL", "value": "canary@example.jp"}]}}),
        event("consent", "c3", {"purpose": "SURVEY", "state": "REFUSED", "by": HIM, "contactPoint": phone(LANDLINE)}),
    ]


def everything() -> list[Raw]:
    return [*people(), *orders(), *contacts(), *consents()]


def said_again() -> list[Raw]:
    """The same facts in new events, as a system sends them every night that has not forgotten her."""
    return [{**raw, "id": f"again-{raw['id']}", "time": "2026-05-01T10:00:00Z"} for raw in everything()]
