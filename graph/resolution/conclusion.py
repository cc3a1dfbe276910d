"""What follows from changed records, whoever changed them: customers, attributed contacts, counts, and what is noted."""

from __future__ import annotations

from uuid import uuid4

from graph.resolution.attribution import attribute_contacts
from graph.resolution.counting import settle_counts
from graph.resolution.customers import Customers
from graph.resolution.decide import decide, lost_ids
from graph.resolution.noting import note_changes
from graph.resolution.people import People
from graph.resolution.source_trust import declared_trust
from graph.touchpoints.nodes import Touchpoints
from graph.writes.unit import Nodes, Unit

NOUNS: tuple[type[Nodes], ...] = (People, Touchpoints, Customers)
"""What every writer of people locks and writes."""


async def conclude(unit: Unit) -> None:
    """Decide in memory which customer each record is, and whose the anonymous contacts are; nothing is written yet."""
    people = unit.of(People)
    await _decide(unit, people)
    await attribute_contacts(unit)
    settle_counts(unit.of(Touchpoints).states.values(), people.records)
    if len({record.customer for record in people.records.values()}) < len(people.records):
        people.trust = await declared_trust(unit.transaction)  # one record alone has nobody to be weighed against
    note_changes(unit)


async def _decide(unit: Unit, people: People) -> None:
    if not any(record.identity_changed for record in people.records.values()):
        return
    customers, lost = unit.of(Customers), lost_ids(people.records)
    unit.want("Customer", lost)
    await unit.lock()
    alive = {own_id for own_id in lost if own_id in customers.known and customers.known[own_id].alive}
    people.verdict = decide(people.records, people.identifiers, alive_elsewhere=alive, mint=lambda: uuid4().hex, now=unit.now)
