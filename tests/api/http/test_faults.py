"""A line to the database that fails in every way: all are answered in time, and it goes on by itself when it is whole."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from itertools import count
from typing import Any

import httpx2
import pytest

from api.http import deadlines
from graph.intake import queue
from graph.local import LocalServer
from graph.store import Store
from resolvers import execution
from tests.fault_proxy import FaultProxy
from tests.running import Running, running

READ, REQUEST, PATIENCE = 3.0, 6.0, 4.0
"""Deadlines of these tests, in seconds; those of the product are longer in proportion."""
HEALTH = 2.0
SLACK = 10.0
"""So much more may a busy machine take."""
NUMBERS = count(1)
SEARCH = """{ customers(search: "試験", first: 1) { totalCount } }"""
OPEN = "mutation ($input: CaseOpenInput!) { caseOpen(input: $input) { case { id } userErrors { code } } }"
APPLIED = "RETURN COUNT { (:Touchpoint) }, COUNT { (:Case) }"
ANYTHING_INTERNAL = ("127.0.0.1", "bolt", "neo4j", "Traceback", "socket", "Errno")

Fault = Callable[[FaultProxy], None]


def reset(proxy: FaultProxy) -> None:
    proxy.resets = True
    proxy.cut()


def black_hole(proxy: FaultProxy) -> None:
    proxy.hole = True


def slow(proxy: FaultProxy) -> None:
    proxy.delay = REQUEST * 2


def cut_in_an_answer(proxy: FaultProxy) -> None:
    proxy.answer_bytes = 30


FAULTS: dict[str, Fault] = {
    "refused": FaultProxy.refuse,
    "reset": reset,
    "a black hole": black_hole,
    "slow": slow,
    "cut in the middle of an answer": cut_in_an_answer,
}


@dataclass(frozen=True, slots=True)
class Fronted:
    """The server, with a line to its database that fails on command; `store` is another way to the same database."""

    server: Running
    proxy: FaultProxy
    store: Store
    customer: str

    async def ask(self, query: str, **variables: Any) -> httpx2.Response:
        body = {"query": query, "variables": variables}
        return await self.server.client.post("/graphql", json=body, headers=self.server.bearer("admin"))

    async def send(self, event: dict[str, Any]) -> httpx2.Response:
        headers = {**self.server.bearer("admin"), "Content-Type": "application/cloudevents+json"}
        return await self.server.client.post("/events", json=event, headers=headers)

    async def tell(self, event: dict[str, Any], case: dict[str, Any]) -> None:
        """Send an event, and an input of the mutation, which must both be taken."""
        assert (await self.send(event)).json()["receipts"][0]["outcome"] in {"CREATED", "REPEATED"}
        body = (await self.ask(OPEN, input=case)).json()
        assert body.get("errors", body["data"]["caseOpen"]["userErrors"]) == []

    async def page(self) -> httpx2.Response:
        return await self.server.client.get(f"/admin/customers/{self.customer}")

    async def ready(self) -> int:
        return (await self.server.client.get("/readyz")).status_code

    async def until_ready(self) -> None:
        async with asyncio.timeout(REQUEST + SLACK):
            while await self.ready() != 200:
                await asyncio.sleep(0)

    @property
    def pool(self) -> list[Any]:
        """The connections of the driver's pool, which it tells nobody about."""
        pool: Any = vars(self.server.store)["_driver"]._pool
        return [each for connections in pool.connections.values() for each in connections]


def contact(number: int) -> dict[str, Any]:
    """Return an event that leaves one more interaction behind each time that it is applied."""
    return {
        "specversion": "1.0",
        "type": "customer360.interaction.v1",
        "source": "/faults",
        "id": f"c{number}",
        "time": "2026-04-01T10:00:00+09:00",
        "data": {"kind": "CALL", "by": {"record": {"source": "/faults", "subject": "U-1"}}},
    }


def case(customer: str, number: int) -> dict[str, Any]:
    """Return the input of a mutation that leaves one more case behind each time that it is applied."""
    return {"idempotencyKey": f"key-{number}", "customerId": customer, "subject": "試験", "another": True}


