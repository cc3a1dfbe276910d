"""axe-core finds nothing serious on any page: in both languages, light and dark, on a desk and on a tablet."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from playwright.async_api import Browser, Page, expect

from graph.keys import store_id
from resolvers.engine.ids import encode
from tests.admin.conftest import Shop
from tests.admin.days import CONVERSED, DAY
from tests.admin.people import HANAKO, NEWCOMER, SECOND_JIRO, TARO, event
from tests.admin.test_points import with_points
from tests.admin.test_threads import conversation
from tests.peers.axe import serious_findings
from tests.resolvers.wide_webhooks import listen
from tests.running import IN_CHROMIUM

FINGER = 44
PRESSED = (
    "a:visible, button:visible, select:visible, summary:visible, input:not([type=checkbox]):visible, "
    "label:has([type=checkbox]):visible"
)
"""A box to tick is pressed on its words as well."""
SWITCH_OFF = "MATCH (w:WebhookEndpoint) SET w.enabled = false"
PUT_TEAM = "mutation ($input: TeamPutInput!) { teamPut(input: $input) { userErrors { message } } }"
OPEN_CASE = "mutation ($input: CaseOpenInput!) { caseOpen(input: $input) { case { id } } }"
Open = Callable[[Page, Shop], Awaitable[Any]]


async def look_up(page: Page, shop: Shop, typed: str) -> None:
    await page.goto(f"{shop.server.address}/admin")
    # At once: of what is typed letter by letter, an earlier answer can come first and be replaced.
    await page.locator("#query").fill(typed)
    # In the results: a day on which nothing happened says so below them, before any answer is there.
    await expect(page.locator("#results").locator("a.candidate, .empty").first).to_be_visible()


async def below_the_bar(page: Page, shop: Shop) -> None:
    await page.goto(shop.page(HANAKO))
    await page.locator("#query").fill("03-5555-0100")
    await expect(page.locator(".bar a.candidate")).to_have_count(2)


async def with_detail(page: Page, shop: Shop) -> None:
    await page.goto(f"{shop.page(HANAKO)}?channel=LINE")
    await page.locator(".happening-head").first.click()
    await expect(page.locator("#detail h2")).to_be_visible()


async def with_tables(page: Page, shop: Shop) -> None:
    await page.goto(shop.page(HANAKO))
    for summary in await page.locator(".figures summary:visible").all():
        await summary.click()
    await page.locator(".who h1 .told").hover()


async def thing(page: Page, shop: Shop, kind: str) -> None:
    """Open the page of an order, a store or a product."""
    found = await shop.server.ask(
        """query ($number: String!) { order(by: {number: $number}) { id }
          store(by: {code: "yokohama"}) { id } product(by: {sku: "SKU-1"}) { id } }""",
        number=CONVERSED,
    )
    await page.goto(f"{shop.server.address}/admin/{kind}s/{found['data'][kind]['id']}")


async def webhook(page: Page, shop: Shop) -> None:
    """Open an endpoint that was sent something, which is off: nothing is to be sent to it now."""
    if not await shop.server.store.read("MATCH (w:WebhookEndpoint) RETURN w.id"):
        await listen(shop.server.store)
        await shop.server.store.write(lambda transaction: transaction.run(SWITCH_OFF))
    await page.goto(f"{shop.server.address}/admin/webhooks/{encode('WebhookEndpoint', 'hook-on')}")


async def thread(page: Page, shop: Shop) -> None:
    """Open a conversation of several contacts."""
    await page.goto(await conversation(shop))
    await page.locator("#timeline a[href*='/admin/threads/']").first.click()
    await expect(page.locator("#parts li.touchpoint")).to_have_count(3)


async def case(page: Page, shop: Shop, place: str = "") -> None:
    """Open the case of Hanako, or the list that has it; it is opened once."""
    given = {"subject": "試験の案件", "customerId": shop.customers[HANAKO], "priority": "URGENT", "idempotencyKey": "axe"}
    opened = await shop.server.ask(OPEN_CASE, input={**given, "note": "試験のメモ"})
    await page.goto(f"{shop.server.address}/admin/cases{place or '/' + opened['data']['caseOpen']['case']['id']}")


async def teams(page: Page, shop: Shop) -> None:
    """Open the teams, one of which has a member."""
    members = [{"account": "op-1", "shift": "office"}]
    given = {"code": "care", "name": "試験の係", "members": members, "idempotencyKey": "axe-team"}
    await shop.server.ask(PUT_TEAM, input=given)
    await page.goto(f"{shop.server.address}/admin/teams")


async def team(page: Page, shop: Shop) -> None:
    """Send the form of a team in which something is wrong."""
    await teams(page, shop)
    await page.locator("section.team a[href*='/admin/teams/']").first.click()
    await page.locator("input[name=capacity]").first.fill("many")
    await page.locator("button[value=save]").click()
    await expect(page.locator(".field-error")).to_have_count(1)


async def shelf(page: Page, shop: Shop) -> None:
    """Open the shelf of a store on which something is ready and something is asked for."""
    line = {"line": 1, "sku": "SKU-1", "name": "試験ジャケット", "quantity": 1, "amount": "5000"}
    for status in ("READY", "REQUESTED"):
        pickup = {"method": "PICKUP", "store": "yokohama", "status": status}
        told = {"status": "PLACED", "store": "web", "currency": "JPY", "lines": [line], "fulfillments": [pickup]}
        await shop.server.post([event("order", "/axe", status, "2099-01-05T10:00:00+09:00", told, subject=status)])
    await page.goto(f"{shop.server.address}/admin/pickups?store={encode('Store', store_id('yokohama'))}")
    await expect(page.locator("button[value=hand-over]").first).to_be_visible()


async def points(page: Page, shop: Shop) -> None:
    """Open an account of which something was spent."""
    await page.goto(await with_points(shop))
    await expect(page.locator("button[value=reverse]").first).to_be_visible()


PAGES: dict[str, Open] = {
    "signing in": lambda page, shop: page.goto(f"{shop.server.address}/sign-in"),
    "look-up": lambda page, shop: page.goto(f"{shop.server.address}/admin"),
    "candidates": lambda page, shop: look_up(page, shop, "03-5555-0100"),
    "candidates by name": lambda page, shop: look_up(page, shop, "はなこ"),
    "nobody": lambda page, shop: look_up(page, shop, "080-9999-0000"),
    "below the bar": below_the_bar,
    "customer": lambda page, shop: page.goto(shop.page(HANAKO)),
    "customer with open tables": with_tables,
    "customer with detail": with_detail,
    "customer who waits": lambda page, shop: page.goto(shop.page(SECOND_JIRO)),
    "new customer": lambda page, shop: page.goto(shop.page(NEWCOMER)),
    "day": lambda page, shop: page.goto(f"{shop.server.address}/admin?day={DAY}"),
    "order": lambda page, shop: thing(page, shop, "order"),
    "stores": lambda page, shop: page.goto(f"{shop.server.address}/admin/stores"),
    "store": lambda page, shop: thing(page, shop, "store"),
    "product": lambda page, shop: thing(page, shop, "product"),
    "decision": lambda page, shop: page.goto(f"{shop.page(HANAKO)}/decisions/same/{shop.customers[TARO]}"),
    "recording a consent": lambda page, shop: page.goto(f"{shop.page(HANAKO)}/consents"),
    "thread": thread,
    "webhooks": lambda page, shop: page.goto(f"{shop.server.address}/admin/webhooks"),
    "webhook": webhook,
    "teams": teams,
    "team": team,
    "inbox": lambda page, shop: case(page, shop, "?view=all"),
    "case": case,
    "opening a case": lambda page, shop: case(page, shop, f"/new?customer={shop.customers[HANAKO]}"),
    "shelf": shelf,
    "account of points": points,
    "using a coupon": lambda page, shop: page.goto(f"{shop.server.address}/admin/coupons/use?customer={shop.customers[HANAKO]}"),
    "not there": lambda page, shop: page.goto(f"{shop.server.address}/admin/customers/nobody"),
}


JA_DESK, EN_TABLET = ("ja", "light", 1280), ("en", "dark", 820)
JA_PHONE, EN_PHONE = ("ja", "light", 390), ("en", "dark", 390)


@pytest.fixture
async def page(request: pytest.FixtureRequest, chromium: Browser) -> AsyncIterator[Page]:
    language, scheme, width = request.param
    context = await chromium.new_context(
        locale=language, color_scheme=scheme, viewport={"width": width, "height": 1180}, reduced_motion="reduce"
    )
    await context.add_cookies(IN_CHROMIUM)
    yield await context.new_page()
    await context.close()


# By day each page, at night those on which most stands.
LOOKED_AT = [(JA_DESK, name) for name in PAGES] + [
    (EN_TABLET, name)
    for name in ("candidates", "customer with open tables", "customer with detail", "day", "order", "decision", "inbox", "case")
]


@pytest.mark.parametrize(("page", "name"), LOOKED_AT, indirect=["page"], ids=[f"{how[1]}-{name}" for how, name in LOOKED_AT])
async def test_axe_finds_nothing_serious(page: Page, days: Shop, name: str) -> None:
    await PAGES[name](page, days)
    assert await serious_findings(page) == []


@pytest.mark.parametrize("page", [EN_TABLET], indirect=True, ids=["en-dark-tablet"])
@pytest.mark.parametrize(
    "name",
    [
        "candidates",
        "customer",
        "customer with detail",
        "customer who waits",
        "day",
        "order",
        "store",
        "product",
        "shelf",
        "account of points",
        "using a coupon",
    ],
)
async def test_what_can_be_pressed_on_a_tablet_is_as_large_as_a_finger(page: Page, days: Shop, name: str) -> None:
    await PAGES[name](page, days)
    pressable = page.locator(PRESSED)
    small = [
        (await each.get_attribute("class"), await each.inner_text(), box["height"])
        for each in await pressable.all()
        if (box := await each.bounding_box()) and box["height"] < FINGER and box["x"] >= 0
    ]
    assert small == []


@pytest.mark.parametrize("page", [EN_PHONE, JA_PHONE], indirect=True, ids=["en-phone", "ja-phone"])
async def test_no_page_is_wider_than_a_phone(page: Page, days: Shop) -> None:
    wider: dict[str, int] = {}
    for name, opened in PAGES.items():
        await opened(page, days)
        await page.wait_for_load_state()
        if beyond := await page.evaluate("() => document.documentElement.scrollWidth - innerWidth"):
            wider[name] = beyond
    assert wider == {}
