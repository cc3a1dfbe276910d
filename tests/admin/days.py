"""Two Sundays of made-up orders and contacts, for the pages of a day, a store, a product and an order."""

from __future__ import annotations

from typing import Any

from tests.admin.people import HANAKO, event, phone

DAY, WEEK_BEFORE, EMPTY_DAY = "2025-06-15", "2025-06-08", "2025-06-16"
ORDERED = 12
GUEST, CONVERSED, MANY_LINES = "GUEST-1", "D-0001", "D-0002"
HANAKOS = {"by": {"record": {"source": "/ec", "subject": HANAKO}}}


def line(number: int, sku: str | None = "SKU-1", **more: Any) -> dict[str, Any]:
    told = {"line": number, "name": "試験ジャケット", "quantity": 2, "unitPrice": "5000", "amount": "9000", "discount": "1000"}
    return told | ({} if sku is None else {"sku": sku}) | more


def order(number: str, day: str, time: str, data: dict[str, Any]) -> dict[str, Any]:
    told = {"status": "PLACED", "currency": "JPY", "channel": "STORE", "store": "yokohama", "lines": [line(1)], "total": "9000"}
    return event("order", "/days", f"order-{number}", f"{day}T{time}:00+09:00", told | data, subject=number)


def contact(number: str, day: str, time: str, data: dict[str, Any]) -> dict[str, Any]:
    return event("interaction", "/days", f"contact-{number}", f"{day}T{time}:00+09:00", data)


def the_day() -> list[dict[str, Any]]:
    """Twelve orders in Yokohama and one of a guest; a visit, a call about an order, a mail that waits and one that does not."""
    full = {
        "shipping": "500", "discount": "300", "tax": "800", "pointsUsed": 120, "couponCodes": ["試験-10"], "staff": "試験係",
        "status": "PARTIALLY_FULFILLED", "total": "18080", "lines": [line(1), line(2, "SKU-NEW", name=None)],
        "fulfillments": [
            {"kind": "SHIP", "status": "SHIPPED", "carrier": "試験便", "parcels": 2, "signed": False},
            {"method": "PICK_UP", "store": "yokohama", "readyAt": "2025-06-10T10:00:00+09:00"},
        ],
    }  # fmt: skip
    sold = [order(f"D-{number:04d}", DAY, f"{8 + number:02d}:30", HANAKOS) for number in range(3, ORDERED + 1)]
    sold.append(
        order(MANY_LINES, DAY, "10:30", HANAKOS | {"lines": [line(number) for number in range(1, 56)], "total": "495000"})
    )
    sold.append(order(CONVERSED, DAY, "08:10", full | HANAKOS))
    guest = {"by": {"identifiers": [phone("090-5555-0999")]}, "channel": "WEB", "store": None}
    sold.append(order(GUEST, DAY, "23:59", guest))
    visit = {"kind": "STORE_VISIT", "store": "yokohama", "products": ["SKU-1"], "askedFor": ["試験の上着"], **HANAKOS}
    call = {"kind": "CALL", "direction": "INBOUND", "summary": "届いた数の相談", "orders": [CONVERSED], **HANAKOS}
    waiting = {"kind": "EMAIL", "direction": "INBOUND", "subject": "返事を待つメール", **HANAKOS}
    answer = {"kind": "EMAIL", "direction": "OUTBOUND", "subject": "お返事", **HANAKOS}
    stranger = {"kind": "CALL", "direction": "INBOUND", "by": {"identifiers": [phone("090-5555-0888")]}}
    return [
        *sold,
        contact("visit", DAY, "11:00", visit),
        contact("call", DAY, "12:00", call),
        contact("answered", DAY, "13:00", waiting | {"subject": "返事が来たメール"}),
        contact("answer", DAY, "14:00", answer),
        contact("waiting", DAY, "15:00", waiting),
        contact("stranger", DAY, "00:00", stranger),
        contact("late", WEEK_BEFORE, "23:59", {"kind": "NOTE", "summary": "前の週のメモ", **HANAKOS}),
        order("W-1", WEEK_BEFORE, "10:00", HANAKOS),
    ]


def yokohama() -> list[dict[str, Any]]:
    """Everything that can be told of a store and of an article."""
    store = {
        "name": "試験横浜店", "kana": "シケンヨコハマテン", "kind": "SHOP", "address": "神奈川県試験区1-2",
        "phone": "045-555-0100",
        "hours": "10:00-20:00 (水曜定休)", "timeZone": "Asia/Tokyo",
    }  # fmt: skip
    article = {
        "name": "試験ジャケット", "brand": "試験堂", "categories": ["衣料品", "上着"], "price": "19800", "currency": "JPY",
        "jan": "4900000000000", "notes": "裏地は起毛", "imageUrl": "https://example.jp/jacket.png",
    }  # fmt: skip
    time = "2025-06-01T10:00:00+09:00"
    return [
        event("store", "/stores", "s-full", time, store, subject="yokohama"),
        event("product", "/stock", "p-full", time, article, subject="SKU-1"),
    ]
