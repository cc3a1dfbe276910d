"""What becomes of a request whose client does not wait, and of one that takes too long."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from structlog.testing import capture_logs

from api.http import deadlines
from graph.store import Store
from graph.waiting import reading
from tests.running import Running, running

SLOW = "UNWIND range(1, 1000000000) AS slow_for_a_client RETURN count(slow_for_a_client)"
RUNS = "SHOW TRANSACTIONS YIELD currentQuery WHERE currentQuery CONTAINS 'slow_for_a_client' AND NOT currentQuery CONTAINS 'SHOW'"
LONG = 600.0


def slow_route(store: Store, *, reads: bool) -> Route:
    """Return a route that asks the database for long, as something that only reads or as something that may change it."""

    async def endpoint(_: Request) -> Response:
        if reads:
            with reading(LONG):
                await store.read(SLOW, seconds=LONG)
        else:
            await store.write(lambda transaction: transaction.run(SLOW), seconds=LONG)
        return PlainTextResponse("done")

    return Route("/slow", endpoint)


async def until_running(store: Store, number: int) -> None:
    async with asyncio.timeout(60):
        while len(await store.read(RUNS + " RETURN 1")) != number:
            await asyncio.sleep(0.05)


async def ask_and_leave(server: Running, store: Store) -> None:
    host, _, port = server.address.removeprefix("http://").partition(":")
    _, writer = await asyncio.open_connection(host, int(port))
    writer.write(b"GET /slow HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n")
    await until_running(store, 1)
    writer.transport.abort()


async def test_what_is_read_for_a_client_that_leaves_ends_in_the_database_too(store: Store, tmp_path: Path) -> None:
    with capture_logs() as lines:
        async with running(store, tmp_path, more=[slow_route(store, reads=True)]) as server:
            await ask_and_leave(server, store)
            await until_running(store, 0)
            assert (await server.client.get("/readyz")).status_code == 200
    told = [(line["event"], line["status"]) for line in lines if line.get("path") == "/slow"]
    assert told == [("request", 499)]
    assert [line for line in lines if line["event"] == "defect"] == []


async def test_what_may_change_something_ends_by_its_deadline_and_not_with_its_client(
    monkeypatch: pytest.MonkeyPatch, store: Store, tmp_path: Path
) -> None:
    monkeypatch.setattr(deadlines, "REQUEST_SECONDS", 2.0)
    with capture_logs() as lines:
        async with running(store, tmp_path, more=[slow_route(store, reads=False)]) as server:
            await ask_and_leave(server, store)
            await until_running(store, 0)
    assert [(line["event"], line["status"]) for line in lines if line.get("path") == "/slow"] == [("request", 503)]


async def test_a_request_that_takes_too_long_is_told_so(monkeypatch: pytest.MonkeyPatch, store: Store, tmp_path: Path) -> None:
    monkeypatch.setattr(deadlines, "REQUEST_SECONDS", 1.0)
    async with running(store, tmp_path, more=[slow_route(store, reads=True)]) as server:
        answer = await server.client.get("/slow")
        assert (answer.status_code, answer.json()["error"]["code"]) == (503, "SERVICE_UNAVAILABLE")
        await until_running(store, 0)
