"""The pages of cases in Chromium: by the keyboard alone, live while somebody works in them, and with drafts that survive."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from typing import Any
from uuid import uuid4

from playwright.async_api import Browser, Page, expect

from tests.admin.conftest import Visit, visiting
from tests.admin.test_cases import opened, server
from tests.admin.test_live_in_chromium import connected
from tests.running import Running

__all__ = ["server"]

ASSIGN = "mutation ($input: CaseAssignInput!) { caseAssign(input: $input) { userErrors { message } } }"
NOTE = "mutation ($input: CaseNoteInput!) { caseNote(input: $input) { userErrors { message } } }"
FOCUSED = "document.activeElement.id"


async def act(server: Running, document: str, **given: Any) -> None:
    """Do something elsewhere, as somebody of the call centre."""
    body = await server.ask(document, "call_center", input={**given, "idempotencyKey": uuid4().hex})
    assert "errors" not in body, body


async def sign_in(page: Page, server: Running, role: str) -> None:
    await page.context.clear_cookies()
    await page.goto(f"{server.address}/sign-in")
    await page.locator(f"button[value={role}]").click()
    await expect(page.locator(".person")).to_be_visible()


async def test_the_keys_lead_from_view_to_view_and_past_the_last_row_to_the_next_page(scripted: Visit, server: Running) -> None:
    # given more than a page of cases
    page = scripted.page
    for number in range(31):
        await opened(server, f"試験の次のページ {number}", topic="PAGES")
    await page.goto(f"{server.address}/admin/cases?view=all&topic=PAGES")
    await page.locator("a.case-link").last.focus()
    # when
    await page.keyboard.press("j")
    # then
    await expect(page.locator("a[data-step]")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page.locator("a.case-link")).to_have_count(1)
    await expect(page.locator("#keys-open")).to_be_visible()  # its script has run
    await page.keyboard.press("j")
    await expect(page.locator("a.case-link")).to_be_focused()
    # when the views are gone through
    await page.keyboard.press("[")
    await expect(page.locator("#case-views [aria-current=page]")).to_have_attribute("href", "/admin/cases?view=snoozed")
    await expect(page.locator("#keys-open")).to_be_visible()  # its script has run
    await page.keyboard.press("]")
    await expect(page.locator("#case-views [aria-current=page]")).to_have_attribute("href", "/admin/cases?view=all")


async def test_the_inbox_is_worked_through_by_the_keyboard(scripted: Visit, server: Running) -> None:
    page = scripted.page
    cases = [await opened(server, f"試験のキー操作 {number}", topic="KEYS") for number in range(3)]
    await page.goto(f"{server.address}/admin/cases?view=all&topic=KEYS")
    rows = page.locator("a.case-link")
    await expect(rows).to_have_count(3)
    order = [str(await each.get_attribute("id")).removeprefix("open-") for each in await rows.all()]
    for pressed, place in (("j", 0), ("j", 1), ("j", 2), ("j", 2), ("k", 1)):
        await page.keyboard.press(pressed)
        assert await page.evaluate(FOCUSED) == f"open-{order[place]}"
    await page.keyboard.press("?")
    await expect(page.locator("#keys")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.locator("#keys")).to_be_hidden()
    await page.keyboard.press("x")
    await expect(page.locator(f"#tick-{order[1]}")).to_be_checked()
    await page.keyboard.press("x")
    await page.keyboard.press("a")
    await expect(page.locator(".notice:not(.live-state)")).to_contain_text("担当になりました")
    await expect(page.locator(f"#case-{order[1]} .case-holder")).to_contain_text("自分")
    await expect(page.locator(f"#open-{order[1]}")).to_be_focused()
    await page.locator(".case-filter input[name=tag]").focus()
    await page.keyboard.type("jkxae?")
    await expect(page.locator(".case-filter input[name=tag]")).to_have_value("jkxae?")
    await page.locator(f"#open-{order[1]}").focus()
    await page.keyboard.press("n")
    await expect(page.locator("#write-text")).to_be_focused()
    assert page.url.startswith(f"{server.address}/admin/cases/{order[1]}")
    await page.keyboard.type("試験のメモ")
    await page.keyboard.press("Escape")
    await page.keyboard.press("e")
    await expect(page.locator("#resolve-code")).to_be_focused()
    await page.keyboard.press("Escape")
    await page.keyboard.press("n")
    await page.keyboard.press("Control+Enter")
    await expect(page.locator("#case-entries")).to_contain_text("試験のメモ")
    await expect(page.locator("#keys-open")).to_be_visible()  # the keys of the page that came are there
    await page.keyboard.press("u")
    await expect(page.locator(f"#open-{order[1]}")).to_be_focused()
    assert page.url.endswith("/admin/cases?view=all&topic=KEYS")
    assert {own_id for own_id, _ in cases} == set(order)
    assert scripted.complaints == []


async def test_rows_change_by_themselves_and_leave_focus_and_selection(scripted: Visit, server: Running) -> None:
    page = scripted.page
    (going, _), (staying, _) = [await opened(server, f"試験の更新 {number}", topic="LIVE") for number in range(2)]
    await page.goto(f"{server.address}/admin/cases?view=unassigned&topic=LIVE")
    await connected(page)
    await page.locator(f"#tick-{staying}").check()
    await page.locator(f"#open-{staying}").focus()
    await act(server, ASSIGN, cases=[{"id": going}], assignee="suzuki")
    await expect(page.locator(f"#case-{going}")).to_have_count(0)
    coming, _ = await opened(server, "試験の新着", topic="LIVE", priority="URGENT")
    await expect(page.locator(f"#case-{coming}")).to_contain_text("至急")
    await expect(page.locator(f"#tick-{staying}")).to_be_checked()
    await expect(page.locator(f"#open-{staying}")).to_be_focused()
    await act(server, ASSIGN, cases=[{"id": staying}], assignee="suzuki")
    await expect(page.locator(f"#case-{staying}")).to_have_count(0)
    await expect(page.locator(f"#open-{coming}")).to_be_focused()
    assert scripted.complaints == []


async def test_news_waits_while_a_button_is_held_down_and_the_press_counts(scripted: Visit, server: Running) -> None:
    page = scripted.page
    case, _ = await opened(server, "試験の押下")
    await page.goto(f"{server.address}/admin/cases/{case}")
    await connected(page)
    await page.locator("button[value=take]").hover()
    await page.mouse.down()
    news = await page.evaluate_handle(
        "() => ({ came: new Promise((tell) => document.addEventListener('htmx:sse:before:message', tell, { once: true })) })"
    )
    await act(server, NOTE, case={"id": case}, text="行をずらすメモ")
    await news.evaluate("async (news) => { await news.came; }")
    await expect(page.locator("#case-entries")).not_to_contain_text("行をずらすメモ")
    await page.mouse.up()
    await expect(page.locator("#case-done .notice")).to_contain_text("担当になりました")
    await expect(page.locator("#case-entries")).to_contain_text("行をずらすメモ")


async def test_a_note_from_elsewhere_comes_in_while_somebody_writes_and_a_draft_survives_a_reload(
    scripted: Visit, server: Running
) -> None:
    page = scripted.page
    case, _ = await opened(server, "試験の下書き")
    await page.goto(f"{server.address}/admin/cases/{case}")
    await connected(page)
    await page.locator("#write-text").press_sequentially("書きかけのメモ")
    await page.locator("#resolve-note").fill("書きかけの対応")
    await page.locator("#write-text").focus()
    await act(server, NOTE, case={"id": case}, text="隣の席からのメモ")
    await expect(page.locator("#case-entries")).to_contain_text("隣の席からのメモ")
    await expect(page.locator("#write-text")).to_have_value("書きかけのメモ")
    await expect(page.locator("#write-text")).to_be_focused()
    await page.reload()
    await expect(page.locator("#write-text")).to_have_value("書きかけのメモ")
    await expect(page.locator("#resolve-note")).to_have_value("書きかけの対応")
    await page.locator("button[value=note]").click()
    await expect(page.locator("#case-entries")).to_contain_text("書きかけのメモ")
    await expect(page.locator("#write-text")).to_have_value("")
    await expect(page.locator("#resolve-note")).to_have_value("書きかけの対応")
    await page.locator("form[action='/sign-out'] button").evaluate("button => button.click()")
    await page.wait_for_url("**/sign-out/done")
    assert await page.evaluate("sessionStorage.length") == 0
    assert all("書き" not in address and "%E6%9B%B8" not in address for address in scripted.addresses)


async def test_of_two_who_press_take_at_once_one_owns_it_and_the_other_sees_who_and_keeps_the_draft(
    chromium: Browser, server: Running
) -> None:
    case, number = await opened(server, "試験の取り合い")
    async with aclosing(visiting(chromium, "ja", scripts=True)) as one, aclosing(visiting(chromium, "ja", scripts=True)) as other:
        pages = {"steward": (await anext(one)).page, "call_center": (await anext(other)).page}
        for role, page in pages.items():
            await sign_in(page, server, role)
            await page.goto(f"{server.address}/admin/cases/{case}")
            await page.locator("#write-text").fill("書きかけの返事")
        await asyncio.gather(*(page.locator("button[value=take]").click() for page in pages.values()))
        told = {}
        for role, page in pages.items():
            await expect(page.locator("#case-done :is(.warning, .notice)")).to_be_visible()
            told[role] = await page.locator("#case-done").inner_text()
            await expect(page.locator("#write-text")).to_have_value("書きかけの返事")
        owner, loser = sorted(pages, key=lambda role: "すでに" in told[role])
        assert f"{number}は、すでにdevelopment-{owner}さんが担当しています" in told[loser]
        assert "担当になりました" in told[owner]
        await expect(pages[loser].locator("#case-head .case-holder")).to_contain_text(f"development-{owner}")
