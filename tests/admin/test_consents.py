"""Consents are recorded on the pages: the form, what would come of it, and the card of the customer afterwards."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from itertools import count
from typing import Any

import httpx2
import pytest
from graphql import parse, validate
from playwright.async_api import expect

from admin.pages.consents.operations import RECORD
from admin.pages.consents.page import PURPOSES, REACHING, STATEMENTS
from admin.parts.permissions import by_purpose
from graph.vocabulary import CONTACT_POINT_KINDS
from graph.vocabulary import PURPOSES as ALL_PURPOSES
from resolvers.access.roles import OUTSIDE, Role
from resolvers.people.consent_record import ConsentStatement
from tests.admin.conftest import Shop, Visit
from tests.admin.people import HANAKO, event, mail, person, phone
from tests.admin.test_operations import SCHEMA

numbers = count(1)
WORDS = {
    "ja": {"go": "確認へ進む", "record": "記録する", "edit": "入力内容を修正する", "mail": "メール 可", "no_mail": "メール 不可"},
    "en": {
        "go": "Go on to confirm",
        "record": "Record",
        "edit": "Change the entries",
        "mail": "Email allowed",
        "no_mail": "Email not allowed",
    },
}
NO_PROOF = {"ja": "同意を記録するには", "en": "A consent needs its proof"}


def test_what_is_recorded_fits_the_schema_and_the_form_has_every_word() -> None:
    assert validate(SCHEMA, parse(RECORD)) == []
    assert PURPOSES == ALL_PURPOSES
    assert set(REACHING) == set(CONTACT_POINT_KINDS)
    assert set(STATEMENTS) == {each.name for each in ConsentStatement}  # type: ignore[attr-defined]


def test_channels_that_reach_nobody_are_left_out_and_every_purpose_stays() -> None:
    rows = [
        {"purpose": purpose, "channel": channel, "reason": reason}
        for channel, reason in (("EMAIL", "NO_CONTACT_POINT"), ("PHONE", "NOT_REFUSED"))
        for purpose in ("MARKETING", "SERVICE")
    ]
    found = by_purpose([*rows, {"purpose": "SURVEY", "channel": "EMAIL", "reason": "NO_CONTACT_POINT"}])
    assert [(each.purpose, [one["channel"] for one in each.permissions]) for each in found] == [
        ("MARKETING", ["PHONE"]),
        ("SERVICE", ["PHONE"]),
        ("SURVEY", []),
    ]


async def newcomer(shop: Shop, store: str = "shibuya") -> str:
    """Send somebody with a mail address and a mobile number, who was in a store; return the address of their page."""
    number = next(numbers)
    held = [mail(f"consent{number}@example.jp"), phone(f"090-5555-07{number:02}")]
    visit = {"kind": "STORE_VISIT", "store": store, "by": {"record": {"source": "/ec", "subject": f"U-consent-{number}"}}}
    told = [
        person(f"U-consent-{number}", {"name": {"full": f"試験 同意{number}"}, "identifiers": held}),
        event("interaction", "/pos", f"visit-consent-{number}", "2025-03-01T10:00:00+09:00", visit),
    ]
    receipts = await shop.server.post(told)
    return f"{shop.server.address}/admin/customers/{receipts[0]['customerId']}"


async def test_a_consent_is_recorded_at_the_counter_and_taken_back_by_recording_again(visit: Visit, shop: Shop) -> None:
    page, own = visit.page, await newcomer(shop)
    await page.goto(own)
    words = WORDS[str(await page.locator("html").get_attribute("lang"))]
    marketing = page.locator("#consents .permission").first
    await expect(marketing).to_contain_text(words["no_mail"])
    await page.locator("#consents .actions a").click()

    await page.locator("input[value=GRANTED]").check()
    await page.locator("select[name=point]").select_option(index=2)
    await expect(page.locator("select[name=point] option:checked")).to_contain_text("@example.jp")
    await page.locator("input[name=how]").fill("店頭の申込書")
    await page.get_by_role("button", name=words["go"]).click()
    await expect(page.locator(".deciding .warning")).to_contain_text(
        NO_PROOF[str(await page.locator("html").get_attribute("lang"))]
    )
    await expect(page.locator("input[name=how]")).to_have_value("店頭の申込書")
    await expect(page.locator("textarea")).to_have_attribute("aria-invalid", "true")
    await page.locator("textarea").fill("メールでのご案内 第3版")
    await page.get_by_role("button", name=words["go"]).click()
    await expect(page.locator("#outcome-title")).to_be_visible()
    await expect(page.locator("main")).to_contain_text("メールでのご案内 第3版")

    await page.get_by_role("button", name=words["edit"]).click()
    await expect(page.locator("textarea")).to_have_value("メールでのご案内 第3版")
    await expect(page.locator("input[value=GRANTED]")).to_be_checked()
    await page.get_by_role("button", name=words["go"]).click()
    await page.get_by_role("button", name=words["record"], exact=True).click()
    await expect(page.locator("#consents .notice")).to_be_visible()
    await expect(marketing).to_contain_text(words["mail"])

    await page.locator("#consents .actions a").click()
    await page.locator("input[value=REFUSED]").check()
    await page.get_by_role("button", name=words["go"]).click()
    await page.get_by_role("button", name=words["record"], exact=True).click()
    await expect(marketing).to_contain_text(words["no_mail"])
    assert [each for each in visit.complaints if "422" not in each] == [], (
        "the browser tells of a refused form, and of nothing else"
    )
    assert [each for each in visit.addresses if "example.jp" in each or "%E5%BA%97" in each] == []


@pytest.mark.parametrize("width", [390, 1280])
async def test_nothing_runs_out_of_the_page(visit: Visit, shop: Shop, width: int) -> None:
    await visit.page.set_viewport_size({"width": width, "height": 900})
    for address in (own := await newcomer(shop), f"{own}/consents"):
        await visit.page.goto(address)
        for summary in await visit.page.locator("#consents summary").all():
            await summary.click()
        assert await visit.page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.fixture
async def browser(shop: Shop) -> AsyncIterator[httpx2.AsyncClient]:
    headers = {"Accept-Language": "en", "Sec-Fetch-Site": "same-origin"}
    async with httpx2.AsyncClient(base_url=shop.server.address, headers=headers, timeout=60) as one:
        yield one


def typed(page: str, **texts: str) -> dict[str, str]:
    """Return what the form of a page sends, with these texts."""
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
    return {"purpose": "MARKETING", "point": "", "how": "By telephone", "text": "", "document": "", **hidden, **texts}


@pytest.mark.parametrize("role", [role for role in Role if role not in OUTSIDE])
async def test_who_may_not_record_is_neither_shown_the_form_nor_heard(
    shop: Shop, browser: httpx2.AsyncClient, role: Role
) -> None:
    own = await newcomer(shop)
    assert (await browser.post("/sign-in", data={"role": role.value})).status_code == 303
    may = role in (Role.ADMIN, Role.STEWARD, Role.CALL_CENTER)
    page, form = await browser.get(own), await browser.get(f"{own}/consents")
    # The store staff of the demo town work in Ginza, where this customer has never been.
    assert form.status_code == (200 if may else 404 if role is Role.STORE_STAFF else 403)
    assert ("/consents" in page.text) == may
    sent = await browser.post(f"{own}/consents", data=typed(form.text, statement="REFUSED", pressed="record", version="1"))
    assert sent.status_code == (303 if may else form.status_code)


async def test_store_staff_choose_among_masked_contact_points(shop: Shop, browser: httpx2.AsyncClient) -> None:
    own = await newcomer(shop, "ginza")
    await browser.post("/sign-in", data={"role": Role.STORE_STAFF.value})
    form = (await browser.get(f"{own}/consents")).text
    points = re.findall(r'<option value="(\w+)">[^<]*(?:090-\*{4}-\d{4}|c\*{3}@example\.jp)</option>', form)
    assert len(points) == 2
    sent = typed(form, statement="GRANTED", point=points[1], text="Version 3", pressed="check")
    shown = await browser.post(f"{own}/consents", data=sent)
    assert (shown.status_code, "c***@example.jp" in shown.text) == (200, True)
    done = await browser.post(f"{own}/consents", data=typed(shown.text, statement="GRANTED", pressed="record"))
    assert done.status_code == 303
    page = (await browser.get(own)).text
    assert "c***@example.jp" in page
    assert not re.search(r"consent\d+@example|5555-07", page + shown.text + form)


@pytest.mark.parametrize(
    ("texts", "status"),
    [
        ({"pressed": "record"}, 422),
        ({"pressed": "check", "statement": "GRANTED", "how": ""}, 422),
        ({"pressed": "record", "statement": "REFUSED", "version": "999"}, 409),
        ({"pressed": "record", "statement": "REFUSED", "point": "nonsense"}, 422),
        ({"pressed": "record", "statement": "REFUSED", "purpose": "SPAM"}, 400),
        ({"pressed": "record", "statement": "MAYBE"}, 400),
        ({"pressed": "record", "statement": "REFUSED", "version": "x"}, 400),
        ({"pressed": "check", "statement": "REFUSED"}, 200),
    ],
)
async def test_what_is_wrong_is_told_and_nothing_that_was_typed_is_lost(
    shop: Shop, browser: httpx2.AsyncClient, texts: dict[str, str], status: int
) -> None:
    own = await newcomer(shop)
    await browser.post("/sign-in", data={"role": Role.CALL_CENTER.value})
    form = (await browser.get(f"{own}/consents")).text
    sent = typed(form, **{"how": "By telephone", "document": "<b>rec-1</b>.wav", **texts})
    answer = await browser.post(f"{own}/consents", data=sent)
    assert answer.status_code == status
    assert "<b>rec-1" not in answer.text
    if status != 400:
        assert "&lt;b&gt;rec-1&lt;/b&gt;.wav" in answer.text
    query = "query ($id: ID!) { customer(by: {id: $id}) { consents { state } } }"
    said: Any = await shop.server.ask(query, id=own.rpartition("/")[2])
    assert said["data"]["customer"]["consents"] == []


async def test_of_nobody_nothing_is_recorded(shop: Shop) -> None:
    answer = await shop.server.client.get(f"{shop.server.address}/admin/customers/nobody/consents")
    assert (answer.status_code, 'class="problem"' in answer.text) == (404, True)
    elsewhere = {"Origin": "https://elsewhere.example"}
    answer = await shop.server.client.post(f"{shop.page(HANAKO)}/consents", data={"pressed": "record"}, headers=elsewhere)
    assert answer.status_code == 403
