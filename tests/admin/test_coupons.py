"""The pages of coupons and the card on a customer's page in Chromium, in both languages, with and without scripts."""

from __future__ import annotations

from dataclasses import replace

import pytest
from playwright.async_api import expect

from graph.coupons.issuing import mark_shown
from graph.coupons.redeeming import redeem, reverse
from graph.coupons.terms import VALUE, Terms
from graph.store import Store
from resolvers.engine import ids
from tests.admin.conftest import Shop, Visit
from tests.admin.days import order
from tests.graph.coupons.giving_out import TEN, at_till, author, do, given_out, issued

NARROW = {"width": 390, "height": 800}
OFF = {"ja": "10%引き", "en": "10% off"}
NONE = {"ja": "このお客様に発行されたクーポンはありません。", "en": "No coupon was issued to this customer."}
BACK = {"ja": "取消済み", "en": "Given back"}
BY_RULE = {"ja": "誕生月のため発行", "en": "because it was the month of their birthday"}


@pytest.fixture(scope="module")
async def codes(shop: Shop, store: Store) -> list[str]:
    """Two coupons that Hanako has: one was used and given back and used again, the other is there to be used."""
    hanako = ids.decode(shop.customers["U-hanako"]).raw
    coupon = await given_out(store, "SPRING", replace(TEN, ends="2099-03-31T15:00:00.000000Z", minimum=1_000, currency="JPY"))
    await given_out(store, "MINUS300", Terms(VALUE, 300, "JPY", for_all=True, withdrawn=True))
    found = [await issued(store, coupon, hanako) for _ in range(2)]
    used = await do(store, redeem(author(), at_till(found[0])))
    await do(store, reverse(author("op-1"), used["redemptions"][0]))
    await do(store, redeem(author(), at_till(found[0], channel="APP")))
    await do(store, mark_shown(author(), hanako, [coupon], "APP"))
    by_rule = "MATCH (i:IssuedCoupon {code: $p.code}) SET i.rule = 'BIRTHDAY', i.why = '05', i.why_at = '2026-05-01'"
    await store.write(lambda transaction: transaction.run(by_rule, {"code": found[1]}))
    return found


@pytest.fixture(scope="module")
async def ordered(shop: Shop, store: Store) -> tuple[str, str]:
    """The address of the page of an order of Hanako's, with the code of a coupon of ours that it used beside one of others."""
    code = await issued(store, await given_out(store, "SUMMER"), ids.decode(shop.customers["U-hanako"]).raw)
    told = {"couponCodes": [code, "試験-他社"], "by": {"record": {"source": "/ec", "subject": "U-hanako"}}}
    await shop.server.post([order("O-COUPON", "2026-09-01", "10:00", told)])
    asked = "query ($number: String!) { order(by: {number: $number}) { id coupons { id } } }"
    while not (found := (await shop.server.ask(asked, number="O-COUPON"))["data"]["order"])["coupons"]:
        pass  # the server takes the order up in a moment
    return f"/admin/orders/{found['id']}", code


async def language_of(visit: Visit) -> str:
    return await visit.page.locator("html").get_attribute("lang") or ""


@pytest.mark.usefixtures("codes")
async def test_the_list_leads_to_a_coupon_with_its_counts_and_uses(visit: Visit, shop: Shop) -> None:
    await visit.page.set_viewport_size(NARROW)
    await visit.page.goto(f"{shop.server.address}/admin/coupons")
    language = await language_of(visit)
    row = visit.page.locator("tbody tr").filter(has_text="SPRING")
    await expect(row).to_contain_text(OFF[language])
    assert await visit.page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    await row.locator("a").click()
    await expect(visit.page.locator(".metrics dd")).to_have_text(["1", "2", "1"])
    uses = visit.page.locator("#uses .rows li")
    await expect(uses).to_have_count(2)
    await expect(uses.filter(has_text=BACK[language])).to_have_count(1)
    assert await visit.page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    assert visit.complaints == []


async def test_a_customer_s_page_shows_the_coupons_that_they_have(visit: Visit, shop: Shop, codes: list[str]) -> None:
    await visit.page.goto(shop.page("U-hanako"))
    language = await language_of(visit)
    card = visit.page.locator("#coupons")
    for code in codes:
        await expect(card).to_contain_text(code)
    await expect(card).to_contain_text(OFF[language])
    await expect(card.locator("li", has_text=codes[1])).to_contain_text(BY_RULE[language])
    await expect(card.locator("li", has_text=codes[0])).not_to_contain_text(BY_RULE[language])
    await visit.page.goto(shop.page("P-jiro"))
    await expect(visit.page.locator("#coupons")).to_contain_text(NONE[language])
    assert visit.complaints == []


async def test_the_page_of_an_order_names_each_coupon_once(visit: Visit, shop: Shop, ordered: tuple[str, str]) -> None:
    address, code = ordered
    await visit.page.goto(shop.server.address + address)
    rows = visit.page.locator("#lines tfoot tr")
    await expect(rows.filter(has_text=code)).to_have_count(1)
    await expect(rows.filter(has_text="春のクーポン")).to_contain_text(code)
    await expect(rows.filter(has_text="試験-他社")).to_have_count(1)
    assert visit.complaints == []


@pytest.mark.usefixtures("codes")
@pytest.mark.parametrize("address", ["/admin/coupons/nonsense", "/admin/coupons/Q291cG9uOjA"])
async def test_a_coupon_that_is_not_there_is_a_404(shop: Shop, address: str) -> None:
    assert (await shop.server.client.get(address)).status_code == 404
