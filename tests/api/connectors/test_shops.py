"""Shops: their customers, orders and products on the records and orders of their exports, whole or fetched back."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.connectors.delivery import Delivery
from api.connectors.shops.orders import amount, balanced, written
from api.connectors.shops.shopify import read_shopify
from graph.store import Store
from tests.api.connectors.conftest import SIGNED, Doors, Shops, recorded
from tests.conftest import wipe

ORDERS = """
MATCH (o:Order) RETURN o.number, o.status, o.total, o.discount, o.fee, o.shipping, o.refunded, o.store_code,
    left(o.position, 19), COUNT { (o)-[:HAS_LINE]->() }, [(o)<-[:DID]-(r) | r.key][0]
"""
PEOPLE = "MATCH (r:SourceRecord) RETURN r.key, r.name_family, r.name_given ORDER BY r.key"
IDENTIFIERS = "MATCH (:SourceRecord)-[:HAS_IDENTIFIER]->(i) RETURN DISTINCT i.key ORDER BY i.key"
CONSENTS = "MATCH (c:Consent) RETURN c.purpose, c.state"
PRODUCTS = "MATCH (p:Product) WHERE p.name IS NOT NULL RETURN p.sku, p.name, p.price"


@pytest.fixture(autouse=True)
async def empty(store: Store) -> None:
    await wipe(store)


async def test_shopify_tells_an_order_from_its_purchase_to_its_state_of_now(doors: Doors, store: Store) -> None:
    await doors.recorded("shopify", "late")
    [order] = await store.read(ORDERS, {})
    assert order[:2] == ["#1001", "PLACED"]
    await doors.recorded("shopify", "good_1")
    await doors.recorded("shopify", "good_2")
    assert await store.read(ORDERS, {}) == [
        ["#1001", "FULFILLED", 20700, 500, None, 500, 450, None, "2026-11-29T01:05:00", 2, "/shopify:7000000000001"]
    ]
    assert await store.read(PEOPLE, {}) == [["/shopify:7000000000001", "試験", "花子"]]
    assert await store.read(IDENTIFIERS, {}) == [
        ["EC_ACCOUNT_ID:/shopify:hanako.shiken@example.jp"],
        ["EMAIL::hanako.shiken@example.jp"],
        ["PHONE::+81312347701"],
        ["PHONE::+819012347701"],
    ]
    assert await store.read(CONSENTS, {}) == [["MARKETING", "GRANTED"]]


async def test_ec_cube_is_asked_once_for_each_thing_and_a_checkout_is_no_order(doors: Doors, store: Store, shops: Shops) -> None:
    for body in ("late", "good_1", "good_2"):
        await doors.recorded("ec-cube", body)
    assert shops.asked == ["ec-cube/product/5", "ec-cube/customer/3", "ec-cube/order/13", "ec-cube/order/14"]
    assert await store.read(ORDERS, {}) == [
        ["13", "FULFILLED", 23110, None, 330, 1000, None, None, "2026-11-29T01:05:00", 1, "/ec-cube:3"]
    ]
    assert await store.read(PEOPLE, {}) == [["/ec-cube:3", "試験", "次郎"]]
    assert await store.read(PRODUCTS, {}) == [["SKU-1", "ジャケット M", 19800]]


async def test_smaregi_is_asked_with_one_token_and_what_is_gone_is_passed_over(doors: Doors, store: Store, shops: Shops) -> None:
    for body in ("late", "good_1", "good_2"):
        await doors.recorded("smaregi", body)
    assert shops.asked.count("token") == 1
    assert await store.read(ORDERS, {}) == [
        ["25", "FULFILLED", 20000, 700, None, 0, None, "umeda", "2026-11-29T05:59:30", 2, "/smaregi:M0007"]
    ]
    assert await store.read(PEOPLE, {}) == [["/smaregi:M0007", "検体", "三子"]]
    assert await store.read(CONSENTS, {}) == [["MARKETING", "REFUSED"]]
    assert await store.read(PRODUCTS, {}) == [["SKU-1", "ジャケット", 19800]]


@pytest.mark.parametrize("name", ["ec-cube", "smaregi"])
async def test_a_shop_that_cannot_be_asked_delivers_again(doors: Doors, shops: Shops, name: str) -> None:
    shops.away = True
    body = recorded(name, "good_1")
    answer = await doors.post(name, body, SIGNED[name](body))
    assert (answer.status_code, answer.json()["error"]["code"]) == (503, "SERVICE_UNAVAILABLE")
    shops.away = False
    assert {receipt["outcome"] for receipt in await doors.recorded(name, "good_1")} == {"CREATED"}


async def test_what_a_shop_refuses_to_tell_is_no_thing_that_is_gone(doors: Doors, shops: Shops) -> None:
    shops.refusing = True
    body = recorded("ec-cube", "good_1")
    assert (await doors.post("ec-cube", body, SIGNED["ec-cube"](body))).status_code == 503


async def test_a_shop_that_answers_with_an_older_state_later_changes_nothing(doors: Doors, store: Store, shops: Shops) -> None:
    await doors.recorded("ec-cube", "good_1")
    older: dict[str, Any] = shops.things["ec-cube/customer/3"] | {"update_date": "2026-11-28T10:00:00+09:00", "name02": "旧名"}
    shops.things["ec-cube/customer/3"] = older
    await doors.recorded("ec-cube", "good_1")
    assert await store.read(PEOPLE, {}) == [["/ec-cube:3", "試験", "次郎"]]


def test_who_was_never_asked_by_shopify_refuses_nothing() -> None:
    body = json.loads(recorded("shopify", "good_1"))
    states: dict[str, list[str]] = {}
    for state in ("subscribed", "unsubscribed", "not_subscribed", "pending"):
        body["email_marketing_consent"]["state"] = state
        events = read_shopify(Delivery({"x-shopify-topic": "customers/update"}, json.dumps(body).encode()))
        states[state] = [event["data"]["state"] for event in events if event["type"] == "customer360.consent.v1"]
    assert states == {"subscribed": ["GRANTED"], "unsubscribed": ["REFUSED"], "not_subscribed": [], "pending": []}


@pytest.mark.parametrize(
    "topic", ["customers/redact", "customers/delete", "customers/data_request", "inventory_levels/update", ""]
)
def test_topics_of_shopify_that_tell_nothing_new_are_ignored(topic: str) -> None:
    assert read_shopify(Delivery({"x-shopify-topic": topic}, recorded("shopify", "good_1"))) == []


def test_each_variant_with_a_sku_is_a_product() -> None:
    body = {
        "id": 1, "title": "ジャケット", "vendor": "Shiken", "product_type": "上着", "updated_at": "2026-11-29T10:00:00+09:00",
        "image": {"src": "https://cdn.example.jp/1.jpg"},
        "variants": [{"sku": "J-M", "title": "M", "barcode": "4900000000000", "price": "19800"}, {"sku": "", "title": "L"}],
    }  # fmt: skip
    [event] = read_shopify(Delivery({"x-shopify-topic": "products/update"}, json.dumps(body).encode()))
    assert (event["subject"], event["data"]["name"], event["data"]["jan"]) == ("J-M", "ジャケット M", "4900000000000")


MONEY = st.decimals(-1_000_000, 1_000_000, places=2)


@given(prices=st.lists(st.tuples(MONEY, st.integers(-9, 9)), max_size=5), total=MONEY, shipping=MONEY, tax=MONEY)
def test_what_lies_between_lines_and_total_makes_them_add_up(
    prices: list[tuple[Decimal, int]], total: Decimal, shipping: Decimal, tax: Decimal
) -> None:
    lines = [{"unitPrice": written(price), "quantity": quantity} for price, quantity in prices]
    told = balanced(lines, total, shipping, tax)
    of_lines = sum((price * quantity for price, quantity in prices), Decimal(0))
    between = amount(told.get("fee")) - amount(told.get("discount"))
    assert of_lines + amount(told["shipping"]) + tax + between == amount(told["total"])


@pytest.mark.parametrize(
    ("text", "plain"),
    [("19800", "19800"), ("19800.00", "19800"), ("12.50", "12.5"), ("0.00", "0"), ("1E+3", "1000"), (None, "0")],
)
def test_amounts_are_written_plainly(text: str | None, plain: str) -> None:
    assert written(amount(text)) == plain
