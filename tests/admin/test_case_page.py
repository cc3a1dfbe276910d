"""The page of a case: each form does what it says, what is refused keeps what was typed, without scripts."""

from __future__ import annotations

import asyncio
import re
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import httpx2
import pytest
from graphql import parse, validate

from admin.pages.cases.operations import document
from admin.pages.cases.ways import WAYS
from graph.keys import store_id
from resolvers.access.roles import Role
from resolvers.engine import ids
from tests.admin.people import HANAKO, event
from tests.admin.test_cases import ME, customers, key, opened, server
from tests.admin.test_jobs import browser_of
from tests.admin.test_operations import SCHEMA
from tests.running import Running

__all__ = ["server"]

TOKYO = ZoneInfo("Asia/Tokyo")
TEAM = "mutation ($input: TeamPutInput!) { teamPut(input: $input) { userErrors { message } } }"
FIRST = "query ($id: ID!) { customer(by: {id: $id}) { timeline(first: 1) { edges { node { id } } } } }"


def in_hours(hours: int) -> str:
    """Return a time ahead as a field of a form has it."""
    return f"{datetime.now(TOKYO) + timedelta(hours=hours):%Y-%m-%dT%H:%M}"


async def press(browser: httpx2.AsyncClient, case: str, pressed: str, **typed: str) -> httpx2.Response:
    """Press a button of the page as it is now."""
    page = (await browser.get(f"/admin/cases/{case}")).text
    version = re.search(r'name="version" value="(\d+)"', page)
    assert version is not None
    button = {"step": pressed} if " " in pressed else {"pressed": pressed}
    return await browser.post(f"/admin/cases/{case}", data={"key": key(page), "version": version[1], **button, **typed})


async def done(browser: httpx2.AsyncClient, case: str, pressed: str, **typed: str) -> str:
    """Press a button and return the page to which it leads."""
    answer = await press(browser, case, pressed, **typed)
    assert (answer.status_code, answer.headers.get("location")) == (
        303,
        f"/admin/cases/{case}?done={pressed.partition(' ')[0]}",
    ), answer.text
    return (await browser.get(answer.headers["location"])).text


async def team(server: Running, code: str, *members: str) -> None:
    given = {"code": code, "name": "試験部", "members": [{"account": each} for each in members], "idempotencyKey": uuid4().hex}
    assert (await server.ask(TEAM, input=given))["data"]["teamPut"]["userErrors"] == []


def test_each_button_is_a_mutation_of_the_schema() -> None:
    assert [
        (name, errors) for name, (mutation, _) in WAYS.items() if (errors := validate(SCHEMA, parse(document(mutation))))
    ] == []


@pytest.mark.parametrize(
    ("language", "why"),
    [
        ("en", "Nothing is sent from here: no mailbox and no LINE account is set up."),
        ("ja", "メールもLINEも送信設定がないため、ここからは返信できません。"),
    ],
)
async def test_where_nothing_can_be_sent_it_is_said_why(server: Running, language: str, why: str) -> None:
    case, _ = await opened(server, "試験の返信")
    async with browser_of(server, Role.CALL_CENTER) as browser:
        page = (await browser.get(f"/admin/cases/{case}", headers={"Accept-Language": language})).text
    assert why in page
    assert 'name="reply_to"' not in page


async def test_a_case_is_taken_noted_handed_on_and_let_go(server: Running) -> None:
    case, number = await opened(server, "試験の応対", note="試験の最初のメモ")
    async with browser_of(server, Role.CALL_CENTER) as browser:
        page = (await browser.get(f"/admin/cases/{case}")).text
        assert all(words in page for words in (number, "試験の応対", "試験 花子", "試験の最初のメモ", "Unassigned"))
        assert "<strong>You</strong>" in await done(browser, case, "take")
        assert "試験のメモ" in await done(browser, case, "note", text="試験のメモ")
        assert "suzuki" in await done(browser, case, "assign", assignee="suzuki")
        assert "Unassigned" in await done(browser, case, "free")


