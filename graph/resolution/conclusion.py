"""What follows from changed records, whoever changed them: customers, attributed contacts, counts, and all of it written."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, LiteralString
from uuid import uuid4

from graph.intake.receipts import WRITE_RECEIPTS
from graph.resolution.attribution import attribute_contacts
from graph.resolution.counting import settle_counts
from graph.resolution.decide import Verdict, decide, lost_ids
from graph.resolution.neighbourhood import Neighbourhood
from graph.resolution.people_writes import PEOPLE_WRITES, people_rows, write_moves
from graph.resolution.source_trust import declared_trust
from graph.store import Store, Transaction
from graph.touchpoints.state import ContactState
from graph.touchpoints.writes import (
    TOUCHPOINT_WRITES,
    changed_contacts,
    delete_former_lines,
    touchpoint_rows,
    write_known,
)
from graph.writes.batching import in_turn
from graph.writes.dry_run import write_or_rehearse

# (:Customer) that some record resolves to; locked, since two components may have records born with one id
ALIVE: LiteralString = """
UNWIND $p.ids AS id
MATCH (c:Customer {id: id})
REMOVE c.lock
WITH c
WHERE EXISTS { (c)<-[:RESOLVES_TO]-(:SourceRecord) }
RETURN c.id
"""


# people, what they did, and that their events came
WRITES = "\n".join((PEOPLE_WRITES, TOUCHPOINT_WRITES, in_turn(WRITE_RECEIPTS)))


async def conclude(transaction: Transaction, hood: Neighbourhood, contacts: dict[str, ContactState], now: str) -> Verdict:
    """Decide in memory which customer each record is, and whose the contacts are; `contacts` gains those that move."""
    verdict = await _decide(transaction, hood, now)
    await attribute_contacts(transaction, hood, contacts)
    settle_counts(contacts.values(), hood.records)
    if len({record.customer for record in hood.records.values()}) < len(hood.records):
        hood.trust = await declared_trust(transaction)  # one record alone has nobody to be weighed against
    return verdict


async def write_conclusion(
    transaction: Transaction,
    hood: Neighbourhood,
    verdict: Verdict,
    contacts: Iterable[ContactState],
    now: str,
    *,
    places: Iterable[str] = (),
    articles: Iterable[str] = (),
    receipts: Iterable[dict[str, Any]] = (),
) -> None:
    """Write everything that changed; `places` and `articles` are the stores and products that contacts name."""
    changed = changed_contacts(contacts)
    await delete_former_lines(transaction, changed)
    rows = {**people_rows(hood, verdict), **touchpoint_rows(changed, places, articles), "receipts": list(receipts)}
    if any(rows.values()):
        await transaction.run(WRITES, {**rows, "now": now})
    await write_moves(transaction, hood, verdict)
    await write_known(transaction, changed)


async def plan_writes(store: Store) -> None:
    """Have the database plan WRITES, which takes it most of a second, before the first event waits for it."""

    async def nothing(transaction: Transaction) -> None:
        await transaction.run(WRITES, {"now": ""})

    await write_or_rehearse(store, nothing, rehearse=True)


async def _decide(transaction: Transaction, hood: Neighbourhood, now: str) -> Verdict:
    if not any(record.identity_changed for record in hood.records.values()):
        return Verdict([], [], {})
    lost = lost_ids(hood)
    alive = {row[0] for row in await transaction.run(ALIVE, {"ids": sorted(lost)})} if lost else set[str]()
    return decide(hood, alive_elsewhere=alive, mint=lambda: uuid4().hex, now=now)
