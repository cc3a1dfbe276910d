"""People decide on the pages: two records are joined, told why, taken back and kept apart; a call finds its caller."""

from __future__ import annotations

from itertools import count
from typing import Any

import pytest
from graphql import build_schema, parse, validate
from playwright.async_api import expect

from admin.pages.decisions import operations as deciding
from admin.pages.decisions import page as decision_page
from tests.admin.conftest import Shop, Visit
from tests.admin.people import HANAKO, TARO, event, person, phone
from tests.admin.test_rendering import ROOM

SCHEMA = build_schema((ROOM.parent / "resolvers" / "schema.graphql").read_text("utf-8"))
families = count(1)
LATER = "2025-04-01T10:00:00+09:00"
STEPS = {
    "ja": {"same": "同じお客様…", "not-same": "別のお客様…", "undo": "取り消す…", "theirs": "このお客様のご連絡にする…"},
    "en": {"same": "The same person …", "not-same": "Not the same …", "undo": "Undo …", "theirs": "This was them …"},
}
AGREEMENT = {
    "ja": ["名が異なります。", "姓と住まいが同じです。"],
    "en": ["The given names differ.", "Surname and home are the same."],
}
"""What is told of two with a family phone, before they are joined or parted."""


@pytest.mark.parametrize("step", decision_page.STEPS.values(), ids=list(decision_page.STEPS))
def test_every_step_fits_the_schema(step: Any) -> None:
    assert validate(SCHEMA, parse(deciding.decided(step.mutation, step.input))) == []


@pytest.mark.parametrize("document", [deciding.CONCERNED, deciding.SUBJECT, deciding.COMPARED])
def test_what_is_shown_beside_it_fits_the_schema(document: str) -> None:
    assert validate(SCHEMA, parse(document)) == []


async def two_with_a_family_phone(shop: Shop, names: str) -> tuple[str, str]:
    """Send two people and a call by their telephone; return the ids of both."""
    home = phone(f"03-5555-02{names[2:]:0>2}")
    told = [
        person(f"F-{names}-{given}", {"name": {"family": names, "given": given}, "identifiers": [home]})
        for given in ("一子", "二子")
    ]
    call = event(
        "interaction",
        "/cti",
        f"call-{names}",
        "2025-03-01T10:00:00+09:00",
        {"kind": "CALL", "direction": "INBOUND", "by": {"identifiers": [home]}},
    )
    receipts = await shop.server.post([*told, call])
    return receipts[0]["customerId"], receipts[1]["customerId"]


async def language_of(visit: Visit) -> str:
    return str(await visit.page.locator("html").get_attribute("lang"))


async def decide(visit: Visit, step: str, reason: str) -> None:
    """Follow the step's link, read what would come of it, give a reason and confirm."""
    label = STEPS[await language_of(visit)][step]
    links = visit.page.get_by_role("button", name=label)
    if not await links.first.is_visible():
        for summary in await visit.page.locator("#identity summary").all():
            await summary.click()
    await links.first.click()
    await expect(visit.page.locator("#outcome-title")).to_be_visible()
    if step in ("same", "not-same"):
        rows = visit.page.locator(".comparison tbody tr")
        await expect(rows).to_contain_text(AGREEMENT[await language_of(visit)])
        await expect(rows.nth(0).locator("rect.speaks-against")).to_have_count(1)
    await visit.page.locator("textarea").fill(reason)
    await visit.page.locator("form.deciding button").click()
    await expect(visit.page.locator("#identity .notice")).to_be_visible()


@pytest.mark.parametrize("visit", [("ja", True), ("en", False)], ids=["ja", "en-noscript"], indirect=True)
async def test_a_steward_joins_two_records_sees_why_undoes_it_and_vetoes_it(visit: Visit, shop: Shop) -> None:
    family = f"試験{next(families)}"
    one, other = await two_with_a_family_phone(shop, family)
    for customer in (other, one):
        await visit.page.goto(f"{shop.server.address}/admin/customers/{customer}")

    await decide(visit, "same", "旧姓の控えで確認")
    for summary in await visit.page.locator("#identity summary").all():
        await summary.click()
    await expect(visit.page.locator("#identity")).to_contain_text("旧姓の控えで確認")

    await decide(visit, "undo", "控えは別人のもの")
    again = await shop.server.ask("query ($id: ID!) { customer(by: {id: $id}) { requestedId } }", id=other)
    assert again["data"]["customer"] == {"requestedId": None}

    await visit.page.goto(f"{shop.server.address}/admin/customers/{one}")
    await decide(visit, "not-same", "双子の姉妹です")
    # What links anybody else, and everything sent once more, changes nothing.
    account = {"kind": "EC_ACCOUNT_ID", "scope": "shop", "value": f"account of {family}"}
    await shop.server.post([person(f"F-{family}-{given}", {"identifiers": [account]}, time=LATER) for given in ("一子", "二子")])
    assert await two_with_a_family_phone(shop, family) == (one, other)
    query = "query ($a: ID!, $b: ID!) { whyNot(a: $a, b: $b) { sameCustomer obstacles { kind } } }"
    kept = (await shop.server.ask(query, a=one, b=other))["data"]["whyNot"]
    assert (kept["sameCustomer"], kept["obstacles"][0]["kind"]) == (False, "NOT_SAME")
    assert visit.complaints == []


