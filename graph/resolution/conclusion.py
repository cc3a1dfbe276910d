"""What follows from changed records, whoever changed them: customers, attributed contacts, counts, and what is noted."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import uuid4

from graph.orders.nodes import Orders
from graph.orders.settling import note_orders, settle_orders
from graph.resolution import composites
from graph.resolution.attribution import attribute_contacts
from graph.resolution.counting import settle_counts
from graph.resolution.customers import Customers
from graph.resolution.decide import decide, lost_ids
from graph.resolution.noting import note_changes
from graph.resolution.people import People
from graph.resolution.source_trust import declared_trust
from graph.threads.evidence import TELLS, takes_part
from graph.threads.nodes import Threads
from graph.threads.settling import settle
from graph.touchpoints.nodes import Touchpoints
from graph.touchpoints.state import TouchpointState
from graph.writes.unit import Nodes, Unit

NOUNS: tuple[type[Nodes], ...] = (People, Touchpoints, Orders, Customers, Threads)
"""What every writer of people locks and writes."""


async def conclude(unit: Unit) -> None:
    """Decide in memory which customer each record is, and whose the anonymous contacts are; nothing is written yet."""
    people = unit.of(People)
    await _decide(unit, people)
    await attribute_contacts(unit)
    await settle_orders(unit)
    settle_counts(unit.of(Touchpoints).states.values(), people.records)
    if len({record.customer for record in people.records.values()}) < len(people.records):
        people.trust = await declared_trust(unit.transaction)  # one record alone has nobody to be weighed against
    await settle_threads(unit)
    note_changes(unit)
    note_orders(unit)


async def settle_threads(unit: Unit, also: Iterable[TouchpointState] = ()) -> None:
    """Settle the threads of the interactions of which something that ties them changed, and of those given."""
    people, states = unit.of(People), unit.of(Touchpoints).states.values()
    for key, found in people.identifiers.items():
        if found.contacts and found.was_near not in (None, found.near):
            unit.of(Threads).identifiers[key] = ""  # very many may have come by it: they follow in steps
    told = [state for state in states if takes_part(state) and (state.created or not TELLS.isdisjoint(state.changes))]
    told += also
    owners = ((state.id, people.records[state.owner].customer) for state in told if state.owner)
    unit.of(Threads).customers = {own_id: customer for own_id, customer in owners if customer}
    await settle(unit, told, lambda key: people.identifiers[key].near)


async def _decide(unit: Unit, people: People) -> None:
    if not any(record.identity_changed for record in people.records.values()):
        return
    await _settle_composites(unit, people)
    customers, lost = unit.of(Customers), lost_ids(people.records)
    unit.want("Customer", lost)
    await unit.lock()
    alive = {own_id for own_id in lost if own_id in customers.known and customers.known[own_id].alive}
    people.verdict = decide(
        people.records, people.identifiers, people.composites, alive_elsewhere=alive, mint=lambda: uuid4().hex, now=unit.now
    )


async def _settle_composites(unit: Unit, people: People) -> None:
    """Let the records that changed have the keys of what they were told, and lock whoever else has these."""
    changed = {key: composites.told(record) for key, record in people.records.items() if record.identity_changed}
    for key in changed:
        people.records[key].changes["unproposed"] = True  # who it may be, is looked for once this is written (proposing.py)
    now = {key: keys for key, keys in changed.items() if keys != people.records[key].composites}
    if now:
        people.want(composites={key for keys in now.values() for key in keys})
        await unit.lock()
        composites.move(people, now)
