"""Touchpoints of one kind that are too old: taken from whom they count for, and deleted with numbers that nothing else has."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import LiteralString

from graph.resolution.conclusion import NOUNS
from graph.resolution.counting import settle_counts
from graph.resolution.noting import note_changes
from graph.resolution.people import People
from graph.threads.settling import settle_without
from graph.touchpoints.nodes import Touchpoints
from graph.writes.changes import Change
from graph.writes.unit import Nodes, Step, Unit

# (:Touchpoint) by (position, kind, channel)
NEXT_EXPIRED: LiteralString = """
MATCH (t:Touchpoint) USING INDEX SEEK t:Touchpoint(position, kind, channel)
WHERE t.position > $p.after AND t.position < $p.before AND t.kind = $p.kind AND t.channel > ''
RETURN t.position, t.id ORDER BY t.position LIMIT $p.limit
"""
DELETE_EXPIRED: LiteralString = "UNWIND $p.ids AS id MATCH (t:Touchpoint {id: id}) DETACH DELETE t"
# (:Identifier) by which nobody is known any more
DELETE_UNUSED: LiteralString = """
UNWIND $p.keys AS key
MATCH (i:Identifier {key: key}) WHERE i.ruled IS NULL AND NOT EXISTS { (i)--() }
DELETE i
"""


class Expired(Nodes):
    """The touchpoints of a unit that go, by id, with the keys of what they came by."""

    def __init__(self, unit: Unit) -> None:
        super().__init__(unit)
        self.ids: list[str] = []
        self.keys: list[str] = []

    def after(self) -> Iterable[Step]:
        if self.ids:
            yield DELETE_EXPIRED, {"ids": self.ids}
            yield DELETE_UNUSED, {"keys": self.keys}


EXPIRING_NOUNS: tuple[type[Nodes], ...] = (*NOUNS, Expired)


async def expire(unit: Unit, ids: Sequence[str]) -> int:
    """Delete these touchpoints, count anew for those whose they were, and return how many there still were."""
    unit.want("Touchpoint", ids)
    await unit.lock()
    states = unit.of(Touchpoints).states
    going = [states[each] for each in ids if each in states]
    for state in going:
        state.record = state.id
    await settle_without(unit, [state.id for state in going])
    settle_counts(going, unit.of(People).records)
    note_changes(unit)
    noted = {ref for change in unit.changes for ref in change.refs}
    for ref in (f"Touchpoint:{state.id}" for state in going):
        if ref not in noted:
            unit.note(Change(ref, "touchpoint.changed", (ref,)))
    expired = unit.of(Expired)
    expired.ids, expired.keys = [state.id for state in going], sorted({key for state in going for key in state.via})
    return len(going)
