"""64 clients that hold pieces at once, against one bare update under a lock: how many a second, in turns."""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, LiteralString

from bench.figures import Figure, at_least
from graph.commands.command import Answer, Author, run
from graph.intake.reading import read_event
from graph.intake.record import record
from graph.keys import level_id, product_id, store_id
from graph.stock.places import Place
from graph.stock.reserving import reserve
from graph.store import Reader, Store, Transaction

CLIENTS, EACH, PRODUCTS, ROUNDS = 64, 6, 32, 5
TARGET = 0.5
BARE: LiteralString = """
MATCH (l:InventoryLevel {id: $p.id})
REMOVE l.lock
WITH l WHERE l.on_hand - l.committed - l.unavailable - l.reserved >= 1
SET l.reserved = l.reserved + 1
RETURN l.reserved
"""
HELD: LiteralString = "MATCH (l:InventoryLevel) WHERE l.store_code = 'bench' RETURN sum(l.reserved)"


async def compare_reservations(store: Store) -> Figure:
    """Return reservations a second by the command, idempotent and told of, beside the update alone."""
    await record(store, [read_event(_received(number), b"bench") for number in range(PRODUCTS)])
    own: list[float] = []
    bare: list[float] = []
    for round_ in range(ROUNDS + 1):
        own.append(await _per_second(partial(_reserve, store, round_)))
        bare.append(await _per_second(partial(_update, store)))
    [[held]] = await store.read(HELD)
    if held != 2 * (ROUNDS + 1) * CLIENTS * EACH:
        raise SystemExit(f"{held} pieces are held.")
    # The first round is that in which everything is planned.
    return at_least("reserve_64_clients", statistics.median(own[1:]), "/s", statistics.median(bare[1:]), TARGET)


async def _per_second(once: Callable[[int], Awaitable[object]]) -> float:
    async def client(number: int) -> None:
        for turn in range(EACH):
            await once(number * EACH + turn)

    began = time.perf_counter()
    await asyncio.gather(*(client(number) for number in range(CLIENTS)))
    return CLIENTS * EACH / (time.perf_counter() - began)


async def _reserve(store: Store, round_: int, number: int) -> Answer:
    async def itself(answer: Answer, _: Reader) -> Answer:
        return answer

    place = Place(product_id(_sku(number)), store_id("bench"))
    author = Author("bench", "bench", f"reserve-{round_}-{number}")
    return await run(store, reserve(author, place, 1, f"basket-{number}", 60), itself)


async def _update(store: Store, number: int) -> list[list[Any]]:
    async def work(transaction: Transaction) -> list[list[Any]]:
        return await transaction.run(BARE, {"id": level_id(_sku(number), "bench")})

    return await store.write(work)


def _sku(number: int) -> str:
    return f"RESERVE-{number % PRODUCTS}"


def _received(number: int) -> dict[str, Any]:
    envelope = {"specversion": "1.0", "type": "customer360.inventory.v1", "source": "/bench", "id": f"received-{number}"}
    data = {"kind": "RECEIPT", "sku": _sku(number), "store": "bench", "quantity": 1_000_000}
    return {**envelope, "time": "2026-04-01T00:00:00Z", "data": data}
