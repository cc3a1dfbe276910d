"""The story of a soak: what the server can do, twice as much of it for long, and how it stands afterwards."""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import LiteralString

from bench.servers import resident_megabytes
from bench.soak.load import Door, Line, Tally, close_up, offer
from bench.soak.mix import Request, requests
from graph.keys import scoped
from graph.store import Store

FEW, MANY = 16, 200
"""Clients while it is measured what the server can do, and while more than that is asked."""
QUIET_REQUESTS = 40
AS_BEFORE = 1.5
"""An answer takes as long as before when its median is at most so many times what it was."""
SAMPLES = 20
"""So often memory is looked at."""
WARM_UP = 0.25
"""The part of the time after which memory must not grow any more: caches are full by then."""

IN_GRAPH: LiteralString = "UNWIND $p.keys AS key MATCH (r:SourceRecord {key: key}) RETURN count(r)"
AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class Soaked:
    """`capacity` and `offered` are requests a second; times are in seconds; memory in megabytes."""

    capacity: float
    offered: float
    seconds: float
    tally: Tally
    quiet: float
    recovery: float
    memory: Sequence[float]
    missing: int

    @property
    def growth(self) -> float:
        """By what part of it memory has grown between the end of the warm-up and the end; medians of a quarter each."""
        warm = self.memory[int(len(self.memory) * WARM_UP) :]
        quarter = max(1, len(warm) // 4)
        first, last = (statistics.median(part) for part in (warm[:quarter], warm[-quarter:]))
        return last / first - 1


async def soak(
    door: Door, store: Store, pid: int, ids: Sequence[str], phones: Sequence[str], *, measured: float, seconds: float, most: float
) -> Soaked:
    """Measure for `measured` seconds what the server of process `pid` can do, then offer twice as much for `seconds`.

    `most` is for how many seconds at most it is waited until answers take as long as before.
    """
    mix = requests(ids, phones)
    quiet = await _median(door, mix)
    before = await close_up(door, mix, FEW, measured)
    capacity = before.answered / measured
    memory: list[float] = []
    watching = asyncio.create_task(_watch(pid, seconds / SAMPLES, memory))
    tally = await offer(door, mix, 2 * capacity, MANY, seconds)
    watching.cancel()
    recovery = await _recovered(door, mix, quiet, most)
    missing = await _missing(store, [*before.acknowledged, *tally.acknowledged])
    return Soaked(capacity, 2 * capacity, seconds, tally, quiet, recovery, memory, missing)


async def _watch(pid: int, pause: float, memory: list[float]) -> None:
    while True:
        await asyncio.sleep(pause)
        memory.append(resident_megabytes(pid))


async def _median(door: Door, mix: Iterator[Request]) -> float:
    """Return how long one client waits for a look-up, in seconds; infinite where one was not answered."""
    tally = Tally()
    line = Line(door, tally)
    look_ups = (request for request in mix if request.kind == "look_up")
    for _ in range(QUIET_REQUESTS):
        await line.send(next(look_ups))
    line.close()
    return statistics.median(tally.seconds["look_up"]) if tally.answered == QUIET_REQUESTS else float("inf")


async def _recovered(door: Door, mix: Iterator[Request], quiet: float, most: float) -> float:
    """Return after how many seconds answers take as long as before; infinite where they do not within `most`."""
    began = time.monotonic()
    while (spent := time.monotonic() - began) < most:
        if await _median(door, mix) <= AS_BEFORE * quiet:
            return spent
    return float("inf")


async def _missing(store: Store, subjects: Sequence[str]) -> int:
    """Return how many of the customers whose events were acknowledged are not in the graph."""
    keys = [scoped("/bench", subject) for subject in subjects]
    found = 0
    for start in range(0, len(keys), AT_ONCE):
        found += (await store.read(IN_GRAPH, {"keys": keys[start : start + AT_ONCE]}))[0][0]
    return len(keys) - found
