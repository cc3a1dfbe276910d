"""The demo town on a real graph: it comes in by the event door, and every story ends as docs/demo-town.md says."""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from api.commands.demo import said_of_town, send_town
from api.commands.town_counter import POINTS, STOCK
from demo.envelope import WRITTEN
from demo.stories import stories
from graph.store import Store
from tests.running import Running, running

CROWD = 25
GUIDE = (Path(__file__).parents[2] / "docs" / "demo-town.md").read_text("utf-8")

WHO = "query Who($kind: IdentifierKind!, $value: String!) { customer(by: {identifier: {kind: $kind, value: $value}}) { id } }"
LOOK_UP = """
query LookUp($typed: String!) {
  customerLookup(input: {query: $typed}) { reasons { kind exact identifier { sharing } } customer { id name } }
}
"""
CONSENTS = """
query Consents($phone: String!) {
  customer(by: {phone: $phone}) { consents { state rule contactPoint { kind } } }
}
"""
CASES_OF = """
query CasesOf($phone: String!) {
  customer(by: {phone: $phone}) {
    promises(first: 5) { edges { node { state } } }
    cases(first: 10) { edges { node {
      number state priority assignee escalatedTo reopenCount
      promises(first: 5) { edges { node { text state } } }
      interactions(first: 5) { edges { node { touchpoint { kind } } } }
    } } }
  }
}
"""
CASES = "{ cases(first: 50) { edges { node { number subject state } } } }"
VIEW = """
query View($id: ID!) {
  customer(by: {id: $id}) {
    id name kana address
    sourceRecords(first: 20) { edges { node { source externalId } } }
    orders(first: 50) { edges { node { number status channel source store { code } total { amount } } } }
    timeline(first: 100) {
      edges { node {
        kind channel occurredAt source topic reference summary
        store { code } products { sku } orders { number }
        ... on BotSession { handedOverTo }
      } }
    }
  }
}
"""


async def town(server: Running, customers: int = CROWD, today: date = WRITTEN) -> tuple[date, Counter[str]]:
    return await send_town(server.address, server.tokens.issue("admin"), "127.0.0.1", customers, today)


@pytest.fixture(scope="module")
async def server(store: Store, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Running]:
    async with running(store, tmp_path_factory.mktemp("town"), points_file=POINTS, stock_of_orders=STOCK) as started:
        last_day, outcomes = await town(started)
        assert last_day == WRITTEN
        assert outcomes.keys() <= {"CREATED", "UPDATED"}
        assert sum(outcomes.values()) > len(list(stories(WRITTEN))) + CROWD
        yield started


async def found(server: Running, typed: str) -> list[str]:
    """Return the ids that the look-up offers on the strength of the whole of what was typed."""
    offered = (await server.ask(LOOK_UP, "call_center", typed=typed))["data"]["customerLookup"]
    return [one["customer"]["id"] for one in offered if any(reason["exact"] for reason in one["reasons"])]


async def named(server: Running, typed: str) -> list[str]:
    offered = (await server.ask(LOOK_UP, "call_center", typed=typed))["data"]["customerLookup"]
    return [one["customer"]["name"] for one in offered]


async def only(server: Running, typed: str) -> dict[str, Any]:
    """Return the view of the one customer whom an identifier leads to."""
    [customer] = await found(server, typed)
    return await view(server, customer)


async def view(server: Running, customer: str) -> dict[str, Any]:
    seen = (await server.ask(VIEW, "call_center", id=customer))["data"]["customer"]
    return seen | {name: nodes(seen[name]) for name in ("orders", "timeline", "sourceRecords")}


def nodes(connection: dict[str, Any]) -> list[dict[str, Any]]:
    return [edge["node"] for edge in connection["edges"]]


def told(seen: dict[str, Any]) -> list[tuple[str, str, str | None]]:
    """Return kind, channel and store of what happened, oldest first."""
    return [(one["kind"], one["channel"], (one["store"] or {}).get("code")) for one in reversed(seen["timeline"])]


async def test_a_second_load_finds_the_town_complete_and_sends_nothing(server: Running) -> None:
    assert await town(server) == (WRITTEN, Counter())
    assert await town(server, CROWD - 10) == (WRITTEN, Counter())


async def test_a_town_of_another_day_keeps_its_day_and_grows_in_it(server: Running) -> None:
    tomorrow = WRITTEN + timedelta(days=1)
    assert await town(server, today=tomorrow) == (WRITTEN, Counter())
    last_day, outcomes = await town(server, CROWD + 1, tomorrow)
    assert last_day == WRITTEN
    assert outcomes["REJECTED"] == 0 < outcomes["CREATED"]