async def test_what_a_case_is_can_be_changed_tagged_and_put_off(server: Running) -> None:
    case, _ = await opened(server, "試験の変更")
    async with browser_of(server, Role.CALL_CENTER) as browser:
        page = await done(browser, case, "update", subject="試験の別件", priority="URGENT", topic="RETURN")
        assert all(words in page for words in ("試験の別件", "Urgent", "RETURN"))
        assert 'value="untag VIP"' in await done(browser, case, "tag", tag="VIP")
        assert 'value="untag VIP"' not in await done(browser, case, "untag VIP")
        assert 'value="wake -"' in await done(browser, case, "snooze", until=in_hours(30))
        assert 'value="wake -"' not in await done(browser, case, "wake -")


async def test_another_team_is_asked_and_answers(server: Running) -> None:
    await team(server, "product", "development-expert")
    case, _ = await opened(server, "試験の質問", note="試験の経緯")
    async with browser_of(server, Role.EXPERT) as expert, browser_of(server, Role.CALL_CENTER) as browser:
        assert (await expert.get(f"/admin/cases/{case}")).status_code == 404
        page = await done(browser, case, "escalate", ask_team="product", ask_note="試験の問い", answer_by=in_hours(5))
        assert "試験部 has been asked" in page
        assert "試験の問い" in (await expert.get(f"/admin/cases/{case}")).text
        assert case in (await expert.get("/admin/cases")).text
        assert "試験の答え" in await done(expert, case, "answer", answer="試験の答え")
        assert 'id="form-answer"' not in (await expert.get(f"/admin/cases/{case}")).text


async def test_a_promise_is_made_and_kept(server: Running) -> None:
    case, _ = await opened(server, "試験の約束")
    async with browser_of(server, Role.CALL_CENTER) as browser:
        page = await done(browser, case, "promise", promise="試験の折り返し", promise_due=in_hours(3))
        promise = re.search(r'value="keep ([\w-]+)"', page)
        assert promise is not None
        assert "試験の折り返し" in (await browser.get(f"/admin/customers/{customers[HANAKO]}")).text
        assert 'value="keep' not in await done(browser, case, f"keep {promise[1]}")


async def test_a_contact_is_put_into_the_case_and_taken_out(server: Running) -> None:
    case, number = await opened(server, "試験の追加")
    async with browser_of(server, Role.CALL_CENTER) as browser:
        page = (await browser.get(f"/admin/cases/{case}")).text
        contact = re.search(r'value="tie ([\w-]+)"', page)
        assert contact is not None
        tied = await done(browser, case, f"tie {contact[1]}")
        assert (f'value="untie {contact[1]}"' in tied, "added by a colleague" in tied) == (True, True)
        assert f"</svg> {number} " in (await browser.get(f"/admin/customers/{customers[HANAKO]}")).text
        assert f'value="tie {contact[1]}"' in await done(browser, case, f"untie {contact[1]}")


async def test_a_resolution_needs_its_code_and_keeps_the_note_until_it_has_one(server: Running) -> None:
    case, _ = await opened(server, "試験の完了")
    async with browser_of(server, Role.CALL_CENTER) as browser:
        for language, words in (("en", "Choose"), ("ja", "解決区分を指定してください。")):
            browser.headers["Accept-Language"] = language
            refused = await press(browser, case, "resolve", note="試験の書きかけ")
            assert (refused.status_code, words in refused.text, ">試験の書きかけ</textarea>" in refused.text) == (409, True, True)
        browser.headers["Accept-Language"] = "en"
        page = await done(browser, case, "resolve", note="試験の対応", code="SOLVED")
        assert ("Resolved" in page, 'value="resolve"' in page, 'value="CLOSED"' in page) == (True, False, True)
        assert "Open" in await done(browser, case, "state", state="OPEN")