def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let everybody wait for seconds only, in the order in which they wait in production."""
    monkeypatch.setattr(execution, "READ_SECONDS", READ)
    monkeypatch.setattr(deadlines, "REQUEST_SECONDS", REQUEST)
    monkeypatch.setattr(queue, "ANSWER_SECONDS", REQUEST)
    monkeypatch.setitem(Store.read.__kwdefaults__, "seconds", READ)
    monkeypatch.setitem(Store.write.__kwdefaults__, "seconds", REQUEST)


@pytest.fixture(scope="module")
async def fronted(store: Store, neo4j_server: LocalServer, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Fronted]:
    async with FaultProxy(neo4j_server.run.port) as proxy:
        through = await Store.open(proxy.uri, neo4j_server.user, neo4j_server.password)
        async with running(through, tmp_path_factory.mktemp("faults"), patience=PATIENCE) as server:
            person = {**contact(0), "id": "p1", "type": "customer360.person.v1", "subject": "U-1"}
            [receipt] = await server.post([{**person, "data": {"name": {"full": "試験 太郎"}}}])
            yield Fronted(server, proxy, store, receipt["customerId"])
        await through.close()


async def timed(answer: Any) -> tuple[float, httpx2.Response]:
    clock = asyncio.get_running_loop().time
    began = clock()
    answered = await answer
    return clock() - began, answered


@pytest.mark.parametrize("fault", [pytest.param(fault, id=name) for name, fault in FAULTS.items()])
async def test_a_fault_is_told_in_time_at_every_door_and_is_over_when_it_is(
    monkeypatch: pytest.MonkeyPatch, fronted: Fronted, fault: Fault
) -> None:
    await fronted.until_ready()
    # What is asked is planned before anybody is in a hurry.
    assert [(await fronted.page()).status_code, (await fronted.ask(SEARCH)).json().get("errors")] == [200, None]
    for _ in range(2):
        await fronted.tell(contact(next(NUMBERS)), case(fronted.customer, next(NUMBERS)))
    event, opening = contact(next(NUMBERS)), case(fronted.customer, next(NUMBERS))
    before = (await fronted.store.read(APPLIED))[0]
    with monkeypatch.context() as meanwhile:
        hurried(meanwhile)
        fault(fronted.proxy)
        took, health = await timed(fronted.server.client.get("/readyz"))
        assert (health.status_code, took < HEALTH + SLACK) == (503, True)
        answers = await asyncio.gather(
            timed(fronted.ask(SEARCH)), timed(fronted.page()), timed(fronted.send(event)),
            timed(fronted.ask(OPEN, input=opening)), timed(fronted.server.client.get("/livez")),
        )  # fmt: skip
        (read_took, read), (page_took, page), (event_took, sent), (open_took, opened), (_, live) = answers
        assert live.status_code == 200
        assert read_took < READ + SLACK
        assert [error["extensions"]["code"] for error in read.json()["errors"]] == ["SERVICE_UNAVAILABLE"]
        assert page_took < REQUEST + SLACK
        assert (page.status_code, 'class="problem"' in page.text) == (503, True)
        assert event_took < REQUEST + PATIENCE + SLACK
        assert (sent.status_code, sent.json()["error"]["code"]) == (503, "SERVICE_UNAVAILABLE")
        assert open_took < REQUEST + SLACK
        assert [error["extensions"]["code"] for error in opened.json()["errors"]] == ["SERVICE_UNAVAILABLE"]
        for answer in (health, read, page, sent, opened):
            assert [word for word in ANYTHING_INTERNAL if word in answer.text] == []
        await fronted.proxy.mend()
        if fault is slow:
            fronted.proxy.cut()  # what was on its way at that pace is not waited for
        await fronted.until_ready()
    assert (await fronted.page()).status_code == 200
    assert (await fronted.ask(SEARCH)).json()["data"]["customers"]["totalCount"] == 1
    # Either may have been written although its answer was lost, or be being written still: once in any case.
    for _ in range(2):
        await fronted.tell(event, opening)
    assert (await fronted.store.read(APPLIED))[0] == [each + 1 for each in before]
    await until_none_is_lost(fronted)


async def until_none_is_lost(fronted: Fronted) -> None:
    """Return once every connection that is open is one of the pool, and free."""
    async with asyncio.timeout(REQUEST + SLACK):
        while fronted.proxy.open != len(fronted.pool) or any(each.in_use for each in fronted.pool):
            await asyncio.sleep(0.01)
