"""What has to be looked at from time to time to be told: how late the event loop is, and what waits in the graph."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import partial

from api.telemetry.measures import (
    DATABASE_ANSWERS,
    DISK_FREE,
    DISK_MARK,
    EVENTS_QUEUE_CAPACITY,
    EVENTS_QUEUED,
    LOOP_DELAY,
    WAITING,
    WAITING_SECONDS,
    WRITER_RUNS,
)
from graph.backlog import backlog
from graph.errors import Customer360Error
from graph.free_space import Room
from graph.intake.queue import IntakeQueue
from graph.store import Store

LOOP_PAUSE, GRAPH_PAUSE = 0.25, 15.0


def watch_queue(queue: IntakeQueue, capacity: int) -> None:
    """Have the queue of events told as it is whenever somebody asks."""
    EVENTS_QUEUE_CAPACITY.set(capacity)
    EVENTS_QUEUED.set_function(lambda: queue.waiting)
    WRITER_RUNS.set_function(lambda: queue.has_writer)


def watch_disks(rooms: Mapping[str, Room | None]) -> None:
    """Have the free space of disks told as it is whenever somebody asks; of a database elsewhere nothing is known."""
    for name, room in rooms.items():
        if room is not None:
            DISK_MARK.labels(name).set(room.mark)
            DISK_FREE.labels(name).set_function(partial(getattr, room, "free"))


async def watch_loop() -> None:
    """Note by how much each pause is longer than it should be."""
    loop = asyncio.get_running_loop()
    while True:
        due = loop.time() + LOOP_PAUSE
        await asyncio.sleep(LOOP_PAUSE)
        LOOP_DELAY.observe(max(0.0, loop.time() - due))


async def watch_graph(store: Store) -> None:
    """Note what waits in the graph, and whether that could be asked."""
    while True:
        try:
            for what, (count, seconds) in (await backlog(store, datetime.now(UTC))).items():
                WAITING.labels(what).set(count)
                WAITING_SECONDS.labels(what).set(seconds)
            DATABASE_ANSWERS.set(1)
        except Customer360Error:
            DATABASE_ANSWERS.set(0)
        await asyncio.sleep(GRAPH_PAUSE)
