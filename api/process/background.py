"""What runs beside the requests for as long as the application does: the writer of events, the relay, and upkeep."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Coroutine, Mapping
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import structlog

from api.process.upkeep import Forget, attribute_waiting, copy_audit, forget_hourly, propose_waiting, settle_waiting
from graph.audit.journal import Journal
from graph.errors import Customer360Error
from graph.intake.queue import IntakeQueue
from graph.store import Store

FAILURES, FAILURES_SECONDS = 5, 60
"""So many failures of the writer within so many seconds, and it is not started again."""

log = structlog.stdlib.get_logger("customer360.background")


class WriterFailed(Customer360Error):
    """Events cannot be written any more, by a defect of the program: the process ends, for its supervisor to start it anew."""

    code = "WRITER_FAILED"


@asynccontextmanager
async def background(
    queue: IntakeQueue,
    store: Store,
    kept: Mapping[Forget, timedelta],
    journal: Journal,
    *beside: Coroutine[Any, Any, None],
) -> AsyncGenerator[None]:
    """Run the tasks until the block ends; who waits in the queue then is told to come again. `kept` is as in upkeep.py.

    `beside` are further tasks, which go on until they are cancelled. The read audit of `journal` is copied into the graph,
    and its file closed at the end.

    The block is cancelled and WriterFailed raised when the writer of events cannot be kept running.
    """
    try:
        async with asyncio.TaskGroup() as tasks:
            upkeep = (
                forget_hourly(store, kept),
                attribute_waiting(store),
                settle_waiting(store),
                propose_waiting(store),
                copy_audit(store, journal.folder),
            )
            running = [tasks.create_task(each) for each in (write_events(queue), *upkeep, *beside)]
            # Lets them begin: nothing is taken before there is a writer.
            await asyncio.sleep(0)
            try:
                yield
            finally:
                for task in running:
                    task.cancel()
                await journal.close()
    except BaseExceptionGroup as group:
        if failed := group.subgroup(WriterFailed):
            raise failed.exceptions[0] from None
        raise


async def write_events(queue: IntakeQueue) -> None:
    """Keep the writer of events running: a failure is logged and it begins anew, unless it fails again and again."""
    failures: deque[float] = deque(maxlen=FAILURES)
    loop = asyncio.get_running_loop()
    while True:
        try:
            await queue.run()
        except Exception:  # whatever it is, events must go on being written
            log.exception("event_writer_failed")
        else:
            log.error("event_writer_ended")
        failures.append(loop.time())
        if len(failures) == FAILURES and failures[-1] - failures[0] < FAILURES_SECONDS:
            raise WriterFailed("The writer of events fails again and again; the log says where. The server ends.")
