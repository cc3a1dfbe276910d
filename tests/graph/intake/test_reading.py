"""From raw events to facts: what each field becomes, what null and silence mean, and how each mistake is told."""

from __future__ import annotations

import copy
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.events.facts import By, Event, Listing, Person, Touchpoint
from graph.events.outcomes import Remark
from graph.identity.blocking import read_listed_values
from graph.intake.event_types import EVENT_TYPES, json_schema
from graph.intake.reading import InvalidEvent, digest_of, read_event
from graph.touchpoints import INTERACTION_KINDS, TOUCHPOINTS

KEY = b"test key"
Raw = dict[str, Any]


def raw(type_: str, data: object, **envelope: object) -> Raw:
    fixed = {"specversion": "1.0", "type": f"customer360.{type_}.v1", "source": "/test", "id": "e-1"}
    return {**fixed, "time": "2026-04-01T10:00:00+09:00", "data": data, **envelope}


def person(**data: object) -> Person:
    subject = read_event(raw("person", data, subject="U1"), KEY).facts
    assert isinstance(subject, Person)
    return subject


def contact(type_: str, data: object, **envelope: object) -> Touchpoint:
    subject = read_event(raw(type_, data, **envelope), KEY).facts
    assert isinstance(subject, Touchpoint)
    return subject


def refusal(event: object) -> InvalidEvent:
    with pytest.raises(InvalidEvent) as caught:
        read_event(event, KEY)
    return caught.value


def test_the_envelope_becomes_source_id_and_an_instant_in_utc() -> None:
    event = read_event(raw("person", {}, subject="U1"), KEY)
    assert (event.source, event.id, event.type) == ("/test", "e-1", "customer360.person.v1")
    assert event.time == datetime(2026, 4, 1, 1, tzinfo=UTC)
    assert event.time.tzinfo is UTC


def test_a_person_is_read_with_eras_widths_and_variants() -> None:
    facts = person(
        name={"full": "試驗 眞由美"},
        kana={"full": "ｼｹﾝ ﾏﾕﾐ"},
        birthDate="昭和63年8月8日",
        gender="FEMALE",
        language="ja",
        address={"full": "東京都試験区一丁目１番１号"},
        attributes={"rank": "GOLD", "points": 12, "mail.ok": True},
    )
    assert facts.record == "/test:U1"
    assert facts.attributes == {
        "name": {"name_full": "試驗 眞由美", "name_family": "試驗", "name_given": "眞由美"},
        "kana": {"kana_full": "ｼｹﾝ ﾏﾕﾐ", "kana_family": "ｼｹﾝ", "kana_given": "ﾏﾕﾐ"},
        "birthDate": {"birth_date": "1988-08-08", "birth_date_text": "昭和63年8月8日"},
        "gender": {"gender": "FEMALE"},
        "language": {"language": "ja"},
        "address": {"address_full": "東京都試験区一丁目１番１号", "home": None},
        "attributes.rank": {"attributes.rank": "GOLD"},
        "attributes.points": {"attributes.points": 12},
        "attributes.mail.ok": {"attributes.mail.ok": True},
    }
    assert facts.names == {"N:試験|真由美", "K:シケン|マユミ"}


def test_null_and_empty_text_clear_and_silence_says_nothing() -> None:
    facts = person(name=None, kana={"full": " "}, birthDate=None, address={"full": None}, attributes={"rank": None})
    assert facts.attributes == {
        "name": {"name_full": None, "name_family": None, "name_given": None},
        "kana": {"kana_full": None, "kana_family": None, "kana_given": None},
        "birthDate": {"birth_date": None, "birth_date_text": None},
        "address": {"address_full": None, "home": None},
        "attributes.rank": {"attributes.rank": None},
    }
    assert person(name={}, address={}).attributes == {}


def test_a_birth_date_that_cannot_be_read_stays_as_text() -> None:
    assert person(birthDate="昭和の頃").attributes["birthDate"] == {"birth_date": None, "birth_date_text": "昭和の頃"}


