"""The stream of an open page as its browser reads it: events with their numbers, and the pieces that htmx would swap in."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from html.parser import HTMLParser

import anyio
import httpx2

from graph.changes.numbering import IS_NEW
from tests.running import Running

MOMENT = 120
"""Seconds within which an event has to come on a machine that does other things."""


@dataclass(frozen=True, slots=True)
class Event:
    """`name` is empty for what is swapped in, `seq` its number as text."""

    name: str
    seq: str
    data: str

    @property
    def pieces(self) -> Pieces:
        return Pieces(self.data)


class Pieces(HTMLParser):
    """`targets` are the places for pieces, `new` the ids of rows that are put where they are not there."""

    def __init__(self, data: str) -> None:
        super().__init__()
        self.targets: list[str] = []
        self.new: list[str] = []
        self._row = False
        self.feed(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if self._row:
            self.new.append(given["id"] or "")
        self._row = tag == "hx-upsert"
        if tag == "hx-partial":
            self.targets.append(given["hx-target"] or "")


@dataclass(slots=True)
class Stream:
    answer: httpx2.Response
    _events: AsyncGenerator[Event]

    async def next(self) -> Event:
        """Return the next event that is more than a sign of life."""
        async with asyncio.timeout(MOMENT):
            while (event := await anext(self._events)).name == "alive":
                pass
        return event

    async def alive(self) -> Event:
        """Return the next event, whatever it is."""
        async with asyncio.timeout(MOMENT):
            return await anext(self._events)


@asynccontextmanager
async def stream(
    server: Running, address: str, client: httpx2.AsyncClient | None = None, **headers: str
) -> AsyncGenerator[Stream]:
    """Open a stream once everything that was written before has its number."""
    while await server.store.read(IS_NEW):
        await anyio.sleep(0.05)
    async with (client or server.client).stream("GET", address, headers={"Accept-Language": "en", **headers}) as answer:
        assert answer.headers["content-type"].partition(";")[0] == "text/event-stream", answer.status_code
        yield Stream(answer, _events(answer.aiter_lines()))


async def _events(lines: AsyncIterator[str]) -> AsyncGenerator[Event]:
    name, seq, data = "", "", list[str]()
    async for line in lines:
        field, _, value = line.partition(": ")
        if field == "event":
            name = value
        elif field == "id":
            seq = value
        elif field == "data":
            data.append(value)
        elif not line:
            yield Event(name, seq, "\n".join(data))
            name, data = "", []
