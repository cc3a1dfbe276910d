"""Streams of events that collide a lot: few people, values, contacts and hours, so that every rule meets every other.

Identifier values are already normalised and the persons are visibly made up.
"""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

MOBILES = ("+819010000001", "+819010000002", "+819010000003")
LANDLINE = "+81312345678"
SOURCES = ("/ec", "/pos/shibuya", "/line/165")
SUBJECTS = ("1", "2", "3", "4")
STORES = ("shibuya", "ginza")
SKUS = ("SKU-1", "SKU-2")
KIND_OF = {"c1": "CALL", "c2": "STORE_VISIT", "c3": "CHAT_THREAD", "c4": "NOTE"}
"""Subject of an interaction -> its kind: what a subject names cannot change its kind."""

Raw = dict[str, Any]

_HOURS = [f"2026-04-{day:02d}T{hour:02d}:00:00+09:00" for day in (1, 2) for hour in (0, 6, 12, 18)]
_EDGES = ["2026-03-31T15:00:00Z", "2026-04-01T03:00:00Z", "2026-04-01T09:00:00Z", "2026-04-02T03:00:00Z"]
_NAMES = [
    None,
    {"full": "試験 太郎"},
    {"family": "試験", "given": "太郎"},
    {"full": "見本 太郎"},
    {"full": "試験 花子"},
    {"family": "Shiken", "given": "Taro"},
    {"full": "試験"},
    {"given": "次郎"},
    {"full": "未設定"},
    {"full": "試験太郎"},
    {"full": "Taro Shiken"},
    {"full": "Hanako"},
]
_KANAS = [None, {"full": "シケン タロウ"}, {"family": "シケン", "given": "ハナコ"}]
_BIRTH_DATES = [None, "1990-01-02", "1990-01-02", "1985-05-05", "1990-01-03", "1970-01-01", "不明"]
_VALUES = [
    *(("PHONE", mobile) for mobile in MOBILES),
    ("PHONE", MOBILES[0]),
    ("PHONE", LANDLINE),
    ("EMAIL", "a@example.jp"),
    ("EMAIL", "b@example.jp"),
    ("POS_CARD", "C1"),
    ("POS_CARD", "C2"),
    ("MEMBER_NUMBER", "M1"),
    ("LINE_USER_ID", "U1"),
    ("DEVICE_ID", "D1"),
]


def _sometimes(draw: st.DrawFn, data: Raw, name: str, values: list[Any], one_in: int = 3) -> None:
    if draw(st.integers(1, one_in)) == 1:
        data[name] = draw(st.sampled_from(values))


@st.composite
def identifiers(draw: st.DrawFn, most: int = 3) -> list[Raw]:
    chosen = draw(st.lists(st.sampled_from(_VALUES), max_size=most))
    listed: list[Raw] = []
    for kind, value in chosen:
        one: Raw = {"kind": kind, "value": value}
        if kind == "LINE_USER_ID":
            one["scope"] = "165"
        _sometimes(draw, one, "verified", [True, False, None], 2)
        _sometimes(draw, one, "sharing", ["PERSONAL", "PERSONAL", "UNKNOWN", "HOUSEHOLD", "KIOSK"], 8)
        if draw(st.integers(1, 6)) == 1:
            start, end = sorted(draw(st.lists(st.sampled_from(_EDGES), min_size=2, max_size=2, unique=True)))
            one |= draw(st.sampled_from([{"validFrom": start}, {"validTo": end}, {"validFrom": start, "validTo": end}]))
        listed.append(one)
    return listed


@st.composite
def person_data(draw: st.DrawFn) -> Raw:
    data: Raw = {"identifiers": draw(identifiers())}
    _sometimes(draw, data, "name", _NAMES, 2)
    _sometimes(draw, data, "kana", _KANAS)
    _sometimes(draw, data, "birthDate", _BIRTH_DATES)
    _sometimes(draw, data, "gender", ["FEMALE", "MALE", None], 5)
    _sometimes(draw, data, "language", ["ja", None], 5)
    _sometimes(draw, data, "address", [None, {"full": "東京都試験区見本町1-2-3"}, {"full": "大阪府見本市試験1-1"}], 4)
    _sometimes(draw, data, "attributes", [{"rank": "GOLD"}, {"rank": None}, {"shoe": 24.5, "rank": "BLUE"}], 4)
    return data


@st.composite
def by(draw: st.DrawFn) -> Raw | None:
    who: Raw = {}
    parts = draw(
        st.sampled_from(["", "record", "identifiers", "identifiers", "person", "record identifiers", "record person", "null"])
    )
    if parts == "null":
        return None
    if "record" in parts:
        source = draw(st.sampled_from([*SOURCES, "/crm"]))
        who["record"] = {"source": source, "subject": draw(st.sampled_from(SUBJECTS))}
    if "identifiers" in parts:
        who["identifiers"] = draw(identifiers(2))
    if "person" in parts:
        who["person"] = draw(person_data())
    return who