def test_identifiers_become_claims_and_those_of_nobody_are_told_so() -> None:
    facts = person(
        identifiers=[
            {"kind": "PHONE", "value": "０９０ー１２３４ー５６７８"},
            {"kind": "PHONE", "value": "+81 90 1234 5678", "verified": True},
            {"kind": "PHONE", "value": "0120-123-456"},
            {"kind": "EMAIL", "value": "Shiken@Example.jp", "sharing": "HOUSEHOLD", "validFrom": "2020-01-01T00:00:00+09:00"},
            {"kind": "EXTERNAL_ID", "value": "x1"},
        ]
    )
    assert [(claim.key, claim.listed) for claim in facts.claims] == [
        ("PHONE::+819012345678", False),
        ("PHONE::+81120123456", True),
        ("EMAIL::shiken@example.jp", False),
        ("EXTERNAL_ID:/test:x1", False),
    ]
    phone, _, mail, _ = facts.claims
    assert (phone.mobile, phone.verified, phone.original) == (True, True, "０９０ー１２３４ー５６７８")
    assert (mail.sharing, mail.verified, mail.valid_from) == ("HOUSEHOLD", None, datetime(2019, 12, 31, 15, tzinfo=UTC))


def test_a_value_that_cannot_be_read_is_kept_as_text_and_remarked_on_and_the_rest_is_read() -> None:
    values = [("PHONE", "8.17022E+11"), ("PHONE", "未設定"), ("EMAIL", "shiken taro@example.jp"), ("POS_CARD", "C-1")]
    event = read_event(
        raw("person", {"identifiers": [{"kind": kind, "value": value} for kind, value in values]}, subject="U1"), KEY
    )
    assert isinstance(event.facts, Person)
    assert [(claim.key, claim.listed, claim.original) for claim in event.facts.claims] == [
        ("PHONE::8.17022E+11", False, "8.17022E+11"),
        ("PHONE::未設定", True, "未設定"),
        ("EMAIL::shiken taro@example.jp", False, "shiken taro@example.jp"),
        ("POS_CARD::C1", False, "C-1"),
    ]
    assert event.warnings() == (
        Remark("UNREADABLE_PHONE", "/data/identifiers/0/value"),
        Remark("UNREADABLE_MAIL", "/data/identifiers/2/value"),
    )


def test_two_values_in_one_field_are_two_claims_with_what_was_said_of_both() -> None:
    [one, other] = person(identifiers=[{"kind": "PHONE", "value": "03-1234-5678 / 090-1234-5678", "verified": True}]).claims
    assert [(claim.value, claim.mobile, claim.verified) for claim in (one, other)] == [
        ("+81312345678", False, True),
        ("+819012345678", True, True),
    ]


def test_blanks_around_ids_are_cut_and_width_and_case_are_the_sources_own() -> None:
    by = {"record": {"source": "/pos ", "subject": "\ufeff Ｍ-\u200b1\u3000"}}
    order = contact("order", {"by": by, "store": " ginza", "products": ["SKU-1 "]}, subject=" o-1 ", source=" /test")
    assert (order.key, order.external_id, order.by and order.by.record) == ("/test:o-1", "o-1", ("/pos", "Ｍ-1"))
    assert (order.attributes["store"], order.attributes["products"]) == ({"store_code": "ginza"}, {"sku_list": ["SKU-1"]})


def test_an_id_of_which_nothing_can_be_seen_is_none() -> None:
    with pytest.raises(InvalidEvent, match="can be seen") as caught:
        read_event(raw("person", {}, subject="\u200b"), KEY)
    assert caught.value.pointer == "/subject"


