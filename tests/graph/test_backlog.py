"""What waits in the graph to be done, in counts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, LiteralString

import pytest

from graph.backlog import KINDS, backlog
from tests.conftest import wipe

if TYPE_CHECKING:
    from graph.store import Store, Transaction

NOW = datetime.now(UTC)
MINUTE_AGO: LiteralString = "toString(datetime() - duration('PT1M'))"


async def write(store: Store, statement: LiteralString) -> None:
    async def run(transaction: Transaction) -> None:
        await transaction.run(statement)

    await store.write(run)


async def test_where_nothing_waits_every_kind_is_told_as_nothing(store: Store) -> None:
    await wipe(store)
    assert await backlog(store, NOW) == dict.fromkeys(KINDS, (0, 0.0))


@pytest.mark.parametrize(
    ("what", "statement", "waits"),
    [
        ("changes", "CREATE (:OutboxEntry {id: 'e', state: 'NEW', written: (timestamp() - 60000) * 1000})", (1, 60)),
        (
            "webhook_deliveries",
            f"""CREATE (:WebhookEndpoint {{id: 'w', enabled: true}})
            CREATE (:WebhookDelivery {{id: 'd', endpoint: 'w', state: 'WAITING', next_at: {MINUTE_AGO}}})""",
            (1, 60),
        ),
        ("jobs", f"UNWIND ['QUEUED', 'RUNNING', 'DONE'] AS s CREATE (:Job {{id: s, state: s, asked_at: {MINUTE_AGO}}})", (2, 60)),
        ("records_to_compare", "UNWIND ['1', '2'] AS key CREATE (:SourceRecord {key: key, unproposed: true})", (2, 0)),
        (
            "match_candidates",
            f"UNWIND ['OPEN', 'ACCEPTED'] AS s CREATE (:MatchCandidate {{id: s, key: s, status: s, created_at: {MINUTE_AGO}}})",
            (1, 60),
        ),
        ("cases", "UNWIND ['OPEN', 'DONE'] AS s CREATE (:Case {id: s, number: s, listed: s, turn: '9999'})", (1, 0)),
    ],
)
async def test_what_waits_is_counted_with_the_age_of_the_oldest(
    store: Store, what: str, statement: LiteralString, waits: tuple[int, int]
) -> None:
    await wipe(store)
    await write(store, statement)
    count, seconds = (await backlog(store, NOW))[what]
    assert (count, seconds // 60 * 60) == waits


async def test_a_delivery_whose_time_has_not_come_and_one_to_an_endpoint_that_is_off_wait_for_nothing(store: Store) -> None:
    await wipe(store)
    await write(
        store,
        "UNWIND [true, false] AS on CREATE (:WebhookEndpoint {id: toString(on), enabled: on}) CREATE (:WebhookDelivery "
        "{id: toString(on), endpoint: toString(on), state: 'WAITING', next_at: toString(datetime() + duration('PT1H'))})",
    )
    assert (await backlog(store, NOW))["webhook_deliveries"] == (1, 0.0)


async def test_a_case_is_overdue_from_its_due_time_on(store: Store) -> None:
    await wipe(store)
    await write(store, "CREATE (:Case {id: 'c', number: 1, listed: 'OPEN', turn: '2026-12-01T00:00:00.000000Zc'})")
    due = datetime(2026, 12, 1, tzinfo=UTC)
    found: list[Any] = [(await backlog(store, due + timedelta(seconds=by)))["cases_overdue"][0] for by in (-1, 1)]
    assert found == [0, 1]
