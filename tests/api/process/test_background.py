"""What runs beside the requests: the writer of events while the application lives."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from math import inf
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from api.process.background import FAILURES, WriterFailed, background
from graph.audit.journal import Journal
from graph.errors import ServiceUnavailable
from graph.events.facts import Event
from graph.intake.queue import IntakeQueue
from graph.intake.reading import read_event
from graph.intake.receipts import Receipt, forget_receipts
from graph.intake.record import record
from graph.store import Store

KEPT = {forget_receipts: timedelta(days=90)}


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(tmp_path, "test", bytes(32))


def person(number: int) -> dict[str, Any]:
    return {
        "specversion": "1.0",
        "type": "customer360.person.v1",
        "source": "/ec",
        "id": f"background-{number}",
        "subject": f"U-{number}",
        "time": "2026-04-01T10:00:00+09:00",
        "data": {"name": {"full": "試験 太郎"}},
    }


async def test_events_are_written_while_the_application_lives(store: Store, journal: Journal) -> None:
    async def write(events: Sequence[Event], *, dry_run: bool = False) -> list[Receipt]:
        return await record(store, events, dry_run=dry_run)

    queue = IntakeQueue(write, capacity=10)
    async with background(queue, store, KEPT, journal):
        receipts = await queue.submit([read_event(person(1), b"key")])
    assert [receipt.outcome for receipt in receipts] == ["CREATED"]


class Failing(IntakeQueue):
    """A queue whose writer fails so many times before it works."""

    def __init__(self, store: Store, failures: float) -> None:
        super().__init__(partial(record, store), capacity=10)
        self.failures = failures

    async def run(self) -> None:
        if self.failures:
            self.failures -= 1
            raise KeyError("090-0000-1234")
        await super().run()


async def test_a_writer_that_fails_is_started_again_and_told_without_values(store: Store, journal: Journal) -> None:
    queue = Failing(store, failures=FAILURES - 1)
    with capture_logs() as lines:
        async with background(queue, store, KEPT, journal):
            while not queue.has_writer:
                await asyncio.sleep(0)
            receipts = await queue.submit([read_event(person(4), b"key")])
    assert [receipt.outcome for receipt in receipts] == ["CREATED"]
    assert [line["event"] for line in lines if line["log_level"] == "error"] == ["event_writer_failed"] * (FAILURES - 1)


async def test_a_writer_that_fails_again_and_again_ends_what_runs_beside_it(store: Store, journal: Journal) -> None:
    queue = Failing(store, failures=inf)
    with pytest.raises(WriterFailed):
        async with background(queue, store, KEPT, journal):
            await asyncio.Event().wait()
    with pytest.raises(ServiceUnavailable):
        await queue.submit([read_event(person(5), b"key")])
