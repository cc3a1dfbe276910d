"""Sending events over HTTP: in batches that count, again when asked to, and with a word when the door is closed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import httpx2
import orjson
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from api.commands.event_sending import MOST_TIMES, DoorClosed, event_door, has_arrived, send_events
from graph.store import Store
from tests.running import Running, running


def notes(count: int) -> list[dict[str, Any]]:
    envelope = {"specversion": "1.0", "type": "customer360.interaction.v1", "source": "/crm", "time": "2026-11-01T10:00:00+09:00"}
    return [{**envelope, "id": f"note-{number}", "data": {"kind": "NOTE", "text": "見本"}} for number in range(count)]


@pytest.fixture(scope="module")
async def server(store: Store, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Running]:
    async with running(store, tmp_path_factory.mktemp("sending")) as started:
        yield started


async def test_events_arrive_in_batches_and_a_dry_run_tells_that_they_have(server: Running) -> None:
    parts: list[int] = []
    async with event_door(server.address, server.tokens.issue("admin"), "127.0.0.1") as door:
        assert not await has_arrived(door, notes(1)[0])
        assert await send_events(door, notes(1_001), parts.append) == {"CREATED": 1_001}
        assert await has_arrived(door, notes(1)[0])
    assert parts == [1_000, 1]


async def test_who_may_not_send_is_told_so(server: Running) -> None:
    async with event_door(server.address, server.tokens.issue("call_center"), "127.0.0.1") as door:
        with pytest.raises(DoorClosed, match="403"):
            await send_events(door, notes(1), lambda _: None)


@pytest.mark.parametrize("status", [429, 503])
async def test_a_server_that_is_busy_gets_the_same_batch_again(status: int) -> None:
    seen: list[list[str]] = []

    async def busy_once(request: Request) -> Response:
        events = orjson.loads(await request.body())
        seen.append([event["id"] for event in events])
        if len(seen) == 1:
            return Response(status_code=status, headers={"Retry-After": "0"})
        return JSONResponse({"receipts": [{"outcome": "CREATED"} for _ in events]})

    transport = httpx2.ASGITransport(Starlette(routes=[Route("/events", busy_once, methods=["POST"])]))
    async with httpx2.AsyncClient(transport=transport, base_url="http://door") as door:
        assert await send_events(door, notes(2), lambda _: None) == {"CREATED": 2}
    assert seen == [["note-0", "note-1"]] * 2


async def test_a_server_that_stays_busy_is_given_up() -> None:
    asked: list[str] = []

    async def busy(request: Request) -> Response:
        asked.append(request.url.path)
        return Response(status_code=503, headers={"Retry-After": "0"})

    transport = httpx2.ASGITransport(Starlette(routes=[Route("/events", busy, methods=["POST"])]))
    async with httpx2.AsyncClient(transport=transport, base_url="http://door") as door:
        with pytest.raises(DoorClosed, match="503"):
            await send_events(door, notes(1), lambda _: None)
    assert len(asked) == MOST_TIMES
