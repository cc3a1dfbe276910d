"""The review queue in Chromium: pairs are compared, decided, put off and taken back, by keyboard and without scripts."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from playwright.async_api import Page, expect

from graph.decisions.queue import rank_due
from graph.store import Store
from tests.admin.conftest import Visit
from tests.admin.people import person, phone
from tests.running import Running, running

NARROW = {"width": 390, "height": 800}
DIFFERS = {"ja": "相違", "en": "Differs"}
# All but who has signed in
EMPTY = "MATCH (n) WHERE NOT n:Session AND NOT n:Migration AND NOT n:MigrationLock DETACH DELETE n"
GUARD = {"ja": "名が", "en": "given names differ"}


def pair(number: int) -> list[dict[str, Any]]:
    """Return two made-up people with one mobile number, whose given names differ."""
    mobile = phone(f"090-5555-{number:04}")
    given = ("一郎", "花子")
    return [
        person(f"D-{number}-{each}", {"name": {"family": f"試験{number}", "given": each}, "identifiers": [mobile]})
        for each in given
    ]


@pytest.fixture(scope="module")
async def server(store: Store, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Running]:
    async with running(store, tmp_path_factory.mktemp("matches")) as started:
        yield started


@pytest.fixture
async def queue(server: Running, store: Store) -> str:
    """Four pairs that wait; the address of the queue."""
    await store.write(lambda transaction: transaction.run(EMPTY))
    await server.post([each for number in range(1, 5) for each in pair(number)])
    await rank_due(store)
    return f"{server.address}/admin/matches"


async def open_pair(visit: Visit) -> str:
    """Return the address of the pair that is open."""
    return str(await visit.page.locator("a.match-link[aria-current]").get_attribute("href"))


async def press(page: Page, key: str) -> None:
    """Press a key once the script of the page is there, which shows the button with the keys."""
    await expect(page.locator("#keys-open")).to_be_visible()
    await page.keyboard.press(key)


async def test_pairs_are_decided_put_off_and_taken_back_by_the_keyboard_alone(scripted: Visit, queue: str) -> None:
    page = scripted.page
    await page.goto(queue)
    links = page.locator("a.match-link")
    await expect(links).to_have_count(4)
    first = await open_pair(scripted)
    await press(page, "j")
    await expect(links.nth(1)).to_have_attribute("aria-current", "true")
    await press(page, "k")
    await expect(links.nth(0)).to_have_attribute("aria-current", "true")
    # The same person: the next pair is shown, with a way back to this one.
    await press(page, "a")
    await expect(page.locator(".match-done")).to_be_visible()
    await expect(links).to_have_count(3)
    assert await open_pair(scripted) != first
    await press(page, "z")
    await expect(links).to_have_count(4)
    assert await open_pair(scripted) == first
    await press(page, "n")
    await expect(links).to_have_count(3)
    second = await open_pair(scripted)
    await press(page, "l")
    await expect(page.locator(".match-groups .flag")).to_have_count(1)
    assert await open_pair(scripted) != second
    await expect(links.last).to_have_attribute("href", second)
    await press(page, "z")
    await expect(page.locator(".match-groups .flag")).to_have_count(0)
    assert await open_pair(scripted) == second
    await press(page, "?")
    await expect(page.locator("#keys")).to_be_visible()
    assert scripted.complaints == []


async def test_a_pair_shows_what_differs_and_is_decided_without_scripts_on_a_telephone(visit: Visit, queue: str) -> None:
    page = visit.page
    await page.set_viewport_size(NARROW)
    await page.goto(queue)
    language = str(await page.locator("html").get_attribute("lang"))
    await expect(page.locator(".match-pair > p strong")).to_contain_text(GUARD[language])
    await expect(page.locator("tr.match-differs")).to_contain_text([DIFFERS[language]])
    assert await page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    await page.locator("button[value=same]").click()
    await expect(page.locator(".match-done")).to_be_visible()
    await expect(page.locator("a.match-link")).to_have_count(3)
    await page.locator("button[value=undo]").click()
    await expect(page.locator("a.match-link")).to_have_count(4)
    assert visit.complaints == []


async def test_a_pair_that_somebody_else_has_decided_is_told_of_and_leads_on(scripted: Visit, queue: str) -> None:
    page, other = scripted.page, await scripted.context.new_page()
    for each in (page, other):
        await each.goto(queue)
    await other.locator("button[value=not-same]").click()
    await expect(other.locator(".match-done")).to_be_visible()
    await page.locator("button[value=same]").click()
    await expect(page.locator("a.match-link")).to_have_count(3)


async def test_a_value_is_blocked_and_freed_on_its_page_which_says_who_has_it(visit: Visit, queue: str) -> None:
    page = visit.page
    await page.set_viewport_size(NARROW)
    await page.goto(queue)
    await page.locator(".match-pair a[href^='/admin/identifiers/']").click()
    await expect(page.locator("tbody tr")).to_have_count(2)
    for state, button in (("flag-bad", "block"), ("flag-good", "free")):
        await page.locator("input[name=reason]").fill("試験のため")
        await page.locator(f"button[value={button}]").click()
        await expect(page.locator(".facts .flag")).to_have_class(f"flag {state}")
        await expect(page.locator(".notice")).to_be_visible()
        await expect(page.locator("tbody tr")).to_have_count(2)
    assert await page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    assert visit.complaints == []


async def test_what_ties_the_records_is_drawn_beside_the_same_as_a_table(visit: Visit, queue: str) -> None:
    page = visit.page
    await page.goto(queue)
    customer = await page.locator(".match-sides thead a").first.get_attribute("href")
    await page.goto(f"{queue.removesuffix('/admin/matches')}{customer}/graph")
    await expect(page.locator("#ties tbody tr")).to_have_count(2)
    await expect(page.locator("#ties .flag-plain")).to_have_count(1)
    # Without scripts there is the table alone.
    drawn = await page.locator("html[lang=ja]").count() == 1
    await expect(page.locator("#graph")).to_be_visible(visible=drawn)
    await expect(page.locator("#graph canvas")).to_have_count(3 if drawn else 0)
    assert visit.complaints == []
