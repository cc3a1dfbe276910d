"""What is done at the counter, on the pages: pieces held, goods picked up and taken back, points spent, a coupon used."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import httpx2
import pytest

from graph.keys import product_id, scoped, store_id, touchpoint_id
from resolvers.access.roles import Role
from resolvers.engine.ids import encode
from tests.admin.conftest import Shop
from tests.admin.people import HANAKO, event
from tests.running import SIGNED_IN

GINZA = encode("Store", store_id("ginza"))
HAT = encode("Product", product_id("SKU-COUNTER"))
LINE = {"line": 1, "sku": "SKU-COUNTER", "name": "試験の帽子", "quantity": 2, "amount": "6000"}
SOLD = {"currency": "JPY", "store": "web", "lines": [LINE], "total": "6000"}
GIVE = """
mutation ($input: PointsAdjustInput!) {
  pointsAdjust(input: $input) { customer { loyalty { accounts { id } } } userErrors { message } }
}
"""
PUT = "mutation ($input: CouponPutInput!) { couponPut(input: $input) { userErrors { message } } }"


@dataclass(frozen=True, slots=True)
class Counter:
    """Somebody in front of the pages, who reads them in English."""

    shop: Shop
    browser: httpx2.AsyncClient

    async def page(self, address: str) -> str:
        answer = await self.browser.get(address)
        assert answer.status_code == 200, answer.text
        return answer.text

    async def press(self, address: str, button: str, **typed: str) -> httpx2.Response:
        return await self.browser.post(address, data={"pressed": button, **typed})

    async def done(self, address: str, button: str, **typed: str) -> str:
        """Press a button and return the page that follows: nothing was refused."""
        answer = await self.press(address, button, **typed)
        assert answer.status_code == 303, answer.text
        return await self.page(answer.headers["location"])


@pytest.fixture
async def counter(shop: Shop) -> AsyncIterator[Counter]:
    headers = {"accept-language": "en", "sec-fetch-site": "same-origin"}
    async with httpx2.AsyncClient(base_url=shop.server.address, headers=headers, cookies=SIGNED_IN, timeout=60) as browser:
        yield Counter(shop, browser)


@pytest.fixture(scope="module", autouse=True)
async def goods(shop: Shop) -> None:
    """Three hats in a shop in Ginza."""
    at = "2025-01-01T10:00:00+09:00"
    await shop.server.post(
        [
            event("store", "/stores", "s-ginza", at, {"name": "試験銀座店", "kind": "SHOP"}, subject="ginza"),
            event("product", "/stock", "p-counter", at, {"name": "試験の帽子"}, subject="SKU-COUNTER"),
            event("inventory", "/stock", "c-counter", at,
                  {"kind": "COUNT", "sku": "SKU-COUNTER", "store": "ginza", "quantity": 3}),
        ]
    )  # fmt: skip


async def ordered(shop: Shop, number: str, **told: Any) -> str:
    """Record an order of two hats and return the address of its page."""
    await shop.server.post([event("order", "/counter", number, "2026-04-01T10:00:00+09:00", {**SOLD, **told}, subject=number)])
    return f"/admin/orders/{encode('Order', touchpoint_id(scoped('/counter', number)))}"


async def with_points(shop: Shop, key: str) -> str:
    given = {"customerId": shop.customers[HANAKO], "points": 500, "reason": "試験", "idempotencyKey": key}
    [account] = (await shop.server.ask(GIVE, input=given))["data"]["pointsAdjust"]["customer"]["loyalty"]["accounts"]
    return f"/admin/points/{account['id']}"


async def test_pieces_are_held_for_a_slip_and_given_back_later_by_whoever_stands_at_the_counter(counter: Counter) -> None:
    # given
    address = f"/admin/products/{HAT}?store={GINZA}"
    before = await counter.page(address)
    assert ("3 left" in before, "Held here" in before) == (True, False)
    held = await counter.done(address, "hold", quantity="2", owner="slip-7", minutes="30")
    assert "The pieces are held." in held
    # when somebody opens the page anew, another slip is held, and the first one is given back
    await counter.done(address, "hold", quantity="1", owner="slip-9", minutes="30")
    later = await counter.page(address)
    assert ("None left" in later, re.findall(r"slip-\d", later)) == (True, ["slip-7", "slip-7", "slip-9", "slip-9"])
    first, second = re.findall(r'name="reservation" value="([^"]+)"', later)
    # then
    back = await counter.done(address, "release", reservation=first)
    assert ("The pieces are for sale again." in back, "2 left" in back, "slip-7" in back) == (True, True, False)
    last = await counter.done(address, "release", reservation=second)
    assert ("3 left" in last, "Held here" in last) == (True, False)


async def test_who_works_in_one_store_sees_a_product_from_there_and_acts_at_no_other(counter: Counter) -> None:
    at = "2025-01-01T10:00:00+09:00"
    told = {"kind": "COUNT", "sku": "SKU-COUNTER", "store": "kobe", "quantity": 2}
    await counter.shop.server.post([event("inventory", "/stock", "c-kobe", at, told)])
    kobe = f"/admin/products/{HAT}?store={encode('Store', store_id('kobe'))}"
    headers = {"accept-language": "en", "sec-fetch-site": "same-origin"}
    async with httpx2.AsyncClient(base_url=counter.shop.server.address, headers=headers, timeout=60) as clerk:
        await clerk.post("/sign-in", data={"role": Role.STORE_STAFF.value})
        own, other = (await clerk.get(f"/admin/products/{HAT}")).text, (await clerk.get(kobe)).text
    assert f'value="{GINZA}" selected' in own
    assert ('value="hold"' in own, 'value="hold"' in other, "2 left" in other) == (True, False, True)


async def test_more_than_there_is_is_refused_with_words_and_nothing_is_held(counter: Counter) -> None:
    address = f"/admin/products/{HAT}?store={GINZA}"
    refused = await counter.press(address, "hold", quantity="9", owner="slip-8", minutes="30")
    assert refused.status_code == 409
    assert "Nothing was done." in refused.text
    assert "3 left" in refused.text


async def test_what_nothing_hands_over_yet_is_picked_up_in_a_store_and_leads_to_its_shelf(counter: Counter) -> None:
    address = await ordered(counter.shop, "COUNTER-1", status="PLACED")
    assert 'value="pick-up"' in await counter.page(address)
    asked = await counter.done(address, "pick-up", store=GINZA, slot="2099-01-05T15:00")
    assert "The pick-up is requested." in asked
    assert 'value="pick-up"' not in asked
    assert f"/admin/pickups?store={GINZA}#pickup-" in asked
    assert "COUNTER-1" in await counter.page(f"/admin/pickups?store={GINZA}")


async def test_goods_come_back_by_line_with_what_was_paid_back_and_never_more_than_are_left(counter: Counter) -> None:
    handed = {"method": "STORE", "status": "HANDED_OVER", "store": "ginza"}
    address = await ordered(counter.shop, "COUNTER-2", status="FULFILLED", fulfillments=[handed])
    typed = {"store": GINZA, "line-1": "1", "amount-1": "2500", "damaged-1": "yes", "reason": "試験の理由"}
    back = await counter.done(address, "take-back", **typed)
    for words in ("The return is recorded.", "試験の理由", "¥2,500", "damaged", "1 can come back"):
        assert words in back
    refused = await counter.press(address, "take-back", **{**typed, "line-1": "2"})
    assert (refused.status_code, "Nothing was done." in refused.text) == (409, True)


async def test_what_a_piece_brings_back_is_proposed_after_the_discount_of_the_whole_order(counter: Counter) -> None:
    handed = {"method": "STORE", "status": "HANDED_OVER", "store": "ginza"}
    address = await ordered(counter.shop, "COUNTER-9", status="FULFILLED", discount="600", total="5400", fulfillments=[handed])
    page = await counter.page(address)
    assert "¥2,700 each as paid" in page, page[page.index("take-back") :][:1800]
    back = await counter.done(address, "take-back", **{"store": GINZA, "line-1": "1"})
    assert ("¥2,700" in back, 'placeholder="2700"' in back) == (True, True)
    whole = await counter.done(address, "take-back", **{"store": GINZA, "line-1": "1"})
    assert re.search(r"For what came back</th>.*?¥5,400", whole, re.DOTALL)


async def test_points_are_spent_given_back_and_adjusted_on_the_page_of_their_account(counter: Counter) -> None:
    address = await with_points(counter.shop, "counter-points-1")
    before = balance(await counter.page(address))
    spent = await counter.done(address, "redeem", points="120", reason="")
    assert ("The points are spent." in spent, balance(spent)) == (True, before - 120)
    entry = re.search(r'name="entry" value="([^"]+)"', spent)
    assert entry is not None
    assert balance(await counter.done(address, "reverse", entry=entry[1])) == before
    assert balance(await counter.done(address, "adjust", points="-30", reason="試験の訂正")) == before - 30
    refused = await counter.press(address, "redeem", points="999999")
    assert (refused.status_code, "Nothing was done." in refused.text) == (409, True)


def balance(page: str) -> int:
    found = re.search(r"Can be spent</dt><dd>([\d,]+)", page)
    assert found is not None
    return int(found[1].replace(",", ""))


async def test_a_coupon_says_what_it_takes_off_before_it_is_used_and_is_given_back(counter: Counter) -> None:
    terms = {"code": "COUNTER-10", "name": "試験の割引", "percent": 10, "forAll": True, "uses": 1}
    await counter.shop.server.ask(PUT, input={**terms, "idempotencyKey": "counter-coupon"})
    address = f"/admin/coupons/use?customer={counter.shop.customers[HANAKO]}"
    basket = {"code": "COUNTER-10", "store": GINZA, "amount-1": "6000"}
    quoted = await counter.press(address, "quote", **basket)
    assert (quoted.status_code, "−¥600" in quoted.text, 'value="use"' in quoted.text) == (200, True, True)
    used = await counter.done(address, "use", **basket)
    assert "The coupon is used." in used
    again = await counter.press(address, "use", **basket)
    assert (again.status_code, "Nothing was done." in again.text) == (409, True)
    redemption = re.search(r'name="redemption" value="([^"]+)"', used)
    assert redemption is not None
    await counter.done(address, "reverse", redemption=redemption[1])
    assert "−¥600" in (await counter.press(address, "quote", **basket)).text


@pytest.mark.parametrize(("address", "typed"), [
    ("/admin/coupons/use", {"code": "X"}),
    (f"/admin/products/{HAT}?store={GINZA}", {"quantity": "many", "owner": "slip"}),
])  # fmt: skip
async def test_what_no_form_sends_is_a_bad_request(counter: Counter, address: str, typed: dict[str, str]) -> None:
    for button in ("quote", "hold", "nothing", ""):
        assert (await counter.press(address, button, **typed)).status_code == 400, button


async def test_who_works_in_a_store_finds_its_shelf_from_the_start_page_without_choosing(shop: Shop) -> None:
    headers = {"accept-language": "en", "sec-fetch-site": "same-origin"}
    async with httpx2.AsyncClient(base_url=shop.server.address, headers=headers, timeout=60) as browser:
        assert (await browser.post("/sign-in", data={"role": Role.STORE_STAFF.value})).status_code == 303
        assert 'href="/admin/pickups"' in (await browser.get("/admin")).text
        shelf = (await browser.get("/admin/pickups")).text
    assert "試験銀座店" in shelf
    assert '<select name="store"' not in shelf


async def test_the_shelf_says_what_was_done_and_beside_the_goods_why_it_was_not(counter: Counter) -> None:
    told = {"method": "PICKUP", "store": "ginza", "status": "PLACED", "code": "24680"}
    await ordered(counter.shop, "COUNTER-SHELF", status="PLACED", fulfillments=[told])
    shelf = f"/admin/pickups?store={GINZA}"
    found = re.search(r'<li id="pickup-([^"]+)">(?:(?!</li>).)*?COUNTER-SHELF', await counter.page(shelf), re.DOTALL)
    assert found is not None
    own_id = found[1].rpartition('<li id="pickup-')[2]
    ready = await counter.press(shelf, "ready", pickup=own_id)
    assert ready.headers["location"].endswith(f"&done=ready#pickup-{own_id}")
    assert "The goods are ready, and the customer is told." in await counter.page(ready.headers["location"])
    wrong = await counter.press(f"{shelf}&done=ready", "hand-over", pickup=own_id, code="13579")
    goods = wrong.text[wrong.text.index(f'id="pickup-{own_id}"') :]
    assert (wrong.status_code, "The goods are ready" in wrong.text) == (409, False)
    assert goods.index("This is not the code") < goods.index("COUNTER-SHELF")
    assert 'value="13579"' in goods
    assert "The goods are handed over." in await counter.done(shelf, "hand-over", pickup=own_id, code="24680")


async def test_a_coupon_that_was_used_is_given_back_later_from_the_page_of_the_customer_or_the_coupon(counter: Counter) -> None:
    # given
    terms = {"code": "COUNTER-20", "name": "試験の後日取消", "percent": 20, "forAll": True, "uses": 1}
    put = "mutation ($input: CouponPutInput!) { couponPut(input: $input) { coupon { id } } }"
    told = await counter.shop.server.ask(put, input={**terms, "idempotencyKey": "counter-coupon-20"})
    coupon = f"/admin/coupons/{told['data']['couponPut']['coupon']['id']}"
    address = f"/admin/coupons/use?customer={counter.shop.customers[HANAKO]}"
    basket = {"code": "COUNTER-20", "store": GINZA, "amount-1": "5000"}
    await counter.done(address, "use", **basket)
    # when
    use = re.search(r'action="([^"]+)"><input type="hidden" name="redemption" value="([^"]+)"', await counter.page(coupon))
    assert use is not None
    back = await counter.done(use[1], "reverse", redemption=use[2])
    # then
    assert "The coupon is given back." in back
    assert 'name="redemption"' not in await counter.page(coupon)
    await counter.done(address, "use", **basket)


async def test_who_sees_no_number_to_call_asks_for_a_call_and_whom_they_do_not_see_is_explained(counter: Counter) -> None:
    by = {"record": {"source": "/ec", "subject": HANAKO}}
    told = {**SOLD, "by": by, "status": "PLACED", "fulfillments": [{"method": "PICKUP", "store": "ginza", "status": "READY"}]}
    now = datetime.now(UTC).isoformat()
    await counter.shop.server.post([event("order", "/counter", "COUNTER-CALL", now, told, subject="COUNTER-CALL")])
    asked = "query ($id: ID!) { order(by: {id: $id}) { fulfillments { callCustomer } } }"
    own_id = encode("Order", touchpoint_id(scoped("/counter", "COUNTER-CALL")))
    async with asyncio.timeout(60):  # upkeep finds out that nothing can tell them
        while not (await counter.shop.server.ask(asked, id=own_id))["data"]["order"]["fulfillments"][0]["callCustomer"]:
            await asyncio.sleep(0.1)
    headers = {"accept-language": "en", "sec-fetch-site": "same-origin"}
    async with httpx2.AsyncClient(base_url=counter.shop.server.address, headers=headers, timeout=60) as clerk:
        await clerk.post("/sign-in", data={"role": Role.STORE_STAFF.value})
        shelf = (await clerk.get("/admin/pickups")).text
        nobody = (await clerk.post("/admin", data={"query": "070-0000-9999"})).text
    assert f'/admin/cases/new?customer={counter.shop.customers[HANAKO]}">Ask for a call by opening a case' in shelf
    assert "You see customers who have dealt with your stores" in nobody, nobody[nobody.index("<main") :]


async def test_who_may_not_act_sees_no_form(shop: Shop) -> None:
    address, account = await ordered(shop, "COUNTER-3", status="PLACED"), await with_points(shop, "counter-points-2")
    headers = {"accept-language": "en", "sec-fetch-site": "same-origin"}
    async with httpx2.AsyncClient(base_url=shop.server.address, headers=headers, timeout=60) as browser:
        await browser.post("/sign-in", data={"role": Role.MARKETING.value})
        pages = await asyncio.gather(*(browser.get(each) for each in (address, account, f"/admin/products/{HAT}?store={GINZA}")))
        assert [each.status_code for each in pages if 'name="pressed"' in each.text] == []
        assert (await browser.get("/admin/coupons/use")).status_code == 403
