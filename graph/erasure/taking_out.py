"""Source records taken out of a unit that holds all they hang together with: those who are left are decided about again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import LiteralString

from graph.erasure.nodes import ErasedPeople
from graph.identity.blocking import state_by_names
from graph.identity.name_agreement import given_names
from graph.resolution.conclusion import conclude
from graph.resolution.identifiers import FREE
from graph.resolution.people import People
from graph.resolution.rebuild_parts import complete
from graph.touchpoints.nodes import Touchpoints
from graph.writes.changes import Change
from graph.writes.unit import Unit

# (:Identifier)<-[:VIA]-(:Touchpoint)-[:TIES_BY]->(:ThreadKey)
OF_OTHERS: LiteralString = """
UNWIND $p.keys AS key
MATCH (:Identifier {key: key})<-[:VIA]-(t:Touchpoint) WHERE EXISTS { (t)-[:TIES_BY]->() }
RETURN DISTINCT t.id
"""


async def take_out(unit: Unit, records: Iterable[str], identifiers: Iterable[str]) -> None:
    """Erase these source records, and these identifiers, which no other record holds; conclude for everybody else."""
    people, erased = unit.of(People), unit.of(ErasedPeople)
    people.want(records=records, identifiers=identifiers)
    await unit.lock()
    await _let_go(unit, identifiers)
    await complete(unit)
    gone = {key: people.records.pop(key) for key in sorted(records) if key in people.records}
    sole = {key for key in identifiers if key in people.identifiers}
    for record in people.records.values():
        record.apart_from = {(other, by) for other, by in record.apart_from if other not in gone}
    left = {key for record in gone.values() for key in record.claims} - sole
    for key in left:
        people.identifiers[key].holders -= gone.keys()
        people.identifiers[key].changed = True
    had = {key for record in gone.values() for key in record.composites}
    for record in gone.values():
        for key in record.composites:
            people.composites[key].let_go(record.key)
    await _count_names(unit, people, left)
    for key in sole:
        del people.identifiers[key]
    customers = {record.customer for record in gone.values() if record.customer}
    for record in people.records.values():
        tied = not left.isdisjoint(record.claims) or not had.isdisjoint(record.composites)
        record.identity_changed = record.identity_changed or record.customer in customers or tied
    await conclude(unit)
    erased.records, erased.identifiers, erased.customers = sorted(gone), sorted(sole), sorted(customers)
    erased.held = sorted({key for record in gone.values() for key in record.claims})
    for customer in erased.customers:
        unit.note(Change(f"Customer:{customer}", "customer.erased", (f"Customer:{customer}",)))


async def _let_go(unit: Unit, identifiers: Iterable[str]) -> None:
    """Take these identifiers from what others once came by, so that no thread is tied by them any more."""
    keys = set(identifiers)
    unit.want("Touchpoint", [own_id for (own_id,) in await unit.transaction.run(OF_OTHERS, {"keys": sorted(keys)})])
    await unit.lock()
    for state in unit.of(Touchpoints).states.values():
        if not keys.isdisjoint(state.via):
            state.via = state.changes["via"] = [key for key in state.via if key not in keys]


async def _count_names(unit: Unit, people: People, keys: Iterable[str]) -> None:
    """Give identifiers that others hold too the names of those alone."""
    kept = [people.identifiers[key] for key in sorted(keys) if people.identifiers[key].open]
    people.want(records={holder for identifier in kept for holder in identifier.holders})
    await unit.lock()
    for identifier in kept:
        names = (name for holder in identifier.holders for name in people.records[holder].names)
        identifier.given_names = set(given_names(names))
        if identifier.ruled != FREE:
            identifier.state = state_by_names(identifier.given_names)
