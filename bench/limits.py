"""What requests that have to be refused cost the server, and what somebody beside whoever sends them feels of it."""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import Sequence

import httpx2

from bench.bombs import BOMBS
from bench.figures import Figure, at_most
from bench.routes import Route, time_each
from resolvers.access.viewer import Viewer
from resolvers.engine.errors import RequestRefused
from resolvers.engine.limits.cost import MOST_COST
from resolvers.execution import coerce, operations

TURNS, SENDERS = 3, 4
CPU_TARGET_MS, BYSTANDER_TARGET = 50, 2.0
NINETY_FIFTH = 94
SENDER = Viewer("bench")


def time_refusals() -> Figure:
    """Return the milliseconds of processor that the dearest bomb takes until it is refused, at its best of some turns."""
    dearest = max(min(_refused(text) for _ in range(TURNS)) for text in BOMBS.values()) * 1_000
    return Figure("bomb_cpu_ms", dearest, "ms", target=CPU_TARGET_MS, ok=dearest <= CPU_TARGET_MS)


def _refused(text: str) -> float:
    began = time.process_time()
    try:
        operation = operations().get(text, None, suggesting=False)
        refused = operation.cost(coerce(operation, {}, SENDER)) > MOST_COST
    except RequestRefused:
        refused = True
    if not refused:
        raise SystemExit(f"A bomb of the benchmark was let through: {text[:100]}")
    return time.process_time() - began


async def compare_bystander(route: Route, keys: Sequence[str], token: str) -> Figure:
    """Compare the 95th percentile of a client's answers beside senders of bombs with that of the client alone."""
    alone = _percentile(await time_each(route, keys))
    sending = [asyncio.create_task(_send(route.address, token, number)) for number in range(SENDERS)]
    beside = _percentile(await time_each(route, keys))
    for task in sending:
        task.cancel()
    await asyncio.gather(*sending, return_exceptions=True)
    return at_most("bystander_p95_ratio", beside, "ms", alone, BYSTANDER_TARGET)


async def _send(address: str, token: str, first: int) -> None:
    """Send one bomb after the other, each as soon as the one before is refused."""
    bombs = list(BOMBS.values())
    async with httpx2.AsyncClient(
        base_url=address, headers={"Authorization": f"Bearer {token}", "X-Purpose": "benchmark"}
    ) as client:
        number = first
        while True:
            await client.post("/graphql", json={"query": bombs[number % len(bombs)]})
            number += 1


def _percentile(seconds: Sequence[float]) -> float:
    return statistics.quantiles(seconds, n=100)[NINETY_FIFTH] * 1_000
