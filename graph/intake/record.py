"""Record a batch of events: one transaction that locks, decides in memory, writes the difference, and leaves receipts."""

from __future__ import annotations

from collections.abc import Sequence

from graph.errors import InvalidInput
from graph.events.facts import Event
from graph.intake.batch import Batch
from graph.intake.receipts import Receipt
from graph.resolution.neighbourhood import Neighbourhood
from graph.store import Store, Transaction
from graph.writes.dry_run import write_or_rehearse

LARGEST_BATCH = 1_000


async def record(store: Store, events: Sequence[Event], *, dry_run: bool = False) -> list[Receipt]:
    """Record up to 1,000 events in one transaction and return their receipts in the order given.

    A receipt is returned only when everything is committed. With `dry_run` nothing is written, and a customer
    that would be new has no id yet. Raises InvalidInput for a larger batch and the store's errors.
    """
    if len(events) > LARGEST_BATCH:
        raise InvalidInput(f"A batch holds at most {LARGEST_BATCH} events.")
    wanted = Neighbourhood()

    async def work(transaction: Transaction) -> list[Receipt]:
        # Runs again after a deadlock, with every key known so far locked in one sorted pass.
        return await Batch(transaction, events, wanted.restarted()).run(dry_run)

    return await write_or_rehearse(store, work, rehearse=dry_run)
