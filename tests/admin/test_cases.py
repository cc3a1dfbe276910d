"""The pages of cases: the inbox by view and filter, what is done with those that are ticked, in both languages and by role."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from typing import Any
from uuid import uuid4

import httpx2
import pytest
from playwright.async_api import Browser

from graph.keys import store_id
from graph.store import Store
from resolvers.access.roles import OUTSIDE, Role
from resolvers.engine import ids
from tests.admin.people import HANAKO, TARO, interactions, people, places
from tests.admin.test_jobs import browser_of
from tests.graph.cases.working import not_sent
from tests.running import IN_CHROMIUM, Running, running

OPEN = "mutation ($input: CaseOpenInput!) { caseOpen(input: $input) { case { id number } userErrors { message } } }"
ME = "development-call_center"
READING = {Role.ADMIN, Role.STEWARD, Role.CALL_CENTER, Role.STORE_STAFF, Role.FRANCHISE_STAFF, Role.ANALYST, Role.EXPERT}
WORKING = READING - {Role.ANALYST, Role.EXPERT}


@pytest.fixture(scope="module")
async def server(store: Store, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Running]:
    async with running(store, tmp_path_factory.mktemp("cases")) as started:
        await started.post(places())
        known = people()
        receipts = await started.post(known)
        await started.post(interactions()[:4])
        customers.update({event["subject"]: each["customerId"] for event, each in zip(known, receipts, strict=True)})
        yield started


customers: dict[str, str] = {}


async def opened(server: Running, subject: str, **more: Any) -> tuple[str, str]:
    """Open a case and return its id and number."""
    given = {
        "subject": subject,
        "idempotencyKey": uuid4().hex,
        **({} if {"storeId", "customerId"} & more.keys() else {"customerId": customers[HANAKO]}),
    }
    done = (await server.ask(OPEN, "call_center", input=given | more))["data"]["caseOpen"]
    assert done["userErrors"] == []
    return done["case"]["id"], done["case"]["number"]


def numbers(page: str) -> set[str]:
    """Return the numbers of the cases that a page lists."""
    return set(re.findall(r'<span class="case-number">(C-\d+)</span>', page))


def counted(page: str, view: str) -> int:
    found = re.search(rf'view={view}"[^>]*><span>[^<]*</span> <span class="case-count[^"]*">([\d,]+)<', page)
    assert found is not None, view
    return int(found[1])


def ticked(page: str, *chosen: str) -> list[str]:
    """Return the values of the boxes of cases, by their numbers."""
    return [value for value in re.findall(r'name="case" value="([^"]+)"', page) if value.split()[2] in chosen]


def done(page: str) -> list[str]:
    """Return the numbers of the cases with which something was done, as the page says it."""
    found = re.search(r'<p class="notice" role="status"><svg.*?</svg> <span>([^<]*)</span>', page, re.DOTALL)
    return re.findall(r"C-\d+", found[1]) if found else []


def key(page: str) -> str:
    found = re.search(r'name="key" value="([\w-]+)"', page)
    assert found is not None
    return found[1]


async def test_each_view_is_an_address_and_says_how_many_it_has(server: Running) -> None:
    _, urgent = await opened(server, "試験の至急", priority="URGENT", topic="DELIVERY")
    _, mine = await opened(server, "試験の担当", assignee=ME)
    store = ids.encode("Store", store_id("yokohama"))
    _, shop = await opened(server, "試験の依頼", storeId=store)
    async with browser_of(server, Role.CALL_CENTER) as browser:
        listed = {
            view: (await browser.get(f"/admin/cases?view={view}")).text for view in ("mine", "unassigned", "all", "resolved")
        }
        assert numbers(listed["mine"]) == numbers((await browser.get("/admin/cases")).text) == {mine}
        assert numbers(listed["unassigned"]) >= {urgent, shop}
        assert numbers(listed["all"]) >= {urgent, mine, shop}
        assert "Nothing waits in this view." in listed["resolved"]
        assert counted(listed["all"], "all") == len(numbers(listed["all"]))
        assert counted(listed["all"], "mine") == 1
        narrowed = (await browser.get("/admin/cases?view=all&priority=URGENT&topic=DELIVERY")).text
        assert numbers(narrowed) == {urgent}
        assert numbers((await browser.get(f"/admin/cases?view=all&store={store}")).text) == {shop}
        none = (await browser.get("/admin/cases?view=all&tag=nothing")).text
        assert "No case in this view matches the filter." in none
        assert (await browser.get("/admin/cases?view=nothing")).status_code == 400
        assert (await browser.get("/admin/cases?priority=nothing")).status_code == 400


@pytest.mark.parametrize(("language", "named"), [("en", "Reply not delivered"), ("ja", "返信の不達")])
async def test_a_case_whose_reply_was_not_delivered_stands_in_a_view_of_its_own(
    server: Running, store: Store, language: str, named: str
) -> None:
    own_id, number = await opened(server, "試験の不達")
    await opened(server, "試験の到着")
    async with browser_of(server, Role.CALL_CENTER) as browser:
        headers = {"Accept-Language": language}
        before = numbers((await browser.get("/admin/cases?view=bounced", headers=headers)).text)
        await not_sent(store, ids.decode_as("Case", own_id))
        shown = (await browser.get("/admin/cases?view=bounced", headers=headers)).text
        page = (await browser.get(f"/admin/cases/{own_id}", headers=headers)).text
    assert numbers(shown) == before | {number}
    assert counted(shown, "bounced") == len(before) + 1
    assert f'<h2 id="list-title">{named}</h2>' in shown
    assert "MAIL_REFUSED" in page


@pytest.mark.parametrize("language", ["en", "ja"])
async def test_the_views_fit_beside_the_list(chromium: Browser, server: Running, store: Store, language: str) -> None:
    own_id, _ = await opened(server, "試験の幅")
    await not_sent(store, ids.decode_as("Case", own_id))
    context = await chromium.new_context(locale=language, viewport={"width": 1280, "height": 900})
    await context.add_cookies(IN_CHROMIUM)
    page = await context.new_page()
    await page.goto(f"{server.address}/admin/cases?view=bounced")
    entry = page.locator("#case-views a[aria-current=page]")
    # On one line, as the others are
    heights = [(await each.bounding_box() or {})["height"] for each in await page.locator("#case-views a").all()]
    assert await entry.locator(".case-count").is_visible()
    assert len(set(heights)) == 1
    assert await page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    await context.close()


@pytest.mark.parametrize(
    ("language", "all_of", "done"), [("en", "All cases", "Resolved and closed"), ("ja", "案件一覧", "解決・終了")]
)
async def test_the_cases_of_one_customer_are_a_list_to_which_their_page_leads(
    server: Running, language: str, all_of: str, done: str
) -> None:
    _, hers = await opened(server, "試験の一覧", priority="HIGH")
    _, his = await opened(server, "試験の別件", customerId=customers[TARO])
    async with browser_of(server, Role.CALL_CENTER) as browser:
        headers = {"Accept-Language": language}
        page = (await browser.get(f"/admin/customers/{customers[HANAKO]}", headers=headers)).text
        link = re.search(rf'href="([^"]+)">{all_of}</a>', page)
        assert link is not None
        shown = (await browser.get(link[1].replace("&amp;", "&"), headers=headers)).text
        narrowed = (await browser.get(f"/admin/cases?view=all&customer={customers[TARO]}&priority=HIGH", headers=headers)).text
        gone = (await browser.get(f"/admin/cases?view=resolved&customer={customers[TARO]}", headers=headers)).text
        assert (await browser.get("/admin/cases?view=all&customer=nobody")).status_code == 404
    assert hers in numbers(shown)
    assert his not in numbers(shown)
    assert f'<a href="/admin/customers/{customers[HANAKO]}">試験 花子</a>' in shown
    assert f'href="/admin/cases?view=resolved&amp;customer={customers[HANAKO]}">{done}</a>' in shown
    assert f'<input type="hidden" name="customer" value="{customers[HANAKO]}">' in shown
    assert (numbers(narrowed), numbers(gone)) == (set(), set())


async def test_what_is_ticked_is_taken_and_who_has_one_already_is_told(server: Running) -> None:
    _, free = await opened(server, "試験の一括")
    _, had = await opened(server, "試験の先客", assignee="suzuki")
    async with browser_of(server, Role.CALL_CENTER) as browser:
        shown = (await browser.get("/admin/cases?view=all")).text
        sent = {"case": ticked(shown, free, had), "pressed": "take", "key": key(shown)}
        for language, words in (("en", f"suzuki has taken {had} already."), ("ja", "すでにsuzukiさんが担当")):
            answer = await browser.post("/admin/cases?view=all", data=sent, headers={"Accept-Language": language})
            assert (answer.status_code, words in answer.text) == (409, True)
            assert done(answer.text) == [free]
        assert free in numbers((await browser.get("/admin/cases?view=mine")).text)
        nothing = await browser.post("/admin/cases", data={"pressed": "take", "key": "none"})
        assert "No case was selected." in nothing.text
        assert (await browser.post("/admin/cases", data={"pressed": "x", "case": sent["case"], "key": "x"})).status_code == 400
        assert (await browser.post("/admin/cases", data={"pressed": "take", "case": "x y", "key": "x"})).status_code == 400


async def test_a_case_that_has_changed_since_it_was_read_is_not_resolved_with_the_rest(server: Running) -> None:
    _, one = await opened(server, "試験の解決")
    _, other = await opened(server, "試験の行き違い")
    async with browser_of(server, Role.CALL_CENTER) as browser:
        shown = (await browser.get("/admin/cases?view=all")).text
        await browser.post("/admin/cases", data={"case": ticked(shown, other), "pressed": "take", "key": uuid4().hex})
        resolving = {"case": ticked(shown, one, other), "pressed": "state", "state": "RESOLVED", "key": key(shown)}
        assert (await browser.post("/admin/cases?view=all", data=resolving)).status_code == 409
        said = {**resolving, "code": "SOLVED", "note": "試験の対応", "key": uuid4().hex}
        answer = await browser.post("/admin/cases?view=all", data=said)
        assert (answer.status_code, f"{other}: " in answer.text) == (409, True)
        assert (one in numbers(answer.text), other in numbers(answer.text)) == (False, True)
        assert one in numbers((await browser.get("/admin/cases?view=resolved")).text)


@pytest.mark.parametrize("role", sorted(frozenset(Role) - OUTSIDE))
async def test_who_reads_cases_has_an_inbox_and_who_works_on_them_its_buttons(server: Running, role: Role) -> None:
    await opened(server, "試験の閲覧")
    async with browser_of(server, role) as browser:
        page: httpx2.Response = await browser.get("/admin/cases?view=all")
        assert page.status_code == (200 if role in READING else 403)
        if role in READING:
            assert ('value="take"' in page.text) == (role in WORKING)
        stores = (await browser.get("/admin/stores")).text
        assert ("/admin/cases" in stores) == (role in READING)
