"""Record a batch of events in one unit of work: locked, decided in memory, the difference written, receipts left."""

from __future__ import annotations

from collections.abc import Sequence

from graph.errors import InvalidInput
from graph.events.facts import Event
from graph.intake.batch import Batch
from graph.intake.event_types import EVENT_NOUNS
from graph.intake.receipts import Receipt
from graph.store import Store
from graph.writes.unit import Unit, execute

LARGEST_BATCH = 1_000


async def record(store: Store, events: Sequence[Event], *, dry_run: bool = False) -> list[Receipt]:
    """Record up to 1,000 events in one transaction and return their receipts in the order given.

    A receipt is returned only when everything is committed. With `dry_run` nothing is written, and a customer
    that would be new has no id yet. Raises InvalidInput for a larger batch, StorageFull where nothing new is taken, and the
    store's errors.
    """
    if not dry_run:
        store.require_room()
    if len(events) > LARGEST_BATCH:
        raise InvalidInput(f"A batch holds at most {LARGEST_BATCH} events.")

    async def work(unit: Unit) -> list[Receipt]:
        return await Batch(unit, events).run(dry_run)

    return await execute(store, EVENT_NOUNS, work, dry_run=dry_run)
