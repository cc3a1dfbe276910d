"""The pages of jobs: an export and an erasure are asked for, watched, approved by somebody else, in both languages."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx2
import pytest

from graph.store import Store
from resolvers.access.roles import Role
from tests.admin.people import told
from tests.admin.test_roles import sign_in
from tests.running import Running, running

ENDED = re.compile(r"完了|Done")


@pytest.fixture(scope="module")
async def server(store: Store, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Running]:
    async with running(store, tmp_path_factory.mktemp("jobs")) as started:
        await told(started)
        yield started


async def customer(server: Running, mail: str) -> str:
    found = await server.ask("query ($m: String!) { customer(by: {email: $m}) { id } }", m=mail)
    return found["data"]["customer"] and found["data"]["customer"]["id"]


@asynccontextmanager
async def browser_of(server: Running, role: Role) -> AsyncIterator[httpx2.AsyncClient]:
    headers = {"Accept-Language": "en", "Sec-Fetch-Site": "same-origin"}
    async with httpx2.AsyncClient(base_url=server.address, headers=headers, timeout=60) as browser:
        await sign_in(browser, role)
        yield browser


async def ended(browser: httpx2.AsyncClient, page: str) -> str:
    """Return a job's page once it has ended; one that is read while its customer is deleted may fail, and is asked for again."""
    async with asyncio.timeout(60):
        while (answer := await browser.get(page)).status_code != 200 or "every 2s" in answer.text:
            await asyncio.sleep(0.05)
    return answer.text


async def test_an_export_is_asked_for_watched_and_taken_away_without_scripts(server: Running) -> None:
    async with browser_of(server, Role.STEWARD) as browser:
        await follow_an_export(server, browser)


async def follow_an_export(server: Running, browser: httpx2.AsyncClient) -> None:
    address = f"/admin/customers/{await customer(server, 'hanako@example.jp')}/export"
    form = await browser.get(address)
    key = re.search(r'name="key" value="(\w+)"', form.text)
    assert (form.status_code, "試験 花子" in form.text, key is not None) == (200, True, True)
    sent = {"reason": "Letter of 1 April", "key": key[1] if key else ""}
    asked = [await browser.post(address, data=sent) for _ in range(2)]
    assert [answer.status_code for answer in asked] == [303, 303]
    assert len({answer.headers["location"] for answer in asked}) == 1
    page = await ended(browser, asked[0].headers["location"])
    assert "Letter of 1 April" in page
    assert "Done" in page
    path = re.search(r'href="(/exports/[\w-]+)" download', page)
    assert path is not None
    file = await browser.get(path[1])
    assert (file.status_code, file.content[:2]) == (200, b"PK")
    listed = (await browser.get("/admin/jobs")).text
    assert ("Export of a customer" in listed, "試験 花子" in listed) == (True, True)


async def test_an_erasure_says_what_it_will_do_and_a_second_person_approves_it(server: Running) -> None:
    async with browser_of(server, Role.STEWARD) as steward, browser_of(server, Role.ADMIN) as admin:
        await follow_an_erasure(server, steward, admin)


async def follow_an_erasure(server: Running, steward: httpx2.AsyncClient, admin: httpx2.AsyncClient) -> None:
    address = f"/admin/customers/{await customer(server, 'taro@example.jp')}/erasure"
    form = (await steward.get(address)).text
    assert "kept for others; the tie to this customer is erased" in form
    refused = await steward.post(address, data={"reason": " ", "key": "no-reason"})
    assert (refused.status_code, 'role="alert"' in refused.text) == (409, True)
    asked = await steward.post(address, data={"reason": "Letter of 2 April", "key": "erase-taro"})
    page = asked.headers["location"]
    alone = await steward.post(page, data={"key": "alone"})
    assert (alone.status_code, "Somebody else must" in alone.text) == (409, True)
    assert 'type="submit">Approve' in (await admin.get(page)).text
    assert (await admin.post(page, data={"key": "approve-taro"})).status_code == 303
    text = await ended(admin, page)
    assert ("Done" in text, "Letter of 2 April" in text, "development-steward" in text) == (True, False, True)
    assert await customer(server, "taro@example.jp") is None
    assert (await steward.get(address)).status_code == 404


@pytest.mark.parametrize("role", [Role.CALL_CENTER, Role.STORE_STAFF, Role.MARKETING])
async def test_a_role_that_may_not_ask_is_shown_nothing_of_it(server: Running, role: Role) -> None:
    async with browser_of(server, role) as browser:
        await look_for_jobs(server, browser)


async def test_an_analyst_sees_their_own_jobs_and_asks_for_nothing_about_a_customer(server: Running) -> None:
    async with browser_of(server, Role.ANALYST) as browser:
        own = f"/admin/customers/{await customer(server, 'hanako@example.jp')}"
        jobs = await browser.get("/admin/jobs")
        statuses = [(await browser.get(f"{own}/{what}")).status_code for what in ("export", "erasure")]
    assert (jobs.status_code, statuses) == (200, [403, 403])
    assert "Letter of" not in jobs.text


async def look_for_jobs(server: Running, browser: httpx2.AsyncClient) -> None:
    own = f"/admin/customers/{await customer(server, 'hanako@example.jp')}"
    for address in ("/admin/jobs", "/admin/jobs/Sm9iOm5vbmU", f"{own}/export", f"{own}/erasure"):
        assert (await browser.get(address)).status_code == 403, address
    for page in ((await browser.get("/admin/stores")).text, (await browser.get(own)).text):
        assert "/admin/jobs" not in page
        assert "/export" not in page
        assert "/erasure" not in page


@pytest.mark.parametrize("address", ["/admin/jobs/nothing", "/admin/jobs/Sm9iOm5vbmU", "/admin/customers/nobody/export"])
async def test_a_page_of_nothing_is_a_designed_404(server: Running, address: str) -> None:
    answer = await server.client.get(address)
    assert (answer.status_code, 'class="problem"' in answer.text) == (404, True)
