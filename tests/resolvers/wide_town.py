"""Made-up people for the proof of the planner, told through the real intake, with something of everything a query can meet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from graph.audit.copying import COPY
from graph.commands.command import Author
from graph.decisions import customers
from graph.decisions.deciding import decide
from graph.decisions.table import Expected
from graph.intake.reading import read_event
from graph.intake.record import record
from graph.keys import opaque
from graph.store import Store, Transaction
from graph.touchpoints import INTERACTION_KINDS, TOUCHPOINTS, FieldType
from tests.resolvers.reader.spelling import cursor, global_id, read_id
from tests.resolvers.wide_cases import owe
from tests.resolvers.wide_coupons import give_out
from tests.resolvers.wide_points import earn
from tests.resolvers.wide_stock import keep
from tests.resolvers.wide_webhooks import listen
from tests.searchable import until_searchable

KEY = b"digest key of the tests"
Event = dict[str, Any]
OWN_VALUES: dict[FieldType, Any] = {
    FieldType.TEXT: "自由な文",
    FieldType.TEXTS: ["ペン", "INK-1"],
    FieldType.INTEGER: 95,
    FieldType.NUMBER: 4.5,
    FieldType.BOOLEAN: False,
    FieldType.TIME: "2026-05-01T10:00:00+09:00",
    FieldType.MESSAGES: [
        {"at": "2026-04-01T10:00:00+09:00", "from": "customer", "text": "在庫はありますか"},
        {"from": "bot"},
        {"at": "2026-04-01T10:01:00+09:00", "from": "bot", "text": ""},
    ],
    FieldType.PAGES: [{"at": "2026-04-01T10:00:00+09:00", "url": "https://example.jp/pen", "sku": "PEN-1"}, {"url": "/ink"}],
    FieldType.ANSWERS: [{"question": "満足度", "answer": "5"}, {"question": "ご意見"}],
}


def identifier(kind: str, value: str, **more: Any) -> dict[str, Any]:
    return {"kind": kind, "value": value, **more}


def event(kind: str, source: str, subject: str | None, data: dict[str, Any], day: str = "2026-04-01", *, hour: int = 10) -> Event:
    told = {"specversion": "1.0", "type": f"customer360.{kind}.v1", "source": source, "time": f"{day}T{hour:02d}:00:00+09:00"}
    told |= {"data": data, "id": opaque(kind, source, subject or "", f"{day}{hour}{sorted(data)}")}
    return told if subject is None else told | {"subject": subject}


MERGING = (identifier("POS_CARD", "C-77 88"), identifier("LINE_USER_ID", "Umerge", scope="1654000000"))


def camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(map(str.capitalize, rest))


def places_and_articles() -> Iterator[Event]:
    full = {"name": "銀座本店", "kana": "ギンザホンテン", "kind": "SHOP", "address": "東京都中央区1-1", "phone": "03-1234-0000"}
    full |= {"location": {"latitude": 35.671, "longitude": 139.765}, "hours": "10:00-20:00", "timeZone": "Asia/Tokyo"}
    yield event("store", "/master", "S001", full)
    yield event("store", "/master", "W001", {"name": "オンライン", "kind": "WEB"})
    yield event("store", "/master", "S003", {"name": None, "location": {"latitude": 0.0, "longitude": -0.5}})
    pen = {"name": "ペン", "brand": "試験堂", "categories": ["文具", "筆記具"], "price": "550", "currency": "JPY"}
    yield event(
        "product",
        "/master",
        "PEN-1",
        {**pen, "jan": "4900000000000", "notes": "赤と青", "imageUrl": "https://example.jp/pen.png"},
    )
    yield event("product", "/master", "INK-1", {"name": "Ink", "price": "12.5", "currency": "USD", "categories": []})
    yield event("product", "/master", "CASE-1", {"price": "0.005", "currency": "KWD"})


def mayumi() -> Iterator[Event]:
    """Three records of one person, orders in three currencies, one touchpoint of every kind."""
    phone = identifier("PHONE", "０９０ー１２３４ー５６７８")
    web = {
        "name": {"full": "渡邊 眞由美"},
        "kana": {"full": "ﾜﾀﾅﾍﾞ ﾏﾕﾐ"},
        "birthDate": "昭和63年8月8日",
        "gender": "FEMALE",
        "language": "ja",
        "address": {"full": "東京都杉並区天沼三丁目10番5号"},
        "attributes": {"rank": "GOLD", "points": 12, "note": None, "vip": True},
    }
    held = [identifier("EC_ACCOUNT_ID", "U1001"), phone, identifier("EMAIL", "Mayumi@example.jp", verified=True)]
    held.append(identifier("MEMBER_NUMBER", "m-0001", validFrom="2025-01-01T00:00:00Z", validTo="2027-01-01T00:00:00Z"))
    yield event("person", "/ec", "U1001", {**web, "identifiers": held})
    shop = {"name": {"family": "渡辺", "given": "眞由美"}, "identifiers": [phone, identifier("MEMBER_NUMBER", "M0001")]}
    yield event("person", "/pos/ginza", "P1", shop, "2026-04-02")
    app = [identifier("LINE_USER_ID", "Uabc"), phone, identifier("EMAIL", "mayumi@example.jp", verified=True)]
    yield event("person", "/line/1654000000", "L1", {"identifiers": app}, "2026-04-03")
    me = {"by": {"record": {"source": "/ec", "subject": "U1001"}}}
    lines = [{"line": n, "sku": f"SKU-{n}", "quantity": n % 3, "unitPrice": "100"} for n in range(4, 31)]
    lines += [
        {
            "line": 1,
            "sku": "PEN-1",
            "name": "ペン",
            "quantity": 2,
            "unitPrice": "550",
            "amount": "1000",
            "discount": "100",
            "tax": "100",
        },
        {"line": 2, "sku": "INK-1", "quantity": 0, "amount": "0"},
        {"line": 3, "name": "送料", "quantity": 0.5, "amount": "500"},
    ]
    jpy = {
        "status": "FULFILLED",
        "channel": "STORE",
        "store": "S001",
        "currency": "JPY",
        "lines": lines,
        "couponCodes": ["SPRING", "春"],
    }
    yield event(
        "order",
        "/pos/ginza",
        "A-1001",
        {**jpy, **me, "pointsUsed": 10, "discount": "0", "shipping": "0", "tax": "0"},
        "2026-04-04",
    )
    usd = {"status": "PLACED", "currency": "USD", "lines": [{"line": 1, "sku": "INK-1", "quantity": 1, "unitPrice": "12.50"}]}
    sent = [
        {"kind": "SHIP", "status": "SHIPPED", "carrier": "試験便", "parcels": 2, "signed": False, "note": None},
        {"method": "PICK_UP", "kind": "COUNTER", "store": "S001", "code": 417, "plannedFor": "2026-04-08"},
        {"readyAt": "2026-04-07T10:00:00+09:00", "shippedAt": "2026-04-06T10:00", "deliveredAt": "2026-04-07T01:00:00.25Z"},
        {"tracking": "試験-1", "state": True, "plannedFor": "来週"},
    ]
    yield event("order", "/ec", "A-1002", {**usd, **me, "store": "S999", "fulfillments": sent}, "2026-04-05")
    kwd = {"status": "CANCELLED", "currency": "KWD", "lines": [{"line": 1, "sku": "UNKNOWN-1", "unitPrice": "0.005"}]}
    yield event("order", "/ec", "A-1003", {**kwd, **me}, "2026-04-06")
    yield event("order", "/ec", "A-1004", {**me, "orders": ["A-1001"]}, "2026-04-07")
    weighed = {"line": 1, "sku": "INK-1", "quantity": 11, "unitPrice": "90.909", "amount": "1000"}
    swapped = {"line": 2, "name": "ペン", "quantity": -1, "unitPrice": "550", "amount": "-550", "tax": "-50"}
    paid = {"currency": "JPY", "lines": [weighed, swapped], "shipping": "600", "fee": "330", "total": "1380", "refunded": "300"}
    yield event("order", "/pos/ginza", "A-1005", {**jpy, **paid, **me}, "2026-04-08")
    yield event("order", "/pos/ginza", "A-1006", {**jpy, **me, "status": "RETURNED"}, "2026-04-08")
    yield event("order", "/pos/ginza", "A-1007", {**me, "status": "RETURNED", "currency": "JPY", "total": "-550"}, "2026-04-08")
    for number, kind in enumerate(INTERACTION_KINDS):
        own = {camel(each.name): OWN_VALUES[each.type] for each in TOUCHPOINTS[kind].fields}
        told = {"kind": kind, **own, **me, "direction": "INBOUND" if number % 2 else "OUTBOUND"}
        yield event("interaction", "/crm", f"full-{kind}", told, f"2026-05-{number + 1:02d}")
        yield event("interaction", "/crm", f"empty-{kind}", {"kind": kind, **me}, f"2026-05-{number + 1:02d}", hour=9)
    visit = {"kind": "STORE_VISIT", "store": "S001", "products": ["PEN-1", "INK-1", "NEW-1"], "staff": "試験係", "topic": "修理"}
    visit |= {"orders": ["A-1002", "A-1001", "A-9999"], "reference": "R-1", "subject": "件名", "summary": "要約", "text": "本文"}
    visit |= {"endedAt": "2026-06-01T11:00:00+09:00", "language": "ja", "channel": "EVENT", **me}
    yield event("interaction", "/crm", "visit", visit, "2026-06-01")
    quoted = 'Q"1\\ OR *'
    yield event("order", "/ec", quoted, {"currency": "JPY", "total": "100", **me}, "2026-04-08")
    for number, orders in enumerate(([quoted], ["Q", '"1'], [quoted, "A-1001"])):
        yield event("interaction", "/crm", f"quoted-{number}", {"kind": "NOTE", "orders": orders, **me}, f"2026-04-1{number}")
    by_phone = {"kind": "CALL", "by": {"identifiers": [phone, identifier("EMAIL", "Mayumi@example.jp")]}, "direction": "INBOUND"}
    yield event("interaction", "/cti", None, by_phone, "2026-06-02")


def merged() -> Iterator[Event]:
    """Two customers whom a third record makes one, once they are there."""
    card, line = MERGING
    yield event(
        "person",
        "/pos/ginza",
        "M1",
        {"name": {"full": "髙橋 一郎"}, "kana": {"full": "タカハシ イチロウ"}, "identifiers": [card]},
    )
    yield event("person", "/line/1654000000", "M2", {"identifiers": [line]})


def merging() -> Iterator[Event]:
    yield event("person", "/app", "M3", {"identifiers": list(MERGING), "gender": "UNKNOWN"}, "2026-04-09")


def neighbours() -> Iterator[Event]:
    """A person without anything, two who share a telephone and an order number, names in several scripts."""
    yield event("person", "/ec", "T1", {})
    house = identifier("PHONE", "03-1234-5678", sharing="HOUSEHOLD")
    for number, given in ((1, "一郎"), (2, "花子")):
        who = {
            "name": {"family": "齋藤", "given": given},
            "identifiers": [house, identifier("EMAIL", f"saito{number}@example.jp")],
        }
        yield event("person", "/ec", f"D{number}", who)
        buys = {
            "currency": "JPY",
            "lines": [{"line": 1, "amount": "300"}],
            "by": {"record": {"source": "/ec", "subject": f"D{number}"}},
        }
        yield event("order", f"/shop/{number}", "DUP-1", buys, f"2026-04-0{number}")
    yield event("person", "/ec", "J1", {"name": {"full": "John O'Brien"}, "identifiers": [identifier("FAX", "03-9876-5432")]})
    yield event(
        "person", "/ec", "K1", {"kana": {"full": "さいとう ゆうこ"}, "identifiers": [identifier("EMAIL", '"a..b."@docomo.ne.jp')]}
    )
    yield event("person", "/ec", "X1", {"name": {"full": '+-&&||!(){}[]^"~*?:\\/ 試験'}})
    everything = [
        identifier(kind, f"{kind.lower()}-5678") for kind in ("APP_USER_ID", "DEVICE_ID", "COOKIE_ID", "CATALOG_NUMBER")
    ]
    everything += [identifier("SOCIAL_ACCOUNT", "nick", scope="example"), identifier("EXTERNAL_ID", "nick", scope="crm")]
    everything += [identifier("CORPORATE_NUMBER", "1234567890123"), identifier("EMAIL", "unverified@example.jp", verified=False)]
    yield event("person", "/ec", "I1", {"identifiers": everything})
    for source, given in (("/ec", "太郎"), ("/pos/ginza", "次郎")):
        yield event(
            "person", source, "DOUBT", {"name": {"full": f"疑問 {given}"}, "identifiers": [identifier("POS_CARD", "DOUBT1")]}
        )
    person = {"name": {"full": "名乗 太郎"}, "identifiers": [identifier("PHONE", "090-1111-2222")]}
    yield event("interaction", "/web", "form-1", {"kind": "WEB_FORM", "by": {"person": person}, "form": "contact"})
    yield event("interaction", "/cti", "bare-1", {"kind": "CALL", "by": {"identifiers": [identifier("PHONE", "080-9999-0000")]}})
    yield event("interaction", "/cti", "bare-2", {"kind": "NOTE"})
    yield event(
        "interaction", "/cti", "freephone", {"kind": "CALL", "by": {"identifiers": [identifier("PHONE", "0120-444-444")]}}
    )


def regular() -> Iterator[Event]:
    """More touchpoints than any page holds, on two records; several at one instant."""
    card = identifier("POS_CARD", "REG1")
    for source in ("/ec", "/pos/ginza"):
        yield event("person", source, "R1", {"name": {"full": "常連 次郎"}, "identifiers": [card]})
    for number in range(125):
        kind = ("CALL", "WEB_SESSION", "STORE_VISIT")[number % 3]
        by = {"record": {"source": ("/ec", "/pos/ginza")[number % 2], "subject": "R1"}}
        told = {"kind": kind, "by": by, "channel": ("PHONE", "LINE", "STORE", "APP")[number % 4]}
        yield event("interaction", "/log", f"r{number}", told, f"2026-02-{number % 28 + 1:02d}", hour=number % 5)
    for number in range(23):
        buys = {"currency": "JPY", "lines": [{"line": 1, "amount": str(number * 100)}], "store": "S001"}
        yield event(
            "order",
            "/pos/ginza",
            f"R-{number:04d}",
            {**buys, "by": {"record": {"source": "/ec", "subject": "R1"}}},
            "2026-03-01",
            hour=number,
        )


def worried() -> Iterator[Event]:
    """Orders in every state and contacts of every outcome, some of which wait or went wrong."""
    yield event("person", "/ec", "W1", {"name": {"full": "心配 三郎"}, "identifiers": [identifier("POS_CARD", "WORRY1")]})
    me = {"by": {"record": {"source": "/ec", "subject": "W1"}}}
    states = ("PLACED", "CONFIRMED", "PARTIALLY_FULFILLED", "FULFILLED", "CANCELLED", "RETURNED", None)
    for number, status in enumerate(states):
        for month, day in (("05", 10 + number), ("06", 1 + number)):
            told = {"status": status, "currency": "JPY", "lines": [{"line": 1, "amount": "100"}], **me}
            yield event("order", "/ec", f"W-{month}{number}", told, f"2026-{month}-{day:02d}")
    yield from enumerated("before", me, "2026-05-20")
    yield event("interaction", "/crm", "answer", {"kind": "EMAIL", "direction": "OUTBOUND", **me}, "2026-05-20", hour=21)
    yield from enumerated("after", me, "2026-05-21")


def enumerated(name: str, by: Event, day: str) -> Iterator[Event]:
    for number, told in enumerate(WORRIES):
        yield event("interaction", "/crm", f"{name}-{number}", {**told, **by}, day, hour=(number + 5) % 20)


BY_CUSTOMER, BY_BOT = {"from": "Customer", "text": 'それは "from":"bot" ですか'}, {"from": "bot", "text": "はい"}
WORRIES: tuple[Event, ...] = (
    {"kind": "CALL", "direction": "INBOUND", "staff": "試験係"},
    {"kind": "CHAT_THREAD", "messages": [BY_CUSTOMER]},
    {"kind": "CHAT_THREAD", "messages": [BY_CUSTOMER, BY_BOT, BY_CUSTOMER]},
    {"kind": "EMAIL", "direction": "INBOUND"},
    {"kind": "EMAIL"},
    {"kind": "WEB_FORM"},
    {"kind": "FAX", "direction": "INBOUND", "subject": "Complaint about a coat"},
    {"kind": "SMS", "direction": "INBOUND", "topic": "返品の苦情"},
    {"kind": "SOCIAL_MESSAGE", "messages": [BY_CUSTOMER, {"text": "匿名"}]},
    {"kind": "CHAT_THREAD", "direction": "INBOUND", "messages": []},
    {"kind": "CALL", "direction": "INBOUND"},
    {"kind": "CALL", "direction": "INBOUND", "durationSeconds": 0},
    {"kind": "CALL", "direction": "INBOUND", "durationSeconds": 60},
    {"kind": "STORE_VISIT", "topic": "クレーム"},
    {"kind": "NOTE", "topic": "クレーム"},
    {"kind": "SURVEY", "score": 5, "scale": "10"},
    {"kind": "SURVEY", "score": 6, "scale": "10"},
    {"kind": "FEEDBACK", "score": 1},
    {"kind": "FEEDBACK", "score": 9, "scale": "10", "sentiment": "Negative"},
    {"kind": "APPOINTMENT", "attended": False},
    {"kind": "APPOINTMENT", "scheduledFor": "2026-06-30T10:00:00+09:00"},
    {"kind": "SERVICE_VISIT", "scheduledFor": "2026-05-30T10:00:00+09:00"},
    {"kind": "APPOINTMENT", "attended": True, "scheduledFor": "2026-06-30T10:00:00+09:00"},
)


def agreeing() -> Iterator[Event]:
    """Consents of every reach: for a point, for all, by nobody named, by somebody else; granted, refused, run out, taken back."""
    mobile, mail, card = identifier("PHONE", "090-1234-5678"), identifier("EMAIL", "mayumi@example.jp"), MERGING[0]
    web, shop = {"by": {"record": {"source": "/ec", "subject": "U1001"}}}, {"record": {"source": "/pos/ginza", "subject": "P1"}}
    said: list[tuple[str, str, Event]] = [
        (
            "MARKETING",
            "GRANTED",
            {**web, "contactPoint": mobile, "proof": {"how": "申込書", "text": "電話でのご案内", "staff": "op-1"}},
        ),
        ("MARKETING", "REFUSED", {"by": shop, "contactPoint": mobile, "proof": {"document": "https://example.jp/f/1"}}),
        ("MARKETING", "GRANTED", {**web, "contactPoint": mail, "validTo": "2026-06-01T00:00:00+09:00"}),
        ("SURVEY", "GRANTED", web),
        ("SURVEY", "REFUSED", {"by": {"identifiers": [mail]}}),
        ("PERSONALIZATION", "REFUSED", {"by": {**shop, "identifiers": [identifier("FAX", "03-1111-2222")]}}),
        ("MARKETING", "REFUSED", {"by": {"record": {"source": "/pos/ginza", "subject": "M1"}}}),
        ("MARKETING", "GRANTED", {"by": {"record": {"source": "/line/1654000000", "subject": "M2"}}, "contactPoint": MERGING[1]}),
        ("THIRD_PARTY", "GRANTED", {"by": {"identifiers": [card]}}),
        ("SERVICE", "GRANTED", {"by": {"record": {"source": "/ec", "subject": "D1"}}}),
        ("SERVICE", "REFUSED", {"by": {"identifiers": [identifier("PHONE", "03-1234-5678")]}}),
        (
            "MARKETING",
            "REFUSED",
            {"by": {"record": {"source": "/ec", "subject": "D2"}}, "contactPoint": identifier("PHONE", "03-1234-5678")},
        ),
        (
            "SURVEY",
            "GRANTED",
            {"by": {"record": {"source": "/ec", "subject": "D2"}}, "contactPoint": identifier("PHONE", "03-1234-5678")},
        ),
    ]
    for number, (purpose, state, data) in enumerate(said):
        yield event(
            "consent", "/crm", f"said-{number}", {**data, "purpose": purpose, "state": state}, f"2026-04-{number + 1:02d}"
        )
    taken_back = {**web, "contactPoint": mail, "purpose": "SERVICE"}
    for day, state in (("2026-04-20", "REFUSED"), ("2026-04-21", None)):
        yield event("consent", "/crm", f"said-{day}", {**taken_back, "state": state}, day)


BATCHES = (places_and_articles, mayumi, merged, merging, neighbours, regular, worried, agreeing)
HOLDERS = "MATCH (r:SourceRecord)-[:RESOLVES_TO]->(c:Customer) RETURN r.key, c.id, r.id"
PEOPLE = {
    "mayumi": "/ec:U1001",
    "merged": "/app:M3",
    "nothing": "/ec:T1",
    "double": "/ec:D1",
    "john": "/ec:J1",
    "regular": "/ec:R1",
}
PEOPLE |= {"doubted": "/ec:DOUBT", "identified": "/ec:I1", "worried": "/ec:W1"}


@dataclass(slots=True)
class WideTown:
    """The store, and names for what is in it: `<name>` in a written query stands for one of them."""

    store: Store
    names: dict[str, str] = field(default_factory=dict)
    ids: dict[str, list[str]] = field(default_factory=dict)
    cursors: list[str] = field(default_factory=list)


async def build(store: Store) -> WideTown:
    """Tell the empty graph of all of them."""
    for batch in BATCHES:
        receipts = await record(store, [read_event(raw, KEY) for raw in batch()])
        assert [receipt.error for receipt in receipts if receipt.error] == []
    await reconsidered(store, "/ec:J1", "/ec:K1")
    await looked_at(store)
    await until_searchable(store)
    town = WideTown(store)
    await name_people(town)
    await name_things(town)
    await name_jobs(town)
    town.names |= {raw: global_id(type_name, raw) for raw, type_name in (await listen(store)).items()}
    await name_cases(town)
    for label, raw in await keep(store, read_id(town.names["mayumi"])[1]):
        town.ids.setdefault(label, []).append(global_id(label, raw))
    return town


FORM = "MATCH (:Customer {id: $p.id})<-[:RESOLVES_TO]-()-[:DID]->(t:WebForm) RETURN t.id ORDER BY t.id LIMIT 1"


async def name_cases(town: WideTown) -> None:
    """Let cases be open for somebody with three records, for one of their interactions among others, and give them points."""
    customer = read_id(town.names["mayumi"])[1]
    [[touchpoint]] = await town.store.read(FORM, {"id": customer})
    owed, earned = await owe(town.store, customer, touchpoint), await earn(town.store, customer)
    for raw, type_name in {**owed, **earned, **await give_out(town.store, customer)}.items():
        town.names[raw] = global_id(type_name, raw)
        town.ids.setdefault(type_name, []).append(town.names[raw])


async def name_jobs(town: WideTown) -> None:
    """Let an export be asked for, and one of somebody who went into another be done."""
    counts = '{"records":3,"touchpoints":0}'
    done = {"state": "DONE", "receipt": counts, "file": "done.zip", "file_until": "2026-05-08T10:00:00.000000Z", "total": 12}
    jobs = [
        {"id": "queued", "about": town.names["mayumi"], "state": "QUEUED", "reason": "ご本人の請求", "total": 0},
        {"id": "done", "about": town.names["former"], **done, "done": 12, "ended_at": "2026-05-01T10:05:00.000000Z"},
        {"id": "failed", "about": None, "state": "FAILED", "failure": "NOT_FOUND"},
    ]
    rows = [
        {"kind": "CUSTOMER_EXPORT", "asked_by": "op-1", "done": 0, "asked_at": f"2026-05-0{place + 1}T10:00:00.000000Z"}
        | each
        | {"about": each["about"] and read_id(each["about"])[1]}
        for place, each in enumerate(jobs)
    ]

    async def write(transaction: Transaction) -> None:
        await transaction.run("UNWIND $p.rows AS row CREATE (j:Job) SET j = row", {"rows": rows})

    await town.store.write(write)
    town.names |= {each["id"]: global_id("Job", each["id"]) for each in jobs}


async def looked_at(store: Store) -> None:
    """Let somebody have read each customer, those who went into another too, and some of them twice."""
    rows = await store.read("MATCH (c:Customer) RETURN c.id ORDER BY c.id")
    read = [(raw, turn) for place, (raw,) in enumerate(rows) for turn in range(1 + place % 2)]
    entries = [
        {
            "id": f"entry-{number}",
            "customers": [raw],
            "things": [],
            "properties": {
                "at": f"2026-04-0{1 + turn}T10:00:00.000000Z",
                "position": f"2026-04-0{1 + turn}T10:00:00.000000Zentry-{number}",
                "subject": f"op-{number % 3}",
                "roles": ["call_center"],
                "purpose": "call" if turn else "",
                "operation": "View" if number % 2 else "",
                "tags": ["NAME"],
                "file": "town-0001.jsonl",
            },
        }
        for number, (raw, turn) in enumerate(read)
    ]

    async def write(transaction: Transaction) -> None:
        await transaction.run(COPY, {"entries": entries})

    await store.write(write)


async def reconsidered(store: Store, *keys: str) -> None:
    """Let a steward join the customers of two records and take it back."""
    before = [await expected(store, key) for key in keys]
    joined = await decide(store, Author("tests", "steward", "join", "同じ人と聞いた"), customers.merge(before))
    await decide(
        store, Author("tests", "steward", "part", "聞き違い"), customers.undo(await expected(store, keys[0]), joined.decision)
    )


async def expected(store: Store, key: str) -> Expected:
    [found] = await store.read("MATCH (:SourceRecord {key: $p.key})-[:RESOLVES_TO]->(c) RETURN c.id, c.version", {"key": key})
    return Expected(*found)


async def name_people(town: WideTown) -> None:
    rows = await town.store.read(HOLDERS)
    customers = {key: raw for key, raw, _ in rows}
    records = {key: raw for key, _, raw in rows}
    town.names |= {name: global_id("Customer", customers[key]) for name, key in PEOPLE.items()}
    town.names["record"] = global_id("SourceRecord", records["/ec:U1001"])
    former = await town.store.read("MATCH (c:Customer)-[:REDIRECTS_TO]->() RETURN c.id")
    town.names["former"] = global_id("Customer", former[0][0])
    everybody = await town.store.read("MATCH (c:Customer) RETURN c.id ORDER BY c.id")
    town.ids["Customer"] = [global_id("Customer", raw) for (raw,) in everybody]


async def name_things(town: WideTown) -> None:
    for label in ("Store", "Product", "Identifier", "SourceRecord", "OrderLine", "Decision", "MatchCandidate", "Thread"):
        rows = await town.store.read(f"MATCH (n:{label}) RETURN n.id ORDER BY n.id")  # type: ignore[arg-type]
        town.ids[label] = [global_id(label, raw) for (raw,) in rows]
    for label, raw, key, number in await town.store.read(
        "MATCH (t:Touchpoint) RETURN [l IN labels(t) WHERE l <> 'Touchpoint'][0], t.id, t.key, t.number ORDER BY t.id"
    ):
        town.ids.setdefault(label, []).append(global_id(label, raw))
        town.names[number or key] = global_id(label, raw)
    named = {"PEN-1": "Product", "S001": "Store", "S999": "Store", "M0001": "Identifier"}
    for name, label in named.items():
        rows = await town.store.read(f"MATCH (n:{label}) WHERE $p.name IN [n.sku, n.code, n.value] RETURN n.id", {"name": name})  # type: ignore[arg-type]
        town.names[name] = global_id(label, rows[0][0])
    rows = await town.store.read("MATCH (:Order {number: 'A-1001'})-[:HAS_LINE]->(l) RETURN l.id ORDER BY l.id")
    town.names |= {"line": global_id("OrderLine", rows[0][0]), "after_line": cursor("lines", rows[9][0])}
    seen = await town.store.read(
        "MATCH (:SourceRecord {key: '/ec:R1'})-[:RESOLVES_TO]->(c) MATCH (c)<-[:RESOLVES_TO]-()-[:DID]->(t) "
        "RETURN t.position, t:Order ORDER BY t.position DESC"
    )
    town.names |= {"after_touchpoint": cursor("timeline", seen[40][0]), "last_touchpoint": cursor("timeline", seen[-1][0])}
    town.names["after_order"] = cursor("orders", [position for position, is_order in seen if is_order][4])
    sold = await town.store.read("MATCH (o:Order {store_code: 'S001'}) RETURN o.position ORDER BY o.position DESC")
    [[waiting]] = await town.store.read("MATCH (t:Order {number: 'W-060'}) RETURN t.position")
    town.names |= {"after_store_order": cursor("store orders", sold[4][0]), "after_waiting": cursor("attention", waiting)}
    town.names["after_customer"] = cursor("customers", sorted(await active(town))[2])
    [[pair]] = await town.store.read("MATCH (m:MatchCandidate) RETURN m.id")
    [[at, decision]] = await town.store.read("MATCH (d:PersonDecision {rule: 'UNMERGED_BY_PERSON'}) RETURN d.at, d.id")
    town.names |= {"decision": global_id("Decision", decision), "pair": global_id("MatchCandidate", pair)}
    town.names["after_decision"] = cursor("decisions", at + decision)
    town.names["S001-gone"] = global_id("Store", "0" * 32)
    town.names["A-1001-as-Call"] = global_id("Call", opaque("Touchpoint", "/pos/ginza:A-1001"))
    cursors = ("after_line", "after_touchpoint", "last_touchpoint", "after_order", "after_customer")
    town.cursors = [town.names[name] for name in cursors]


async def active(town: WideTown) -> list[str]:
    return [raw for (raw,) in await town.store.read("MATCH (c:Customer {status: 'ACTIVE'}) RETURN c.id")]
