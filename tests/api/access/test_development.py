"""Signing in for development: a role is chosen on a page, on loopback only."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx2
import pytest
from playwright.async_api import Browser, expect

from api.access.development_tokens import NotForDevelopment, development_tokens
from api.http.serving import require_sign_in
from api.process.settings import InvalidSettings, Settings
from graph.store import Store
from resolvers.access.roles import STAFF, Role
from tests.running import Running, running

PROVIDER = {"oidc_issuer": "https://id.example.jp", "oidc_client_id": "pages", "public_url": "https://c360.example.jp"}


@pytest.fixture(scope="module")
async def server(store: Store, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Running]:
    async with running(store, tmp_path_factory.mktemp("development")) as started:
        yield started


@pytest.fixture
async def browser(server: Running) -> AsyncIterator[httpx2.AsyncClient]:
    """A browser in which nobody has signed in."""
    headers = {"Accept-Language": "en", "Sec-Fetch-Site": "same-origin"}
    async with httpx2.AsyncClient(base_url=server.address, headers=headers, timeout=60) as one:
        yield one


@pytest.mark.parametrize("role", Role)
async def test_who_chooses_a_role_acts_in_it(browser: httpx2.AsyncClient, role: Role) -> None:
    refused = await browser.get("/admin/stores")
    page = await browser.get(refused.headers["location"])
    assert (page.status_code, f'value="{role.value}"' in page.text) == (200, role in STAFF)
    assert 'class="tabs"' not in page.text, "nowhere to go yet"
    chosen = await browser.post("/sign-in", data={"role": role.value, "to": "/admin/stores"})
    assert (chosen.status_code, chosen.headers["location"]) == (303, "/admin/stores")
    asked = await browser.post("/graphql", json={"query": "{ viewer { name roles } }"})
    assert asked.json()["data"]["viewer"] == {"name": f"development-{role.value}", "roles": [role.value]}


async def test_who_signs_out_chooses_again(browser: httpx2.AsyncClient) -> None:
    await browser.post("/sign-in", data={"role": "steward"})
    assert (await browser.get("/admin/stores")).status_code == 200
    left = await browser.post("/sign-out")
    assert "You have signed out" in (await browser.get(left.headers["location"])).text
    assert (await browser.get("/admin/stores")).status_code == 303


async def test_what_is_no_role_lets_nobody_in(browser: httpx2.AsyncClient) -> None:
    answer = await browser.post("/sign-in", data={"role": "emperor"})
    assert (answer.status_code, 'value="admin"' in answer.text) == (200, True)
    assert (await browser.get("/admin/stores")).status_code == 303


async def test_another_site_cannot_choose_for_somebody(browser: httpx2.AsyncClient) -> None:
    answer = await browser.post("/sign-in", data={"role": "admin"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert (answer.status_code, "set-cookie" in answer.headers) == (403, False)


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "::"])
def test_without_a_provider_the_server_starts_on_loopback_only(host: str) -> None:
    with pytest.raises(InvalidSettings, match="OIDC_ISSUER"):
        require_sign_in(Settings(_env_file=None, host=host))  # pyright: ignore[reportCallIssue]
    require_sign_in(Settings(_env_file=None, host=host, **PROVIDER))  # pyright: ignore[reportCallIssue, reportArgumentType]


def test_tokens_of_this_machine_are_none_where_a_provider_issues_them() -> None:
    with pytest.raises(NotForDevelopment, match="ask that provider"):
        development_tokens(Settings(_env_file=None, **PROVIDER))  # pyright: ignore[reportCallIssue, reportArgumentType]


@pytest.mark.parametrize(("width", "scripts"), [(1280, True), (390, True), (390, False)])
async def test_it_takes_one_click_in_a_browser_and_two_to_leave(
    server: Running, chromium: Browser, width: int, scripts: bool
) -> None:
    context = await chromium.new_context(locale="ja", viewport={"width": width, "height": 800}, java_script_enabled=scripts)
    page = await context.new_page()
    await page.goto(f"{server.address}/admin")
    await page.get_by_role("button", name="コールセンター オペレーター").click()
    await expect(page).to_have_url(f"{server.address}/admin")
    await page.locator(".person summary").click()
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    await page.get_by_role("button", name="ログアウト").click()
    await expect(page.get_by_role("heading", name="ログアウトしました")).to_be_visible()
    await context.close()
