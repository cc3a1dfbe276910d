"""What is used first after the server says that it is ready, beside what the same costs once all is warm."""

from __future__ import annotations

import time
from collections.abc import Sequence

from admin.pages.lookups.operations import FEW, LOOKUP
from bench.connection import Connection
from bench.figures import Figure, at_most, median_ms
from bench.page import page_seconds
from bench.view import node_id

WARM = 100
TARGET = 3.0
TYPED = [("試験品質" * 25)[:length] for length in (1, 10, 100)]
"""A name of each of Neo4j's classes of a text's length."""


async def first_uses(address: str, token: str, ids: Sequence[str], phones: Sequence[str]) -> list[Figure]:
    """Use each thing for the first time and then often; the server and its database have just been started."""
    connection = await Connection.open(address, token)
    first_page = await page_seconds(connection, node_id("Customer", ids[0]))
    first_lookup = await _look_up(connection, phones[0])
    typed = {text: await _look_up(connection, text) for text in TYPED}
    pages = [await page_seconds(connection, node_id("Customer", ids[turn % len(ids)])) for turn in range(WARM)]
    lookups = [await _look_up(connection, phones[turn % len(phones)]) for turn in range(WARM)]
    warm = {text: median_ms([await _look_up(connection, text) for _ in range(WARM)]) for text in TYPED}
    connection.close()
    slowest = max(TYPED, key=lambda text: typed[text] / warm[text])
    return [
        at_most("first_page_ratio", first_page * 1000, "ms", median_ms(pages), TARGET),
        at_most("first_lookup_ratio", first_lookup * 1000, "ms", median_ms(lookups), TARGET),
        at_most("typed_length_ratio", typed[slowest] * 1000, "ms", warm[slowest], TARGET),
    ]


async def _look_up(connection: Connection, text: str) -> float:
    began = time.perf_counter()
    await connection.post("/graphql", {"query": LOOKUP, "variables": {"query": text, "first": FEW}})
    return time.perf_counter() - began
