"""Teams and the tables of targets and calendars over GraphQL: how much everybody has, who is there, and who may read it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from graph.cases.assigning import assign
from graph.cases.calendars import Calendar, Closure, Hours
from graph.cases.setting import set_state
from graph.cases.states import WAITING_CUSTOMER
from graph.cases.table_versions import save, take_up
from graph.cases.tables import built_in, use_tables
from graph.cases.targets import Target
from graph.events.newest import utc_text
from graph.store import Store
from resolvers.access.roles import Role
from resolvers.access.viewer import Viewer
from resolvers.execution import execute
from tests.conftest import wipe
from tests.graph.cases.working import author, customer, opened, person, seen, tell
from tests.graph.cases.working import do as command
from tests.resolvers.test_case_work import ADMIN, do
from tests.resolvers.test_cases import ask

TEAMS = """{ teams { code version openCases members { account available onShift workingOn } } }"""
TABLES = """{ caseTables {
  targetsVersion targetsSince targets { name clock seconds warningSeconds calendar priority rank }
  calendars { name version since timeZone hours { weekday opens closes } holidays closures { first last everyYear } }
} }"""
YESTERDAY = datetime.now(UTC).date() - timedelta(days=1)
AWAY = Closure(YESTERDAY, YESTERDAY + timedelta(days=3))
NEVER_NOW = Calendar("past", 0, "", "UTC", ((Hours(0, 1440),),) * 7, closures=(AWAY,))
SHIFTED = Calendar("shifts", 0, "", "UTC", ((Hours(540, 720), Hours(780, 1440)), *((),) * 6), frozenset({date(2027, 1, 1)}))


@pytest.fixture
async def graph(store: Store) -> AsyncIterator[Store]:
    await wipe(store)
    use_tables(built_in(), 0)
    await tell(store, person("1"))
    yield store
    use_tables(built_in(), 0)


async def put(store: Store, code: str, *members: dict[str, Any], **more: Any) -> Any:
    return await do(store, "teamPut", "team { version }", ADMIN, code=code, name=code, members=list(members), **more)


async def test_a_team_tells_its_open_cases_and_its_members_what_they_work_on(graph: Store) -> None:
    await put(graph, "care", {"account": "a"}, {"account": "b"})
    await put(graph, "shop", {"account": "a"})
    cases = [await opened(graph, customer=await customer(graph), team="care") for _ in range(3)]
    await command(graph, assign(author("a"), [seen(each) for each in cases[:2]], take=True, team=None, staff=None))
    await command(graph, set_state(author("a"), [seen(cases[0])], WAITING_CUSTOMER, None, None))
    await command(graph, set_state(author("a"), [seen(cases[2])], "RESOLVED", "SOLVED", "解決"))
    b = {"account": "b", "available": False, "onShift": True, "workingOn": 0}
    a = {**b, "account": "a", "workingOn": 1}
    assert (await ask(graph, TEAMS, ADMIN))["teams"] == [
        {"code": "care", "version": 1, "openCases": 2, "members": [a, b]},
        {"code": "shop", "version": 1, "openCases": 0, "members": [a]},
    ]


async def test_whose_calendar_is_closed_now_is_not_on_shift(graph: Store) -> None:
    always = replace(NEVER_NOW, id="always", closures=())
    await save(graph, [NEVER_NOW, always], None)
    await take_up(graph)
    await put(graph, "care", {"account": "a", "shift": "past"}, {"account": "b", "shift": "always"}, {"account": "c"})
    [team] = (await ask(graph, TEAMS, ADMIN))["teams"]
    assert [each["onShift"] for each in team["members"]] == [False, True, True]


async def test_store_staff_count_the_cases_that_they_may_read(graph: Store) -> None:
    await put(graph, "care", {"account": "a"})
    await opened(graph, customer=await customer(graph), team="care")
    staff = Viewer("s", frozenset({Role.STORE_STAFF}), stores=frozenset({"ginza"}))
    assert [(await ask(graph, TEAMS, viewer))["teams"][0]["openCases"] for viewer in (ADMIN, staff)] == [1, 0]


async def test_a_team_that_somebody_else_has_changed_is_refused_with_its_version_of_now(graph: Store) -> None:
    shown = "team { version } userErrors { code path currentVersion }"
    assert (await put(graph, "care", version=0))["team"] == {"version": 1}
    await put(graph, "care", {"account": "a"}, version=1)
    given = {"code": "care", "name": "care", "members": [], "version": 1}
    answer = await do(graph, "teamPut", shown, ADMIN, **given)
    assert answer == {"team": None, "userErrors": [{"code": "CONFLICT", "path": ["input", "version"], "currentVersion": 2}]}


async def test_what_comes_with_the_program_has_the_first_version_and_no_time(graph: Store) -> None:
    told = (await ask(graph, TABLES, ADMIN))["caseTables"]
    assert (told["targetsVersion"], told["targetsSince"], len(told["targets"])) == (1, None, 7)
    [office] = told["calendars"]
    assert (office["name"], office["version"], office["since"], office["timeZone"]) == ("office", 1, None, "Asia/Tokyo")
    assert office["hours"] == [{"weekday": day, "opens": "09:00", "closes": "18:00"} for day in range(1, 6)]
    assert "2026-01-01" in office["holidays"]


async def test_what_a_company_saves_is_told_as_it_is_in_force_now(graph: Store) -> None:
    before = utc_text(datetime.now(UTC))
    await save(graph, [SHIFTED], [Target("gold", "RESOLUTION", 7200, 600, "shifts", rank="GOLD", priority="HIGH")])
    await save(graph, [replace(SHIFTED, closures=(Closure(date(2026, 12, 29), date(2027, 1, 3), every_year=True),))], None)
    await take_up(graph)
    told = (await ask(graph, TABLES, ADMIN))["caseTables"]
    assert (told["targetsVersion"], told["targetsSince"] > before[:19]) == (2, True)
    assert told["targets"] == [
        {
            "name": "gold", "clock": "RESOLUTION", "seconds": 7200, "warningSeconds": 600, "calendar": "shifts",
            "priority": "HIGH", "rank": "GOLD",
        }
    ]  # fmt: skip
    [shifts] = [each for each in told["calendars"] if each["name"] == "shifts"]
    assert shifts.pop("since") > before[:19]
    assert shifts == {
        "name": "shifts", "version": 2, "timeZone": "UTC", "holidays": ["2027-01-01"],
        "hours": [{"weekday": 1, "opens": "09:00", "closes": "12:00"}, {"weekday": 1, "opens": "13:00", "closes": "24:00"}],
        "closures": [{"first": "2026-12-29", "last": "2027-01-03", "everyYear": True}],
    }  # fmt: skip


@pytest.mark.parametrize("role", [Role.ANALYST, Role.MARKETING, Role.CUSTOMER])
async def test_who_has_nothing_to_do_with_cases_reads_neither(graph: Store, role: Role) -> None:
    for document in (TEAMS, TABLES):
        body = (await execute(graph, document, {}, None, Viewer("x", frozenset({role})))).body
        assert [error["extensions"]["code"] for error in body["errors"]] == ["FORBIDDEN"]
