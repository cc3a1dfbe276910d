"""The pages of teams: set up and changed by a form without scripts, each error by its field, with the tables in force."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from typing import Any

import httpx2
import pytest
from playwright.async_api import expect

from graph.cases.table_versions import save, take_up
from graph.cases.tables import built_in, use_tables
from graph.store import Store
from resolvers.access.roles import OUTSIDE, Role
from resolvers.engine import ids
from tests.admin.conftest import Visit
from tests.admin.test_cases import key
from tests.admin.test_jobs import browser_of
from tests.admin.test_webhooks import fits
from tests.resolvers.test_teams import SHIFTED
from tests.running import Running, running

READING = {Role.ADMIN, Role.STEWARD, Role.CALL_CENTER, Role.STORE_STAFF, Role.FRANCHISE_STAFF, Role.EXPERT}


@pytest.fixture(scope="module")
async def server(store: Store, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Running]:
    async with running(store, tmp_path_factory.mktemp("teams")) as started:
        yield started
    use_tables(built_in(), 0)


def rows(*members: dict[str, str]) -> dict[str, list[str]]:
    """Return what a browser sends of the rows of members."""
    usual = {"account": "", "skills": "", "languages": "", "capacity": "6", "shift": ""}
    return {name: [{**usual, **each}[name] for each in (*members, {})] for name in usual}


async def sent(browser: httpx2.AsyncClient, address: str, **typed: Any) -> httpx2.Response:
    """Send the form of an address as it is now."""
    page = (await browser.get(address)).text
    version = re.search(r'name="version" value="(\d+)"', page)
    assert version is not None
    return await browser.post(address, data={"key": key(page), "version": version[1], "pressed": "save", **typed})


async def saved(browser: httpx2.AsyncClient, address: str, **typed: Any) -> tuple[str, str]:
    """Send a form and return the page to which it leads, and the address of the team."""
    answer = await sent(browser, address, **typed)
    assert answer.status_code == 303, answer.text
    own_id = re.search(r"saved=([\w-]+)#saved", answer.headers["location"])
    assert own_id is not None
    return (await browser.get(answer.headers["location"])).text, f"/admin/teams/{own_id[1]}"


def missing(page: str, *words: str) -> list[str]:
    """Return those of the words that do not stand in a page."""
    return [each for each in words if each not in page]


@pytest.mark.parametrize("language", ["ja", "en"])
async def test_a_team_is_set_up_and_changed_and_stands_in_the_list(server: Running, language: str) -> None:
    async with browser_of(server, Role.ADMIN) as browser:
        browser.headers["Accept-Language"] = language
        member = {"account": "op-1", "skills": "DELIVERY、RETURNS", "languages": "ja, en", "capacity": "8", "shift": "office"}
        page, address = await saved(
            browser, "/admin/teams/new", code=f"care-{language}", name="試験の係", assigns="yes", minutes="15", **rows(member)
        )
        english = ("is saved", "15 minutes", "Japanese", "Not available")
        told = {"ja": ("保存しました", "15分以内", "日本語", "受付停止中"), "en": english}
        assert missing(page, "試験の係", "op-1", "DELIVERY, RETURNS", "office", *told[language]) == []
        form = (await browser.get(address)).text
        assert missing(form, "op-1", "DELIVERY, RETURNS", "en, ja", 'value="15"', "checked") == []
        page, _ = await saved(browser, address, name="改名した係", minutes="", **rows({"account": "op-2"}))
        section = page[page.index("改名した係") :]
        assert ("op-2" in section, "op-1" in section[: section.index("</section>")]) == (True, False)


async def test_without_a_team_the_page_says_what_to_do(store: Store, server: Running) -> None:
    async with browser_of(server, Role.ADMIN) as browser, browser_of(server, Role.CALL_CENTER) as operator:
        await nothing(store)
        assert 'href="/admin/teams/new"' in (await browser.get("/admin/teams")).text
        page = (await operator.get("/admin/teams")).text
        assert ("There is no team yet" in page, "An administrator" in page, "/admin/teams/new" in page) == (True, True, False)


async def nothing(store: Store) -> None:
    async def work(transaction: Any) -> None:
        await transaction.run("MATCH (t:Team) DETACH DELETE t")

    await store.write(work)


@pytest.mark.parametrize(
    ("typed", "where", "words"),
    [
        ({"name": " ", **rows({"account": "a"})}, "name", "Give 1 to 100 characters."),
        ({"minutes": "2000", **rows()}, "minutes", "1 to 1440 minutes"),
        ({"minutes": "soon", **rows()}, "minutes", "Enter a whole number."),
        (rows({"account": "a", "capacity": "many"}), "0-capacity", "Enter a whole number."),
        (rows({}, {"account": "a", "capacity": "500"}), "1-capacity", "The capacity must be 1 to 100."),
        (rows({"account": "a"}, {}, {"account": "a"}), "2-account", "This account is named twice."),
        (rows({"account": "a", "languages": "ja; en"}), "0-languages", "such as ja or en-US"),
        (rows({"account": "a", "shift": "moon"}), "0-shift", "There is no such calendar."),
    ],
)
async def test_what_is_wrong_stands_by_its_field_and_what_was_typed_stays(
    server: Running, typed: dict[str, Any], where: str, words: str
) -> None:
    async with browser_of(server, Role.ADMIN) as browser:
        answer = await sent(browser, "/admin/teams/new", **{"code": "wrong", "name": "試験の書きかけ", **typed})
        assert answer.status_code == 422
        assert f'id="wrong-{where}">' in answer.text
        assert words in answer.text[answer.text.index(f'id="wrong-{where}">') :].partition("</small>")[0]
        assert 'aria-invalid="true"' in answer.text
        assert ("試験の書きかけ" in answer.text) == (typed.get("name") is None)
        assert "wrong" not in (await browser.get("/admin/teams")).text


async def test_a_code_that_there_is_already_is_refused_by_its_field(server: Running) -> None:
    async with browser_of(server, Role.ADMIN) as browser:
        await saved(browser, "/admin/teams/new", code="twice", name="試験の一つ目", **rows())
        answer = await sent(browser, "/admin/teams/new", code="twice", name="試験の二つ目", **rows())
        assert (answer.status_code, "There is a team with this code already." in answer.text) == (422, True)
        page = (await browser.get("/admin/teams")).text
        assert ("試験の一つ目" in page, "試験の二つ目" in page) == (True, False)


async def test_who_was_slower_sees_the_team_as_it_is_and_keeps_what_they_typed(server: Running) -> None:
    async with browser_of(server, Role.ADMIN) as browser, browser_of(server, Role.ADMIN) as other:
        _, address = await saved(browser, "/admin/teams/new", code="race", name="試験の競合", **rows({"account": "op-1"}))
        form = (await browser.get(address)).text
        await saved(other, address, name="先に変えた名前", **rows({"account": "op-2"}))
        late = {"key": key(form), "version": "1", "pressed": "save", "name": "後から変えた名前", **rows({"account": "op-3"})}
        answer = await browser.post(address, data=late)
        assert answer.status_code == 409
        now, typed = answer.text.split('<form class="card stack team-form"')
        assert missing(now, "somebody has changed this team", "先に変えた名前", "op-2") == []
        assert missing(typed, 'value="後から変えた名前"', 'value="op-3"') == []
        version = re.search(r'name="version" value="(\d+)"', typed)
        assert version is not None
        again = await browser.post(address, data={**late, "key": key(typed), "version": version[1]})
        assert again.status_code == 303
        assert "後から変えた名前" in (await browser.get("/admin/teams")).text


async def test_further_rows_are_asked_for_without_saving(server: Running) -> None:
    async with browser_of(server, Role.ADMIN) as browser:
        answer = await sent(browser, "/admin/teams/new", pressed="rows", code="rows", name="行", **rows({"account": "op-9"}))
        assert (answer.status_code, answer.text.count('name="account"'), 'value="op-9"' in answer.text) == (200, 5, True)
        assert '<code class="quiet">rows</code>' not in (await browser.get("/admin/teams")).text


@pytest.mark.parametrize("role", sorted(frozenset(Role) - OUTSIDE))
async def test_who_may_read_has_the_page_and_its_place_in_the_menu_and_who_may_change_the_form(
    server: Running, role: Role
) -> None:
    async with browser_of(server, Role.ADMIN) as admin, browser_of(server, role) as browser:
        _, address = await saved(admin, "/admin/teams/new", code=f"role-{role}", name="試験の役割", **rows({"account": "op-1"}))
        page = await browser.get("/admin/teams")
        assert page.status_code == (200 if role in READING else 403)
        if role in READING:
            assert ("op-1" in page.text, address in page.text) == (True, role is Role.ADMIN)
        assert ('href="/admin/teams"' in (await browser.get("/admin/stores")).text) == (role in READING)
        forms = [(await browser.get(each)).status_code for each in ("/admin/teams/new", address)]
        assert forms == ([200, 200] if role is Role.ADMIN else [403, 403])
        assert (await browser.post(address, data={"name": "x"})).status_code == (422 if role is Role.ADMIN else 403)


async def test_the_page_of_no_team_is_not_found(server: Running) -> None:
    async with browser_of(server, Role.ADMIN) as browser:
        for own_id in ("nothing", ids.encode("Team", "none"), ids.encode("Store", "none")):
            assert (await browser.get(f"/admin/teams/{own_id}")).status_code == 404


async def test_the_tables_in_force_stand_there_with_their_versions(store: Store, server: Running) -> None:
    async with browser_of(server, Role.CALL_CENTER) as browser:
        page = (await browser.get("/admin/teams")).text
        assert missing(page, "version 1", "as it comes with the program", "Mon – Fri", "09:00 – 18:00") == []
        await save(store, [SHIFTED], None)
        await take_up(store)
        page = (await browser.get("/admin/teams")).text
        calendars = page[page.index('id="calendars"') :]
        assert missing(calendars, "shifts", "version 1", "since ", "09:00 – 12:00, 13:00 – 24:00") == []
        browser.headers["Accept-Language"] = "ja"
        page = (await browser.get("/admin/teams")).text
        assert missing(page, "第1版", "月 – 金", "初回返答") == []


@pytest.mark.parametrize("width", [390, 1280])
async def test_the_pages_fit_and_the_form_is_used_in_either_language(visit: Visit, server: Running, width: int) -> None:
    await visit.page.set_viewport_size({"width": width, "height": 900})
    await visit.page.goto(server.address + "/admin/teams/new")
    assert await fits(visit)
    code = f"fits-{width}-{await visit.page.locator('html').get_attribute('lang')}"
    await visit.page.locator("input[name=code]").fill(code)
    await visit.page.locator("input[name=name]").fill("試験の幅")
    await visit.page.locator("input[name=account]").first.fill("a-colleague-with-a-long-account@example.jp")
    await visit.page.locator("button[value=save]").click()
    await expect(visit.page.locator("#saved")).to_contain_text("試験の幅")
    assert await fits(visit)
    assert visit.complaints == []


async def test_the_menu_is_one_line_at_1280_pixels(visit: Visit, server: Running) -> None:
    await visit.page.set_viewport_size({"width": 1280, "height": 900})
    await visit.page.goto(server.address + "/admin/teams")
    assert await fits(visit)
    links = visit.page.locator("nav.tabs a")
    assert await links.count() == 9
    tops = await links.evaluate_all("links => links.map(each => Math.round(each.getBoundingClientRect().top))")
    assert len(set(tops)) == 1
