"""An endpoint of an app: a real server on this machine that answers what a test tells it, and keeps what it got."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import orjson

HANG = 0
"""Instead of a status: it never answers."""
Answer = tuple[int, dict[str, str], bytes]


@dataclass(slots=True)
class Received:
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def told(self) -> dict[str, Any]:
        return orjson.loads(self.body)

    @property
    def id(self) -> str:
        return self.headers["webhook-id"]

    @property
    def second(self) -> int:
        return int(self.headers["webhook-timestamp"])


@dataclass(slots=True)
class Receiver:
    """`answers` are given one after the other, the last of them for ever; `of_key` are others by the key of what is told."""

    address: str = ""
    received: list[Received] = field(default_factory=list[Received])
    answers: list[Answer] = field(default_factory=lambda: [(200, {}, b"")])
    of_key: dict[str, Answer] = field(default_factory=dict[str, Answer])
    came: asyncio.Event = field(default_factory=asyncio.Event)

    def will(self, *statuses: int, body: bytes = b"", **headers: str) -> None:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.answers = [(status, named, body) for status in statuses]

    async def take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            got = await request(reader)
            self.received.append(got)
            self.came.set()
            usual = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
            status, headers, body = self.of_key.get(got.told["data"]["key"], usual)
            if status == HANG:
                await reader.read()
                return
            lines = [f"HTTP/1.1 {status} As-told", f"content-length: {len(body)}", "connection: close"]
            lines += [f"{name}: {value}" for name, value in headers.items()]
            writer.write("\r\n".join([*lines, "", ""]).encode() + body)
            await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()


async def request(reader: asyncio.StreamReader) -> Received:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in head[1:] if line)}
    body = await reader.readexactly(int(headers["content-length"]))
    return Received(head[0].split(" ")[1], headers, body)


@asynccontextmanager
async def receiving(tls: Any = None) -> AsyncGenerator[Receiver]:
    """Listen on a free port of this machine until the block ends; with an SSL context by TLS."""
    receiver = Receiver()
    server = await asyncio.start_server(receiver.take, "127.0.0.1", 0, ssl=tls)
    scheme = "https" if tls else "http"
    receiver.address = f"{scheme}://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield receiver
    finally:
        server.close()