async def test_the_first_character_is_one_customer_over_all_systems(server: Running) -> None:
    taro = await only(server, "090-1234-0001")
    assert taro["name"] == "試験 太郎"
    assert {one["source"] for one in taro["sourceRecords"]} == {"/pos", "/ec", "/line/1654000000", "/app", "/cti"}
    assert {"POS-TARO-1", "EC-TARO-1", "EC-GUEST-1", "TEL-1"} == {order["number"] for order in taro["orders"]}
    assert {one["kind"] for one in taro["timeline"]} >= {"CALL", "STORE_VISIT", "SOCIAL_MESSAGE", "ORDER", "FAX", "NOTE"}
    for typed in ("M-100001", "U1001", "taro.shiken1@example.jp", "2990 0000 0001", "U" + f"{1:032x}"):
        assert await found(server, typed) == [taro["id"]], typed


async def test_who_asked_by_phone_and_bought_in_the_shop_has_one_timeline_of_both(server: Running) -> None:
    seen = await only(server, "090-1234-9003")
    assert told(seen) == [("CALL", "PHONE", "center"), ("STORE_VISIT", "STORE", "shibuya"), ("ORDER", "STORE", "shibuya")]
    assert {product["sku"] for one in seen["timeline"] for product in one["products"]} == {"SKU-027"}
    assert [order["number"] for order in seen["orders"]] == ["POS-STORY-1"]


async def test_who_bought_online_and_asks_at_the_counter_shows_the_order_there(server: Running) -> None:
    seen = await only(server, "M-109004")
    assert seen["id"] == (await only(server, "ken.karino9004@example.jp"))["id"]
    assert told(seen) == [("WEB_SESSION", "WEB", None), ("ORDER", "WEB", "web"), ("STORE_VISIT", "STORE", "umeda")]
    assert [order["number"] for order in seen["timeline"][0]["orders"]] == ["EC-STORY-2"]


async def test_a_guest_order_is_hers_who_registers_two_months_later(server: Running) -> None:
    seen = await only(server, "aoi.kakuu9005@example.jp")
    assert [(order["number"], order["source"]) for order in seen["orders"]] == [("EC-GUEST-3", "/ec")]
    assert await found(server, "EC-GUEST-3") == [seen["id"]]


async def test_a_chat_at_night_goes_on_by_line_and_by_phone_under_one_reference(server: Running) -> None:
    seen = await only(server, "090-1234-9013")
    talks = [one for one in reversed(seen["timeline"]) if one["reference"] == "Q-STORY-4"]
    assert [(one["kind"], one["channel"]) for one in talks] == [
        ("BOT_SESSION", "CHAT"),
        ("SOCIAL_MESSAGE", "LINE"),
        ("CALL", "PHONE"),
    ]
    assert talks[0]["handedOverTo"] == "op-5"
    assert all([order["number"] for order in talk["orders"]] == ["EC-STORY-4"] for talk in talks)


async def test_an_exchange_is_a_case_with_its_promises_that_the_product_department_is_asked_about(server: Running) -> None:
    body = await server.ask(CASES_OF, "call_center", phone="090-1234-9013")
    [case] = [one for one in nodes(body["data"]["customer"]["cases"]) if one["escalatedTo"]]
    assert (case["escalatedTo"], case["assignee"], case["priority"]) == ("product", "development-call_center", "HIGH")
    assert len(nodes(case["promises"])) == 2
    assert "CALL" in [one["touchpoint"]["kind"] for one in nodes(case["interactions"])]
    [asked] = nodes((await server.ask(CASES, "expert", claims={"sub": "development-expert"}))["data"]["cases"])
    assert asked["number"] == case["number"]


async def test_thanks_for_a_resolved_case_open_nothing_again(server: Running) -> None:
    async with asyncio.timeout(60):
        while True:
            body = await server.ask(CASES_OF, "call_center", phone="090-1234-9010")
            [case] = nodes(body["data"]["customer"]["cases"])
            if nodes(case["interactions"]):
                break
            await asyncio.sleep(0.1)
    assert (case["state"], case["reopenCount"]) == ("RESOLVED", 0)


async def test_what_a_store_asks_for_and_a_kept_promise_are_there(server: Running) -> None:
    found = nodes((await server.ask(CASES, "store_staff", claims={"stores": ["ginza"]}))["data"]["cases"])
    assert "ウールコート紺Mの取り寄せ" in [one["subject"] for one in found]
    kept = (await server.ask(CASES_OF, "call_center", phone="090-1234-9003"))["data"]["customer"]["promises"]
    assert [one["state"] for one in nodes(kept)] == ["KEPT"]


async def test_a_return_at_another_shop_shows_who_sold_and_who_took_it_back(server: Running) -> None:
    seen = await only(server, "090-1234-9007")
    [order] = seen["orders"]
    assert (order["status"], order["store"]["code"], order["total"]["amount"]) == ("RETURNED", "ginza", "19800")
    assert [one["store"]["code"] for one in seen["timeline"] if one["kind"] == "STORE_VISIT"] == ["yokohama"]
    assert [one["number"] for one in seen["timeline"][0]["orders"]] == ["POS-STORY-5"]


