# ruff: noqa: E501
"""A small graph for the tests of reads, written directly as docs/architecture.md models it.

c-hanako  two source records, orders and interactions of several kinds; c-old went into her
c-taro    one record, nothing happened yet, all golden fields empty
c-double1 and c-double2 share a household telephone, a home and a surname
a bare call belongs to nobody, and so does one by that telephone
"""

from __future__ import annotations

import json
from typing import Any, LiteralString

from graph.keys import identifier_id, identifier_key, line_id, product_id, record_id, store_id, touchpoint_id
from graph.schema import IN_BATCHES, migrations
from graph.search.forms import search_details, search_names
from graph.search.order_key import order_key
from graph.store import Store, Transaction
from graph.touchpoints import TOUCHPOINTS
from tests.searchable import until_searchable

NODES: LiteralString = "UNWIND $p.rows AS row CREATE (n:$(row[0])) SET n = row[1]"
TIMES: LiteralString = "MATCH (t:Touchpoint) SET t.at = datetime(left(t.position, 27))"
PLACES: LiteralString = (
    "MATCH (s:Store) WHERE s.latitude IS NOT NULL SET s.location = point({latitude: s.latitude, longitude: s.longitude})"
)
LINKS: LiteralString = """
UNWIND $p.rows AS row
MATCH (a WHERE coalesce(a.key, a.id) = row[0] OR a.id = row[0]) MATCH (b WHERE coalesce(b.key, b.id) = row[2] OR b.id = row[2])
CREATE (a)-[r:$(row[1])]->(b) SET r = row[3]
"""
SINCE = "2026-01-05T00:00:00.000000Z"
HOUSE_PHONE = identifier_key("PHONE", "", "+81312345678")
PHONE = identifier_key("PHONE", "", "+819012345678")
MAIL = identifier_key("EMAIL", "", "hanako@example.jp")
MEMBER = identifier_key("MEMBER_NUMBER", "", "M0001")
LINE_USER = identifier_key("LINE_USER_ID", "provider-1", "U001")
BLOCKED = identifier_key("PHONE", "", "+81120444444")
SHOP, WEB_SHOP, UNKNOWN_SHOP = store_id("S001"), store_id("W001"), store_id("S999")
PEN, INK = product_id("PEN-1"), product_id("INK-1")


def position(day: int, hour: int, key: str) -> str:
    return f"2026-04-{day:02d}T{hour:02d}:00:00.000000Z{touchpoint_id(key)}"


def touchpoint(key: str, kind: str, record: str, day: int, hour: int, **more: Any) -> tuple[list[str], dict[str, Any]]:
    row = TOUCHPOINTS[kind]
    source, _, external_id = key.partition(":")
    return ["Touchpoint", row.label], {
        "id": touchpoint_id(key), "key": key, "record": record, "position": position(day, hour, key), "kind": kind,
        "channel": row.channel, "source": source, "external_id": external_id, "bare": record == key,
    } | more  # fmt: skip


def order(key: str, record: str, day: int, **more: Any) -> tuple[list[str], dict[str, Any]]:
    number = key.partition(":")[2]
    return touchpoint(
        key,
        "ORDER",
        record,
        day,
        3,
        number=number,
        number_key=order_key(number),
        number_suffix=order_key(number)[-4:],
        status="PLACED",
        currency="JPY",
        total=3300,
        **more,
    )


def identifier(key: str, original: str, **more: Any) -> tuple[list[str], dict[str, Any]]:
    kind, scope, value = key.split(":", 2)
    return ["Identifier"], {
        "key": key, "id": identifier_id(key), "kind": kind, "scope": scope, "value": value, "original": original,
        "suffix": value[-4:], "domain": value.rpartition("@")[2] if kind == "EMAIL" else None, "sharing": "PERSONAL", "state": "ACTIVE",
    } | more  # fmt: skip


def record(key: str, name: str | None, **more: Any) -> tuple[list[str], dict[str, Any]]:
    source, _, external_id = key.partition(":")
    return ["SourceRecord"], {
        "key": key, "id": record_id(key), "source": source, "external_id": external_id, "name_full": name, "first_seen": SINCE
    } | more  # fmt: skip


def customer(raw_id: str, **more: Any) -> tuple[list[str], dict[str, Any]]:
    return ["Customer"], {"id": raw_id, "kind": "INDIVIDUAL", "status": "ACTIVE", "version": 1} | more


