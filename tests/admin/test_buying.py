"""Basket, seen-list and offers on the customer page in Chromium, in both languages, with and without scripts."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import expect

from graph.baskets.changing import Line, change_basket
from graph.baskets.doors import Door
from graph.baskets.records import Whose
from graph.baskets.seen import mark_seen
from graph.commands.command import Answer
from graph.offers.making import Reply, Thing, answer_offer, make_offer
from graph.store import Store
from resolvers.engine import ids
from tests.admin.conftest import Shop, Visit
from tests.graph.baskets.shopping import INK, PEN, basket_of, product
from tests.graph.coupons.giving_out import author, do

NARROW = {"width": 390, "height": 800}
NOTHING = {"ja": "買い物かごは空です。", "en": "Nothing is in the basket."}
CHANGED = {"ja": "別の窓口で買い物かごが変更されました。", "en": "The basket has been changed elsewhere."}
BEFORE = {"ja": "同じご提案に対する前回の回答：", "en": "The same was offered before:"}
DECLINED = {"ja": "辞退", "en": "declined"}
WEB = Door("WEB")
EMPTIED = "MATCH (n) WHERE n:Basket OR n:BasketLine OR n:Offer OR n:ProductView OR n:Command DETACH DELETE n"


@pytest.fixture(scope="module")
async def hanako(shop: Shop) -> str:
    """The raw id of a customer, with two products that there are."""
    await shop.server.post([product("PEN-1"), product("INK-1")])
    return ids.decode(shop.customers["U-hanako"]).raw


@pytest.fixture(autouse=True)
async def _nothing_yet(store: Store, hanako: str) -> AsyncIterator[None]:  # pyright: ignore[reportUnusedFunction] - by pytest
    yield
    await store.write(lambda transaction: transaction.run(EMPTIED))


async def put(store: Store, whose: str, *lines: Line) -> Answer:
    return await do(store, change_basket(author("web"), Whose(whose), lines, None, WEB))


async def language_of(visit: Visit) -> str:
    return await visit.page.locator("html").get_attribute("lang") or ""


async def test_staff_put_into_the_basket_and_change_how_many_there_are(
    visit: Visit, shop: Shop, store: Store, hanako: str
) -> None:
    await visit.page.set_viewport_size(NARROW)
    await visit.page.goto(shop.page("U-hanako"))
    card = visit.page.locator("#basket")
    await expect(card).to_contain_text(NOTHING[await language_of(visit)])

    await card.locator("[name=sku]").fill("PEN-1")
    await card.locator("button[value=add]").click()
    await expect(card.locator(".rows [name=quantity]")).to_have_value("1")
    await card.locator(".rows [name=quantity]").fill("3")
    await card.locator("button[value=set]").click()

    await expect(card.locator(".rows [name=quantity]")).to_have_value("3")
    assert (await basket_of(store, hanako))[1] == {"PEN-1": 3}
    assert await visit.page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    assert visit.complaints == []


async def test_who_changes_what_another_door_has_changed_is_shown_the_lines_of_now(
    visit: Visit, shop: Shop, store: Store, hanako: str
) -> None:
    await put(store, hanako, Line(PEN, 2))
    await visit.page.goto(shop.page("U-hanako") + "/buying")
    await put(store, hanako, Line(INK, 1))

    await visit.page.locator("#basket .rows button").click()

    await expect(visit.page.locator(".warning")).to_contain_text(CHANGED[await language_of(visit)])
    await expect(visit.page.locator("#basket .rows li")).to_have_count(2)


async def test_an_offer_is_made_and_declined_and_warned_of_before_it_is_made_again(visit: Visit, shop: Shop) -> None:
    await visit.page.set_viewport_size(NARROW)
    await visit.page.goto(shop.page("U-hanako"))
    language = await language_of(visit)
    card = visit.page.locator("#offers")

    async def offer() -> None:
        await card.locator("[name=what]").select_option("product")
        await card.locator("[name=thing]").fill("PEN-1")
        await card.locator("button[value=offer]").click()

    await offer()
    await expect(card.locator(".rows li")).to_have_count(1)
    await card.locator("button[value=DECLINED]").click()
    await expect(card.locator(".flag-bad")).to_have_text(DECLINED[language])
    await offer()

    await expect(visit.page.locator("#declined-before")).to_contain_text(BEFORE[language])
    assert await visit.page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    await visit.page.locator("button[value=offer-anyway]").click()
    await expect(card.locator(".rows li")).to_have_count(2)
    assert visit.complaints == []


async def test_who_wants_to_be_asked_later_has_a_day_for_it(visit: Visit, shop: Shop, store: Store, hanako: str) -> None:
    await do(store, make_offer(author("bot"), Whose(hanako), Thing(text="修理のご案内"), WEB))
    await visit.page.goto(shop.page("U-hanako"))
    card = visit.page.locator("#offers")

    await card.locator("button[value=LATER]").click()
    await expect(visit.page.locator(".warning")).to_be_visible()
    await card.locator("[name=until]").fill("2099-04-01")
    await card.locator("button[value=LATER]").click()

    await expect(card.locator("time").first).to_be_visible()
    assert await store.read("MATCH (o:Offer) RETURN o.state, o.until") == [["LATER", "2099-03-31T15:00:00.000000Z"]]


async def test_a_page_that_is_open_shows_what_another_door_puts_in_and_what_was_declined_there(
    scripted: Visit, shop: Shop, store: Store, hanako: str
) -> None:
    await scripted.page.goto(shop.page("U-hanako"))
    await expect(scripted.page.locator("#live-state, #live")).not_to_have_count(0)

    await put(store, hanako, Line(PEN, 2))
    await expect(scripted.page.locator("#basket .rows [name=quantity]")).to_have_value("2")
    made = await do(store, make_offer(author("bot"), Whose(hanako), Thing(product=PEN), WEB))
    await do(store, answer_offer(author("app"), made["offer"], Reply("DECLINED"), Door("APP")))
    await expect(scripted.page.locator("#offers .flag-bad")).to_have_text(DECLINED["ja"])
    await do(store, mark_seen(author("app"), Whose(hanako), [INK], Door("APP")))
    await expect(scripted.page.locator("#seen .rows li")).to_have_count(1)
    assert scripted.complaints == []


async def test_what_they_have_to_do_with_is_chosen_and_what_was_typed_in_vain_stays(
    shop: Shop, store: Store, hanako: str
) -> None:
    # given
    await put(store, hanako, Line(PEN, 1))
    address, headers = shop.page("U-hanako") + "/buying", {"sec-fetch-site": "same-origin", "accept-language": "en"}
    client = shop.server.client
    assert '<option value="PEN-1">' in (await client.get(address)).text
    # when
    in_vain = await client.post(address, data={"pressed": "offer", "what": "coupon", "thing": "PNE-1"}, headers=headers)
    basket = await client.post(address, data={"pressed": "add", "sku": "PNE-2", "quantity": "1", "version": "0"}, headers=headers)
    # then
    assert (in_vain.status_code, 'value="PNE-1"' in in_vain.text, 'value="PNE-2"' in basket.text) == (422, True, True)
    assert '<option value="coupon" selected>' in in_vain.text
    # when the number of a product is chosen, whichever kind stands beside it
    made = await client.post(address, data={"pressed": "offer", "what": "coupon", "thing": "PEN-1"}, headers=headers)
    assert made.status_code == 303
    asked = "query ($id: ID!) { customer(by: {id: $id}) { offers { edges { node { product { sku } } } } } }"
    found = await shop.server.ask(asked, id=shop.customers["U-hanako"])
    assert found["data"]["customer"]["offers"]["edges"] == [{"node": {"product": {"sku": "PEN-1"}}}]


@pytest.mark.parametrize("sent", [{"pressed": "none"}, {"pressed": "set", "product": "x", "quantity": "many"}])
async def test_a_form_that_is_none_of_ours_is_refused(shop: Shop, sent: dict[str, str]) -> None:
    address = f"/admin/customers/{shop.customers['U-hanako']}/buying"

    answer = await shop.server.client.post(address, data=sent, headers={"Sec-Fetch-Site": "same-origin"})

    assert answer.status_code == 400


async def test_a_customer_that_is_not_there_is_a_404(shop: Shop) -> None:
    assert (await shop.server.client.get("/admin/customers/nonsense/buying")).status_code == 404
