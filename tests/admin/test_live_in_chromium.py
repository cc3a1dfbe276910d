"""Open pages in Chromium: what happens elsewhere comes in by itself, and nothing that the reader does is disturbed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import aclosing
from urllib.parse import urlsplit

import anyio
import pytest
from playwright.async_api import Browser, Page, Route, expect

from tests.admin.conftest import Shop, Visit, visiting
from tests.admin.people import HANAKO, NEWCOMER, TARO
from tests.admin.test_live import visit as visit_event
from tests.fault_proxy import FaultProxy

CONNECTED = "element => Boolean(element._htmx?.sse?.reader)"
MOMENT = 60
VISITS = {"ja": "来店", "en": "Store visit"}
NOT_LIVE = "自動更新が止まっています"
TYPED = "はなこの住"


async def opened(page: Page, address: str) -> None:
    """Open a page and wait for its stream."""
    await page.goto(address)
    await connected(page)


async def connected(page: Page, stream: str = "#live") -> None:
    with anyio.fail_after(MOMENT):
        while not await page.locator(stream).evaluate(CONNECTED):
            await anyio.sleep(0.05)


async def rows(page: Page, words: str) -> int:
    return await page.locator("#timeline-rows .touchpoint").filter(has_text=words).count()


@pytest.fixture
async def relay(shop: Shop) -> AsyncIterator[FaultProxy]:
    """What lies between the browser and the server."""
    address = urlsplit(shop.server.address)
    async with FaultProxy(address.port or 0) as between:
        yield between


async def test_a_visit_shows_in_both_languages_at_once_and_leaves_the_reader_alone(chromium: Browser, shop: Shop) -> None:
    async with aclosing(visiting(chromium, "ja", scripts=True)) as one, aclosing(visiting(chromium, "en", scripts=True)) as other:
        visits = {"ja": await anext(one), "en": await anext(other)}
        for each in visits.values():
            await opened(each.page, shop.page(HANAKO))
            await each.page.locator("#timeline .more a").click()
            await expect(each.page.locator("#timeline .more")).to_have_count(0)
            await each.page.locator(".touchpoint a.happening-head").nth(2).click()
            await expect(each.page.locator("#detail h2")).to_be_visible()
            await each.page.locator("#query").press_sequentially(TYPED)
            await each.page.evaluate("document.getElementById('query').setSelectionRange(1, 3)")
        before = await visits["ja"].page.locator(".touchpoint").count()
        await shop.server.post([visit_event("chromium", advice="袖丈の直しを提案")])
        for language, each in visits.items():
            first = each.page.locator("#timeline-rows .touchpoint").first
            await expect(first).to_contain_text("袖丈の直しを提案")
            await expect(first).to_contain_text(VISITS[language])
            await expect(each.page.locator(".touchpoint")).to_have_count(before + 1)
            await expect(each.page.locator("#query")).to_be_focused()
            await expect(each.page.locator("#query")).to_have_value(TYPED)
            selected = "[document.activeElement.selectionStart, document.activeElement.selectionEnd]"
            assert await each.page.evaluate(selected) == [1, 3]
            await expect(each.page.locator("#detail h2")).to_be_visible()
            await expect(each.page.locator("#live-state")).to_be_hidden()
            assert each.complaints == []


async def test_a_page_is_live_however_late_its_scripts_come(scripted: Visit, shop: Shop) -> None:
    async def late(route: Route) -> None:
        await scripted.page.wait_for_function("typeof htmx === 'object'")
        await scripted.page.evaluate("new Promise((go) => setTimeout(go, 50))")
        await route.continue_()

    await scripted.page.route("**/hx-sse.min.js", late)
    await opened(scripted.page, shop.page(HANAKO))


async def test_the_first_row_of_a_customer_takes_the_place_of_the_words_that_there_is_none(scripted: Visit, shop: Shop) -> None:
    await opened(scripted.page, shop.page(NEWCOMER))
    await shop.server.post([visit_event("first-ever", NEWCOMER)])
    await expect(scripted.page.locator("#timeline-rows .touchpoint")).to_have_count(1)
    await expect(scripted.page.locator("#timeline-rows .empty-line")).to_have_count(0)


async def test_the_day_is_counted_on_while_somebody_types_above_it(scripted: Visit, shop: Shop) -> None:
    await shop.server.post([visit_event("of-the-day", TARO)])
    await opened(scripted.page, f"{shop.server.address}/admin")
    contacts = scripted.page.locator(".day-metrics dd").nth(2)
    before = int((await contacts.inner_text()).split()[0])
    await scripted.page.locator("#day-choice").focus()
    await shop.server.post([visit_event("of-the-day-too", TARO)])
    await expect(contacts).to_contain_text(str(before + 1))
    await expect(scripted.page.locator("#interactions-rows .event").first).to_contain_text("試験 太郎")
    await expect(scripted.page.locator("#day-choice")).to_be_focused()
    assert scripted.complaints == []


async def test_a_page_whose_network_was_cut_says_so_and_catches_up(scripted: Visit, shop: Shop, relay: FaultProxy) -> None:
    page = scripted.page
    await opened(page, f"http://127.0.0.1:{relay.port}/admin/customers/{shop.customers[HANAKO]}")
    await shop.server.post([visit_event("seen-before", advice="切れる前の来店")])
    await expect(page.locator("#timeline-rows")).to_contain_text("切れる前の来店")
    relay.refuse()
    await expect(page.locator("#live-state")).to_contain_text(NOT_LIVE)
    await expect(page.locator("#live-state")).to_be_visible()
    await shop.server.post([visit_event("missed", advice="切れている間の来店")])
    await relay.mend()
    await expect(page.locator("#timeline-rows")).to_contain_text("切れている間の来店")
    await expect(page.locator("#live-state")).to_be_hidden()
    assert (await rows(page, "切れる前の来店"), await rows(page, "切れている間の来店")) == (1, 1)


async def test_a_line_that_only_falls_silent_is_noticed_too(scripted: Visit, shop: Shop, relay: FaultProxy) -> None:
    page = scripted.page
    await opened(page, f"http://127.0.0.1:{relay.port}/admin/customers/{shop.customers[HANAKO]}")
    relay.hold()
    await shop.server.post([visit_event("silent", advice="途絶えている間の来店")])
    await expect(page.locator("#live-state")).to_be_visible()
    relay.let_go()
    await expect(page.locator("#timeline-rows")).to_contain_text("途絶えている間の来店")
    await expect(page.locator("#live-state")).to_be_hidden()
    assert await rows(page, "途絶えている間の来店") == 1


async def test_a_filter_goes_on_being_live_for_what_it_shows(scripted: Visit, shop: Shop) -> None:
    page = scripted.page
    await opened(page, shop.page(HANAKO))
    await page.locator("#filter-kind").select_option("STORE_VISIT")
    await expect(page).to_have_url(f"{shop.page(HANAKO)}?kind=STORE_VISIT&channel=&period=")
    await connected(page, "#live[hx-sse\\:connect*=STORE_VISIT]")
    await shop.server.post([visit_event("filtered", advice="絞り込み中の来店")])
    await expect(page.locator("#timeline-rows .touchpoint").first).to_contain_text("絞り込み中の来店")


async def test_who_is_signed_out_is_told_on_the_page_that_stays(scripted: Visit, shop: Shop) -> None:
    page = scripted.page
    await scripted.context.clear_cookies()
    await page.goto(f"{shop.server.address}/sign-in")
    await page.locator("button[value=call_center]").click()
    await expect(page).to_have_url(f"{shop.server.address}/admin")
    await opened(page, shop.page(HANAKO))
    await shop.server.store.write(lambda t: t.run("MATCH (s:Session {subject: 'development-call_center'}) DELETE s"))
    await expect(page.locator("#live-state a")).to_have_attribute(
        "href", f"/sign-in?to=/admin/customers/{shop.customers[HANAKO]}"
    )
    await expect(page.locator("h1")).to_contain_text("試験 花子")


async def test_without_scripts_a_page_is_as_it_was(chromium: Browser, shop: Shop) -> None:
    async with aclosing(visiting(chromium, "en", scripts=False)) as visits:
        page = (await anext(visits)).page
        await page.goto(shop.page(HANAKO))
        await expect(page.locator("#live-state")).to_be_hidden()
        await expect(page.locator(".touchpoint")).to_have_count(20)