@pytest.mark.parametrize(
    "time",
    [
        "2026-04-01T10:00:00+09:00",
        "2026-04-01T10:00+09:00",
        "2026-04-01T10:00:00.000+0900",
        "2026-04-01T10:00:00+09",
        "2026-04-01T01:00Z",
        "2026-04-01 01:00:00.000000000z",
        "2026-04-01T10:00:00+09:00[Asia/Tokyo]",
        "2026-04-01 10:00:00 +0900",
        "2026-04-01 01:00:00 UTC",
        "2026-04-01T01:00:00GMT",
    ],
)
def test_an_instant_is_read_as_systems_write_it(time: str) -> None:
    assert read_event(raw("person", {}, subject="U1", time=time), KEY).time == datetime(2026, 4, 1, 1, tzinfo=UTC)


def test_a_line_id_is_scoped_by_the_provider_of_its_source() -> None:
    data = {"identifiers": [{"kind": "LINE_USER_ID", "value": "Uabc"}]}
    facts = read_event(raw("person", data, subject="Uabc", source="/line/1654000000"), KEY).facts
    assert isinstance(facts, Person)
    assert [claim.key for claim in facts.claims] == ["LINE_USER_ID:1654000000:Uabc"]


def test_a_contact_is_known_by_its_subject_else_by_its_event() -> None:
    assert contact("interaction", {"kind": "NOTE"}).key == "/test:e-1"
    named = contact("interaction", {"kind": "NOTE"}, subject="n-9")
    assert (named.key, named.external_id, named.kind, named.default_channel) == ("/test:n-9", "n-9", "NOTE", "PORTAL")


def test_by_tells_endpoints_a_record_or_a_person() -> None:
    phone = {"kind": "PHONE", "value": "090-1234-5678"}
    bare = contact("interaction", {"kind": "CALL", "by": {"identifiers": [phone]}}).by
    assert bare is not None
    assert (bare.record, [claim.kind for claim in bare.claims], bare.person) == (None, ["PHONE"], None)

    known = contact(
        "interaction", {"kind": "CALL", "by": {"record": {"source": "/ec", "subject": "U1"}, "identifiers": [phone]}}
    ).by
    assert known is not None
    assert (known.record, len(known.claims), known.person) == (("/ec", "U1"), 1, None)

    named = contact("interaction", {"kind": "CALL", "by": {"person": {"name": {"full": "試験 太郎"}, "identifiers": [phone]}}}).by
    assert named is not None
    assert named.person is not None
    assert (named.record, named.claims, named.person.record) == (("/test", "e-1"), (), "/test:e-1")
    assert [claim.kind for claim in named.person.claims] == ["PHONE"]

    both = contact(
        "order", {"by": {"record": {"source": "/ec", "subject": "U1"}, "person": {"gender": "MALE"}}}, subject="o-1"
    ).by
    assert both is not None
    assert both.person is not None
    assert (both.record, both.person.record, both.person.source) == (("/ec", "U1"), "/ec:U1", "/ec")


def test_a_contact_without_by_says_nothing_of_it_and_null_makes_it_nobodys() -> None:
    assert contact("interaction", {"kind": "NOTE"}).by is None
    assert contact("interaction", {"kind": "NOTE", "by": None}).by == By(record=None)
    assert contact("interaction", {"kind": "NOTE", "by": {}}).by == By(record=None)


@pytest.mark.parametrize("kind", INTERACTION_KINDS)
def test_every_kind_of_interaction_is_read(kind: str) -> None:
    common = {
        "kind": kind,
        "direction": "OUTBOUND",
        "endedAt": "2026-04-01T11:00:00+09:00",
        "products": ["SKU-1"],
        "orders": ["o-1"],
    }
    facts = contact("interaction", common)
    assert (facts.kind, facts.default_channel) == (kind, TOUCHPOINTS[kind].channel)
    assert facts.attributes == {
        "direction": {"direction": "OUTBOUND"},
        "endedAt": {"ended_at": "2026-04-01T02:00:00.000000Z"},
        "products": {"sku_list": ["SKU-1"]},
        "orders": {"order_numbers": ["o-1"]},
    }


