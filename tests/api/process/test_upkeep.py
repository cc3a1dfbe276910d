"""What the process does in the graph beside its requests: old things go, and contacts that wait are attributed."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from structlog.testing import capture_logs

from api.process.upkeep import attribute_waiting, forget_old
from graph.commands.forgetting import forget_commands
from graph.errors import ServiceUnavailable
from graph.intake.receipts import forget_receipts
from graph.store import Store
from graph.writes.changes import forget_changes

if TYPE_CHECKING:
    from api.process.upkeep import Forget
    from graph.store import Transaction

LEFT = "MATCH (n) WHERE n:Receipt OR n:Command OR n:OutboxEntry RETURN labels(n)[0], n.name ORDER BY labels(n)[0]"


async def leave(transaction: Transaction) -> None:
    """Leave one old and one new of each."""
    await transaction.run("""
        UNWIND [['old', '2020-01-01T00:00:00.000000Z'], ['new', '2999-01-01T00:00:00.000000Z']] AS pair
        CREATE (:Receipt {key: pair[0], name: pair[0], received_at: pair[1]})
        CREATE (:Command {client: 'app', key: pair[0], name: pair[0], at: pair[1]})
        CREATE (:OutboxEntry {id: pair[1] + ' ' + pair[0], name: pair[0], at: pair[1], state: 'NUMBERED'})
    """)


async def test_what_is_old_enough_is_forgotten_and_counted(store: Store) -> None:
    await store.write(leave)
    forgets: list[Forget] = [forget_receipts, forget_commands, forget_changes]
    with capture_logs() as lines:
        for forget in forgets:
            await forget_old(store, forget, timedelta(days=30))
    assert [(line["by"], line["count"]) for line in lines] == [(forget.__name__, 1) for forget in forgets]
    assert await store.read(LEFT) == [["Command", "new"], ["OutboxEntry", "new"], ["Receipt", "new"]]


@pytest.mark.parametrize("address", ["bolt://127.0.0.1:9"])
async def test_a_database_that_is_away_is_asked_again_the_next_hour(address: str) -> None:
    away = await Store.open(address, "neo4j", "not-needed")
    with capture_logs() as lines:
        await forget_old(away, forget_receipts, timedelta(days=90))
    await away.close()
    assert [(line["event"], line["code"]) for line in lines] == [("not_forgotten", ServiceUnavailable.code)]


async def test_contacts_that_wait_are_attributed_while_the_process_lives(store: Store) -> None:
    async def mark(transaction: Transaction) -> None:
        await transaction.run("""
            CREATE (:Identifier {key: 'PHONE::+81360004130', id: 'i', kind: 'PHONE', scope: '', value: '+81360004130',
              mobile: false, sharing: 'UNKNOWN', state: 'ACTIVE', holders: [], given_names: [], contacts: true,
              unattributed_after: ''})
        """)

    await store.write(mark)
    upkeep = asyncio.create_task(attribute_waiting(store))
    async with asyncio.timeout(60):
        while await store.read("MATCH (i:Identifier) WHERE i.unattributed_after IS NOT NULL RETURN i.key"):
            await asyncio.sleep(0)
    assert not upkeep.done()
    upkeep.cancel()
