"""The hand-written routes of the benchmark answer what the product answers, byte by byte: else nothing would be compared."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx2
import pytest

from bench import customers
from bench.bare_route import create_app
from bench.routes import answer_of, must_agree
from bench.views import lookup_route, typed_name, view_route
from graph.intake.reading import read_event
from graph.intake.record import record
from graph.local import LocalServer
from graph.search.order_key import order_key
from graph.store import Store
from tests.running import Running, running
from tests.searchable import until_searchable


@pytest.fixture(scope="module")
async def server(store: Store, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Running]:
    await record(store, [read_event(event, b"bench") for event in customers.events(2)])
    await until_searchable(store)
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


async def test_the_view_is_the_same(server: Running, bare: httpx2.AsyncClient) -> None:
    [[customer], *_] = await server.store.read("MATCH (c:Customer) RETURN c.id ORDER BY c.id")
    must_agree(
        await answer_of(view_route(server.address, server.tokens.issue("call_center")), customer),
        (await bare.post("/view", json={"id": customer})).content,
    )


@pytest.mark.parametrize(
    ("sort", "typed", "asked"),
    [
        ("phone", customers.phone(0), {"phone": customers.e164(customers.phone(0))}),
        ("name", customers.given_name(0), typed_name(customers.given_name(0))),
        ("order", customers.order_number(0, 1), {"number": order_key(customers.order_number(0, 1))}),
    ],
)
async def test_the_look_up_is_the_same(
    server: Running, bare: httpx2.AsyncClient, sort: str, typed: str, asked: dict[str, str]
) -> None:
    must_agree(
        await answer_of(lookup_route(server.address, server.tokens.issue("call_center")), typed),
        (await bare.post(f"/lookup/{sort}", json=asked)).content,
    )
