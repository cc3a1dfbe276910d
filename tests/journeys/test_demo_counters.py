"""The counters of a demo town of today: every story of stock, pick-ups, points and coupons ends as docs/demo-town.md says."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import datetime
from typing import Any

import pytest

from api.commands.demo import send_town
from api.commands.town_counter import POINTS, STOCK, of_town
from api.process.settings import Settings
from demo.envelope import TOKYO
from graph.store import Store
from tests.running import Running, running

LEVEL = """
query ($sku: String!, $code: String!) {
  product(by: {sku: $sku}) { id }
  store(by: {code: $code}) { id }
}
"""
AVAILABILITY = """
query ($product: ID!, $store: ID!) {
  product(by: {id: $product}) { availability(storeId: $store) {
    here { onHand committed reserved available incoming }
    stores { level { available store { code } } }
  } }
  store(by: {id: $store}) { stock(productId: $product) { entries(first: 20) { edges { node { kind difference staff } } } } }
}
"""
ORDER = """
query ($number: String!) {
  order(by: {number: $number}) {
    state couponCodes coupons { state }
    fulfillments { state expiresAt steps { state rule } }
    returns { store { code } }
  }
}
"""
POINTS_OF = """
query ($phone: String!) {
  customer(by: {phone: $phone}) {
    loyalty { balance pending debt accounts { lots { remaining } entries(first: 20) { edges { node { kind points } } } } }
    coupons { edges { node { code coupon { code } redemption { channel } } } }
  }
}
"""


@pytest.fixture(scope="module")
async def server(store: Store, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Running]:
    settings: dict[str, Any] = {"points_file": POINTS, "stock_of_orders": STOCK}
    async with running(store, tmp_path_factory.mktemp("counters"), **settings) as started:
        today = datetime.now(TOKYO).date()
        await send_town(started.address, started.tokens.issue("admin"), "127.0.0.1", 0, today)
        yield started


async def until(read: Callable[[], Any], wanted: Any) -> None:
    """Read what follows an order by itself until it is as it should be."""
    last: Any = None
    try:
        async with asyncio.timeout(60):
            while (last := await read()) != wanted:
                await asyncio.sleep(0.2)
    except TimeoutError:
        assert last == wanted


async def availability(server: Running, sku: str, code: str) -> dict[str, Any]:
    found = (await server.ask(LEVEL, sku=sku, code=code))["data"]
    return (await server.ask(AVAILABILITY, product=found["product"]["id"], store=found["store"]["id"]))["data"]


async def here(server: Running, sku: str, code: str) -> dict[str, int]:
    return (await availability(server, sku, code))["product"]["availability"]["here"]


async def order(server: Running, number: str) -> dict[str, Any]:
    return (await server.ask(ORDER, number=number))["data"]["order"]


async def customer(server: Running, phone: str) -> dict[str, Any]:
    return (await server.ask(POINTS_OF, phone=phone))["data"]["customer"]


async def entries(server: Running, phone: str) -> list[tuple[str, int]]:
    """Return what was posted on their account, the earliest first, without what is pending only; nothing before there is one."""
    accounts = (await customer(server, phone))["loyalty"]["accounts"]
    posted = [edge["node"] for account in accounts for edge in account["entries"]["edges"]]
    return [(each["kind"], each["points"]) for each in reversed(posted) if each["points"]]


async def test_the_last_pieces_are_in_ginza_and_yokohama_where_one_is_held_and_more_are_coming(server: Running) -> None:
    found = (await availability(server, "SKU-009", "ginza"))["product"]["availability"]
    assert found["here"] == {"onHand": 3, "committed": 0, "reserved": 0, "available": 3, "incoming": 4}
    near = {each["level"]["store"]["code"]: each["level"]["available"] for each in found["stores"]}
    assert (near["yokohama"], near.get("shibuya", 0)) == (1, 0)


async def test_the_last_piece_waits_for_her_who_ordered_it_although_nothing_is_available(server: Running) -> None:
    await until(
        lambda: here(server, "SKU-041", "ginza"),
        {"onHand": 1, "committed": 1, "reserved": 0, "available": 0, "incoming": 0},
    )
    [waits] = (await order(server, "EC-STORY-20"))["fulfillments"]
    assert waits["state"] == "READY_FOR_PICKUP"


async def test_of_three_pick_ups_one_is_ready_one_has_expired_and_one_was_asked_for(server: Running) -> None:
    async def standing() -> list[str]:
        found = [await order(server, f"EC-STORY-{number}") for number in (21, 22, 23)]
        return [each["fulfillments"][0]["state"] for each in found]

    await until(standing, ["READY_FOR_PICKUP", "EXPIRED", "REQUESTED"])
    assert (await order(server, "EC-STORY-22"))["state"] == "EXPIRED"
    assert (await order(server, "EC-STORY-30"))["fulfillments"] == []


async def test_a_count_finds_seven_where_the_book_has_nine_and_a_late_sale_changes_nothing(server: Running) -> None:
    await until(
        lambda: here(server, "SKU-033", "umeda"),
        {"onHand": 7, "committed": 2, "reserved": 0, "available": 5, "incoming": 0},
    )
    posted = (await availability(server, "SKU-033", "umeda"))["store"]["stock"]["entries"]["edges"]
    counts = [edge["node"] for edge in posted if edge["node"]["kind"] == "COUNT"]
    assert (-2, "umeda-1") in [(each["difference"], each["staff"]) for each in counts]


async def test_an_order_that_is_changed_back_and_forth_earns_what_its_last_lines_deserve(server: Running) -> None:
    async def earned() -> int:
        return (await customer(server, "090-1234-9025"))["loyalty"]["balance"]

    await until(earned, 98)


async def test_what_expires_first_is_spent_first_and_half_of_it_comes_back_in_reverse_order(server: Running) -> None:
    await until(lambda: entries(server, "090-1234-9026"), [("EARN", 100), ("EARN", 50), ("REDEEM", -120), ("REVERSE", 60)])
    loyalty = (await customer(server, "090-1234-9026"))["loyalty"]
    assert (loyalty["balance"], [each["remaining"] for each in loyalty["accounts"][0]["lots"]][:2]) == (90, [40, 50])


async def test_points_whose_purchase_comes_back_are_a_debt(server: Running) -> None:
    async def owed() -> int:
        return (await customer(server, "090-1234-9027"))["loyalty"]["debt"]

    await until(owed, 1091)
    assert ("REDEEM", -1091) in await entries(server, "090-1234-9027")


async def test_of_two_coupons_of_her_own_one_was_used_online(server: Running) -> None:
    held = [edge["node"] for edge in (await customer(server, "090-1234-9028"))["coupons"]["edges"]]
    assert {each["coupon"]["code"] for each in held} == {"BIRTHDAY-15"}
    assert sorted((each["redemption"] or {}).get("channel", "") for each in held) == ["", "WEB"]


async def test_one_order_over_three_doors_is_partly_returned_with_its_coupon_used(server: Running) -> None:
    async def standing() -> tuple[str, list[str], int]:
        found, owner = await order(server, "EC-STORY-29"), await customer(server, "090-1234-9029")
        return found["state"], [each["state"] for each in found["coupons"]], owner["loyalty"]["pending"]

    await until(standing, ("PARTLY_RETURNED", ["REDEEMED"], 62))
    found = await order(server, "EC-STORY-29")
    assert ([each["state"] for each in found["fulfillments"]], found["returns"]) == (
        ["PICKED_UP"],
        [{"store": {"code": "yokohama"}}],
    )


def test_what_the_company_has_set_wins_over_what_the_town_brings() -> None:
    own = POINTS.with_name("own.yaml")
    assert of_town(Settings()).points_file == POINTS
    assert of_town(Settings()).stock_of_orders == STOCK
    chosen = of_town(Settings(points_file=own, stock_of_orders={"*": ""}))
    assert (chosen.points_file, chosen.stock_of_orders) == (own, {"*": ""})
