"""The page of a product in Chromium, in both languages, with and without scripts."""

from __future__ import annotations

from datetime import UTC, datetime

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


COUNTS = {"ja": ("在庫 3 点", "在庫 5 点", "この店舗では"), "en": ("3 left", "5 left", "has never had it")}


def moved(own: str, store: str, quantity: int, sku: str = "SKU-1", **more: str) -> dict[str, object]:
    envelope = {"specversion": "1.0", "type": "customer360.inventory.v1", "source": "/warehouse", "time": "2026-04-01T00:00:00Z"}
    return {**envelope, "id": own, "data": {"kind": "RECEIPT", "sku": sku, "store": store, "quantity": quantity, **more}}


async def test_stock_is_seen_here_near_and_on_its_way(visit: Visit, days: Shop) -> None:
    # given
    on_its_way = {"reference": "PO-1", "expectedAt": "2026-12-24T00:00:00Z"}
    there = [moved("s-1", "yokohama", 3), moved("s-2", "shibuya", 5), moved("s-3", "yokohama", 2, sku="SKU-2")]
    await days.server.post([*there, moved("s-4", "yokohama", 6, **on_its_way)])
    # when no store is chosen
    language = await opened(visit, days, "SKU-1")
    here, near, never = COUNTS[language]
    stock = visit.page.locator("#stock")
    await expect(stock.locator("li", has_text="試験横浜店").first).to_contain_text(here)
    await expect(stock.locator("li", has_text="試験渋谷店")).to_contain_text(near)
    # when one is
    await stock.locator("select").select_option(label="試験横浜店")
    await stock.locator("button").click()
    await expect(stock.locator("dl.facts dd").first).to_have_text("3")
    await expect(stock.locator("li", has_text="試験渋谷店")).to_contain_text(near)
    await expect(stock.locator("li", has_text="2026").first).to_contain_text("6")
    # then the other lists keep it
    assert "store=" in (await visit.page.locator("#orders .more a").get_attribute("href") or "")
    # when one is chosen that never had it
    await opened(visit, days, "SKU-NEW")
    await stock.locator("select").select_option(label="試験横浜店")
    await stock.locator("button").click()
    await expect(stock).to_contain_text(never)
    assert visit.complaints == []


async def test_the_page_of_who_asked_for_a_product_shows_its_stock(visit: Visit, days: Shop) -> None:
    # given a call about it just now
    by = {"record": {"source": "/ec", "subject": HANAKO}}
    call = {"kind": "CALL", "direction": "INBOUND", "by": by, "products": ["SKU-ASKED"], "summary": "在庫の問い合わせ"}
    now = datetime.now(UTC).isoformat()
    told = event("interaction", "/days", f"asked-{now}", now, call)
    await days.server.post([told, moved("s-9", "yokohama", 3, sku="SKU-ASKED"), moved("s-10", "shibuya", 5, sku="SKU-ASKED")])
    # when
    await visit.page.goto(days.page(HANAKO))
    # then
    here, near, _ = COUNTS[await visit.page.locator("html").get_attribute("lang") or ""]
    stock = visit.page.locator("#stock")
    await expect(stock).to_contain_text("SKU-ASKED")
    await expect(stock.locator("li", has_text="試験横浜店")).to_contain_text(here)
    await expect(stock.locator("li", has_text="試験渋谷店")).to_contain_text(near)
    assert visit.complaints == []