def _contact_data(draw: st.DrawFn) -> Raw:
    data: Raw = {}
    if draw(st.integers(1, 4)) > 1:
        data["by"] = draw(by())
    _sometimes(draw, data, "store", [*STORES, None])
    _sometimes(draw, data, "channel", ["STORE", "PHONE", None])
    _sometimes(draw, data, "products", [["SKU-1"], ["SKU-1", "SKU-3"], [], None], 4)
    _sometimes(draw, data, "staff", ["op-1", None], 4)
    return data


def _order_data(draw: st.DrawFn) -> Raw:
    data = {**_contact_data(draw), "currency": draw(st.sampled_from(["JPY", "JPY", "JPY", "KRW"]))}
    _sometimes(draw, data, "status", ["PLACED", "FULFILLED", "CANCELLED", "RETURNED", None], 2)
    _sometimes(draw, data, "refunded", ["30", None], 5)
    what = draw(st.sampled_from(["lines", "lines and total", "total", "no lines", "nothing"]))
    if what.startswith("lines"):
        prices = draw(st.lists(st.sampled_from([100, 250]), min_size=1, max_size=2))
        data["lines"] = [
            {
                "line": number,
                "sku": draw(st.sampled_from([*SKUS, None])),
                "quantity": 2,
                "unitPrice": str(price),
                "amount": str(2 * price),
            }
            for number, price in enumerate(prices, 1)
        ]
        if what.endswith("total"):
            data["total"] = str(2 * sum(prices))
    elif what == "total":
        data["total"] = draw(st.sampled_from(["1000", "0", "-50"]))
    elif what == "no lines":
        data["lines"] = draw(st.sampled_from([[], None]))
    return data


def _consent_data(draw: st.DrawFn) -> Raw:
    data: Raw = {
        "by": draw(by()),
        "purpose": draw(st.sampled_from(["MARKETING", "SERVICE"])),
        "state": draw(st.sampled_from(["GRANTED", "REFUSED", None])),
    }
    named = data["by"] or {}
    if not (named.get("record") or "person" in named or named.get("identifiers")) or draw(st.booleans()):
        kind, value = draw(st.sampled_from([pair for pair in _VALUES if pair[0] in ("PHONE", "EMAIL", "DEVICE_ID")]))
        data["contactPoint"] = {"kind": kind, "value": value}
    _sometimes(draw, data, "validTo", [_EDGES[0], None], 4)
    _sometimes(draw, data, "proof", [{"how": "form"}, {"staff": "op-1", "text": None}, None], 3)
    return data


@st.composite
def event(draw: st.DrawFn) -> Raw:
    """Return one event without its id."""
    kind = draw(st.sampled_from(["person"] * 10 + ["order"] * 4 + ["interaction"] * 4 + ["consent"] * 3 + ["store", "product"]))
    raw: Raw = {
        "specversion": "1.0",
        "type": f"customer360.{kind}.v1",
        "source": draw(st.sampled_from(SOURCES)),
        "time": draw(st.sampled_from(_HOURS)),
    }
    if kind == "person":
        return {**raw, "subject": draw(st.sampled_from(SUBJECTS)), "data": draw(person_data())}
    if kind == "store":
        data: Raw = draw(st.sampled_from([{"name": "渋谷店"}, {"name": None, "kind": "SHOP"}, {"hours": "10-20"}, {}]))
        return {**raw, "subject": draw(st.sampled_from(STORES)), "data": data}
    if kind == "product":
        data = draw(
            st.sampled_from([{"name": "ジャケット"}, {"price": "1980", "currency": "JPY"}, {"price": None, "brand": "見本"}])
        )
        return {**raw, "subject": draw(st.sampled_from(SKUS)), "data": data}
    if kind == "consent":
        return {**raw, "data": _consent_data(draw)}
    if kind == "order":
        # Order 1 of a source has the key of its person 1.
        subject = draw(st.sampled_from(["o1", "o2", "o3", "1", None]))
        data = _order_data(draw)
    else:
        subject = draw(st.sampled_from([*KIND_OF, None]))
        data = {**_contact_data(draw), "kind": KIND_OF[subject] if subject else draw(st.sampled_from(["CALL", "EMAIL"]))}
        if data["kind"] == "EMAIL":
            _sometimes(draw, data, "deliveryStatus", ["FAILED 5.1.1", "FAILED 5.2.1", "FAILED 4.4.7", "DELIVERED", None], 1)
    return {**raw, **({"subject": subject} if subject else {}), "data": data}


@st.composite
def streams(draw: st.DrawFn, least: int = 30, most: int = 40) -> list[Raw]:
    """Return a stream of events, each with an id of its own."""
    found = draw(st.lists(event(), min_size=least, max_size=most))
    return [{**raw, "id": f"e{number:03d}"} for number, raw in enumerate(found)]
