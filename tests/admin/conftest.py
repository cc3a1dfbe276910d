"""The server with people whose history came in as events, and Chromium to look at their pages."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
from playwright.async_api import Browser, BrowserContext, Page

from graph.store import Store
from tests.admin.days import the_day, yokohama
from tests.admin.people import agreeing, interactions, jiro_becomes_one, orders, people, places, worries
from tests.running import IN_CHROMIUM, Running, running


@dataclass(frozen=True, slots=True)
class Shop:
    """The running server, and the GraphQL ids of its customers by their record; `merged` is an id that redirects."""

    server: Running
    customers: dict[str, str]
    merged: str

    def page(self, record: str) -> str:
        return f"{self.server.address}/admin/customers/{self.customers[record]}"


@pytest.fixture(scope="module")
async def shop(store: Store, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Shop]:
    async with running(store, tmp_path_factory.mktemp("shop")) as server:
        await server.post(places())
        known = people()
        first = await server.post(known)
        ids = {event["subject"]: receipt["customerId"] for event, receipt in zip(known, first, strict=True)}
        landed = (await server.post(jiro_becomes_one()))[0]["customerId"]
        (merged,) = {ids["U-jiro"], ids["P-jiro"]} - {landed}
        await server.post([*orders(), *interactions(), *worries(), *agreeing()])
        yield Shop(server, ids | {"U-jiro": landed, "P-jiro": landed}, merged)


@pytest.fixture(scope="module")
async def days(shop: Shop, store: Store) -> Shop:
    """The shop after two Sundays of orders and contacts; what refers to an order by number can be found."""
    await shop.server.post([*yokohama(), *the_day()])
    return shop


@dataclass(frozen=True, slots=True)
class Visit:
    """A browser window of its own; `complaints` is what its console said: policy violations, script errors."""

    page: Page
    context: BrowserContext
    complaints: list[str]
    addresses: list[str]


@pytest.fixture(params=[("ja", True), ("en", False)], ids=["ja", "en-noscript"])
async def visit(request: pytest.FixtureRequest, chromium: Browser) -> AsyncIterator[Visit]:
    """A visit in each language, once with scripts and once without: what one of them breaks shows in either."""
    language, scripts = request.param
    async for each in visiting(chromium, language, scripts=scripts):
        yield each


@pytest.fixture
async def scripted(chromium: Browser) -> AsyncIterator[Visit]:
    """A visit in Japanese with scripts, for what only scripts do."""
    async for each in visiting(chromium, "ja", scripts=True):
        yield each


async def visiting(chromium: Browser, language: str, *, scripts: bool) -> AsyncIterator[Visit]:
    context = await chromium.new_context(locale=language, java_script_enabled=scripts)
    await context.add_cookies(IN_CHROMIUM)
    page = await context.new_page()
    complaints: list[str] = []
    addresses: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    context.on("request", lambda asked: addresses.append(asked.url))
    yield Visit(page, context, complaints, addresses)
    await context.close()
