"""Where a caller is sent, over GraphQL: the case, the team, the person and three reasons, in one statement."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from graph.events.newest import utc_text
from graph.store import Store
from resolvers.access.roles import Scope
from resolvers.access.viewer import Viewer
from resolvers.execution import execute
from tests.conftest import wipe
from tests.graph.cases.working import mail, opened, person, tell, touchpoint
from tests.resolvers.proof import CountingStore
from tests.resolvers.test_assignment import available
from tests.resolvers.test_case_work import ADMIN, do
from tests.resolvers.test_cases import HANAKO, OPERATOR, ask

MENU = Viewer("menu", frozenset(), scopes=frozenset({Scope.ASSIST}))
NUMBER = {"kind": "PHONE", "value": "03-1234-5678"}
SHOWN = "route(topic: $topic) { channel team assignee reasons case { number } }"
BY_NUMBER = f'query($topic: String) {{ customer(by: {{phone: "03-1234-5678"}}) {{ {SHOWN} }} }}'


@pytest.fixture
async def graph(store: Store) -> Store:
    await wipe(store)
    now = utc_text(datetime.now(UTC))
    await tell(store, person("1", NUMBER), person("2", given="太郎"), mail("m1", time=now, topic="DELIVERY"))
    members = [{"account": "op-1"}, {"account": "op-2", "skills": ["REPAIR"]}]
    await do(store, "teamPut", "team { code }", ADMIN, code="care", name="お客様係", members=members)
    return store


async def sent(graph: Store, viewer: Viewer = OPERATOR, topic: str | None = None) -> Any:
    return (await ask(graph, BY_NUMBER, viewer, topic=topic))["customer"]["route"]


async def test_a_caller_with_an_open_case_is_sent_to_who_has_it(graph: Store) -> None:
    await opened(graph, touchpoint=touchpoint("m1"), team="care", staff="op-1", topic="DELIVERY")
    waits = {"channel": "EMAIL", "team": "care", "assignee": None, "case": {"number": "C-1001"}}
    assert await sent(graph) == {**waits, "reasons": ["OPEN_CASE", "NOBODY_AVAILABLE", "CHANNEL_OF_CASE"]}
    await available(graph, OPERATOR)
    answered = {**waits, "channel": "PHONE", "assignee": "op-1", "reasons": ["OPEN_CASE", "OWNER", "ANSWERED_NOW"]}
    assert await sent(graph) == answered
    # A telephone menu asks the same
    assert await sent(graph, MENU) == answered
    other = await sent(graph, topic="RETURN")
    assert (other["case"], other["reasons"][0], other["assignee"]) == (None, "NO_OPEN_CASE", "op-1")


async def test_it_takes_one_statement(graph: Store) -> None:
    await opened(graph, touchpoint=touchpoint("m1"), team="care", staff="op-1")
    counting: Any = CountingStore(graph)
    assert (await sent(counting))["case"] == {"number": "C-1001"}
    assert counting.statements == 1


async def test_who_has_no_case_and_is_not_known_goes_to_who_deals_with_it(graph: Store) -> None:
    document = "query($topic: String) { " + SHOWN + " }"
    assert (await ask(graph, document, topic="REPAIR"))["route"]["reasons"] == ["NO_OPEN_CASE", "NOBODY_AVAILABLE", "CALL_BACK"]
    await available(graph, Viewer("op-2", OPERATOR.roles))
    found = (await ask(graph, document, topic="REPAIR"))["route"]
    assert (found["assignee"], found["team"], found["channel"]) == ("op-2", "care", "PHONE")
    assert (await ask(graph, document, topic="RETURN"))["route"]["assignee"] is None


async def test_customers_ask_for_no_route(graph: Store) -> None:
    asked = (await execute(graph, "{ me { route { channel } } }", {}, None, HANAKO)).body
    assert (asked["data"], asked["errors"][0]["extensions"]["code"]) == ({"me": {"route": None}}, "FORBIDDEN")
