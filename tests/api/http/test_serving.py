"""What a server does when it opens: it listens first, it can be stopped meanwhile, and a failure ends it."""

from __future__ import annotations

import asyncio
import signal
import socket
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from typing import Any

import httpx2
import pytest
import uvicorn
import uvloop
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from api.http.serving import OpeningServer, plan_writes_ahead, root_address, run_until_stopped
from api.process.settings import Settings
from graph.errors import NotFound, ServiceUnavailable
from graph.store import Store


@contextmanager
def listening() -> Iterator[socket.socket]:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP) as bound:
        bound.bind(("127.0.0.1", 0))
        yield bound


def opening_server(opening: Callable[[], Coroutine[Any, Any, None]]) -> OpeningServer:
    async def answer(_: object) -> PlainTextResponse:
        return PlainTextResponse("here")

    app = Starlette(routes=[Route("/", answer)])
    return OpeningServer(uvicorn.Config(app, log_config=None, ws="none", lifespan="off"), opening)


async def test_while_it_opens_it_answers_already() -> None:
    said: list[str] = []
    with listening() as bound:

        async def ask_itself() -> None:
            async with httpx2.AsyncClient(base_url=f"http://127.0.0.1:{bound.getsockname()[1]}") as client:
                said.append((await client.get("/")).text)
            server.should_exit = True

        server = opening_server(ask_itself)
        await server.serve(sockets=[bound])
        await server.opened()
    assert said == ["here"]


async def test_stopped_while_it_opens_it_ends_in_order() -> None:
    cut_short = False

    async def without_end() -> None:
        nonlocal cut_short
        server.should_exit = True
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            cut_short = True
            raise

    server = opening_server(without_end)
    with listening() as bound:
        await server.serve(sockets=[bound])
    await server.opened()
    assert cut_short


async def test_an_opening_that_fails_ends_the_server_and_says_why() -> None:
    async def failing() -> None:
        raise NotFound("There is no such town.")

    server = opening_server(failing)
    with listening() as bound:
        await server.serve(sockets=[bound])
    with pytest.raises(NotFound, match="no such town"):
        await server.opened()


async def test_a_database_that_is_away_when_the_writes_are_planned_ends_nothing() -> None:
    store = await Store.open("bolt://127.0.0.1:9", "neo4j", "not-needed")
    with pytest.raises(ServiceUnavailable):
        await store.check()
    await plan_writes_ahead(store)
    await store.close()


@pytest.mark.parametrize(
    ("host", "root"),
    [("127.0.0.1", "http://127.0.0.1:8000"), ("::1", "http://[::1]:8000"), ("0.0.0.0", "http://127.0.0.1:8000")],
)
def test_the_address_that_is_shown_can_be_opened_on_this_machine(host: str, root: str) -> None:
    assert root_address(Settings(host=host, port=8000)) == root  # pyright: ignore[reportCallIssue]


def test_the_server_runs_on_the_event_loop_that_uvicorn_would_choose() -> None:
    loops: list[type] = []

    async def work() -> None:
        loops.append(type(asyncio.get_running_loop()))

    before = signal.getsignal(signal.SIGTERM)
    try:
        run_until_stopped(work())
    finally:
        signal.signal(signal.SIGTERM, before)
    assert loops == [uvloop.Loop]
