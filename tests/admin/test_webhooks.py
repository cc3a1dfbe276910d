"""The pages of webhooks: an endpoint is made, its secret shown once, its log read and its buttons pressed, without scripts."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator

import httpx2
import pytest
from playwright.async_api import expect

from graph.store import Store
from resolvers.access.roles import OUTSIDE, Role
from tests.admin.conftest import Visit
from tests.admin.test_jobs import browser_of
from tests.receiving import Receiver, receiving
from tests.running import Running, running

HOSTILE = b"<script>alert(1)</script>"


@pytest.fixture(scope="module")
async def server(store: Store, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Running]:
    async with running(store, tmp_path_factory.mktemp("webhooks"), webhook_loopback=True) as started:
        yield started


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    async with receiving() as listening:
        yield listening


def hidden(page: str, value: str) -> str:
    """Return the key of the form whose button has a value."""
    found = re.search(rf'name="key" value="([\w-]+)">(?:(?!</form>).)*?name="pressed" value="{value}"', page, re.DOTALL)
    assert found is not None, value
    return found[1]


async def made(browser: httpx2.AsyncClient, url: str, *types: str) -> tuple[str, str]:
    """Make an endpoint by the form and return its page's address and its secret."""
    form = (await browser.get("/admin/webhooks")).text
    key = re.search(r'name="key" value="(\w+)"', form)
    assert key is not None
    answer = await browser.post("/admin/webhooks", data={"url": url, "types": list(types), "key": key[1]})
    secret, page = re.search(r"whsec_[\w+/=]+", answer.text), re.search(r"/admin/webhooks/[\w-]+", answer.text)
    assert secret is not None, answer.text
    assert page is not None
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
    return page[0], secret[0]


async def logged(browser: httpx2.AsyncClient, page: str, words: str) -> str:
    """Return the page once its log says something."""
    async with asyncio.timeout(60):
        while words not in (text := (await browser.get(page)).text):
            await asyncio.sleep(0.05)
    return text


async def test_an_endpoint_is_made_tested_and_its_log_shows_what_came_back(server: Running, receiver: Receiver) -> None:
    receiver.will(500, body=HOSTILE)
    async with browser_of(server, Role.ADMIN) as browser:
        page, secret = await made(browser, receiver.address + "/hook", "customer", "order.added")
        shown = (await browser.get(page)).text
        assert secret not in shown
        assert ('value="customer" checked' in shown, 'value="store" checked' in shown) == (True, False)
        assert receiver.address in (await browser.get("/admin/webhooks")).text
        pressed = await browser.post(page, data={"pressed": "test", "key": hidden(shown, "test")})
        assert (pressed.status_code, pressed.headers["location"]) == (303, page)
        shown = await logged(browser, page, "<strong>Given up")
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown
        assert "<script>alert" not in shown
        assert "webhook.test" in (await browser.get(f"{page}?state=FAILED")).text
        assert "Nothing was sent." in (await browser.get(f"{page}?state=WAITING")).text
        receiver.will(200)
        delivery = re.search(r'name="delivery" value="([\w-]+)"', shown)
        assert delivery is not None
        await browser.post(page, data={"pressed": "again", "delivery": delivery[1], "key": "again"})
        assert "sent again" in await logged(browser, page, "<strong>Delivered")


async def test_it_is_changed_switched_given_another_secret_and_removed(server: Running, receiver: Receiver) -> None:
    async with browser_of(server, Role.ADMIN) as browser:
        page, secret = await made(browser, receiver.address + "/two")
        await browser.post(page, data={"pressed": "save", "url": receiver.address + "/three", "types": ["job"], "key": "save"})
        await browser.post(page, data={"pressed": "off", "key": "off"})
        shown = (await browser.get(page)).text
        assert ("/three" in shown, 'value="job" checked' in shown, 'value="on"' in shown) == (True, True, True)
        refused = await browser.post(page, data={"pressed": "test", "key": "off-test"})
        assert (refused.status_code, "The endpoint is off." in refused.text) == (409, True)
        rotated = await browser.post(page, data={"pressed": "rotate", "key": "rotate"})
        other = re.search(r"whsec_[\w+/=]+", rotated.text)
        assert other is not None
        assert other[0] != secret
        assert "Former secret valid until" in (await browser.get(page)).text
        nothing = await browser.post(page, data={"pressed": "range", "after": "x", "key": "range"})
        assert (nothing.status_code, "not the cursor of a change" in nothing.text) == (409, True)
        gone = await browser.post(page, data={"pressed": "delete", "key": "delete"})
        assert (gone.status_code, gone.headers["location"]) == (303, "/admin/webhooks")
        assert (await browser.get(page)).status_code == 404
        assert (await browser.post(page, data={"pressed": "nothing", "key": "x"})).status_code == 400


async def test_a_url_that_is_refused_is_told_in_the_form_in_the_readers_language(server: Running) -> None:
    async with browser_of(server, Role.ADMIN) as browser:
        for language, words in (("en", "Nothing is sent there."), ("ja", "送信できません")):
            sent = {"url": "https://10.0.0.1/", "types": ["order"], "key": f"refused-{language}"}
            answer = await browser.post("/admin/webhooks", data=sent, headers={"Accept-Language": language})
            assert (answer.status_code, words in answer.text) == (422, True)
            assert 'value="https://10.0.0.1/"' in answer.text
            assert 'value="order" checked' in answer.text


@pytest.mark.parametrize("role", sorted(frozenset(Role) - {Role.ADMIN} - OUTSIDE))
async def test_nobody_else_is_shown_anything_of_it(server: Running, role: Role) -> None:
    async with browser_of(server, role) as browser:
        assert (await browser.get("/admin/webhooks")).status_code == 403
        assert (await browser.get("/admin/webhooks/V2ViaG9va0VuZHBvaW50Om5vbmU")).status_code == 403
        assert (await browser.post("/admin/webhooks", data={"url": "https://x.example"})).status_code == 403
        assert "/admin/webhooks" not in (await browser.get("/admin/stores")).text


async def test_the_page_of_nothing_is_a_designed_404(server: Running) -> None:
    for address in ("/admin/webhooks/nothing", "/admin/webhooks/V2ViaG9va0VuZHBvaW50Om5vbmU"):
        answer = await server.client.get(address)
        assert (answer.status_code, 'class="problem"' in answer.text) == (404, True)


async def fits(visit: Visit) -> bool:
    """Tell whether a page is as wide as its window, once its styles are there."""
    await visit.page.wait_for_load_state()
    return await visit.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.parametrize("width", [390, 1280])
async def test_the_pages_fit_a_phone_and_can_be_used_in_either_language(
    visit: Visit, server: Running, receiver: Receiver, width: int
) -> None:
    await visit.page.set_viewport_size({"width": width, "height": 900})
    await visit.page.goto(server.address + "/admin/webhooks")
    assert await fits(visit)
    await visit.page.locator("input[name=url]").fill(f"{receiver.address}/{'a-very-long-path' * 12}")
    await visit.page.locator("input[value=customer]").check()
    await visit.page.locator("form.stack button[type=submit]").click()
    await expect(visit.page.locator("#secret")).to_contain_text("whsec_")
    assert await fits(visit)
    await visit.page.locator("p.actions a").click()
    await visit.page.locator("button[value=test]").click()
    await expect(visit.page.locator("#deliveries li.delivery")).to_have_count(1)
    assert await fits(visit)
    assert visit.complaints == []