@pytest.mark.parametrize(
    ("kind", "own", "attributes"),
    [
        ("CALL", {"durationSeconds": 61, "menuPath": ["1", "3"]}, {"durationSeconds": 61, "menuPath": ["1", "3"]}),
        (
            "CHAT_THREAD",
            {"messages": [{"at": "2026-04-01T10:00:00+09:00", "from": "customer", "text": "在庫は"}]},
            {"messages": '[{"at":"2026-04-01T01:00:00Z","from":"customer","text":"在庫は"}]'},
        ),
        ("WEB_SESSION", {"pages": [{"url": "/a", "sku": "SKU-1"}]}, {"pages": '[{"url":"/a","sku":"SKU-1"}]'}),
        (
            "SURVEY",
            {"score": 4, "scale": 5, "answers": {"対応": "良い"}},
            {"score": 4, "scale": "5", "answers": '[{"question":"対応","answer":"良い"}]'},
        ),
        ("STORE_VISIT", {"askedFor": "紺の上着", "triedOn": ["SKU-1"]}, {"askedFor": ["紺の上着"], "triedOn": ["SKU-1"]}),
        ("APPOINTMENT", {"scheduledFor": "2026-05-01T10:00:00Z"}, {"scheduledFor": "2026-05-01T10:00:00.000000Z"}),
        ("CHAT_THREAD", {"messages": None}, {"messages": None}),
        ("CHAT_THREAD", {"messages": []}, {"messages": "[]"}),
    ],
)
def test_own_fields_become_what_a_node_can_hold(kind: str, own: Raw, attributes: Raw) -> None:
    read = contact("interaction", {"kind": kind, **own}).attributes
    assert {name: next(iter(properties.values())) for name, properties in read.items()} == attributes


def test_an_order_has_its_number_and_amounts_in_minor_units() -> None:
    lines = [
        {"line": 1, "sku": "SKU-1", "name": "上着", "quantity": 2, "unitPrice": "9.95", "amount": "19.90", "tax": "1.99"},
        {"line": 2, "amount": "0.10", "quantity": 0},
    ]
    data = {"currency": "USD", "lines": lines, "total": "20.00", "store": "shibuya", "couponCodes": ["SPRING"]}
    order = contact("order", data, subject="POS-2026-0001")
    assert (order.kind, order.key, order.default_channel) == ("ORDER", "/test:POS-2026-0001", "WEB")
    assert order.attributes == {
        "store": {"store_code": "shibuya"},
        "currency": {"currency": "USD"},
        "couponCodes": {"coupon_codes": ["SPRING"]},
        "total": {"total": 2000},
        "number": {"number": "POS-2026-0001", "number_key": "POS20260001", "number_suffix": "0001"},
    }
    assert order.lines is not None
    assert [(line.number, line.sku) for line in order.lines] == [(1, "SKU-1"), (2, None)]
    assert order.lines[0].properties == {
        "name": "上着",
        "quantity": 2.0,
        "unit_price": 995,
        "amount": 1990,
        "discount": None,
        "tax": 199,
        "currency": "USD",
    }


def test_an_order_that_says_one_thing_leaves_the_rest_alone() -> None:
    order = contact("order", {"status": "CANCELLED"})
    assert order.attributes == {"status": {"status": "CANCELLED"}}
    assert (order.lines, order.external_id) == (None, None)
    assert contact("order", {"lines": None}).lines == ()


def test_a_store_and_a_product_are_read() -> None:
    data = {"name": "渋谷店", "kind": "SHOP", "location": {"latitude": 35.6, "longitude": 139.7}, "timeZone": "Asia/Tokyo"}
    store = read_event(raw("store", data, subject="shibuya"), KEY).facts
    assert store == Listing(
        "shibuya",
        {
            "name": {"name": "渋谷店"},
            "kind": {"kind": "SHOP"},
            "location": {"latitude": 35.6, "longitude": 139.7},
            "timeZone": {"time_zone": "Asia/Tokyo"},
        },
    )
    product = read_event(
        raw("product", {"price": "19800", "currency": "JPY", "categories": ["上着"]}, subject="SKU-1"), KEY
    ).facts
    assert product == Listing("SKU-1", {"categories": {"categories": ["上着"]}, "price": {"price": 19800, "currency": "JPY"}})