def line(order_key: str, number: int, **more: Any) -> tuple[list[str], dict[str, Any]]:
    return ["OrderLine"], {
        "id": line_id(touchpoint_id(order_key), number), "number": number, "quantity": 1.0, "amount": 1100, "currency": "JPY"
    } | more  # fmt: skip


MESSAGES = json.dumps([{"at": SINCE, "from": "customer", "text": "在庫はありますか"}, {"at": None, "from": "bot", "text": None}])
THINGS = [
    customer(
        "c-hanako", version=4, name="試験 花子", name_family="試験", name_given="花子", kana="シケン ハナコ", kana_family="シケン",
        kana_given="ハナコ", birth_date="1980-04-01", gender="FEMALE", language="ja", address="東京都千代田区1-1",
        phone="+819012345678", email="hanako@example.jp", order_count=3, spend=["JPY:6600", "USD:1250"],
        favourite_channel="STORE", favourite_store=SHOP,
        search_names=search_names(["試験 花子", "シケン ハナコ"]), search_details=search_details("1980-04-01", "東京都千代田区1-1"),
    ),
    customer("c-old", status="MERGED", name="試験 華子"),
    customer("c-older", status="MERGED"),
    customer("c-taro"),
    customer("c-double1", name="双子 一郎", name_family="双子", kana="フタゴ イチロウ", search_names=search_names(["双子 一郎", "フタゴ イチロウ"])),
    customer("c-double2", name="双子 二郎", name_family="双子", kana="フタゴ ジロウ", search_names=search_names(["双子 二郎", "フタゴ ジロウ"])),
    record("pos:1", "試験 花子", attributes='{"rank": "gold", "points": 12, "note": null}', gender="FEMALE", birth_date="1980-04-01"),
    record("web:1", "試験花子", kana_full="シケンハナコ", language="ja"),
    record("pos:2", None),
    record("pos:3", "双子 一郎", home="home-1"),
    record("pos:4", "双子 二郎", home="home-1"),
    identifier(PHONE, "090-1234-5678"),
    identifier(MAIL, "Hanako@example.jp", bounces=["2026-04-05T01:00:00.000000Z", "2026-04-06T01:00:00.000000Z"]),
    identifier(MEMBER, "m-0001"),
    identifier(LINE_USER, "U001"),
    identifier(HOUSE_PHONE, "03-1234-5678", sharing="HOUSEHOLD", state="SHARED", contacts=True),
    identifier(BLOCKED, "0120-444-444", state="BLOCKED"),
    order("web:A-1001", "web:1", 1, discount=0, shipping=500, tax=300, points_used=10, coupon_codes=["SPRING"]),
    order("pos:A-1002", "pos:1", 2),
    order("pos:A-1003", "pos:1", 3, coupon_codes=[]) ,
    order("pos:D-1", "pos:3", 3),
    order("web:D-1", "pos:4", 4),
    line("web:A-1001", 1, sku="PEN-1", name="ペン", quantity=2.0, unit_price=550, discount=0, tax=100),
    line("web:A-1001", 2, sku="INK-1", name="インク"),
    line("web:A-1001", 3, sku=None, name="送料", quantity=0.0, amount=0),
    touchpoint("cti:1", "CALL", "pos:1", 5, 1, direction="INBOUND", duration_seconds=95, queue="shop", text="納期の件", menu_path=["1", "3"]),
    touchpoint("chat:1", "CHAT_THREAD", "web:1", 5, 2, direction="INBOUND", messages=MESSAGES, order_numbers=["A-1001", "A-9999"]),
    touchpoint("visit:1", "STORE_VISIT", "pos:1", 6, 1, asked_for=["ペン"], staff="試験係", sku_list=["PEN-1", "INK-1"]),
    touchpoint("web:v1", "WEB_SESSION", "web:1", 6, 1, pages='[{"at": "2026-04-06T01:00:00.000000Z", "url": "https://example.jp/pen", "sku": "PEN-1"}]'),
    touchpoint("survey:1", "SURVEY", "web:1", 7, 1, score=4, scale="5", answers='[{"question": "満足度", "answer": "4"}]', ended_at=SINCE),
    touchpoint("mail:1", "EMAIL", "web:1", 7, 2, direction="OUTBOUND", subject="ご注文ありがとうございます", channel="LINE"),
    touchpoint("note:1", "NOTE", "pos:1", 8, 1, summary="折り返し希望"),
    touchpoint("cti:bare", "CALL", "cti:bare", 8, 2, direction="INBOUND"),
    touchpoint("cti:family", "CALL", touchpoint_id("cti:family"), 9, 2, direction="INBOUND", bare=True),
    (["Store"], {"id": SHOP, "code": "S001", "name": "本店", "kana": "ホンテン", "kind": "SHOP", "address": "東京都中央区1-1",
                 "latitude": 35.68, "longitude": 139.77, "phone": "+81312340000", "hours": "10:00-20:00", "time_zone": "Asia/Tokyo"}),
    (["Store"], {"id": WEB_SHOP, "code": "W001", "name": "オンライン", "kind": "WEB"}),
    (["Store"], {"id": UNKNOWN_SHOP, "code": "S999"}),
    (["Product"], {"id": PEN, "sku": "PEN-1", "name": "ペン", "brand": "試験堂", "categories": ["文具", "筆記具"], "price": 550,
                   "currency": "JPY", "jan": "4900000000000"}),
    (["Product"], {"id": INK, "sku": "INK-1", "price": 1250, "currency": "USD"}),
]  # fmt: skip
HELD = {"verified": True, "first_seen": SINCE, "last_seen": "2026-03-01T00:00:00.000000Z"}
ORDER_1 = touchpoint_id("web:A-1001")
CONNECTED: list[list[Any]] = [
    ["c-older", "REDIRECTS_TO", "c-old", {}],
    ["c-old", "REDIRECTS_TO", "c-hanako", {}],
    *[[key, "RESOLVES_TO", raw, {}] for key, raw in (
        ("pos:1", "c-hanako"), ("web:1", "c-hanako"), ("pos:2", "c-taro"), ("pos:3", "c-double1"), ("pos:4", "c-double2"))],
    ["pos:1", "HAS_IDENTIFIER", PHONE, HELD],
    ["web:1", "HAS_IDENTIFIER", PHONE, {"first_seen": "2025-12-01T00:00:00.000000Z", "last_seen": SINCE, "valid_to": SINCE}],
    ["pos:1", "HAS_IDENTIFIER", MEMBER, HELD | {"valid_from": SINCE}],
    ["web:1", "HAS_IDENTIFIER", MAIL, {"verified": False, "first_seen": SINCE, "last_seen": SINCE}],
    ["web:1", "HAS_IDENTIFIER", LINE_USER, {}],
    ["pos:3", "HAS_IDENTIFIER", HOUSE_PHONE, {}],
    ["pos:4", "HAS_IDENTIFIER", HOUSE_PHONE, {}],
    ["pos:3", "HAS_IDENTIFIER", BLOCKED, {}],
    *[[properties["record"], "DID", properties["id"], {"rule": "own"}] for labels, properties in THINGS
      if "Touchpoint" in labels and not properties["bare"]],
    *[[ORDER_1, "HAS_LINE", line_id(ORDER_1, number), {}] for number in (1, 2, 3)],
    [line_id(ORDER_1, 1), "OF", PEN, {}],
    [line_id(ORDER_1, 2), "OF", INK, {}],
    [ORDER_1, "SOLD_AT", WEB_SHOP, {}],
    [touchpoint_id("pos:A-1002"), "SOLD_AT", SHOP, {}],
    [touchpoint_id("visit:1"), "AT", SHOP, {}],
    [touchpoint_id("visit:1"), "ABOUT", PEN, {}],
    [touchpoint_id("visit:1"), "ABOUT", INK, {}],
    [touchpoint_id("cti:1"), "VIA", PHONE, {}],
    [touchpoint_id("cti:bare"), "VIA", BLOCKED, {}],
    [touchpoint_id("cti:family"), "VIA", HOUSE_PHONE, {}],
]  # fmt: skip


async def keep_attention(store: Store) -> None:
    """Keep on each touchpoint what waits for an answer, as the migrations do for those that an earlier version wrote."""
    kept = [each for each in migrations() if each.name in ("0009_attention", "0013_settled", "0040_orders_over")]
    for statement in (statement for each in kept for statement in each.statements):
        if IN_BATCHES.search(statement):
            await store.write_in_batches(statement, seconds=60)


async def build(store: Store) -> None:
    """Put the town into an empty graph."""

    async def create(transaction: Transaction) -> None:
        await transaction.run(NODES, {"rows": [[labels, properties] for labels, properties in THINGS]})
        await transaction.run(TIMES)
        await transaction.run(PLACES)
        await transaction.run(LINKS, {"rows": CONNECTED})

    await store.write(create)
    await keep_attention(store)
    await until_searchable(store)
