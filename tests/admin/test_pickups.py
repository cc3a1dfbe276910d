"""The shelf of a store and the path of each piece on the page of its order: over HTTP, without scripts, in both languages."""

from __future__ import annotations

import asyncio
import re
from datetime import UTC, datetime
from typing import Any

import pytest

from graph.keys import store_id
from resolvers.engine.ids import encode
from tests.admin.conftest import Shop
from tests.admin.days import HANAKOS, order
from tests.admin.people import event

LINES = [{"line": 1, "sku": "SKU-PATH", "name": "試験の帽子", "quantity": 2, "amount": "6000"}]
WORDS = {
    "ja": ("受け取り準備完了", "受け取り待ちの商品はありません", "一部返品", "再販不可", "コードが違います"),
    "en": ("Ready for pick-up", "Nothing waits to be picked up", "Partly returned", "damaged", "This is not the code"),
}


def shelf(code: str) -> str:
    return f"/admin/pickups?store={encode('Store', store_id(code))}"


async def ready(shop: Shop, number: str, code: str) -> None:
    pickup = {"method": "PICKUP", "store": code, "status": "READY", "code": "24680"}
    sold = {"status": "PLACED", "store": "web", "currency": "JPY", "lines": LINES, "total": "6000", "fulfillments": [pickup]}
    await shop.server.post([order(number, "2099-01-05", "10:00", sold)])


async def page(shop: Shop, address: str, language: str) -> str:
    answer = await shop.server.client.get(address, headers={"accept-language": language})
    assert answer.status_code == 200, answer.text
    return answer.text


@pytest.mark.parametrize("language", ["ja", "en"])
async def test_what_waits_is_on_the_shelf_and_is_handed_over_with_its_code(days: Shop, language: str) -> None:
    code, number = f"shelf-{language}", f"SHELF-{language}"
    await ready(days, number, code)
    state, nothing, returned, damaged, wrong = WORDS[language]

    shown = await page(days, shelf(code), language)
    for words in (number, state, "試験の帽子", "2099-01-12" if language == "en" else "12"):
        assert words in shown
    assert "24680" not in shown, "who checks the code does not read it"
    pickup, key = (re.search(rf'name="{name}" value="([^"]+)"', shown) for name in ("pickup", "key"))
    assert pickup is not None
    assert key is not None
    pressed = {"pickup": pickup[1], "pressed": "hand-over"}

    async def press(**more: Any) -> Any:
        sent = {**pressed, **more}
        return await days.server.client.post(
            shelf(code), data=sent, headers={"accept-language": language, "sec-fetch-site": "same-origin"}, follow_redirects=False
        )

    refused = await press(key=f"{key[1]}-a", code="13579")
    assert (refused.status_code, wrong in refused.text) == (409, True)
    assert (await press(key=f"{key[1]}-b", code="24680")).status_code == 303
    assert nothing in await page(days, shelf(code), language)
    assert (await press(key="k", pressed="nothing")).status_code == 400

    back = {"order": {"source": "/days", "number": number}, "store": "yokohama", "reason": "試験の理由",
            "lines": [{"line": 1, "quantity": 1, "restocked": False}]}  # fmt: skip
    await days.server.post([event("return", "/days", f"back-{number}", "2099-02-01T10:00:00+09:00", back, subject=f"B-{number}")])
    asked = "query ($number: String!) { order(by: {number: $number}) { id } }"
    own_id = (await days.server.ask(asked, number=number))["data"]["order"]["id"]
    path = await page(days, f"/admin/orders/{own_id}", language)
    for words in (returned, damaged, "試験の理由", "試験横浜店", "¥3,000"):
        assert words in path


async def test_a_store_that_is_not_there_is_a_404_and_none_is_a_choice(days: Shop) -> None:
    assert (await days.server.client.get("/admin/pickups?store=nonsense")).status_code == 404
    assert "試験横浜店" in await page(days, "/admin/pickups", "ja")


CALL = {
    "ja": ("送信手段が設定されていません", "お客様にお電話ください"),
    "en": ("nothing is set up to send by", "Call the customer"),
}


@pytest.mark.parametrize("language", ["ja", "en"])
async def test_whom_nothing_could_tell_that_it_is_ready_is_to_be_called(days: Shop, language: str) -> None:
    code, number = f"call-{language}", f"CALL-{language}"
    now = datetime.now(UTC)
    pickup = {"method": "PICKUP", "store": code, "status": "READY"}
    data = {"status": "PLACED", "store": "web", "currency": "JPY", "lines": LINES, "total": "6000", "fulfillments": [pickup]}
    told = event("order", "/days", f"order-{number}", now.isoformat(), data | HANAKOS, subject=number)
    await days.server.post([told])
    asked = "query ($number: String!) { order(by: {number: $number}) { id fulfillments { callCustomer notices { state } } } }"

    async with asyncio.timeout(60):  # this server has neither mail nor LINE, which its upkeep finds out
        while not (found := (await days.server.ask(asked, number=number))["data"]["order"])["fulfillments"][0]["notices"]:
            await asyncio.sleep(0.1)

    assert found["fulfillments"] == [{"callCustomer": True, "notices": [{"state": "NOT_SENT"}]}]
    why, call = CALL[language]
    for address in (shelf(code), f"/admin/orders/{found['id']}"):
        shown = await page(days, address, language)
        assert why in shown
        assert call in shown