def test_the_digest_knows_neither_the_order_of_keys_nor_other_keys() -> None:
    event = raw("person", {"gender": "MALE", "language": "ja"}, subject="U1")
    turned = {name: event[name] for name in reversed(event)}
    assert digest_of(event, KEY) == digest_of(turned, KEY) == read_event(event, KEY).digest
    assert digest_of(event, KEY) != digest_of({**event, "id": "e-2"}, KEY)
    assert digest_of(event, KEY) != digest_of(event, b"another key")


def test_other_attributes_of_the_envelope_are_allowed_and_ignored() -> None:
    event = raw("person", {}, subject="U1", datacontenttype="application/json; charset=utf-8", traceparent="00-1", partitionkey=3)
    assert isinstance(read_event(event, KEY), Event)


Change = Callable[[Raw], object]
ORDER: Raw = raw(
    "order",
    {"currency": "JPY", "lines": [{"line": 1, "quantity": 1, "unitPrice": "500", "amount": "500"}], "total": "500"},
    subject="o-1",
)
CALL: Raw = raw("interaction", {"kind": "CALL", "by": {"identifiers": [{"kind": "PHONE", "value": "090-1234-5678"}]}})


@pytest.mark.parametrize(
    ("base", "change", "code", "pointer"),
    [
        (CALL, lambda e: e.update(specversion="0.3"), "WRONG_VERSION", "/specversion"),
        (CALL, lambda e: e.update(specversion=1.0), "WRONG_VERSION", "/specversion"),
        (CALL, lambda e: e.update(type="customer360.person.v9"), "UNKNOWN_TYPE", "/type"),
        (CALL, lambda e: e.update(type=["x"]), "UNKNOWN_TYPE", "/type"),
        (CALL, lambda e: e.pop("id"), "INVALID_EVENT", "/id"),
        (CALL, lambda e: e.update(id=""), "INVALID_EVENT", "/id"),
        (CALL, lambda e: e.update(id="x" * 513), "INVALID_EVENT", "/id"),
        (CALL, lambda e: e.update(id="a\0b"), "INVALID_EVENT", "/id"),
        (CALL, lambda e: e.update(source=" "), "INVALID_EVENT", "/source"),
        (CALL, lambda e: e.update(time="2026-04-01T10:00:00"), "INVALID_EVENT", "/time"),
        (CALL, lambda e: e.update(time="2026-04-01"), "INVALID_EVENT", "/time"),
        (CALL, lambda e: e.update(time=1775005200), "INVALID_EVENT", "/time"),
        (CALL, lambda e: e.update(time="0001-01-01T00:00:00+09:00"), "INVALID_EVENT", "/time"),
        (CALL, lambda e: e.update(time="2026-02-30T00:00:00Z"), "INVALID_EVENT", "/time"),
        (CALL, lambda e: e.update(data_base64="e30="), "INVALID_EVENT", "/data_base64"),
        (CALL, lambda e: e.update(Subject="x"), "INVALID_EVENT", "/Subject"),
        (CALL, lambda e: e.update(datacontenttype="text/xml"), "INVALID_EVENT", "/datacontenttype"),
        (CALL, lambda e: e.pop("data"), "INVALID_EVENT", "/data"),
        (CALL, lambda e: e.update(data=None), "INVALID_EVENT", "/data"),
        (CALL, lambda e: e.update(data=[]), "INVALID_EVENT", "/data"),
        (CALL, lambda e: e["data"].pop("kind"), "INVALID_EVENT", "/data/kind"),
        (CALL, lambda e: e["data"].update(kind="ORDER"), "INVALID_EVENT", "/data/kind"),
        (CALL, lambda e: e["data"].update(kind={}), "INVALID_EVENT", "/data/kind"),
        (CALL, lambda e: e["data"].update(durationSeconds="61"), "INVALID_EVENT", "/data/durationSeconds"),
        (CALL, lambda e: e["data"].update(durationSeconds=-1), "INVALID_EVENT", "/data/durationSeconds"),
        (CALL, lambda e: e["data"].update(durationSeconds=2**40), "INVALID_EVENT", "/data/durationSeconds"),
        (CALL, lambda e: e["data"].update(messages=[]), "INVALID_EVENT", "/data/messages"),
        (CALL, lambda e: e["data"].update(ended_at="2026-04-01T10:00:00Z"), "INVALID_EVENT", "/data/ended_at"),
        (CALL, lambda e: e["data"].update({"a/b~c": 1}), "INVALID_EVENT", "/data/a~1b~0c"),
        (CALL, lambda e: e["data"].update(channel="TELEX"), "INVALID_EVENT", "/data/channel"),
        (CALL, lambda e: e["data"].update(text="x" * 100_001), "INVALID_EVENT", "/data/text"),
        (CALL, lambda e: e["data"]["by"].update(record={"source": "/ec"}), "INVALID_EVENT", "/data/by/record/subject"),
        (
            CALL,
            lambda e: e["data"]["by"]["identifiers"][0].update(validFrom="2026-01-02T00:00:00Z", validTo="2026-01-01T00:00:00Z"),
            "INVALID_EVENT",
            "/data/by/identifiers/0/validTo",
        ),
        (ORDER, lambda e: e["data"].update(total=500), "INVALID_EVENT", "/data/total"),
        (ORDER, lambda e: e["data"].update(total="500.5"), "INVALID_EVENT", "/data/total"),
        (ORDER, lambda e: e["data"].update(total="1,500"), "INVALID_EVENT", "/data/total"),
        (ORDER, lambda e: e["data"].update(currency="XYZ"), "INVALID_EVENT", "/data/currency"),
        (ORDER, lambda e: e["data"].pop("currency"), "INVALID_EVENT", "/data/currency"),
        (ORDER, lambda e: e["data"].update(total="502"), "AMOUNTS_DO_NOT_ADD_UP", "/data/total"),
        (ORDER, lambda e: e["data"]["lines"][0].update(amount="499"), "AMOUNTS_DO_NOT_ADD_UP", "/data/lines/0/amount"),
        (ORDER, lambda e: e["data"]["lines"][0].update(quantity=-1), "AMOUNTS_DO_NOT_ADD_UP", "/data/lines/0/amount"),
        (ORDER, lambda e: e["data"]["lines"][0].update(discount="-1", amount="501"), "INVALID_EVENT", "/data/lines/0/discount"),
        (ORDER, lambda e: e["data"].update(discount="-1", total="501"), "INVALID_EVENT", "/data/discount"),
        (ORDER, lambda e: e["data"]["lines"].append(e["data"]["lines"][0]), "INVALID_EVENT", "/data/lines/1/line"),
        (ORDER, lambda e: e["data"]["lines"].append({"line": 2}), "INVALID_EVENT", "/data/lines/1"),
        (ORDER, lambda e: e["data"].update(refunded="-1"), "INVALID_EVENT", "/data/refunded"),
    ],
)
def test_a_mistake_is_told_with_its_code_and_its_place(base: Raw, change: Change, code: str, pointer: str) -> None:
    event = copy.deepcopy(base)
    change(event)
    error = refusal(event)
    assert (error.code, error.pointer) == (code, pointer)
    assert error.message.endswith(".")