async def test_a_family_with_one_landline_stays_three_customers_who_are_all_offered(server: Running) -> None:
    offered = await found(server, "03-1234-0003")
    family = [await view(server, customer) for customer in offered]
    assert {one["name"] for one in family} == {"見本坂 正", "見本坂 春子", "見本坂 夏樹"}
    calls = {one["name"]: [at["summary"] for at in one["timeline"] if at["kind"] == "CALL"] for one in family}
    # The call of nobody in particular is with none of them, the one that gave a name is with her.
    assert [len(calls[name]) for name in ("見本坂 正", "見本坂 春子", "見本坂 夏樹")] == [0, 1, 0]


async def test_colleagues_behind_a_switchboard_stay_apart_and_are_all_offered(server: Running) -> None:
    offered = (await server.ask(LOOK_UP, "call_center", typed="03-1234-9100"))["data"]["customerLookup"]
    assert {one["customer"]["name"] for one in offered} == {"想定 誠", "模擬 由美", "稽古 隆"}
    assert {one["reasons"][0]["identifier"]["sharing"] for one in offered} == {"ORGANIZATION"}
    buyer = await only(server, "soumu.soutei@mihon-shoji.example.jp")
    assert told(buyer) == [("FAX", "FAX", None), ("ORDER", "FAX", "center")]


async def test_after_marriage_and_move_she_is_the_same_customer_under_both_names(server: Running) -> None:
    seen = await only(server, "M-109008")
    assert (seen["name"], seen["kana"], seen["address"]) == ("例﨑 結衣", "レイザキ ユイ", "福岡県見本市潮町5-2-8")
    assert {one["source"] for one in seen["sourceRecords"]} == {"/pos", "/ec"}
    assert [order["store"]["code"] for order in seen["orders"]] == ["fukuoka", "web", "sapporo"]
    for typed in ("例崎 結衣", "試作 結衣", "シサク ユイ"):
        assert "例﨑 結衣" in await named(server, typed), typed


async def test_a_number_that_changed_hands_leaves_each_history_with_its_owner(server: Running) -> None:
    offered = [await view(server, customer) for customer in await found(server, "080-9999-0001")]
    histories = {one["name"]: [(at["kind"], at["occurredAt"][:7]) for at in reversed(one["timeline"])] for one in offered}
    assert histories == {
        "仮谷 旧子": [("CALL", "2025-07"), ("ORDER", "2025-07")],
        "想野 新": [("CALL", "2026-05"), ("CALL", "2026-08"), ("ORDER", "2026-08")],
    }


async def test_what_was_refused_once_is_refused_and_a_stop_finds_who_registers_later(server: Running) -> None:
    told: dict[str, list[tuple[str, ...]]] = {}
    for phone in ("090-1234-9010", "090-1234-9011"):
        seen = await server.ask(CONSENTS, "call_center", phone=phone)
        told[phone[-4:]] = [
            (one["contactPoint"]["kind"], one["state"], one["rule"]) for one in seen["data"]["customer"]["consents"]
        ]
    assert told == {
        "9010": [("EMAIL", "GRANTED", "FOR_POINT"), ("PHONE", "REFUSED", "REFUSAL_OUTWEIGHS")],
        "9011": [("PHONE", "REFUSED", "BY_POINT")],
    }


async def test_a_latin_name_and_its_kana_are_one_customer_whatever_is_typed(server: Running) -> None:
    seen = await only(server, "090-1234-9009")
    assert {one["source"] for one in seen["sourceRecords"]} == {"/pos", "/ec"}
    for typed in ("maria sample", "サンプル マリア", "ｻﾝﾌﾟﾙ"):
        assert seen["name"] in await named(server, typed), typed


async def test_contacts_of_nobody_known_are_kept_and_are_with_nobody(server: Running) -> None:
    assert await found(server, "070-1111-0009") == []
    guest = await server.ask('{ order(by: {number: "EC-GUEST-2"}) { number customer { id } } }')
    assert guest["data"]["order"] == {"number": "EC-GUEST-2", "customer": None}


async def test_the_guide_names_every_number_that_is_looked_up_here(server: Running) -> None:
    """What the guide tells a reader to type finds somebody, or nobody where it says so."""
    typed = re.findall(r"look up `([^`]+)`", GUIDE, re.IGNORECASE)
    assert len(typed) >= 10
    for one in typed:
        assert await named(server, one) != [], one


def test_an_older_edition_in_the_graph_is_told_in_plain_words() -> None:
    assert "DATA_FOLDER" in said_of_town(Counter(REJECTED=3), WRITTEN, WRITTEN)
    assert "DATA_FOLDER" not in said_of_town(Counter(CREATED=3), WRITTEN, WRITTEN)


def test_a_town_of_another_day_is_told_with_its_day_and_with_how_to_get_one_of_today() -> None:
    said = said_of_town(Counter(), WRITTEN, WRITTEN + timedelta(days=6))
    assert "2026-11-22" in said
    assert "DATA_FOLDER" in said
    assert "DATA_FOLDER" not in said_of_town(Counter(), WRITTEN, WRITTEN)
