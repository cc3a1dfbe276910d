"""What runs beside the requests: the writer of events while the application lives, and forgetting old receipts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from structlog.testing import capture_logs

from api.process.background import background, forget_old
from graph.errors import ServiceUnavailable
from graph.events.facts import Event
from graph.intake.queue import IntakeQueue
from graph.intake.reading import read_event
from graph.intake.receipts import Receipt
from graph.intake.record import record
from graph.store import Store, Transaction


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


async def test_events_are_written_while_the_application_lives(store: Store) -> None:
    async def write(events: Sequence[Event], *, dry_run: bool = False) -> list[Receipt]:
        return await record(store, events, dry_run=dry_run)

    queue = IntakeQueue(write, capacity=10)
    async with background(queue, store, timedelta(days=90)):
        receipts = await queue.submit([read_event(person(1), b"key")])
    assert [receipt.outcome for receipt in receipts] == ["CREATED"]


async def test_receipts_are_forgotten_once_they_are_old_enough(store: Store) -> None:
    await record(store, [read_event(person(number), b"key") for number in (2, 3)])

    async def age(transaction: Transaction) -> None:
        await transaction.run(
            "MATCH (r:Receipt) WITH r ORDER BY r.key LIMIT 1 SET r.received_at = $p.long_ago",
            {"long_ago": "2020-01-01T00:00:00.000000Z"},
        )

    await store.write(age)
    before = await store.read("MATCH (r:Receipt) RETURN count(*)")
    with capture_logs() as lines:
        await forget_old(store, timedelta(days=90))
    after = await store.read("MATCH (r:Receipt) RETURN count(*)")
    assert before[0][0] - after[0][0] == 1
    assert [line["count"] for line in lines] == [1]


@pytest.mark.parametrize("address", ["bolt://127.0.0.1:9"])
async def test_a_database_that_is_away_is_asked_again_the_next_hour(address: str) -> None:
    away = await Store.open(address, "neo4j", "not-needed")
    with capture_logs() as lines:
        await forget_old(away, timedelta(days=90))
    await away.close()
    assert [(line["event"], line["code"]) for line in lines] == [("receipts_not_forgotten", ServiceUnavailable.code)]
