"""Threads settled in steps that survive a crash: of what came by a value that ties by topic now or no more, and of everything.

Identifier.threads_after says up to which id that is done; it begins anew when the value changes again.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import LiteralString

from graph.resolution.conclusion import NOUNS, settle_threads
from graph.resolution.people import People
from graph.store import Store
from graph.threads.evidence import takes_part
from graph.threads.nodes import Threads
from graph.touchpoints import TOUCHPOINTS
from graph.touchpoints.nodes import Touchpoints
from graph.writes.unit import Unit, execute

PAGE = 500
"""Interactions of one step."""

# (:Identifier) with interactions whose threads wait; the index holds no others
NEXT_IDENTIFIER: LiteralString = """
MATCH (i:Identifier) USING INDEX SEEK i:Identifier(threads_after)
WHERE i.threads_after >= ''
RETURN i.key LIMIT 1
"""
# (:Identifier)<-[:VIA]-(:Touchpoint) that has a topic or names an order, in the order of ids
NEXT_OF_IDENTIFIER: LiteralString = """
MATCH (i:Identifier {key: $p.key})
RETURN i.threads_after, COLLECT {
  MATCH (i)<-[:VIA]-(t:Touchpoint)
  WHERE t.id > i.threads_after AND (t.topic IS NOT NULL OR t.order_numbers IS NOT NULL)
  RETURN t.id ORDER BY t.id LIMIT $p.limit
}
"""
NEXT_OF_ALL: LiteralString = """
MATCH (t:Touchpoint) USING INDEX SEEK t:Touchpoint(position, kind, channel)
WHERE t.position > $p.after AND t.kind IN $p.kinds AND t.channel > ''
RETURN t.position, t.id ORDER BY t.position LIMIT $p.limit
"""


async def settle_next(store: Store, *, most: int = PAGE) -> bool:
    """Settle the threads of up to so many interactions of one identifier that waits; tell whether one did."""
    waiting = await store.read(NEXT_IDENTIFIER)
    for (key,) in waiting:

        async def step(unit: Unit, key: str = key) -> None:
            await _of_identifier(unit, key, most)

        await execute(store, NOUNS, step)
    return bool(waiting)


async def settle_all(store: Store, *, most: int = PAGE) -> None:
    """Settle the threads of everything that waits."""
    while await settle_next(store, most=most):
        pass


async def settle_anew(store: Store, *, most: int = PAGE) -> int:
    """Settle the threads of every interaction by the rules of today, and return how many interactions there are."""
    kinds = [kind for kind, row in TOUCHPOINTS.items() if row.in_threads]
    after, count = "", 0
    while rows := await store.read(NEXT_OF_ALL, {"after": after, "kinds": kinds, "limit": most}):
        ids = [own_id for _, own_id in rows]

        async def step(unit: Unit, ids: list[str] = ids) -> None:
            unit.want("Touchpoint", ids)
            await unit.lock()
            await _settle(unit, ids)

        await execute(store, NOUNS, step)
        after, count = rows[-1][0], count + len(rows)
    await settle_all(store, most=most)
    return count


async def _of_identifier(unit: Unit, key: str, most: int) -> None:
    unit.of(People).want(identifiers=(key,))
    await unit.lock()
    rows = await unit.transaction.run(NEXT_OF_IDENTIFIER, {"key": key, "limit": most})
    ids: list[str] = rows[0][1] if rows else []
    if not rows or rows[0][0] is None:  # another process was first, or it was erased
        return
    unit.want("Touchpoint", ids)
    await unit.lock()
    await _settle(unit, ids)
    unit.of(Threads).identifiers[key] = ids[-1] if len(ids) == most else None


async def _settle(unit: Unit, ids: list[str]) -> None:
    states = unit.of(Touchpoints).states
    told: Iterator[str] = (each for each in ids if each in states)
    await settle_threads(unit, [states[each] for each in told if takes_part(states[each])])