async def test_of_two_who_take_it_one_has_it_and_the_other_reads_who_and_keeps_what_was_typed(server: Running) -> None:
    case, number = await opened(server, "試験の同時")
    async with browser_of(server, Role.STEWARD) as first, browser_of(server, Role.CALL_CENTER) as second:
        typed = "試験の書きかけの返事"
        await done(first, case, "take")
        for language, words in (
            ("en", f"development-steward has taken {number} already."),
            ("ja", "すでにdevelopment-stewardさん"),
        ):
            second.headers["Accept-Language"] = language
            refused = await press(second, case, "take", text=typed)
            assert (refused.status_code, words in refused.text) == (409, True)
            assert f">{typed}</textarea>" in refused.text
            assert 'role="alert" tabindex="-1" autofocus' in refused.text


async def test_taking_a_case_keeps_the_note_that_is_half_written(server: Running) -> None:
    case, _ = await opened(server, "試験の途中")
    async with browser_of(server, Role.CALL_CENTER) as browser:
        taken = await press(browser, case, "take", text="試験の途中のメモ")
        assert (taken.status_code, ">試験の途中のメモ</textarea>" in taken.text) == (200, True)


@pytest.mark.parametrize(
    ("typed", "status"),
    [
        ({"pressed": "nothing"}, 400),
        ({"step": "nothing x"}, 400),
        ({"pressed": "snooze", "until": "soon"}, 400),
        ({"version": "x"}, 400),
    ],
)
async def test_a_form_that_no_page_has_is_a_400(server: Running, typed: dict[str, str], status: int) -> None:
    case, _ = await opened(server, "試験の形式")
    async with browser_of(server, Role.CALL_CENTER) as browser:
        given = {"key": uuid4().hex, "version": "1", "pressed": "take", **typed}
        assert (await browser.post(f"/admin/cases/{case}", data=given)).status_code == status


async def test_what_there_is_not_is_a_designed_404_and_nothing_personal_stands_in_an_address(server: Running) -> None:
    async with browser_of(server, Role.CALL_CENTER) as browser:
        for address in ("/admin/cases/nothing", "/admin/cases/Q2FzZTow", "/admin/cases/new?customer=nothing"):
            answer = await browser.get(address)
            assert (answer.status_code, 'class="problem"' in answer.text) == (404, True), address


async def first_contact(server: Running) -> str:
    found = await server.ask(FIRST, id=customers[HANAKO])
    return found["data"]["customer"]["timeline"]["edges"][0]["node"]["id"]


async def open_by_form(browser: httpx2.AsyncClient, address: str, **typed: Any) -> httpx2.Response:
    form = (await browser.get(address)).text
    return await browser.post("/admin/cases/new", data={"key": key(form), "subject": "試験の登録", **typed})


async def test_a_case_is_opened_for_a_customer_a_contact_or_a_store(server: Running) -> None:
    contact = await first_contact(server)
    store = ids.encode("Store", store_id("yokohama"))
    async with browser_of(server, Role.CALL_CENTER) as browser:
        ways = {
            f"/admin/cases/new?customer={customers[HANAKO]}": {"customer": customers[HANAKO]},
            f"/admin/cases/new?touchpoint={contact}": {"touchpoint": contact},
            "/admin/cases/new": {"store": store, "assignee": ME, "promise_due": in_hours(40)},
        }
        for address, typed in ways.items():
            answer = await open_by_form(browser, address, **typed)
            assert (answer.status_code, "?done=open" in answer.headers.get("location", "")) == (303, True), answer.text
            page = (await browser.get(answer.headers["location"])).text
            assert ("試験の登録" in page, 'value="keep' in page) == (True, "promise_due" in typed)
        again = await open_by_form(browser, f"/admin/cases/new?touchpoint={contact}", touchpoint=contact, note="試験の下書き")
        assert (again.status_code, "試験の下書き" in again.text) == (422, True)
        assert (
            await open_by_form(browser, f"/admin/cases/new?touchpoint={contact}", touchpoint=contact, another="yes")
        ).status_code == 303
        unsaid = await open_by_form(browser, "/admin/cases/new", store=store, subject="")
        assert unsaid.status_code == 422


