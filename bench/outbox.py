"""What it costs a batch to say what it changed: the same sorts of batches in turns, with and without these entries."""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import islice
from random import Random
from typing import Any
from unittest.mock import patch

from bench import customers
from bench.figures import Figure
from graph.intake.reading import read_event
from graph.intake.record import LARGEST_BATCH, record
from graph.store import Store

FIRST_NUMBER, FIRST_TURN = 5_000_000, 400
WARM_UP, PIECES, TARGET = 2, 8, 0.10
ROWS = "graph.writes.unit.change_rows"


async def time_outbox(store: Store, known_customers: int) -> Figure:
    """Return the part of the time of batches of persons and of orders that their changes take."""
    random = Random(5)
    persons = (customers.person(FIRST_NUMBER + number) for number in range(LARGEST_BATCH * 2 * (WARM_UP + PIECES)))
    orders = (
        customers.order(number, FIRST_TURN + turn, random) for turn in range(LARGEST_BATCH) for number in range(known_customers)
    )
    told = untold = 0.0
    for turn in range(WARM_UP + PIECES):
        for events in (persons, orders):
            seconds = await _seconds(store, events)
            with patch(ROWS, return_value=[]):
                without = await _seconds(store, events)
            if turn >= WARM_UP:
                told, untold = told + seconds, untold + without
    share = 1 - untold / told
    return Figure("outbox_share", share, "", target=TARGET, ok=share <= TARGET)


async def _seconds(store: Store, events: Iterator[dict[str, Any]]) -> float:
    piece = [read_event(event, b"bench") for event in islice(events, LARGEST_BATCH)]
    began = time.perf_counter()
    await record(store, piece)
    return time.perf_counter() - began
