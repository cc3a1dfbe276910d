"""Two people on one case in Chromium: each sees the other come, begin a reply and leave, and nobody sees themselves."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from uuid import uuid4

import orjson
import pytest
from playwright.async_api import Browser, Locator, Page, expect

from api.access.cookies import key_of
from api.access.development_tokens import claims_of
from graph.cases import board as boards
from graph.sessions.sessions import Session, begin_session
from resolvers.access.roles import Role
from tests.admin.conftest import visiting
from tests.admin.test_case_replies import case, server
from tests.admin.test_live_in_chromium import connected
from tests.peers.axe import serious_findings
from tests.running import Running

__all__ = ["case", "server"]

VIEWS, WRITES = "佐藤 見本さんが閲覧中です", "佐藤 見本さんが返信を作成中です"
DRAFT = "お調べしております。"
HIDDEN = """hidden => {
  Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
  document.dispatchEvent(new Event("visibilitychange"));
}"""
"""The tab goes to the background, or comes back: without a window of its own, a browser shows all tabs."""
ON_TOP = """element => {
  const { left, top, width, height } = element.getBoundingClientRect();
  return element.contains(document.elementFromPoint(left + width / 2, top + height / 2));
}"""
"""Whether an element is seen, and nothing lies over it."""


@pytest.fixture(autouse=True)
def _of_no_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who is on a case stays there however slow the machine is, and lists are told without a pause between two times."""
    monkeypatch.setattr("graph.cases.present.LEASE_SECONDS", 86_400)
    monkeypatch.setattr(boards, "LIST_SECONDS", 0.0)


@asynccontextmanager
async def colleague(chromium: Browser, server: Running, name: str, language: str = "ja") -> AsyncGenerator[Page]:
    """Return the window of somebody of the call centre, each time of somebody else; its console has nothing to say."""
    secret = uuid4().hex
    claims = {**claims_of(Role.CALL_CENTER), "sub": f"operator-{secret}", "name": name}
    await begin_session(server.store, key_of(secret), Session(secret, orjson.dumps(claims).decode()), datetime.now(UTC))
    visits = visiting(chromium, language, scripts=True)
    try:
        visit = await anext(visits)
        await visit.context.clear_cookies()
        cookie = {"name": "customer360_session", "value": secret, "domain": "127.0.0.1", "path": "/"}
        await visit.context.add_cookies([cookie])  # type: ignore[list-item]
        yield visit.page
        assert visit.complaints == []
    finally:
        await visits.aclose()  # type: ignore[attr-defined]


def present(page: Page, case: str) -> Locator:
    return page.locator(f"#presence-{case}")


async def test_each_sees_the_other_come_begin_a_reply_and_leave(chromium: Browser, server: Running, case: str) -> None:
    async with colleague(chromium, server, "佐藤 見本") as sato, colleague(chromium, server, "鈴木 見本") as suzuki:
        await suzuki.goto(f"{server.address}/admin/cases/{case}")
        await connected(suzuki)
        inbox = await suzuki.context.new_page()
        await inbox.goto(f"{server.address}/admin/cases?view=all")
        await connected(inbox)
        places = [present(suzuki, case), present(inbox, case)]
        for each in places:
            await expect(each).to_be_empty()
        await sato.goto(f"{server.address}/admin/cases/{case}")
        for each in places:
            await expect(each).to_have_text(VIEWS)
        await expect(present(sato, case)).to_have_text("鈴木 見本さんが閲覧中です")
        await sato.locator("#reply-text").press_sequentially(DRAFT)
        for each in places:
            await expect(each).to_have_text(WRITES)
        await sato.locator("#reply-text").fill("")
        for each in places:
            await expect(each).to_have_text(VIEWS)
        await sato.locator("#reply-text").fill(DRAFT)
        await sato.reload()  # the draft stands there again
        await expect(sato.locator("#reply-text")).to_have_value(DRAFT)
        for each in places:
            await expect(each).to_have_text(WRITES)
        await sato.goto(f"{server.address}/admin/stores")
        for each in places:
            await expect(each).to_be_empty()


async def test_one_is_nobody_else_in_ones_own_second_tab_and_what_one_types_stays(
    chromium: Browser, server: Running, case: str
) -> None:
    async with colleague(chromium, server, "佐藤 見本") as sato, colleague(chromium, server, "鈴木 見本", "en") as suzuki:
        await sato.goto(f"{server.address}/admin/cases/{case}")
        second = await sato.context.new_page()
        await second.goto(f"{server.address}/admin/cases/{case}")
        await connected(second)
        await second.locator("#reply-text").fill(DRAFT)
        await second.locator("#reply-text").focus()
        await suzuki.goto(f"{server.address}/admin/cases/{case}")
        await expect(present(suzuki, case).locator(".flag")).to_have_text(["佐藤 見本 is writing a reply"])
        await expect(present(second, case).locator(".flag")).to_have_text(["鈴木 見本さんが閲覧中です"])
        await expect(second.locator("#reply-text")).to_have_value(DRAFT)
        await expect(second.locator("#reply-text")).to_be_focused()
        await second.close(run_before_unload=True)  # as a person closes a tab
        await expect(present(suzuki, case).locator(".flag")).to_have_text(["佐藤 見本 is viewing"])


async def test_a_page_in_the_background_is_left_unless_a_reply_is_begun_there(
    chromium: Browser, server: Running, case: str
) -> None:
    async with colleague(chromium, server, "佐藤 見本") as sato, colleague(chromium, server, "鈴木 見本") as suzuki:
        for page in (suzuki, sato):
            await page.goto(f"{server.address}/admin/cases/{case}")
        await expect(present(suzuki, case)).to_have_text(VIEWS)
        await sato.evaluate(HIDDEN, True)
        await expect(present(suzuki, case)).to_be_empty()
        await sato.evaluate(HIDDEN, False)
        await expect(present(suzuki, case)).to_have_text(VIEWS)
        await sato.locator("#reply-text").fill(DRAFT)
        await expect(present(suzuki, case)).to_have_text(WRITES)
        for hides in (True, False):  # at once, and then by itself again and again
            async with sato.expect_request(lambda asked: asked.method == "POST" and asked.url.endswith("/live")) as said:
                if hides:
                    await sato.evaluate(HIDDEN, True)
            assert "state=writing" in str((await said.value).post_data)
        await expect(present(suzuki, case)).to_have_text(WRITES)


@pytest.mark.parametrize(("language", "writes"), [("ja", WRITES), ("en", "佐藤 見本 is writing a reply")])
@pytest.mark.parametrize("width", [390, 1280])
async def test_who_is_there_fits_into_list_and_page(
    chromium: Browser, server: Running, case: str, language: str, writes: str, width: int
) -> None:
    async with colleague(chromium, server, "佐藤 見本") as sato, colleague(chromium, server, "鈴木 見本", language) as suzuki:
        await sato.goto(f"{server.address}/admin/cases/{case}")
        await sato.locator("#reply-text").fill(DRAFT)
        await suzuki.set_viewport_size({"width": width, "height": 900})
        for address in ("/admin/cases?view=all", f"/admin/cases/{case}"):
            await suzuki.goto(server.address + address)
            await expect(present(suzuki, case)).to_have_text(writes)
            await present(suzuki, case).scroll_into_view_if_needed()
            assert await present(suzuki, case).locator(".flag").evaluate(ON_TOP)
            assert await suzuki.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
            assert await serious_findings(suzuki) == []
        await suzuki.locator("#write-text").scroll_into_view_if_needed()
        assert await present(suzuki, case).locator(".flag").evaluate(ON_TOP)  # also beside the forms, far down the page
