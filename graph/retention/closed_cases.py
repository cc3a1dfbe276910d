"""Cases that have been closed for too long: what was written in them is taken out, how they went stays for the figures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import LiteralString

from graph.cases.clearing import cleared
from graph.cases.nodes import Cases
from graph.writes.changes import Change
from graph.writes.unit import Nodes, Step, Unit

CASES = "cases"
# (:Case) by (state, since)
NEXT_CLOSED: LiteralString = """
MATCH (k:Case) USING INDEX SEEK k:Case(state, since)
WHERE k.state = 'CLOSED' AND k.since >= $p.after AND k.since < $p.before AND k.erased IS NULL
RETURN k.since, k.id ORDER BY k.since LIMIT $p.limit
"""
CLEAR_CLOSED = cleared("UNWIND $p.cases AS id MATCH (k:Case {id: id})")


class ClosedCases(Nodes):
    """The cases of a unit that are cleared, by id."""

    def __init__(self, unit: Unit) -> None:
        super().__init__(unit)
        self.ids: list[str] = []

    def after(self) -> Iterable[Step]:
        if self.ids:
            yield CLEAR_CLOSED, {"cases": self.ids, "ids": [], "records": []}


CLEARING_NOUNS: tuple[type[Nodes], ...] = (Cases, ClosedCases)


async def clear(unit: Unit, ids: Sequence[str]) -> int:
    """Clear these cases, as far as they are still closed, and return how many there were."""
    unit.want("Case", ids)
    await unit.lock()
    cases = [case for case in unit.of(Cases).known.values() if case.properties["state"] == "CLOSED"]
    for case in cases:
        refs = (f"Case:{case.id}", *(f"Customer:{each}" for each in sorted(case.customers)))
        unit.note(Change(refs[0], "case.changed", refs, ("subject", "topic", "tags")))
    unit.of(ClosedCases).ids = [case.id for case in cases]
    return len(cases)
