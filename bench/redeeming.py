"""Points redeemed by a till, against a bare update of a balance under its lock: one client, in turns."""

from __future__ import annotations

import time
from typing import Any, LiteralString

from bench.figures import Figure, at_most, median_ms
from graph.commands.command import Answer, Author, Command, run
from graph.loyalty.adjusting import adjust
from graph.loyalty.redeeming import redeem
from graph.store import Reader, Store, Transaction

WARM_UP, TIMES = 20, 200
BARE: LiteralString = """
MATCH (b:BareBalance {id: $p.id})
REMOVE b.lock
WITH b WHERE b.points >= $p.points
SET b.points = b.points - $p.points
RETURN b.points
"""
MAKE_BARE: LiteralString = "CREATE (:BareBalance {id: $p.id, points: $p.points})"
CONSTRAIN: LiteralString = "CREATE CONSTRAINT bare_balance_id IF NOT EXISTS FOR (n:BareBalance) REQUIRE n.id IS UNIQUE"
FORGET: LiteralString = "MATCH (b:BareBalance) DELETE b"


async def compare_redemptions(store: Store, customer: str) -> Figure:
    """Return the median of a redemption of one point with key, entry and change told, beside the bare update (no target)."""
    await _write(store, CONSTRAIN, {})
    await _write(store, MAKE_BARE, {"id": "bare", "points": 10 * TIMES})
    await _do(store, adjust(_author("given"), customer, 10 * TIMES, None))
    ours: list[float] = []
    bare: list[float] = []
    for turn in range(WARM_UP + TIMES):
        began = time.perf_counter()
        await _do(store, redeem(_author(f"turn-{turn}"), customer, 1, None))
        between = time.perf_counter()
        [[left]] = await _write(store, BARE, {"id": "bare", "points": 1})
        ended = time.perf_counter()
        if left != 10 * TIMES - turn - 1:
            raise SystemExit("The bare update lost one.")
        if turn >= WARM_UP:
            ours.append(between - began)
            bare.append(ended - between)
    await _write(store, FORGET, {})
    return at_most("redeem_p50", median_ms(ours), "ms", median_ms(bare))


def _author(key: str) -> Author:
    return Author("bench", "bench", f"points-{key}", "measured")


async def _do(store: Store, command: Command) -> Answer:
    async def itself(answer: Answer, _: Reader) -> Answer:
        return answer

    return await run(store, command, itself)


async def _write(store: Store, statement: LiteralString, asked: dict[str, Any]) -> list[list[Any]]:
    async def work(transaction: Transaction) -> list[list[Any]]:
        return await transaction.run(statement, asked)

    return await store.write(work)
