"""Merging a customer of a hundred thousand touchpoints into another, beside one of ten."""

from __future__ import annotations

import time
from itertools import count
from typing import LiteralString

from bench.figures import Figure, at_most, median_ms
from bench.history import customer_with_history
from graph.commands.command import Author
from graph.decisions.customers import merge, undo
from graph.decisions.deciding import decide
from graph.decisions.table import Expected
from graph.store import Store

LONG, SHORT, OTHER = 100_000, 10, 10
FIRST_NUMBER = 8_100_000
WARM_UP, ROUNDS = 20, 60
TARGET = 1.3

VERSIONS: LiteralString = "UNWIND $p.ids AS id MATCH (c:Customer {id: id}) RETURN c.id, c.version"
Pair = tuple[str, str]


async def compare_merges(store: Store) -> Figure:
    """Merge both pairs in turns and undo it each time; only the merges are timed."""
    numbers = count(FIRST_NUMBER)
    sizes = LONG, OTHER, SHORT, OTHER
    customers = [(await customer_with_history(store, next(numbers), size))[0] for size in sizes]
    long, short = (customers[0], customers[1]), (customers[2], customers[3])
    spent: dict[Pair, list[float]] = {long: [], short: []}
    for turn in range(WARM_UP + ROUNDS):
        for pair in (long, short) if turn % 2 else (short, long):
            seconds = await _merge(store, pair, f"{pair[0]}-{turn}")
            if turn >= WARM_UP:
                spent[pair].append(seconds)
    return at_most("merge_100k_vs_10", median_ms(spent[long]), "ms", median_ms(spent[short]), TARGET)


async def _merge(store: Store, pair: Pair, key: str) -> float:
    """Return the seconds that a merge takes; the two are apart again afterwards."""
    expected = await _expected(store, pair)
    began = time.perf_counter()
    outcome = await decide(store, Author("bench", "bench", key, "measured"), merge(expected))
    seconds = time.perf_counter() - began
    [merged] = await _expected(store, list(outcome.customers))
    await decide(store, Author("bench", "bench", f"{key}-undone", "measured"), undo(merged, outcome.decision))
    return seconds


async def _expected(store: Store, customers: Pair | list[str]) -> list[Expected]:
    return [Expected(own_id, version) for own_id, version in await store.read(VERSIONS, {"ids": list(customers)})]