@pytest.mark.parametrize("visit", [("ja", False)], ids=["ja-noscript"], indirect=True)
async def test_what_a_rule_joined_offers_no_undo_once_a_person_has_undone_it(visit: Visit, shop: Shop) -> None:
    family = f"試験{next(families)}"
    mobile = phone(f"090-5555-03{family[2:]:0>2}")
    name = {"family": family, "given": "一子"}
    told = [person(f"R-{family}-{subject}", {"name": name, "identifiers": [mobile]}) for subject in "12"]
    [first, second] = [receipt["customerId"] for receipt in await shop.server.post(told)]
    assert first == second
    await visit.page.goto(f"{shop.server.address}/admin/customers/{first}")
    await decide(visit, "undo", "番号を間違えて登録した")
    for summary in await visit.page.locator("#identity summary").all():
        await summary.click()
    # Which of the two records the rule had moved is chance: the undone decision stands here or with the other one.
    by_rule = visit.page.locator("#decisions > li").filter(has_not_text="番号を間違えて登録した")
    by_person = visit.page.locator("#decisions > li", has_text="番号を間違えて登録した")
    await expect(by_rule.first).to_contain_text("携帯電話番号が一致しました。")
    await expect(by_rule.get_by_role("button", name=STEPS["ja"]["undo"])).to_have_count(0)
    await expect(by_person.get_by_role("button", name=STEPS["ja"]["undo"])).to_have_count(1)


@pytest.mark.parametrize("visit", [("en", True)], ids=["en"], indirect=True)
async def test_the_operator_says_whose_the_call_was(visit: Visit, shop: Shop) -> None:
    one, other = await two_with_a_family_phone(shop, f"試験{next(families)}")
    await visit.page.goto(f"{shop.server.address}/admin/customers/{one}")
    await expect(visit.page.locator("#household")).to_contain_text("二子")
    await decide(visit, "theirs", "said her name")
    await expect(visit.page.locator("#timeline .touchpoint")).to_have_count(1)
    await visit.page.goto(f"{shop.server.address}/admin/customers/{other}")
    await expect(visit.page.locator("#possible-contacts")).to_have_count(0)

    await visit.page.goto(f"{shop.server.address}/admin/customers/{one}")
    await decide(visit, "undo", "it was her sister")
    await expect(visit.page.locator("#possible-contacts li")).to_have_count(1)
    history = visit.page.locator("#decisions > li").first
    await expect(history).to_contain_text("An employee undid this decision: An employee said whose a contact was.")
    await expect(history).to_contain_text("it was her sister")
    await expect(visit.page.locator("#decisions > li").nth(1)).to_contain_text("Call Sat 1 Mar 2025 10:00")


async def test_of_two_stewards_the_second_is_told_that_something_has_changed(scripted: Visit, shop: Shop) -> None:
    hanako, taro = shop.customers[HANAKO], shop.customers[TARO]
    await scripted.page.goto(f"{shop.server.address}/admin/customers/{hanako}/decisions/not-same/{taro}")
    await expect(scripted.page.locator("#outcome-title")).to_be_visible()
    renamed = person(TARO, {"name": {"full": "試験 太郎"}, "kana": {"full": "シケン タロー"}}, time="2025-06-01T10:00:00+09:00")
    await shop.server.post([renamed])
    await scripted.page.locator("textarea").fill("別人です")
    await scripted.page.locator("form.deciding button").click()
    await expect(scripted.page.locator(".deciding .warning")).to_be_visible()
    await expect(scripted.page.locator("textarea")).to_have_value("別人です")


@pytest.mark.parametrize("address", ["same/nobody", "unheard-of/x", "undo/nothing"])
async def test_a_decision_about_nothing_is_a_designed_404(shop: Shop, address: str) -> None:
    answer = await shop.server.client.get(f"{shop.page(HANAKO)}/decisions/{address}")
    assert (answer.status_code, 'class="problem"' in answer.text) == (404, True)


async def test_a_decision_from_another_site_is_refused(shop: Shop) -> None:
    path = f"{shop.page(HANAKO)}/decisions/same/{shop.customers[TARO]}"
    answer = await shop.server.client.post(path, data={"reason": "x"}, headers={"Origin": "https://elsewhere.example"})
    assert answer.status_code == 403
