"""The hand-written answers to a ringing call and to the inbox are those of the product, byte by byte."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import timedelta
from typing import Any

import httpx2
import pytest

from bench import customers
from bench.bare_route import create_app
from bench.case_loading import load_cases
from bench.customers import by_customer, event, phone
from bench.inboxes import ME, bare_question, inbox_route
from bench.ringing import NOW, extension, pop_route, ring
from bench.ringing import bare_question as question_of_call
from bench.routes import Route, agree, answer_of
from graph.intake.reading import read_event
from graph.intake.record import record
from graph.local import LocalServer
from graph.store import Store
from tests.running import Running, running


def mobile(number: int) -> dict[str, Any]:
    return {"kind": "PHONE", "value": phone(number)}


CALLS = 8
NOBODYS = {"kind": "PHONE", "value": "090-5555-0199"}
SAID: dict[int, tuple[dict[str, Any], bool]] = {
    2: ({"state": "REFUSED", "contactPoint": mobile(2)}, False),
    3: ({"state": "GRANTED", "by": by_customer(3)}, True),
    5: ({"state": "GRANTED", "by": by_customer(5), "contactPoint": NOBODYS}, False),
    6: ({"state": "REFUSED", "by": by_customer(1), "contactPoint": mobile(6)}, False),
    7: ({"state": "GRANTED", "by": by_customer(7), "validTo": (NOW - timedelta(hours=1)).isoformat()}, False),
}
"""Of callers: what is said after the odd ones refused and the others agreed, and whether they may be called then."""


def consent(number: int) -> dict[str, Any]:
    name = f"rule-{number}"
    return event("consent", name, NOW - timedelta(hours=2), name, {"purpose": "MARKETING", **SAID[number][0]})


@pytest.fixture(scope="module")
async def server(store: Store, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Running]:
    await record(store, [read_event(event, b"bench") for event in customers.events(CALLS)])
    await ring(store, CALLS)
    await record(store, [read_event(consent(number), b"bench") for number in SAID])
    await load_cases(store, 200, 40)
    async with running(store, tmp_path_factory.mktemp("data")) as started:
        yield started


@pytest.fixture(scope="module")
async def bare(server: Running, neo4j_server: LocalServer) -> AsyncIterator[httpx2.AsyncClient]:
    app = create_app(neo4j_server.uri, neo4j_server.password)
    async with (
        app.router.lifespan_context(app),
        httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://bare") as client,
    ):
        yield client


async def planned(route: Route, key: str) -> bytes:
    """Return an answer; on a busy machine the first ones can take the database too long to plan."""
    for _ in range(6):
        with suppress(SystemExit):
            return await answer_of(route, key)
    return await answer_of(route, key)


@pytest.mark.parametrize("number", [0, 1])
async def test_a_ringing_call_is_the_same_by_a_number_of_a_family_and_by_ones_own(
    server: Running, bare: httpx2.AsyncClient, number: int
) -> None:
    staff = extension(number)
    ours = await planned(pop_route(server.address, server.tokens.issue("call_center")), staff)
    assert agree(ours, (await bare.post("/screen-pop", json=question_of_call(staff))).content)
    assert ours.count(b'"OPEN_CASE","RECENT_ORDER","RECENT_CONTACT"') == 1
    assert ours.count(b'"possibleCustomers":[{') == 1


@pytest.mark.parametrize(("number", "allowed"), [(1, False), *((number, allowed) for number, (_, allowed) in SAID.items())])
async def test_the_hand_written_answer_knows_the_rule_of_consents(
    server: Running, bare: httpx2.AsyncClient, number: int, allowed: bool
) -> None:
    ours = await planned(pop_route(server.address, server.tokens.issue("call_center")), extension(number))
    assert agree(ours, (await bare.post("/screen-pop", json=question_of_call(extension(number)))).content)
    assert (b'"mayContact":{"allowed":true}' in ours) is allowed


@pytest.mark.parametrize("key", ["staff|online-1", "team|online", "topic|SIZE", "priority|NORMAL"])
async def test_a_page_of_the_inbox_is_the_same(server: Running, bare: httpx2.AsyncClient, key: str) -> None:
    route = inbox_route(server.address, server.tokens.issue("call_center", beside={"sub": ME}))
    [[turn]] = await server.store.read("MATCH (k:Case {listed: 'OPEN'}) RETURN k.turn ORDER BY k.turn SKIP 20 LIMIT 1")
    for after in ("", turn):
        asked = f"{key}|{after}"
        ours = await planned(route, asked)
        assert agree(ours, (await bare.post("/inbox", json=bare_question(asked))).content)
        assert b'"number":"C-' in ours or after
