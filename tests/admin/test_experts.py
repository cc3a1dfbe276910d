"""Who is asked about a case has its customer on their pages, with the reason in the access log, until the case is done."""

from __future__ import annotations

import httpx2
import pytest

from resolvers.access.roles import Role
from tests.admin.people import HANAKO, TARO
from tests.admin.streams import stream
from tests.admin.test_case_page import done, in_hours, team
from tests.admin.test_cases import customers, opened, server
from tests.admin.test_jobs import browser_of
from tests.api.http.test_answering import lines
from tests.running import Running

__all__ = ["server"]

HIDDEN = ("090-5555-0101", "hanako@example.jp", "tel:", "mailto:")


async def asked(server: Running, subject: str) -> tuple[str, str]:
    """Open a case about which the team of the expert is asked."""
    await team(server, "product", "development-expert")
    case, number = await opened(server, subject)
    async with browser_of(server, Role.CALL_CENTER) as browser:
        await done(browser, case, "escalate", ask_team="product", ask_note="試験の問い", answer_by=in_hours(5))
    return case, number


async def resolve(server: Running, case: str) -> None:
    async with browser_of(server, Role.CALL_CENTER) as browser:
        await done(browser, case, "resolve", note="試験の対応", code="SOLVED")


def hanako() -> str:
    return f"/admin/customers/{customers[HANAKO]}"


@pytest.mark.parametrize("language", ["ja", "en"])
async def test_the_case_and_the_customer_open_for_the_expert_until_the_case_is_done(server: Running, language: str) -> None:
    async with browser_of(server, Role.EXPERT) as expert:
        expert.headers["Accept-Language"] = language
        assert (await expert.get(hanako())).status_code == 404
        case, number = await asked(server, f"試験の閲覧 {language}")
        page = (await expert.get(f"/admin/cases/{case}")).text
        assert all(words in page for words in (f'href="{hanako()}"', "試験 花子", "試験の問い"))
        shown = await expert.get(hanako())
        assert (shown.status_code, "試験 花子" in shown.text, number in shown.text) == (200, True, True)
        assert [words for words in HIDDEN if words in shown.text + page] == []
        assert "試験 花子" in (await expert.get("/admin/cases")).text
        await resolve(server, case)
        gone = [(await expert.get(address)).status_code for address in (f"/admin/cases/{case}", hanako())]
        assert gone == [404, 404]
        assert number not in (await expert.get("/admin/cases")).text


async def test_nobody_else_opens_and_nobody_can_be_looked_up(server: Running) -> None:
    case, _ = await asked(server, "試験の限定")
    async with browser_of(server, Role.EXPERT) as expert:
        assert (await expert.get(f"/admin/customers/{customers[TARO]}")).status_code == 404
        page = await expert.get(f"/admin/cases/{case}")
        assert 'name="query"' not in page.text
        found: httpx2.Response = await expert.post("/admin", data={"query": "試験"})
        assert found.status_code == 403
    await resolve(server, case)


async def test_an_open_page_is_emptied_when_the_case_is_done(server: Running) -> None:
    case, _ = await asked(server, "試験の終わり")
    async with (
        browser_of(server, Role.EXPERT) as expert,
        stream(server, f"{hanako()}/live", expert) as customer,
        stream(server, f"/admin/cases/{case}/live", expert) as page,
    ):
        shown = [await customer.next(), await customer.next()], [await page.next(), await page.next()]
        assert all("試験 花子" in events[1].data for events in shown)
        await resolve(server, case)
        for each in (customer, page):
            told = await each.next()
            while "試験 花子" in told.data or told.pieces.targets != ["#main"]:  # who else has it open may come between
                told = await each.next()
            assert (await each.next()).name == "ended"


async def test_the_access_log_names_the_case_because_of_which_they_were_read(server: Running) -> None:
    case, number = await asked(server, "試験の記録")
    async with browser_of(server, Role.EXPERT) as expert:
        before = len(lines(server))
        await expert.get(hanako())
        told = {(line["subject"], line["purpose"]) for line in lines(server)[before:]}
        assert told == {("development-expert", number)}
        await expert.post("/admin/purpose", data={"purpose": "試験の確認", "to": "/admin"})
        before = len(lines(server))
        await expert.get(f"/admin/cases/{case}")
        assert {line["purpose"] for line in lines(server)[before:]} == {f"試験の確認 {number}"}
    await resolve(server, case)