@pytest.mark.parametrize(
    ("type_", "data", "pointer"),
    [
        ("person", {"attributes": {"rank": ["GOLD"]}}, "/data/attributes/rank"),
        ("person", {"attributes": None}, "/data/attributes"),
        ("person", {"attributes": {"x": float("nan")}}, "/data/attributes/x"),
        ("person", {"gender": "女"}, "/data/gender"),
        ("person", {"identifiers": [{"kind": "TELEPATHY", "value": "x"}]}, "/data/identifiers/0/kind"),
        ("store", {"timeZone": "../etc/passwd"}, "/data/timeZone"),
        ("store", {"location": {"latitude": 91, "longitude": 0}}, "/data/location/latitude"),
        ("product", {"price": "1"}, "/data/currency"),
        ("product", {"currency": "JPY"}, "/data/currency"),
        ("product", {"price": "0.5", "currency": "JPY"}, "/data/price"),
    ],
)
def test_mistakes_in_persons_stores_and_products_are_told(type_: str, data: Raw, pointer: str) -> None:
    error = refusal(raw(type_, data, subject="x"))
    assert (error.code, error.pointer) == ("INVALID_EVENT", pointer)


@pytest.mark.parametrize("type_", ["person", "store", "product"])
def test_what_is_reported_must_be_named(type_: str) -> None:
    assert refusal(raw(type_, {})).pointer == "/subject"


