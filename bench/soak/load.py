"""Clients that send what they are given at a rate that does not ask whether the server keeps up."""

from __future__ import annotations

import asyncio
import time
from asyncio import Queue
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field

import orjson

from bench.connection import REFUSED, Connection
from bench.soak.mix import Request

CUT = 0
"""Stands for a status where the connection ended before the answer."""
FINE = frozenset({200, 429, 503})
STATUSES = {"SERVICE_UNAVAILABLE": 503, "OVERLOADED": 503, "THROTTLED": 429}
"""What errors in an answer of GraphQL count as, by their code."""
KEPT_ALIVE = 3.0
"""Seconds without use after which a client opens a new connection: the server closes an idle one after five."""
PAUSE = 0.02
MOST_LATE = 2.0
"""Seconds after which a request that no client could send is let go: people hang up, too."""


@dataclass(slots=True)
class Tally:
    """What came of requests: `seconds` of those that were answered with 200, and the subjects of events acknowledged."""

    statuses: Counter[tuple[str, int]] = field(default_factory=Counter[tuple[str, int]])
    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    acknowledged: list[str] = field(default_factory=list)
    let_go: int = 0

    @property
    def answered(self) -> int:
        return sum(count for (_, status), count in self.statuses.items() if status == 200)

    @property
    def wrong(self) -> dict[tuple[str, int], int]:
        """What must not be: any status but those of FINE, and answers that were cut."""
        return {key: count for key, count in self.statuses.items() if key[1] not in FINE}


@dataclass(frozen=True, slots=True)
class Door:
    """Where to ask, and as whom: programs by a token, pages by the cookie of a session."""

    address: str
    token: str
    cookie: str

    async def open(self, kind: str) -> Connection:
        return await Connection.open(self.address, self.token, self.cookie if kind == "page" else "")


async def close_up(door: Door, mix: Iterator[Request], clients: int, seconds: float) -> Tally:
    """Let so many clients ask one after the other; what they get answered in that time is what the server can do."""
    tally, ends = Tally(), time.monotonic() + seconds

    async def client() -> None:
        line = Line(door, tally)
        while time.monotonic() < ends:
            await line.send(next(mix))
        line.close()

    await asyncio.gather(*(client() for _ in range(clients)))
    return tally


async def offer(door: Door, mix: Iterator[Request], rate: float, clients: int, seconds: float) -> Tally:
    """Offer requests at a rate for so long; what waits for one of the clients for too long is let go."""
    tally = Tally()
    waiting: Queue[tuple[float, Request] | None] = Queue()

    async def client() -> None:
        line = Line(door, tally)
        while (due := await waiting.get()) is not None:
            if time.monotonic() - due[0] > MOST_LATE:
                tally.let_go += 1
            else:
                await line.send(due[1])
        line.close()

    working = [asyncio.create_task(client()) for _ in range(clients)]
    began, offered = time.monotonic(), 0
    while (now := time.monotonic()) - began < seconds:
        while offered < (now - began) * rate:
            waiting.put_nowait((now, next(mix)))
            offered += 1
        await asyncio.sleep(PAUSE)
    for _ in working:
        waiting.put_nowait(None)
    await asyncio.gather(*working)
    return tally


class Line:
    """The connections of one client, opened when they are needed."""

    def __init__(self, door: Door, tally: Tally) -> None:
        self._door = door
        self._tally = tally
        self._open: dict[bool, Connection] = {}
        self._used: dict[bool, float] = {}

    async def send(self, request: Request) -> None:
        """Send one request and note what came of it."""
        began, status = time.monotonic(), CUT
        by_cookie = request.kind == "page"
        if began - self._used.get(by_cookie, began) > KEPT_ALIVE:
            self._close(by_cookie)
        with suppress(OSError, EOFError):
            if by_cookie not in self._open:
                self._open[by_cookie] = await self._door.open(request.kind)
            status, answer = await self._open[by_cookie].exchange(request.method, request.path, request.head, request.body)
            if status == 200 and answer.startswith(REFUSED):
                status = STATUSES.get(orjson.loads(answer)["errors"][0]["extensions"]["code"], 500)
            if status == 200 and b'"outcome":"REJECTED"' not in answer:
                self._tally.acknowledged += request.subjects
        if status != 200:
            self._close(by_cookie)  # who is refused may be shown the door
        self._used[by_cookie] = time.monotonic()
        self._tally.statuses[request.kind, status] += 1
        if status == 200:
            self._tally.seconds[request.kind].append(time.monotonic() - began)

    def _close(self, by_cookie: bool) -> None:
        if connection := self._open.pop(by_cookie, None):
            connection.close()

    def close(self) -> None:
        for by_cookie in list(self._open):
            self._close(by_cookie)
