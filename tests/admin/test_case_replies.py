"""Replies on the page of a case: written, taken back within ten seconds with their text, and told where they failed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from playwright.async_api import expect

from graph.store import Store
from tests.admin.conftest import Visit
from tests.admin.people import HANAKO, event, mail, people, person, places
from tests.admin.test_live import reader
from tests.running import Running, running

OPEN = "mutation ($input: CaseOpenInput!) { caseOpen(input: $input) { case { id } userErrors { message } } }"
REPLIES = "query ($id: ID!) { case(by: {id: $id}) { replies { state text subject actor identifier { value } } } }"
ADDRESS = "hanako@example.jp"


@pytest.fixture(scope="module")
async def server(store: Store, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Running]:
    """With a mail server by its settings; nothing leaves before ten seconds are over, so it is never asked."""
    settings = {"smtp_host": "127.0.0.1", "smtp_port": 9, "mail_addresses": "info@shop.example.jp"}
    async with running(store, tmp_path_factory.mktemp("replies"), **settings) as started:
        await started.post([*places(), *people()])
        yield started


@pytest.fixture
async def case(server: Running, store: Store) -> str:
    """A case that a mail of Hanako has opened."""
    number = uuid4().hex
    by = {"identifiers": [{"kind": "EMAIL", "value": ADDRESS}]}
    told = {"kind": "EMAIL", "direction": "INBOUND", "subject": "試験の質問", "text": "いつ届きますか。", "by": by}
    await server.post([event("interaction", "/crm", number, datetime.now(UTC).isoformat(), told, subject=number)])
    query = "query ($id: String!) { customer(by: {email: $id}) { timeline(first: 1) { edges { node { id } } } } }"
    found = await server.ask(query, id=ADDRESS)
    [edge] = found["data"]["customer"]["timeline"]["edges"]
    given = {"idempotencyKey": number, "subject": "試験の質問", "touchpointId": edge["node"]["id"], "another": True}
    return (await server.ask(OPEN, "call_center", input=given))["data"]["caseOpen"]["case"]["id"]


async def replies(server: Running, case: str) -> list[dict[str, object]]:
    return (await server.ask(REPLIES, id=case))["data"]["case"]["replies"]


async def test_a_reply_waits_and_taken_back_stands_in_the_form_again(visit: Visit, server: Running, case: str) -> None:
    page = visit.page
    await page.goto(f"{server.address}/admin/cases/{case}")
    await page.locator("#reply-text").fill("明日お届けします。")
    await page.locator("#reply button[value=reply]").click()
    await expect(page.locator(".case-reply")).to_contain_text("明日お届けします。")
    [waiting] = await replies(server, case)
    assert (waiting["state"], waiting["text"], waiting["actor"]) == ("WAITING", "明日お届けします。", "development-admin")
    assert waiting["identifier"] == {"value": ADDRESS}
    await page.locator(".case-reply button").click()
    await expect(page.locator("#reply-text")).to_have_value("明日お届けします。")
    assert await replies(server, case) == []
    assert visit.complaints == []


async def test_a_reply_that_failed_says_so_and_why(server: Running, store: Store, case: str) -> None:
    async with reader(server, "call_center") as browser:
        opened = await browser.get(f"/admin/cases/{case}", headers={"Accept-Language": "en"})
        to = opened.text.split('<select name="reply_to"><option value="')[1].split('"')[0]
        number = opened.text.split('name="number" value="')[1].split('"')[0]
        sent = {"key": uuid4().hex, "number": number, "version": "0", "pressed": "reply", "reply_to": to, "reply_text": "試験"}
        here = {"Sec-Fetch-Site": "same-origin", "Accept-Language": "en"}
        assert (await browser.post(f"/admin/cases/{case}", data=sent, headers=here)).status_code == 303

        async def fail(transaction: object) -> None:
            await transaction.run("MATCH (y:Reply) SET y.state = 'FAILED', y.failure = 'MAIL_REFUSED'")  # type: ignore[attr-defined]

        await store.write(fail)
        page = (await browser.get(f"/admin/cases/{case}", headers={"Accept-Language": "en"})).text
    assert "Not sent" in page
    assert "MAIL_REFUSED" in page


@pytest.fixture
async def undeliverable(server: Running, case: str) -> AsyncIterator[str]:
    """The address of the case, while mail to it comes back."""

    def told(**more: str) -> dict[str, object]:
        return {"kind": "EMAIL", "by": {"identifiers": [{"kind": "EMAIL", "value": ADDRESS}]}, **more}

    number = uuid4().hex
    back = told(direction="OUTBOUND", deliveryStatus="FAILED 5.1.1")
    await server.post([event("interaction", "/mail", number, datetime.now(UTC).isoformat(), back, subject=number)])
    yield ADDRESS
    written = told(direction="INBOUND", subject="試験", text="届いていますか。")
    await server.post([event("interaction", "/mail", f"{number}-2", datetime.now(UTC).isoformat(), written)])


RETURNED = {
    "en": ("has come back as undeliverable since", "No other address or account", "undeliverable since"),
    "ja": ("宛てのメールは、", "ここから返信できる連絡先はほかにありません。", "から不達"),
}


@pytest.mark.parametrize("language", ["en", "ja"])
async def test_an_address_from_which_mail_comes_back_is_not_offered_and_says_why(
    server: Running, case: str, undeliverable: str, language: str
) -> None:
    why, nothing_else, since = RETURNED[language]
    query = "query ($id: String!) { customer(by: {email: $id}) { id } }"
    customer = (await server.ask(query, id=undeliverable))["data"]["customer"]["id"]
    async with reader(server, "call_center") as browser:
        page = (await browser.get(f"/admin/cases/{case}", headers={"Accept-Language": language})).text
        known = (await browser.get(f"/admin/customers/{customer}", headers={"Accept-Language": language})).text
    assert why in page
    assert nothing_else in page
    assert 'name="reply_to"' not in page
    assert known.count(since) == 2  # in the head, and among the contact details


async def test_another_address_is_proposed_where_mail_to_the_first_comes_back(
    server: Running, case: str, undeliverable: str
) -> None:
    other = person(HANAKO, {"identifiers": [mail("second@example.jp", verified=True)]}, time=datetime.now(UTC).isoformat())
    await server.post([other])
    async with reader(server, "call_center") as browser:
        page = (await browser.get(f"/admin/cases/{case}", headers={"Accept-Language": "en"})).text
    offered = page.split('name="reply_to"')[1].split("</select>")[0].split("<option ")[1:]
    assert ["second@example.jp" in each for each in offered] == [True, False]
    assert ["disabled" in each for each in offered] == [False, True]
    assert "second@example.jp unless you choose otherwise." in page


NOBODY = {"en": "No address or account of this customer is known", "ja": "ここから返信できる連絡先が登録されていません。"}


@pytest.mark.parametrize("language", ["en", "ja"])
async def test_a_customer_whom_nothing_reaches_in_writing_is_to_be_called(server: Running, language: str) -> None:
    subject = uuid4().hex
    told = {"identifiers": [{"kind": "PHONE", "value": f"090-5555-{int(subject[:3], 16):04d}"}]}
    [receipt] = await server.post([person(subject, told, time=datetime.now(UTC).isoformat())])
    given = {"idempotencyKey": subject, "subject": "試験の質問", "customerId": receipt["customerId"]}
    case = (await server.ask(OPEN, "call_center", input=given))["data"]["caseOpen"]["case"]["id"]
    async with reader(server, "call_center") as browser:
        page = (await browser.get(f"/admin/cases/{case}", headers={"Accept-Language": language})).text
    assert NOBODY[language] in page
    assert 'name="reply_to"' not in page


async def test_an_address_of_somebody_else_is_refused(server: Running, case: str) -> None:
    query = "query ($id: String!) { customer(by: {email: $id}) { identifiers { edges { node { identifier { id value } } } } } }"
    held = (await server.ask(query, id="taro@example.jp"))["data"]["customer"]["identifiers"]["edges"]
    other = next(each["node"]["identifier"]["id"] for each in held if each["node"]["identifier"]["value"] == "taro@example.jp")
    mutation = "mutation ($input: CaseReplyInput!) { caseReply(input: $input) { userErrors { code path } } }"
    given = {"idempotencyKey": uuid4().hex, "case": {"id": case}, "identifierId": other, "text": "試験"}
    refused = (await server.ask(mutation, "call_center", input=given))["data"]["caseReply"]["userErrors"]
    assert refused == [{"code": "NOT_FOUND", "path": ["input", "identifierId"]}]
    assert (await server.ask("{ replyChannels }", "call_center"))["data"] == {"replyChannels": ["EMAIL"]}
