"""The look-up page in Chromium, in both languages, with and without scripts; the value never leaves the form."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from playwright.async_api import expect

from tests.admin.conftest import Shop, Visit
from tests.admin.people import HANAKO, TARO

PLACEHOLDER = {"ja": "電話番号・カード", "en": "Phone, card"}
NOBODY = {"ja": "該当するお客様が見つかりません", "en": "Nobody found"}
UNKNOWN = "070-5555-0909"
ENVELOPE = {"specversion": "1.0", "type": "customer360.interaction.v1", "source": "/cti", "time": "2026-04-01T10:00:00Z"}
BY = {"identifiers": [{"kind": "PHONE", "value": UNKNOWN}]}
CALL = {
    "kind": "CALL",
    "direction": "INBOUND",
    "summary": "折返し希望",
    "by": {"identifiers": [{"kind": "PHONE", "value": UNKNOWN}]},
}
SHARED = {"ja": "家族共有", "en": "Shared by a family"}


async def look_up(visit: Visit, shop: Shop, value: str) -> None:
    await visit.page.goto(f"{shop.server.address}/admin")
    await visit.page.locator("#query").fill(value)
    await visit.page.locator(".box button").click()


async def language_of(visit: Visit) -> str:
    return await visit.page.locator("html").get_attribute("lang") or ""


async def test_the_box_says_what_it_takes_in_the_readers_language(visit: Visit, shop: Shop) -> None:
    await visit.page.goto(f"{shop.server.address}/admin")
    box = visit.page.locator("#query")
    await expect(box).to_be_focused()
    assert (await box.get_attribute("placeholder") or "").startswith(PLACEHOLDER[await language_of(visit)])


@pytest.mark.parametrize(
    "value",
    [
        "090-5555-0101",
        "０９０ー５５５５ー０１０１",
        "+81 90 5555 0101",
        "hanako@example.jp",
        "試験 花子",
        "しけん はなこ",
        "T-2025-0003",
    ],
)
async def test_anything_that_she_can_tell_finds_her_with_a_reason(visit: Visit, shop: Shop, value: str) -> None:
    await look_up(visit, shop, value)
    first = visit.page.locator("a.candidate").first
    await expect(first).to_contain_text("試験 花子")
    await expect(first.locator(".reason").first).not_to_be_empty()
    await first.click()
    await expect(visit.page).to_have_url(shop.page(HANAKO))
    assert visit.complaints == []


async def test_two_who_share_a_telephone_are_both_shown_and_it_is_said(visit: Visit, shop: Shop) -> None:
    await look_up(visit, shop, "03-5555-0100")
    await expect(visit.page.locator("a.candidate")).to_have_count(2)
    await expect(visit.page.locator("a.candidate .flag").first).to_have_text(SHARED[await language_of(visit)])


async def test_nobody_is_an_answer_with_advice(visit: Visit, shop: Shop) -> None:
    await look_up(visit, shop, "080-9999-0000")
    await expect(visit.page.locator(".empty h2")).to_have_text(NOBODY[await language_of(visit)])
    await expect(visit.page.locator(".empty li")).to_have_count(3)


async def test_a_number_that_finds_nobody_shows_the_contacts_that_are_kept_of_it(visit: Visit, shop: Shop) -> None:
    await shop.server.post([{**ENVELOPE, "id": "unknown-1", "data": CALL}])
    await look_up(visit, shop, UNKNOWN)
    await expect(visit.page.locator(".kept-contacts li")).to_have_count(1)
    await expect(visit.page.locator(".kept-contacts")).to_contain_text("折返し希望")


async def test_the_value_stands_in_no_address(visit: Visit, shop: Shop) -> None:
    value = "090-5555-0101"
    await look_up(visit, shop, value)
    await visit.page.locator("a.candidate").first.click()
    await expect(visit.page).to_have_url(shop.page(HANAKO))
    assert [address for address in visit.addresses if "5555" in address or quote(value) in address] == []


async def test_back_from_a_customer_shows_the_search_again(scripted: Visit, shop: Shop) -> None:
    await look_up(scripted, shop, "03-5555-0100")
    await expect(scripted.page.locator("a.candidate")).to_have_count(2)
    await scripted.page.locator("a.candidate").first.click()
    await scripted.page.wait_for_url(f"{shop.server.address}/admin/customers/*")
    await scripted.page.go_back()
    await expect(scripted.page.locator("#query")).to_have_value("03-5555-0100")
    await expect(scripted.page.locator("a.candidate")).to_have_count(2)


async def test_opening_the_page_anew_is_an_empty_box(scripted: Visit, shop: Shop) -> None:
    await look_up(scripted, shop, "03-5555-0100")
    await expect(scripted.page.locator("a.candidate")).to_have_count(2)
    await scripted.page.goto(f"{shop.server.address}/admin")
    await expect(scripted.page.locator("#query")).to_have_value("")


async def test_the_language_switch_stays(visit: Visit, shop: Shop) -> None:
    before = await language_of_start(visit, shop)
    other = {"ja": "en", "en": "ja"}[before]
    await visit.page.locator(f'.languages a[lang="{other}"]').click()
    await expect(visit.page).to_have_url(f"{shop.server.address}/admin")
    await expect(visit.page.locator("html")).to_have_attribute("lang", other)
    await visit.page.goto(shop.page(HANAKO))
    await expect(visit.page.locator("html")).to_have_attribute("lang", other)


async def language_of_start(visit: Visit, shop: Shop) -> str:
    await visit.page.goto(f"{shop.server.address}/admin")
    return await language_of(visit)


async def test_results_come_while_typing_and_the_keyboard_walks_them(scripted: Visit, shop: Shop) -> None:
    page = scripted.page
    await page.goto(f"{shop.server.address}/admin")
    await page.locator("#query").press_sequentially("03-5555-0100")
    candidates = page.locator("a.candidate")
    await expect(candidates).to_have_count(2)
    await page.keyboard.press("ArrowDown")
    await expect(candidates.nth(0)).to_be_focused()
    await page.keyboard.press("ArrowDown")
    await expect(candidates.nth(1)).to_be_focused()
    await page.keyboard.press("ArrowUp")
    await page.keyboard.press("ArrowUp")
    await expect(page.locator("#query")).to_be_focused()
    await page.keyboard.press("ArrowDown")
    address = await candidates.nth(0).get_attribute("href")
    await page.keyboard.press("Enter")
    await page.wait_for_url(f"{shop.server.address}{address}")  # until it is loaded, with its scripts
    await page.locator("body").press("/")
    await expect(page.locator("#query")).to_be_focused()
    assert scripted.complaints == []


async def test_enter_before_the_answer_opens_the_only_candidate_of_what_stands_in_the_box(scripted: Visit, shop: Shop) -> None:
    page = scripted.page
    await page.goto(f"{shop.server.address}/admin")
    await page.locator("#query").press_sequentially("hanako@example.jp")
    await expect(page.locator("a.candidate")).to_have_count(1)
    await page.locator("#query").fill("taro@example.jp")
    await page.keyboard.press("Enter")
    await expect(page).to_have_url(shop.page(TARO))


async def test_enter_on_an_answered_box_opens_the_only_candidate(scripted: Visit, shop: Shop) -> None:
    await scripted.page.goto(f"{shop.server.address}/admin")
    await scripted.page.locator("#query").press_sequentially("hanako@example.jp")
    await expect(scripted.page.locator("a.candidate")).to_have_count(1)
    await scripted.page.keyboard.press("Enter")
    await expect(scripted.page).to_have_url(shop.page(HANAKO))


async def test_on_any_page_results_come_below_the_box_in_the_bar(scripted: Visit, shop: Shop) -> None:
    page = scripted.page
    await page.goto(shop.page(HANAKO))
    await page.locator("body").press("/")
    await page.locator("#query").press_sequentially("taro@example.jp")
    await expect(page.locator(".bar a.candidate")).to_have_count(1)
    await page.keyboard.press("Escape")
    await expect(page.locator(".bar a.candidate")).to_have_count(0)
    await expect(page.locator("#query")).to_be_focused()
    assert scripted.complaints == []
    assert [address for address in scripted.addresses if "taro" in address] == []


async def test_part_of_a_name_is_marked_and_the_reading_where_that_was_typed(visit: Visit, shop: Shop) -> None:
    for typed, marked in (("花子", "花子"), ("はなこ", "ハナコ"), ("hanako", "Hanako"), ("0101", "0101")):
        await look_up(visit, shop, typed)
        await expect(visit.page.locator("a.candidate").filter(has_text="試験 花子").locator("mark").first).to_have_text(marked)


async def test_recently_opened_customers_stand_by_the_box_newest_first(visit: Visit, shop: Shop) -> None:
    for record in (HANAKO, TARO, HANAKO):
        await visit.page.goto(shop.page(record))
    await visit.page.goto(f"{shop.server.address}/admin")
    await expect(visit.page.locator(".recent strong")).to_have_text(["試験 花子", "試験 太郎"])
    cookies = {cookie["name"]: cookie for cookie in await visit.context.cookies()}  # type: ignore[typeddict-item]
    recent = cookies["customer360_recent"]
    assert (recent["httpOnly"], recent["expires"]) == (True, -1)  # type: ignore[typeddict-item]
    assert recent["value"] == f"{shop.customers[HANAKO]}.{shop.customers[TARO]}"  # type: ignore[typeddict-item]


async def test_a_cookie_that_somebody_wrote_into_is_no_problem(visit: Visit, shop: Shop) -> None:
    cookie = {"name": "customer360_recent", "value": "nonsense.<b>..Q3VzdG9tZXI6MA", "url": f"{shop.server.address}/admin"}
    await visit.context.add_cookies([cookie])  # type: ignore[list-item]
    answer = await visit.page.goto(f"{shop.server.address}/admin")
    assert answer is not None
    assert answer.status == 200
    await expect(visit.page.locator(".recent")).to_have_count(0)


async def test_a_lost_connection_is_said_and_forgotten_when_it_is_back(scripted: Visit, shop: Shop) -> None:
    page = scripted.page
    await page.goto(f"{shop.server.address}/admin")
    await scripted.context.set_offline(offline=True)
    await page.locator("#query").fill("hanako@example.jp")
    await expect(page.locator(".offline")).to_be_visible()
    await scripted.context.set_offline(offline=False)
    await page.locator(".box button").click()
    await expect(page.locator("a.candidate")).to_have_count(1)
    await expect(page.locator(".offline")).to_be_hidden()