async def test_a_case_of_another_system_shows_its_number_there(server: Running) -> None:
    told = {"subject": "試験の問い合わせ"}
    await server.post([event("case", "/zendesk", "ticket-501", "2025-03-01T10:00:00+09:00", told, subject="501")])
    [[own_id]] = await server.store.read("MATCH (k:Case {external_id: '501'}) RETURN k.id")
    async with browser_of(server, Role.CALL_CENTER) as browser:
        page = (await browser.get(f"/admin/cases/{ids.encode('Case', own_id)}")).text
    assert "<code>/zendesk</code> 501" in page


@pytest.mark.parametrize("role", [Role.STORE_STAFF, Role.ANALYST, Role.ADMIN])
async def test_who_may_only_read_finds_no_form_and_who_may_not_see_words_none(server: Running, role: Role) -> None:
    case, _ = await opened(server, "試験の閲覧のみ", note="試験の内密", storeId=ids.encode("Store", store_id("yokohama")))
    async with browser_of(server, role) as browser:
        answer = await browser.get(f"/admin/cases/{case}")
        seen = {Role.STORE_STAFF: (404, False, False), Role.ANALYST: (200, False, False), Role.ADMIN: (200, True, True)}
        assert (answer.status_code, "試験の内密" in answer.text, 'name="pressed"' in answer.text) == seen[role]
        assert (await browser.get("/admin/cases/new")).status_code == (403 if role is Role.ANALYST else 200)


async def until_assigned(server: Running, number: str, account: str) -> None:
    """Return as soon as somebody has a case; the page is not asked for meanwhile, since each reading costs."""
    async with asyncio.timeout(60):
        while [[account]] != await server.store.read("MATCH (k:Case {number: $p.n}) RETURN k.staff", {"n": int(number[2:])}):
            await asyncio.sleep(0.1)


async def test_who_says_they_are_available_is_given_cases_and_sees_why_and_may_decline(server: Running) -> None:
    given = {"code": "given", "name": "自動の試験部", "members": [{"account": ME, "capacity": 100}], "assigns": True}
    made = await server.ask(TEAM, input={**given, "idempotencyKey": uuid4().hex})
    assert made["data"]["teamPut"]["userErrors"] == []
    async with browser_of(server, Role.CALL_CENTER) as browser:
        inbox = (await browser.get("/admin/cases")).text
        assert "Receive cases" in inbox
        there = await browser.post("/admin/cases/availability", data={"key": key(inbox), "available": "yes"})
        assert (there.status_code, "Stop receiving cases" in (await browser.get("/admin/cases")).text) == (303, True)
        # Of a store, not of a customer: whom nobody knows is given by room alone.
        store = ids.encode("Store", store_id("yokohama"))
        case, number = await opened(server, "試験の自動割り当て", team="given", storeId=store)
        await until_assigned(server, number, ME)
        page = (await browser.get(f"/admin/cases/{case}")).text
        assert "Assigned to you automatically. Reasons: Has room." in " ".join(page.split())
        inbox = (await browser.get("/admin/cases")).text
        away = await browser.post("/admin/cases/availability", data={"key": key(inbox), "available": "no"})
        page = await done(browser, case, "decline -")
        assert (away.status_code, "Assigned to you automatically." in page, "Declined" in page) == (303, False, True)
        page = (await browser.get(f"/admin/cases/{case}", headers={"Accept-Language": "ja"})).text
        assert "自動割り当て: 余裕がある" in page
    async with browser_of(server, Role.ADMIN) as browser:
        inbox = (await browser.get("/admin/cases")).text
        refused = await browser.post("/admin/cases/availability", data={"key": key(inbox), "available": "yes"})
        assert (refused.status_code, "You are in no team" in refused.text) == (409, True)
