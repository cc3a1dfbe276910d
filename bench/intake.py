"""Events by 64 clients one at a time, beside the same number in batches of 1,000, over HTTP."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

import orjson

from bench import customers
from bench.figures import Figure, at_least

CLIENTS, BATCH, EVENTS = 64, 1_000, 8_000
TARGET = 0.5


async def compare_intake(address: str, token: str, first_customer: int) -> Figure:
    """Send new customers' events in both ways, in turns, and compare events per second."""
    events = list(islice(customers.people(first_customer), 2 * EVENTS))
    single, batched = [0.0, 0], [0.0, 0]
    for start in range(0, 2 * EVENTS, 2 * BATCH * 2):
        half = start + BATCH * 2
        for spent, part, send in (
            (single, events[start:half], _by_many),
            (batched, events[half : half + BATCH * 2], _by_batches),
        ):
            began = time.perf_counter()
            await send(address, token, part)
            spent[0] += time.perf_counter() - began
            spent[1] += len(part)
    return at_least("events_64_clients", single[1] / single[0], "/s", batched[1] / batched[0], TARGET)


async def _by_many(address: str, token: str, events: Sequence[dict[str, Any]]) -> None:
    async def client(mine: Sequence[dict[str, Any]]) -> None:
        connection = await Connection.open(address, token)
        for event in mine:
            await connection.post("application/cloudevents+json", event)
        connection.close()

    await asyncio.gather(*(client(events[number::CLIENTS]) for number in range(CLIENTS)))


async def _by_batches(address: str, token: str, events: Sequence[dict[str, Any]]) -> None:
    connection = await Connection.open(address, token)
    for start in range(0, len(events), BATCH):
        await connection.post("application/cloudevents-batch+json", events[start : start + BATCH])
    connection.close()


class Connection:
    """A connection that posts to /events and waits for the answer; plain, so that the client costs next to nothing."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, token: str) -> None:
        self._reader = reader
        self._writer = writer
        self._token = token

    @classmethod
    async def open(cls, address: str, token: str) -> Connection:
        url = urlsplit(address)
        return cls(*await asyncio.open_connection(url.hostname, url.port), token)

    async def post(self, media_type: str, body: object) -> None:
        """Send one request and read its answer to the end; an answer other than 200 ends the benchmark."""
        content = orjson.dumps(body)
        head = (
            f"POST /events HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {self._token}\r\nContent-Type: {media_type}\r\n"
        )
        self._writer.write(f"{head}Content-Length: {len(content)}\r\n\r\n".encode() + content)
        status, *headers = (await self._reader.readuntil(b"\r\n\r\n")).decode().splitlines()
        length = next(int(line.split(":")[1]) for line in headers if line.lower().startswith("content-length"))
        answer = await self._reader.readexactly(length)
        if " 200 " not in status:
            raise SystemExit(f"An event of the benchmark was answered with {status}: {answer[:300].decode()}")

    def close(self) -> None:
        self._writer.close()
