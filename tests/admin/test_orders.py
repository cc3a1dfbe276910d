"""The page of an order in Chromium, in both languages, with and without scripts."""

from __future__ import annotations

from playwright.async_api import expect

from tests.admin.conftest import Shop, Visit
from tests.admin.days import CONVERSED, GUEST, MANY_LINES, line, order
from tests.admin.people import event, phone

STATUS = {"ja": "一部お渡し・発送済み", "en": "Partly fulfilled"}
SHIPPED = {"ja": ("配送", "発送済み", "店頭受け取り"), "en": ("Delivery", "Shipped", "Store pick-up")}
CALLED_BY_ITS_CODE = {"ja": "店舗 kiosk-9", "en": "Store kiosk-9"}
NAMED = {"ja": "連携データで会員が指定されていました", "en": "The data names this customer's record"}
NOBODYS = {"ja": "お客様未特定", "en": "Not identified yet"}
NOBODY_KNOWN = {"ja": "該当するお客様はまだいません", "en": "No customer is known yet"}
AS_A_GUEST = {"ja": "ゲスト購入", "en": "as a guest's does"}
NOT_NAMED = {"ja": "この注文番号に触れた", "en": "mentions this order"}


async def opened(visit: Visit, shop: Shop, number: str) -> str:
    """Open the page of an order and return its language."""
    found = await shop.server.ask("query ($number: String!) { order(by: {number: $number}) { id } }", number=number)
    await visit.page.goto(f"{shop.server.address}/admin/orders/{found['data']['order']['id']}")
    return await visit.page.locator("html").get_attribute("lang") or ""


async def test_all_that_was_told_of_an_order_is_there(visit: Visit, days: Shop) -> None:
    language = await opened(visit, days, CONVERSED)
    await expect(visit.page.locator("h1")).to_contain_text(CONVERSED)
    await expect(visit.page.locator("h1 .status")).to_contain_text(STATUS[language])
    for fact in ("試験横浜店", "試験係", "/days", "08:10"):
        await expect(visit.page.locator(".facts").first).to_contain_text(fact)
    for sum_ in ("¥18,080", "¥500", "−¥300", "¥800", "120", "試験-10"):
        await expect(visit.page.locator("#lines tfoot")).to_contain_text(sum_)
    for fact in (*SHIPPED[language], "試験便", "2"):
        await expect(visit.page.locator(".fulfillments")).to_contain_text(fact)
    for raw in ("SHIP", "PICK_UP"):  # what has a word of ours is told by it alone
        await expect(visit.page.locator(".fulfillments")).not_to_contain_text(raw)
    await expect(visit.page.locator(".fulfillments").get_by_role("link", name="試験横浜店")).to_have_count(1)
    assert visit.complaints == []


async def test_on_a_phone_an_item_is_one_row_with_its_amount_and_the_total_is_in_sight(scripted: Visit, days: Shop) -> None:
    await scripted.page.set_viewport_size({"width": 390, "height": 844})
    await opened(scripted, days, CONVERSED)
    row = scripted.page.locator("#lines tbody tr").first
    total = scripted.page.locator("#lines tfoot .total td").last
    for amount in (row.locator("td").last, total):
        box = await amount.bounding_box()
        assert box is not None
        assert 0 < box["x"] < box["x"] + box["width"] <= 390
    ends = [await each.evaluate("each => each.getBoundingClientRect().right") for each in (row.locator("td").last, total)]
    assert ends[0] == ends[1], "sums stand below one another"
    await expect(row.locator(".narrow")).to_have_text("¥5,000 × 2 −¥1,000")
    await expect(row.locator("td").first).to_be_hidden()


async def test_lines_lead_to_their_products(visit: Visit, days: Shop) -> None:
    await opened(visit, days, CONVERSED)
    rows = visit.page.locator("#lines tbody tr")
    await expect(rows.first.locator("td")).to_have_text(["2", "¥5,000", "−¥1,000", "–", "¥9,000"])
    await expect(rows.nth(1)).to_contain_text("SKU-NEW")
    await rows.first.locator("a").click()
    await expect(visit.page.locator("h1")).to_have_text("試験ジャケット")


async def test_a_store_without_a_name_and_an_item_named_by_the_catalogue_alone_are_called_by_what_is_known(
    visit: Visit, days: Shop
) -> None:
    hat = event("product", "/stock", "p-hat", "2025-01-01T10:00:00+09:00", {"name": "試験の帽子"}, subject="SKU-HAT")
    sold = {"store": "kiosk-9", "by": {"identifiers": [phone("090-5555-0777")]}, "lines": [line(1, "SKU-HAT", name=None)]}
    await days.server.post([hat, order("NAMELESS", "2025-01-05", "10:00", sold)])
    language = await opened(visit, days, "NAMELESS")
    await expect(visit.page.locator(".facts").first).to_contain_text(CALLED_BY_ITS_CODE[language])
    await expect(visit.page.locator("#lines tbody th")).to_contain_text("試験の帽子 SKU-HAT")
    assert visit.complaints == []


async def test_it_says_whose_it_is_and_why(visit: Visit, days: Shop) -> None:
    language = await opened(visit, days, CONVERSED)
    await expect(visit.page.get_by_text(NAMED[language])).to_be_visible()
    await visit.page.locator("a.whose").click()
    await expect(visit.page.locator("h1")).to_contain_text("試験 花子")


async def test_an_order_that_names_nobody_says_so_and_how_it_came(visit: Visit, days: Shop) -> None:
    language = await opened(visit, days, GUEST)
    whose = visit.page.locator("section").filter(has_text=NOBODYS[language]).last
    for words in (NOBODY_KNOWN[language], AS_A_GUEST[language], "090-5555-0999"):
        await expect(whose).to_contain_text(words)


async def test_what_named_the_order_is_shown_with_it(visit: Visit, days: Shop) -> None:
    language = await opened(visit, days, CONVERSED)
    await expect(visit.page.locator("#interactions .event")).to_contain_text(["届いた数の相談"])
    await opened(visit, days, GUEST)
    await expect(visit.page.locator("#interactions")).to_contain_text(NOT_NAMED[language])


async def test_many_lines_come_by_pages(visit: Visit, days: Shop) -> None:
    await opened(visit, days, MANY_LINES)
    await expect(visit.page.locator("#lines tbody tr")).to_have_count(50)
    await visit.page.locator("#lines .more a").click()
    await expect(visit.page.locator("#lines tbody tr")).to_have_count(5)


async def test_an_order_that_is_not_there_is_a_404(days: Shop) -> None:
    for raw in ("T3JkZXI6MA", "nonsense", "U3RvcmU6MA"):
        assert (await days.server.client.get(f"/admin/orders/{raw}")).status_code == 404
