"""The page of calls: who may be calling and what waits for them, as the call rings; whoever answers says who it is."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from playwright.async_api import expect

from graph.store import Store
from tests.admin.conftest import Visit
from tests.admin.people import HANAKO, LANDLINE, MOBILE, event, people, places
from tests.admin.streams import stream
from tests.admin.test_live import newest, reader
from tests.admin.test_live_in_chromium import connected
from tests.running import Running, running

CALL_OF = "MATCH (:Touchpoint {external_id: $p.call})<-[:DID]-(:SourceRecord)-[:RESOLVES_TO]->(c:Customer) RETURN c.id, c.name"


def call(number: str, caller: str, outcome: str = "RINGING", **more: Any) -> dict[str, Any]:
    data = {"kind": "CALL", "outcome": outcome, "direction": "INBOUND", **more}
    data["by"] = {"identifiers": [{"kind": "PHONE", "value": caller}]}
    return event("interaction", "/pbx", uuid4().hex, datetime.now(UTC).isoformat(), data, subject=number)


@pytest.fixture(scope="module")
async def server(store: Store, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Running]:
    async with running(store, tmp_path_factory.mktemp("calls")) as started:
        await started.post([*places(), *people()])
        yield started


@pytest.fixture(autouse=True)
async def nobody_calls(store: Store, server: Running) -> AsyncIterator[None]:
    yield
    if ongoing := await store.read("MATCH (t:Call {goes_on: true}) RETURN t.external_id"):
        await server.post([call(number, MOBILE, "COMPLETED") for (number,) in ongoing])


async def test_a_call_stands_on_the_open_page_as_soon_as_it_rings_and_goes_when_it_ends(server: Running) -> None:
    after = await newest(server)
    async with stream(server, f"/admin/calls/live?after={after}") as open_:
        assert (await open_.next()).pieces.targets == ["#live-state"]
        await server.post([call("c-1", MOBILE, queue="service")])
        rings = await open_.next()
        await server.post([call("c-1", MOBILE, "COMPLETED", durationSeconds=60)])
        ended = await open_.next()
    assert rings.pieces.targets == ["#calls"]
    assert "試験 花子" in rings.data
    assert "Ringing" in rings.data
    assert "試験 花子" not in ended.data


@pytest.mark.parametrize(
    ("caller", "words"),
    [
        (LANDLINE, "ご家族で共有の電話です"),
        ("03-5555-0999", "この番号のお客様は登録されていません"),
        ("anonymous", "番号非通知"),
        ("payphone", "公衆電話"),
    ],
)
async def test_the_page_says_what_to_ask_of_each_kind_of_caller(server: Running, caller: str, words: str) -> None:
    await server.post([call(f"kind-{caller}", caller)])
    async with reader(server, "call_center") as operator:
        page = await operator.get("/admin/calls", headers={"Accept-Language": "ja"})
    assert page.status_code == 200
    assert words in page.text


async def test_who_answers_says_who_it_is_and_stands_on_their_page(visit: Visit, server: Running, store: Store) -> None:
    number = f"family-{uuid4().hex}"
    await server.post([call(number, LANDLINE, menuPath=["2", "1"])])
    page = visit.page
    await page.goto(f"{server.address}/admin/calls")
    callers = page.locator(".caller")
    await expect(callers).to_have_count(2)
    await callers.filter(has_text="試験 太郎").get_by_role("button").click()
    await expect(page.locator("h1")).to_contain_text("試験 太郎")
    assert [name for _, name in await store.read(CALL_OF, {"call": number})] == ["試験 太郎"]
    assert visit.complaints == []


async def test_a_call_that_rings_comes_up_by_itself_in_the_browser(scripted: Visit, server: Running) -> None:
    page = scripted.page
    await page.goto(f"{server.address}/admin/calls?queue=service")
    await connected(page)
    await expect(page.locator("#no-call")).to_be_visible()
    await server.post([call("elsewhere", MOBILE, queue="sales"), call("c-9", MOBILE, queue="service")])
    await expect(page.locator(".call")).to_have_count(1)
    await expect(page.locator(".call-rings")).to_contain_text("試験 花子")
    await server.post([call("c-9", MOBILE, "ANSWERED", queue="service", staff="op-3")])
    await expect(page.locator(".call .flag").first).to_contain_text("通話中")
    assert scripted.complaints == []


async def test_a_call_from_the_page_of_a_product_shows_which_stores_have_it(visit: Visit, server: Running) -> None:
    received = {"kind": "RECEIPT", "sku": "SKU-1", "store": "yokohama", "quantity": 3}
    received_at = "2026-04-01T00:00:00Z"
    await server.post([event("inventory", "/warehouse", "s-1", received_at, received)])
    await server.post(
        [call("p-1", MOBILE, products=["SKU-1"]), call("p-2", LANDLINE, products=["SKU-NOWHERE"]), call("p-3", MOBILE)]
    )
    page = visit.page
    await page.goto(f"{server.address}/admin/calls")
    japanese = await page.locator("html").get_attribute("lang") == "ja"
    here, nowhere = ("在庫 3 点", "どの店舗にも在庫がありません") if japanese else ("3 left", "No store has it.")
    about = page.locator(".call", has_text="試験ジャケット")
    await expect(about.locator(".stock-rows li", has_text="試験横浜店")).to_contain_text(here)
    await expect(page.locator(".call", has_text="SKU-NOWHERE")).to_contain_text(nowhere)
    await expect(page.locator(".stock-rows:not(:empty)")).to_have_count(1)
    assert visit.complaints == []


async def test_the_page_is_for_who_answers_calls(server: Running) -> None:
    async with reader(server, "marketing") as nobody, reader(server, "call_center") as operator:
        assert (await nobody.get("/admin/calls")).status_code == 403
        assert (await operator.get("/admin/calls")).status_code == 200
        refused = await operator.post(
            "/admin/calls", data={"call": "x", "customer": "y", "version": "a"}, headers={"Sec-Fetch-Site": "same-origin"}
        )
    assert refused.status_code == 400
    assert HANAKO not in refused.text
