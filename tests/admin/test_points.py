"""The points of a customer: a card on their page, and a page of the account with every entry explained."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import count
from zoneinfo import ZoneInfo

import httpx2
import pytest
from graphql import parse, validate
from playwright.async_api import Browser, expect

from admin.pages.points.operations import ACCOUNT
from admin.parts.formats import Formats
from tests.admin.conftest import Shop, Visit
from tests.admin.people import HANAKO, TARO
from tests.admin.test_operations import SCHEMA
from tests.running import IN_CHROMIUM, SIGNED_IN

numbers = count(1)
ADJUST = """
mutation ($input: PointsAdjustInput!) {
  pointsAdjust(input: $input) { customer { loyalty { accounts { id } } } userErrors { message } }
}
"""
REDEEM = "mutation ($input: PointsRedeemInput!) { pointsRedeem(input: $input) { entries { id } userErrors { message } } }"
WORDS = {
    "ja": {
        "card": "ポイント", "entries": "ポイント明細", "given": "担当者による付与。", "spent": "ポイントの利用。",
        "part": "期限分 −120", "balance": "残高 380",
    },
    "en": {
        "card": "Points", "entries": "All entries", "given": "Given by staff.", "spent": "Spent.",
        "part": "−120 of those until", "balance": "Balance 380",
    },
}  # fmt: skip


async def with_points(shop: Shop, record: str = HANAKO) -> str:
    """Give somebody 500 points and spend 120 of what there is; return the address of their account's page."""
    own: dict[str, object] = {"customerId": shop.customers[record]}
    key = f"points-page-{next(numbers)}"
    given = await shop.server.ask(ADJUST, input={**own, "points": 500, "reason": "試験のお詫び", "idempotencyKey": key})
    await shop.server.ask(REDEEM, input={**own, "points": 120, "idempotencyKey": f"{key}-spent"})
    [account] = given["data"]["pointsAdjust"]["customer"]["loyalty"]["accounts"]
    return f"{shop.server.address}/admin/points/{account['id']}"


def test_the_operation_fits_the_schema() -> None:
    assert validate(SCHEMA, parse(ACCOUNT)) == []


def test_the_last_day_of_what_ends_at_midnight_is_the_day_before() -> None:
    formats = Formats("en", ZoneInfo("Asia/Tokyo"))
    assert formats.last_day("2026-12-31T15:00:00.000000Z") == "Thu 31 Dec 2026"


async def test_the_customer_page_leads_to_an_account_with_every_entry_in_words(visit: Visit, shop: Shop) -> None:
    page = visit.page
    await with_points(shop)
    await page.goto(shop.page(HANAKO))
    words = WORDS[str(await page.locator("html").get_attribute("lang"))]
    card = page.locator("#points")
    await expect(card.get_by_role("heading")).to_contain_text(words["card"])
    await card.get_by_role("link", name=words["entries"]).first.click()

    entries = page.locator("#entries .point-entry")
    await expect(entries.nth(0)).to_contain_text(words["spent"])
    await expect(entries.nth(0)).to_contain_text("−120")
    await expect(entries.nth(0)).to_contain_text(words["part"])
    await expect(entries.nth(1)).to_contain_text(words["given"])
    await expect(entries.nth(1)).to_contain_text("+500")
    await expect(entries.nth(1)).to_contain_text("試験のお詫び")
    assert visit.complaints == []


async def test_the_balance_after_each_entry_and_the_day_of_expiry_stand_there(shop: Shop) -> None:
    address = await with_points(shop, TARO)
    until = datetime.now(ZoneInfo("Asia/Tokyo")).date() + timedelta(days=364)
    for language, day in (("ja", f"{until:%Y/%m/%d}"), ("en", f"{until.day} {until:%b %Y}")):
        async with httpx2.AsyncClient(headers={"accept-language": language}, cookies=SIGNED_IN, timeout=60) as client:
            page = await client.get(address)
        assert page.status_code == 200
        assert WORDS[language]["balance"] in page.text
        assert day in page.text


async def test_an_account_that_there_is_not_is_not_found(shop: Shop) -> None:
    async with httpx2.AsyncClient(cookies=SIGNED_IN, timeout=60) as client:
        assert (await client.get(f"{shop.server.address}/admin/points/TG95YWx0eUFjY291bnQ6MA")).status_code == 404


@pytest.mark.parametrize("width", [390, 1280])
async def test_the_page_is_as_wide_as_its_window(chromium: Browser, shop: Shop, width: int) -> None:
    address = await with_points(shop)
    context = await chromium.new_context(locale="ja", viewport={"width": width, "height": 1000})
    await context.add_cookies(IN_CHROMIUM)
    page = await context.new_page()
    await page.goto(address)
    await expect(page.locator("#entries .point-entry").first).to_be_visible()
    assert await page.evaluate("() => document.documentElement.scrollWidth - innerWidth") == 0
    await context.close()
