"""The thread page: every part with transcript, promise and rule, untying and tying again, with and without JavaScript."""

from __future__ import annotations

from itertools import count

import httpx2
from graphql import parse, validate
from playwright.async_api import expect

from admin.pages.threads.operations import KINDS, OWN, THREAD_PAGE, TIE, UNTIE
from graph.touchpoints import TOUCHPOINTS
from tests.admin.conftest import Shop, Visit
from tests.admin.people import event, person, phone
from tests.admin.test_operations import SCHEMA
from tests.running import SIGNED_IN

numbers = count(1)
WORDS = {
    "ja": {"link": "一連のやり取り (3)", "separate": "切り離す", "undo": "元に戻す"},
    "en": {"link": "Conversation (3)", "separate": "Separate", "undo": "Undo: put it back"},
}


def test_what_the_page_knows_of_kinds_is_what_the_registry_says() -> None:
    assert set(KINDS) == {kind for kind, row in TOUCHPOINTS.items() if row.in_threads}
    assert set(OWN) <= {row.label for row in TOUCHPOINTS.values()}
    assert [validate(SCHEMA, parse(text)) for text in (THREAD_PAGE, TIE, UNTIE)] == [[], [], []]


async def conversation(shop: Shop) -> str:
    """Send somebody who asked one thing by chat, telephone and at the counter; return the address of their page."""
    number = next(numbers)
    by = {"by": {"identifiers": [phone(f"090-5555-08{number:02}")]}, "topic": "試験の配送"}
    messages = [
        {"at": "2026-04-01T23:10:00+09:00", "from": "customer", "text": "試験の質問です"},
        {"from": "bot", "text": "承りました"},
    ]
    contacts = [
        {"kind": "BOT_SESSION", "messages": messages, "handedOverTo": "試験窓口", **by},
        {"kind": "CALL", "direction": "INBOUND", "promise": "翌朝お電話します", **by},
        {"kind": "STORE_VISIT", "store": "shibuya", "advice": "試験の助言", **by},
    ]
    held = {"name": {"full": f"試験 会話{number}"}, "identifiers": [phone(f"090-5555-08{number:02}")]}
    told = [event("interaction", "/desk", f"thread-{number}-{place}", f"2026-04-02T{10 + place}:00:00+09:00", data)
            for place, data in enumerate(contacts)]  # fmt: skip
    receipts = await shop.server.post([person(f"U-thread-{number}", held), *told])
    return f"{shop.server.address}/admin/customers/{receipts[0]['customerId']}"


async def test_a_contact_is_separated_from_a_thread_and_put_back(visit: Visit, shop: Shop) -> None:
    page = visit.page
    await page.goto(await conversation(shop))
    words = WORDS[str(await page.locator("html").get_attribute("lang"))]
    await page.get_by_role("link", name=words["link"]).first.click()
    parts = page.locator("#parts li.touchpoint")
    await expect(parts).to_have_count(3)
    await expect(parts.nth(0)).to_contain_text("試験の質問です")
    await expect(parts.nth(0)).to_contain_text("試験窓口")
    await expect(parts.nth(1)).to_contain_text("翌朝お電話します")
    await expect(parts.nth(2)).to_contain_text("試験の助言")
    await parts.nth(1).get_by_role("button", name=words["separate"], exact=True).click()
    await expect(parts).to_have_count(2)
    await page.get_by_role("button", name=words["undo"]).first.click()
    await expect(parts).to_have_count(3)
    assert visit.complaints == []


async def test_a_lost_race_is_told_and_a_thread_that_is_not_there_is_not_found(shop: Shop) -> None:
    address = await conversation(shop)
    async with httpx2.AsyncClient(cookies=SIGNED_IN, timeout=60) as client:
        found = (await client.get(address)).text.split('href="/admin/threads/')[1].split('"')[0]
        own = f"{shop.server.address}/admin/threads/{found}"
        text = (await client.get(own)).text
        touchpoint = text.split('id="part-')[1].split('"')[0]
        sent = {"pressed": "untie", "touchpoint": touchpoint, "version": "99", "key": "lost-race"}
        same_site = {"Sec-Fetch-Site": "same-origin"}
        assert (await client.post(own, data=sent, headers=same_site)).status_code == 409
        assert (await client.post(own, data={**sent, "version": "x"}, headers=same_site)).status_code == 400
        assert (await client.get(f"{shop.server.address}/admin/threads/nothing")).status_code == 404
