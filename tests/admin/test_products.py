"""The page of a product in Chromium, in both languages, with and without scripts."""

from __future__ import annotations

from playwright.async_api import expect

from tests.admin.conftest import Shop, Visit
from tests.admin.people import HANAKO, event

ONLY_NAMED = {"ja": "商品マスタの情報はまだ届いていません", "en": "no catalogue data has arrived yet"}
FACTS = ("SKU-1", "4900000000000", "試験堂")


async def opened(visit: Visit, shop: Shop, sku: str) -> str:
    """Open the page of a product and return its language."""
    found = await shop.server.ask("query ($sku: String!) { product(by: {sku: $sku}) { id } }", sku=sku)
    await visit.page.goto(f"{shop.server.address}/admin/products/{found['data']['product']['id']}")
    return await visit.page.locator("html").get_attribute("lang") or ""


async def test_all_that_was_told_of_a_product_is_there(visit: Visit, days: Shop) -> None:
    await opened(visit, days, "SKU-1")
    for fact in FACTS:
        await expect(visit.page.locator(".facts")).to_contain_text(fact)
    await expect(visit.page.locator(".page-head")).to_contain_text("¥19,800")
    await expect(visit.page.locator(".facts")).to_contain_text("衣料品 / 上着")
    await expect(visit.page.locator(".said")).to_have_text("裏地は起毛")
    await expect(visit.page.locator(".facts a")).to_have_attribute("href", "https://example.jp/jacket.png")
    assert visit.complaints == []


async def test_a_product_that_only_an_order_named_says_so(visit: Visit, days: Shop) -> None:
    language = await opened(visit, days, "SKU-NEW")
    await expect(visit.page.locator("h1")).to_have_text("SKU-NEW")
    await expect(visit.page.locator(".facts + p")).to_contain_text(ONLY_NAMED[language])
    await expect(visit.page.locator("#interactions .event")).to_have_count(0)


async def test_who_bought_it_and_who_asked_for_it_come_newest_first_by_pages(visit: Visit, days: Shop) -> None:
    await opened(visit, days, "SKU-1")
    rows = visit.page.locator("#orders .event")
    await expect(rows).to_have_count(10)
    await expect(rows.first).to_contain_text("GUEST-1")
    await expect(visit.page.locator("#interactions .event").first).to_contain_text("試験の上着")
    await visit.page.locator("#interactions .more a").click()
    await expect(visit.page.locator("#interactions .event").filter(has_text="試験の電話 2").first).to_be_visible()
    await rows.nth(1).locator("a.event-title").click()
    await expect(visit.page.locator("h1")).to_contain_text("D-0012")


async def test_a_buyer_stands_with_what_the_article_cost_and_a_cancelled_order_with_nobody(visit: Visit, days: Shop) -> None:
    scarf = {"line": 1, "sku": "SKU-SCARF", "name": "試験スカーフ", "quantity": 1, "amount": "3000"}
    both = [scarf, {"line": 2, "sku": "SKU-1", "name": "試験ジャケット", "quantity": 1, "amount": "5000"}, {**scarf, "line": 3}]
    told = {"currency": "JPY", "channel": "STORE", "store": "yokohama", "by": {"record": {"source": "/ec", "subject": HANAKO}}}
    states = [("SCARF-1", {"lines": both, "status": "FULFILLED"}), ("SCARF-2", {"lines": [scarf], "status": "CANCELLED"})]
    await days.server.post(
        [event("order", "/days", number, "2024-01-05T10:00:00+09:00", told | more, subject=number) for number, more in states]
    )
    await opened(visit, days, "SKU-SCARF")
    await expect(visit.page.locator("#orders .event-title")).to_have_text(["SCARF-1"])
    await expect(visit.page.locator("#orders .event .sum")).to_have_text("¥6,000")


async def test_a_product_that_is_not_there_is_a_404(days: Shop) -> None:
    for raw in ("UHJvZHVjdDow", "nonsense", "T3JkZXI6MA"):
        assert (await days.server.client.get(f"/admin/products/{raw}")).status_code == 404
