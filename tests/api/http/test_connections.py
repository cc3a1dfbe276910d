"""What a connection may cost before anybody has said who they are: a real server, and clients that speak byte by byte."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

import pytest
import uvicorn

from api.http import connections
from api.http.connections import HEADER_BYTES, bounded

Client = tuple[asyncio.StreamReader, asyncio.StreamWriter]
HEAD = b"GET / HTTP/1.1\r\nhost: 127.0.0.1\r\n"
POST = b"POST / HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-length: %d\r\n\r\n"


async def answer_size(scope: Any, receive: Any, send: Any) -> None:
    """Answer how many bytes the body had."""
    size, more = 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return
        size, more = size + len(message.get("body", b"")), message.get("more_body", False)
    body = str(size).encode()
    length = (b"content-length", str(len(body)).encode())
    await send({"type": "http.response.start", "status": 200, "headers": [length]})
    await send({"type": "http.response.body", "body": body})


@asynccontextmanager
async def serving(per_address: int = 500) -> AsyncGenerator[int]:
    """Yield the port of a server that answers sizes of bodies."""
    config = uvicorn.Config(answer_size, http=bounded(per_address), log_config=None, access_log=False, lifespan="off", ws="none")
    server = uvicorn.Server(config)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        task = asyncio.create_task(server.serve(sockets=[listening]))
        try:
            yield listening.getsockname()[1]
        finally:
            server.should_exit = True
            await task


@asynccontextmanager
async def connected(port: int) -> AsyncGenerator[Client]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        yield reader, writer
    finally:
        writer.close()


async def answered(port: int, *sent: bytes) -> bytes:
    """Return all that the server says until it closes, however much of it could be sent."""
    async with connected(port) as (reader, writer):
        try:
            for part in sent:
                writer.write(part)
                await writer.drain()
        except ConnectionError:
            pass
        try:
            return await reader.read()
        except ConnectionError:
            return b""


def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "HEADER_SECONDS", 0.2)
    monkeypatch.setattr(connections, "PACE_SECONDS", 0.2)


async def test_a_usual_request_is_answered_and_the_next_one_on_the_same_connection() -> None:
    async with serving() as port, connected(port) as (reader, writer):
        for size in (3, 100_000):
            writer.write(POST % size + b"x" * size)
            head = await reader.readuntil(b"\r\n\r\n")
            assert head.startswith(b"HTTP/1.1 200")
            assert await reader.readexactly(len(str(size))) == str(size).encode()


@pytest.mark.parametrize(
    "sent",
    [
        [HEAD, b"x-long: ", *[b"a" * 16_000] * 40],
        [HEAD, *[b"x-%d: %s\r\n" % (number, b"a" * 1_000) for number in range(500)]],
        [HEAD + b"x-long: " + b"a" * (HEADER_BYTES + 1) + b"\r\n\r\n"],
        [b"GET /" + b"a" * (HEADER_BYTES + 1) + b" HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n"],
    ],
    ids=["one without an end", "very many", "one in a piece", "a long address"],
)
async def test_headers_of_too_many_bytes_are_refused_before_they_end(sent: list[bytes]) -> None:
    async with serving() as port:
        assert await answered(port, *sent) in (
            b"",
            b"HTTP/1.1 431 Request Header Fields Too Large\r\ncontent-length: 0\r\nconnection: close\r\n\r\n",
        )
        assert (await answered(port, HEAD + b"connection: close\r\n\r\n")).startswith(b"HTTP/1.1 200")


async def test_headers_as_large_as_they_may_be_are_taken() -> None:
    async with serving() as port:
        most = b"x-long: " + b"a" * (HEADER_BYTES - 200) + b"\r\nconnection: close\r\n\r\n"
        assert (await answered(port, HEAD + most)).startswith(b"HTTP/1.1 200")


@pytest.mark.parametrize("sent", [b"", HEAD, HEAD + b"x-slow: a"], ids=["nothing", "a beginning", "half a line"])
async def test_who_does_not_end_their_headers_in_time_is_told_so(monkeypatch: pytest.MonkeyPatch, sent: bytes) -> None:
    quickly(monkeypatch)
    async with serving() as port:
        assert (await answered(port, sent)).startswith(b"HTTP/1.1 408")


async def test_a_body_that_stops_on_its_way_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    quickly(monkeypatch)
    async with serving() as port:
        assert (await answered(port, POST % 100 + b"x")).startswith(b"HTTP/1.1 408")


async def test_one_address_has_so_many_connections_and_others_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "LOOPBACK", frozenset[str]())
    async with serving(per_address=2) as port, connected(port) as first, connected(port):
        assert (await answered(port, HEAD)).startswith(b"HTTP/1.1 503")
        first[1].write(HEAD + b"\r\n")
        assert (await first[0].readline()).startswith(b"HTTP/1.1 200")


async def test_all_together_leave_descriptors_free(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "CONNECTIONS", 1)
    async with serving() as port, connected(port) as (reader, writer):
        assert (await answered(port, HEAD)).startswith(b"HTTP/1.1 503")
        writer.write(HEAD + b"\r\n")
        assert (await reader.readline()).startswith(b"HTTP/1.1 200")
