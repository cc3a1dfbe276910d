"""The page of a job in a browser: it follows the job by itself, and fits a phone."""

from __future__ import annotations

import re

import anyio
import pytest
from playwright.async_api import expect

from tests.admin.conftest import Shop, Visit
from tests.admin.people import HANAKO, NEWCOMER
from tests.admin.test_decisions import language_of

ENDED = re.compile(r"完了|Done")


@pytest.mark.parametrize("width", [390, 1280])
async def test_the_page_of_a_job_follows_it_by_itself_in_either_language(visit: Visit, shop: Shop, width: int) -> None:
    await visit.page.set_viewport_size({"width": width, "height": 900})
    await visit.page.goto(shop.page(HANAKO) + "/export")
    await visit.page.locator("textarea").fill("ご本人の請求")
    await visit.page.locator("form.deciding button").click()
    standing = visit.page.locator("#job")
    await expect(standing).to_be_visible()
    scripts = await language_of(visit) == "ja"
    with anyio.fail_after(60):
        while not scripts and not await visit.page.locator("#job a[download]").count():
            await visit.page.reload()
    await expect(visit.page.locator("#job a[download]")).to_be_visible()
    await expect(standing).to_contain_text(ENDED)
    assert await visit.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    await visit.page.goto(shop.page(NEWCOMER) + "/erasure")
    await expect(visit.page.locator("#preview-title")).to_be_visible()
    assert await visit.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert visit.complaints == []