@pytest.mark.parametrize("event", [None, 1, "x", [], True])
def test_an_event_is_an_object(event: object) -> None:
    assert (refusal(event).code, refusal(event).pointer) == ("INVALID_EVENT", "")


@pytest.mark.parametrize("value", ["\ud800", 2**70, {"\udfff": 1}])
def test_json_that_cannot_be_kept_is_refused(value: object) -> None:
    assert refusal(raw("person", {"attributes": {"x": value}}, subject="U1")).code == "INVALID_JSON"


def test_json_nested_too_deeply_is_refused() -> None:
    nested: Any = []
    for _ in range(100_000):
        nested = [nested]
    assert refusal(raw("person", {"attributes": {"x": nested}}, subject="U1")).code == "INVALID_JSON"


def test_no_message_repeats_what_was_given() -> None:
    secret = "shiken-himitsu"
    for data in (
        {"name": secret},
        {"gender": secret},
        {"birthDate": [secret]},
        {"identifiers": [{"kind": secret, "value": "1"}]},
    ):
        assert secret not in refusal(raw("person", data, subject="U1")).message
    assert secret not in refusal(raw("interaction", {"kind": secret})).message


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters()),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
SCHEMAS = [json_schema(name) for name in EVENT_TYPES]
FIELD_NAMES = sorted({name for schema in SCHEMAS for shape in schema["$defs"].values() for name in shape.get("properties", {})})


@given(JSON_VALUES)
def test_no_json_at_all_raises_anything_but_an_invalid_event(value: object) -> None:
    refusal(value)


@given(
    st.sampled_from(sorted(EVENT_TYPES)),
    st.dictionaries(st.sampled_from(FIELD_NAMES), JSON_VALUES, max_size=4),
    st.sampled_from(INTERACTION_KINDS),
    st.none() | st.text(min_size=1, max_size=5),
)
def test_no_data_raises_anything_but_an_invalid_event(type_: str, data: Raw, kind: str, subject: str | None) -> None:
    event = raw("", {"kind": kind, **data} if "interaction" in type_ else data, subject=subject) | {"type": type_}
    with suppress(InvalidEvent):
        assert isinstance(read_event(event, KEY), Event)


def test_what_the_company_lists_is_told_so_on_persons_and_on_contacts() -> None:
    listed = read_listed_values({"values": {"PHONE": ["03-1000-4100"]}})
    own, other = {"kind": "PHONE", "value": "０３（１０００）４１００"}, {"kind": "PHONE", "value": "03-1000-4101"}
    by = {"identifiers": [own], "person": {"identifiers": [own, other]}}
    facts = read_event(raw("interaction", {"kind": "CALL", "by": by}), KEY, listed).facts
    assert isinstance(facts, Touchpoint)
    assert facts.by is not None
    assert facts.by.person is not None
    assert [claim.listed for claim in (*facts.by.claims, *facts.by.person.claims)] == [True, True, False]
    told = read_event(raw("person", {"identifiers": [other, own]}, subject="U1"), KEY, listed).facts
    assert isinstance(told, Person)
    assert [(claim.listed, claim.original) for claim in told.claims] == [
        (False, "03-1000-4101"),
        (True, "０３（１０００）４１００"),
    ]
