"""The list of stores and the page of one in Chromium, in both languages, with and without scripts."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.admin.conftest import Shop, Visit

KIND = {"ja": "店舗", "en": "Shop"}
NOT_TOLD = {"ja": "情報はまだ届いていません", "en": "are not known yet"}
FACTS = ("yokohama", "神奈川県試験区1-2", "045-555-0100", "10:00-20:00 (水曜定休)")


async def opened(visit: Visit, shop: Shop, name: str = "試験横浜店") -> str:
    """Open the page of a store from the list and return its language."""
    await visit.page.goto(f"{shop.server.address}/admin/stores")
    await visit.page.locator(".store-row").filter(has_text=name).click()
    await expect(visit.page.locator("h1")).to_contain_text(name)
    return await visit.page.locator("html").get_attribute("lang") or ""


async def test_all_that_was_told_of_a_store_is_there(visit: Visit, days: Shop) -> None:
    language = await opened(visit, days)
    for fact in FACTS:
        await expect(visit.page.locator(".facts")).to_contain_text(fact)
    await expect(visit.page.locator("h1 .flag")).to_have_text(KIND[language])
    await opened(visit, days, "試験渋谷店")
    await expect(visit.page.locator(".facts + p")).to_contain_text(NOT_TOLD[language])
    assert visit.complaints == []


async def test_what_was_sold_there_comes_newest_first_by_pages(visit: Visit, days: Shop) -> None:
    await opened(visit, days)
    rows = visit.page.locator("#orders .event")
    await expect(rows).to_have_count(10)
    await expect(rows.first).to_contain_text("D-0012")
    await visit.page.locator("#orders .more a").click()
    await expect(rows.filter(has_text="W-1")).to_be_visible()
    await expect(visit.page.locator("#orders .more")).to_have_count(0)


async def test_who_came_and_who_comes_often(visit: Visit, days: Shop) -> None:
    await opened(visit, days)
    await expect(visit.page.locator("#interactions .event")).to_contain_text(["試験の上着"])
    await expect(visit.page.locator("#regulars")).to_contain_text("試験 花子")
    await visit.page.locator("#regulars a.row-link").click()
    await expect(visit.page.locator("h1")).to_contain_text("試験 花子")


async def test_best_sellers_count_orders_and_pieces(visit: Visit, days: Shop) -> None:
    await opened(visit, days)
    row = visit.page.locator("tbody tr").filter(has_text="試験ジャケット")
    # Twelve of the day and one of the week before; one has 55 lines of two, the others one.
    await expect(row.locator("td")).to_have_text(["13", str(55 * 2 + 12 * 2)])


@pytest.mark.parametrize("address", ["/admin/stores/nonsense", "/admin/stores/U3RvcmU6MA"])
async def test_a_store_that_is_not_there_is_a_404(days: Shop, address: str) -> None:
    assert (await days.server.client.get(address)).status_code == 404


async def test_a_cursor_of_another_list_is_a_400(days: Shop) -> None:
    assert (await days.server.client.get("/admin/stores?stores=nonsense")).status_code == 400
