"""What surrounds every request: health, headers, hosts, limits, and errors that tell nothing."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx2
import pytest
from starlette.requests import ClientDisconnect, Request
from starlette.routing import Route
from structlog.testing import capture_logs

from api.http.app import create_app
from api.process.settings import Settings
from graph.errors import Ambiguous, Customer360Error, InvalidInput, Overloaded, ServiceUnavailable, StatementFailed
from graph.free_space import Room, free_bytes
from graph.identity.blocking import NOTHING_LISTED
from graph.local import LocalServer
from graph.store import CHECK_SECONDS, READ_SECONDS, Store
from tests.fault_proxy import FaultProxy

ROOT = "http://127.0.0.1"
NOBODY_LISTENS = "bolt://127.0.0.1:9"


def settings(folder: Path) -> Settings:
    return Settings(_env_file=None, data_folder=folder, body_limit=1000)


def client_of(store: Store, folder: Path, error: BaseException | None = None) -> httpx2.AsyncClient:
    """Return a client of the application, with one more route that reads its body and raises `error`."""
    app = create_app(settings(folder), store, NOTHING_LISTED)

    async def fails(request: Request) -> None:
        await request.body()
        if error is not None:
            raise error

    app.router.routes.append(Route("/fails", fails, methods=["POST"]))
    return httpx2.AsyncClient(transport=httpx2.ASGITransport(app, raise_app_exceptions=False), base_url=ROOT)


@asynccontextmanager
async def running_client(store: Store, folder: Path) -> AsyncGenerator[httpx2.AsyncClient]:
    """Yield a client of the application while it writes events."""
    app = create_app(settings(folder), store, NOTHING_LISTED)
    transport = httpx2.ASGITransport(app)
    async with app.router.lifespan_context(app), httpx2.AsyncClient(transport=transport, base_url=ROOT) as client:
        yield client


@pytest.fixture
async def client(store: Store, tmp_path: Path) -> AsyncIterator[httpx2.AsyncClient]:
    async with client_of(store, tmp_path) as opened:
        yield opened


@pytest.fixture
async def unreachable() -> AsyncIterator[Store]:
    opened = await Store.open(NOBODY_LISTENS, "neo4j", "not-needed")
    yield opened
    await opened.close()


async def test_a_process_on_a_migrated_graph_is_alive_and_ready(store: Store, tmp_path: Path) -> None:
    async with running_client(store, tmp_path) as client:
        assert [(await client.get(path)).status_code for path in ("/livez", "/readyz")] == [200, 200]


async def test_without_its_graph_a_process_is_alive_but_not_ready(unreachable: Store, tmp_path: Path) -> None:
    async with running_client(unreachable, tmp_path) as client:
        live, ready = await client.get("/livez"), await client.get("/readyz")
    assert (live.status_code, ready.status_code) == (200, 503)
    assert ready.json()["error"]["code"] == "SERVICE_UNAVAILABLE"
    assert "9" not in ready.json()["error"]["message"]


async def test_where_nobody_writes_events_a_process_is_not_ready(store: Store, tmp_path: Path) -> None:
    # The lifespan of the application, in which they are written, does not run.
    async with client_of(store, tmp_path) as client:
        live, ready = await client.get("/livez"), await client.get("/readyz")
    assert (live.status_code, ready.status_code, ready.headers["Retry-After"]) == (200, 503, "1")
    assert "Events" in ready.json()["error"]["message"]


async def test_with_too_little_room_a_process_only_reads_and_says_so_and_is_not_ready_when_nothing_may_be_written(
    neo4j_server: LocalServer, store: Store, tmp_path: Path
) -> None:
    free = free_bytes(tmp_path)
    for mark, status, told in ((free // 2, 200, "ok"), (free * 2, 200, "only reads"), (free * 8, 503, None)):
        room = Room(tmp_path, mark)
        bounded = await Store.open(neo4j_server.uri, neo4j_server.user, neo4j_server.password, room=room)
        async with running_client(bounded, tmp_path) as client:
            ready = await client.get("/readyz")
            assert (ready.status_code, ready.json().get("status")) == (status, told)
            assert ready.json().get("error", {}).get("code") == ("STORAGE_FULL" if room.is_low else None)
            assert (await client.get("/livez")).status_code == 200
        await bounded.close()


async def test_a_database_that_hangs_is_told_before_whoever_asks_gives_up(
    neo4j_server: LocalServer, store: Store, tmp_path: Path
) -> None:
    assert CHECK_SECONDS < 2
    async with FaultProxy(neo4j_server.run.port) as proxy:
        hanging = await Store.open(proxy.uri, neo4j_server.user, neo4j_server.password)
        async with running_client(hanging, tmp_path) as client:
            assert (await client.get("/readyz")).status_code == 200
            proxy.hole = True
            # A read of another kind waits for 15 seconds.
            async with asyncio.timeout(READ_SECONDS / 2):
                live, ready = await client.get("/livez"), await client.get("/readyz")
            assert (live.status_code, ready.status_code) == (200, 503)
        await hanging.close()


@pytest.mark.parametrize("path", ["/livez", "/nowhere"])
async def test_every_answer_carries_a_strict_policy_and_a_request_id(client: httpx2.AsyncClient, path: str) -> None:
    headers = (await client.get(path)).headers
    assert headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert (headers["X-Content-Type-Options"], headers["Cache-Control"]) == ("nosniff", "no-store")
    assert len(headers["X-Request-Id"]) == 16


async def test_a_host_that_is_not_ours_is_refused(client: httpx2.AsyncClient) -> None:
    assert (await client.get("/livez", headers={"Host": "evil.example"})).status_code == 400


@pytest.mark.parametrize("declared", [True, False])
async def test_a_body_over_the_limit_is_refused(client: httpx2.AsyncClient, declared: bool) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(20):
            yield b"x" * 100

    body = b"x" * 2000 if declared else pieces()
    answer = await client.post("/fails", content=body)
    assert (answer.status_code, answer.json()["error"]["code"]) == (413, "BODY_TOO_LARGE")


async def test_a_method_that_a_route_does_not_have_is_told_with_those_it_has(client: httpx2.AsyncClient) -> None:
    answer = await client.delete("/livez")
    assert (answer.status_code, answer.json()["error"]["code"]) == (405, "METHOD_NOT_ALLOWED")
    assert "GET" in answer.headers["Allow"]


@pytest.mark.parametrize(
    ("error", "status", "retry_after"),
    [
        (InvalidInput("wrong", "/data/total"), 400, None),
        (Ambiguous("two of them"), 409, None),
        (Overloaded("later", retry_after=7), 429, "7"),
        (ServiceUnavailable("gone"), 503, "1"),
        (StatementFailed("defect"), 500, None),
    ],
)
async def test_an_error_of_ours_is_answered_with_its_code(
    store: Store, tmp_path: Path, error: Customer360Error, status: int, retry_after: str | None
) -> None:
    async with client_of(store, tmp_path, error) as client:
        answer = await client.post("/fails")
    expected = {"code": error.code, "message": error.message} | ({"pointer": error.pointer} if error.pointer else {})
    assert (answer.status_code, answer.json()) == (status, {"error": expected})
    assert answer.headers.get("Retry-After") == retry_after


async def test_a_defect_is_answered_and_logged_without_its_text(store: Store, tmp_path: Path) -> None:
    with capture_logs() as lines:
        async with client_of(store, tmp_path, KeyError("090-0000-1234")) as client:
            answer = await client.post("/fails")
    assert (answer.status_code, answer.json()["error"]["code"]) == (500, "INTERNAL_ERROR")
    assert answer.headers["Content-Security-Policy"]
    defect = next(line for line in lines if line["event"] == "defect")
    assert defect["kind"] == "KeyError"
    assert "test_app.py" in defect["places"][-1]
    assert "090" not in answer.text + str(lines)


async def test_what_is_not_done_when_the_server_has_to_stop_is_refused(store: Store, tmp_path: Path) -> None:
    with capture_logs() as lines:
        # As uvicorn does when its time for stopping is over.
        async with client_of(store, tmp_path, asyncio.CancelledError()) as client:
            answer = await client.post("/fails")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "1")
    assert answer.json()["error"]["code"] == "SERVICE_UNAVAILABLE"
    assert [(line["event"], line["status"]) for line in lines] == [("request", 503)]


async def test_who_leaves_in_the_middle_of_a_body_is_no_defect(store: Store, tmp_path: Path) -> None:
    with capture_logs() as lines:
        async with client_of(store, tmp_path, ClientDisconnect()) as client:
            await client.post("/fails")
    assert [(line["event"], line["status"]) for line in lines] == [("request", 400)]


@pytest.mark.parametrize(
    ("path", "logged"),
    [
        ("/livez", None),
        ("/graphql", "/graphql"),
        ("/nowhere", "unknown"),
        ("/090-0000-1234", "unknown"),
        ("/admin/090-0000-1234", "unknown"),
        ("/events/schemas/090-0000-1234", "/events/schemas/{type}"),
        ("/events/schemas/customer360.order.v1", "/events/schemas/customer360.order.v1"),
    ],
)
async def test_a_request_is_logged_without_what_somebody_typed_into_its_address(
    client: httpx2.AsyncClient, path: str, logged: str | None
) -> None:
    with capture_logs() as lines:
        await client.get(f"{path}?phone=090-0000-1234")
    assert [line["path"] for line in lines if line["event"] == "request"] == ([logged] if logged else [])
    assert "090" not in str(lines)
