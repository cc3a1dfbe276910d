"""Cases follow the changes: each interaction that comes is taken up once, by one process at a time, and intake waits for none."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import LiteralString

from graph.cases.automatic import take
from graph.cases.nodes import Cases
from graph.cases.opening_rules import OpeningRule
from graph.cases.sorting.sorter import NO_SORTER, Sorter
from graph.changes.following import NumberedChange
from graph.changes.taking_up import refs_of, take_up_next
from graph.events.newest import utc_text
from graph.store import Store
from graph.waiting import to_its_end
from graph.writes.unit import Unit, execute

CASES = "cases"
"""The lease under which it is done; its number is that of the last change that was taken up."""
FOLLOWED = frozenset({"touchpoint.added", "touchpoint.changed"})

# What is a message or an answer, came in by the portal, or belongs to a case already
CONCERNED: LiteralString = """
UNWIND $p.ids AS id
MATCH (t:Touchpoint {id: id})
WHERE t.is_question OR t.is_answer OR t.direction = 'INBOUND' OR t.case_id IS NOT NULL OR t.kind IN $p.kinds
RETURN DISTINCT t.id, t.position ORDER BY t.position
"""
# (:Case {state, closes_at})
OVER: LiteralString = """
MATCH (k:Case) USING INDEX SEEK k:Case(state, closes_at)
WHERE k.state = 'RESOLVED' AND k.closes_at <= $p.now
RETURN k.id ORDER BY k.id LIMIT 100
"""


async def follow_next(store: Store, holder: str, rules: Sequence[OpeningRule], sorter: Sorter = NO_SORTER) -> int | None:
    """Take up the interactions of the next changes and return how many changes; None where another process does."""

    async def take_each(changes: Sequence[NumberedChange]) -> None:
        for own_id in await concerned(store, refs_of(changes, FOLLOWED, "Touchpoint"), rules):
            await take(store, own_id, rules, sorter)

    return await take_up_next(store, CASES, holder, take_each)


async def concerned(store: Store, ids: Sequence[str], rules: Sequence[OpeningRule]) -> list[str]:
    """Return those of the touchpoints that may have to do with a case, the earliest first."""
    if not ids:
        return []
    kinds = sorted({kind for rule in rules if rule.always for kind in rule.kinds or ()})
    return [row[0] for row in await to_its_end(store.read(CONCERNED, {"ids": ids, "kinds": kinds}))]


async def close_resolved(store: Store) -> int:
    """Close cases that were resolved long enough ago, and return how many; the same by whoever does it first."""
    found = [row[0] for row in await to_its_end(store.read(OVER, {"now": utc_text(datetime.now(UTC))}))]

    async def close(unit: Unit) -> None:
        unit.want("Case", found)
        await unit.lock()
        for own_id in found:
            if own_id in unit.of(Cases).known:
                unit.of(Cases).settle(unit.of(Cases).known[own_id])

    if found:
        await execute(store, (Cases,), close)
    return len(found)
