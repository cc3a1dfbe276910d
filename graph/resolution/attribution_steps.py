"""The anonymous contacts of a value that too many came by for one unit: attributed in steps that survive a crash.

Identifier.unattributed_after says up to which id that is done; it begins anew when the value's holders change again. So
whatever happens in between, the last pass sees every contact as the value's holders are then.
"""

from __future__ import annotations

from typing import LiteralString

from graph.orders.settling import note_orders, settle_orders
from graph.resolution.attribution import MOST_CONTACTS, attribute_again
from graph.resolution.conclusion import NOUNS
from graph.resolution.counting import settle_counts
from graph.resolution.noting import note_changes
from graph.resolution.people import People
from graph.store import Store
from graph.touchpoints.nodes import Touchpoints
from graph.writes.unit import Unit, execute

# (:Identifier) with contacts to attribute; the index holds no others
NEXT_IDENTIFIER: LiteralString = """
MATCH (i:Identifier) USING INDEX SEEK i:Identifier(unattributed_after)
WHERE i.unattributed_after >= ''
RETURN i.key LIMIT 1
"""
# (:Identifier)<-[:VIA]-(:Touchpoint), in the order of ids
NEXT_CONTACTS: LiteralString = """
MATCH (:Identifier {key: $p.identifier})<-[:VIA]-(t:Touchpoint {bare: true})
WHERE t.id > $p.after
RETURN t.id ORDER BY t.id LIMIT $p.limit
"""


async def attribute_next(store: Store, *, most: int = MOST_CONTACTS) -> int:
    """Attribute up to so many contacts of one identifier that waits and return how many; 0 when none waits."""
    while waiting := await store.read(NEXT_IDENTIFIER):
        [[key]] = waiting

        async def step(unit: Unit, key: str = key) -> int:
            return await _attribute(unit, key, most)

        if done := await execute(store, NOUNS, step):
            return done
    return 0


async def attribute_all(store: Store, *, most: int = MOST_CONTACTS) -> int:
    """Attribute every contact that waits and return how many there were."""
    total = 0
    while done := await attribute_next(store, most=most):
        total += done
    return total


async def _attribute(unit: Unit, key: str, most: int) -> int:
    people, touchpoints = unit.of(People), unit.of(Touchpoints)
    people.want(identifiers=(key,))
    await unit.lock()
    identifier = people.identifiers.get(key)
    if identifier is None or identifier.unattributed_after is None:  # another process was first
        return 0
    found = {"identifier": key, "after": identifier.unattributed_after, "limit": most}
    ids = [row[0] for row in await unit.transaction.run(NEXT_CONTACTS, found)]
    unit.want("Touchpoint", ids)
    await unit.lock()
    await attribute_again(unit, [touchpoints.states[each] for each in ids])
    identifier.attribute_later(ids[-1] if len(ids) == most else None)
    await settle_orders(unit)
    settle_counts(touchpoints.states.values(), people.records)
    note_changes(unit)
    note_orders(unit)
    return len(ids)
