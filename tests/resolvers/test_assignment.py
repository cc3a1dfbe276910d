"""Assignment of cases over GraphQL: who is there, why somebody got a case, and what they may decline."""

from __future__ import annotations

from typing import Any

import pytest

from graph.cases.distributing import distribute
from graph.store import Store
from resolvers.access.roles import Role
from resolvers.access.viewer import Viewer
from resolvers.engine import ids
from tests.conftest import wipe
from tests.graph.cases.working import customer, opened, person, tell
from tests.resolvers.test_case_work import ADMIN, do, on, read
from tests.resolvers.test_cases import HANAKO, OPERATOR, ask

OTHER = Viewer("op-2", frozenset({Role.CALL_CENTER}))
THERE = "{ availability { available capacity workingOn teams { code assigns offerMinutes } } }"
WHY = """assignee queuedSince assignedAutomatically takeUpBy
  history { edges { node { kind staff candidates { account reasons obstacles } } } }"""


@pytest.fixture
async def graph(store: Store) -> Store:
    await wipe(store)
    await tell(store, person("1"))
    members = [{"account": "op-1", "skills": ["DELIVERY"], "capacity": 1}, {"account": "op-2", "shift": "office"}]
    team = {"code": "care", "name": "お客様係", "members": members, "assigns": True, "offerMinutes": 30}
    assert (await do(store, "teamPut", "team { assigns }", ADMIN, **team))["team"] == {"assigns": True}
    return store


async def available(graph: Store, viewer: Viewer, value: bool = True) -> Any:
    return await do(graph, "availabilitySet", "availability { available }", viewer, available=value)


async def test_a_case_goes_to_who_is_available_with_all_who_were_looked_at(graph: Store) -> None:
    assert (await ask(graph, THERE))["availability"] == {
        "available": False,
        "capacity": 1,
        "workingOn": 0,
        "teams": [{"code": "care", "assigns": True, "offerMinutes": 30}],
    }
    own_id = await opened(graph, customer=await customer(graph), team="care", topic="DELIVERY")
    await distribute(graph)
    assert (await read(graph, own_id, WHY))["queuedSince"] is not None
    assert (await available(graph, OPERATOR))["availability"] == {"available": True}
    await distribute(graph)
    shown = await read(graph, own_id, WHY)
    assert (shown["assignee"], shown["queuedSince"], shown["assignedAutomatically"]) == ("op-1", None, True)
    assert shown["takeUpBy"] is not None
    last = shown["history"]["edges"][-1]["node"]
    assert (last["kind"], last["staff"], last["candidates"][0]) == (
        "ASSIGNED",
        "op-1",
        {"account": "op-1", "reasons": ["FREE"], "obstacles": []},
    )
    assert "AWAY" in last["candidates"][1]["obstacles"]
    assert (await ask(graph, THERE))["availability"]["workingOn"] == 1


async def test_only_who_got_a_case_automatically_declines_it_and_only_before_they_began(graph: Store) -> None:
    await available(graph, OPERATOR)
    own_id = await opened(graph, customer=await customer(graph), team="care", topic="DELIVERY")
    await distribute(graph)
    refusal = [{"code": "CONFLICT", "path": ["input", "case"]}]
    assert await on(graph, "caseDecline", own_id, OTHER) == refusal
    await on(graph, "caseNote", own_id, text="着手")
    assert await on(graph, "caseDecline", own_id) == refusal


async def test_customers_are_told_nothing_of_it_and_who_is_in_no_team_is_not_available(graph: Store) -> None:
    await available(graph, OPERATOR)
    own_id = await opened(graph, customer=await customer(graph), team="care", topic="DELIVERY")
    await distribute(graph)
    document = f'{{ case(by: {{id: "{ids.encode("Case", own_id)}"}}) {{ assignedAutomatically }} }}'
    assert await ask(graph, document, HANAKO) == {"case": {"assignedAutomatically": None}}
    assert (await ask(graph, THERE, ADMIN))["availability"] is None
    assert (await available(graph, ADMIN))["userErrors"] == [{"code": "CONFLICT", "path": ["input", "available"]}]


@pytest.mark.parametrize(
    ("more", "path"),
    [
        ({"offerMinutes": 0}, ["input", "offerMinutes"]),
        ({"name": " "}, ["input", "name"]),
        ({"members": [{"account": "a", "shift": "moon"}]}, ["input", "members", "0", "shift"]),
        ({"members": [{"account": "a"}, {"account": " a "}]}, ["input", "members", "1", "account"]),
        ({"members": [{"account": "a"}, {"account": "b", "capacity": 101}]}, ["input", "members", "1", "capacity"]),
        ({"members": [{"account": "a", "capacity": 0}]}, ["input", "members", "0", "capacity"]),
        ({"members": [{"account": "a", "languages": ["日本語"]}]}, ["input", "members", "0", "languages"]),
        ({"members": [{"account": "a", "skills": [""]}]}, ["input", "members", "0", "skills", "0"]),
        ({"members": [{"account": f"a{number}"} for number in range(151)]}, ["input", "members"]),
    ],
)
async def test_a_team_that_cannot_be_is_refused(graph: Store, more: dict[str, Any], path: list[str]) -> None:
    given: dict[str, Any] = {"code": "x", "name": "X", "members": [], **more}
    [error] = (await do(graph, "teamPut", "team { code }", ADMIN, **given))["userErrors"]
    assert (error["code"], [str(each) for each in error["path"]]) == ("INVALID_INPUT", path)
