"""Composite evidence in a unit of work: which keys records have now, and who else has them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, LiteralString, Protocol

from graph.identity.composites import MOST_HOLDERS, composites
from graph.resolution.records import RecordState

COMPOSITE_COLUMNS: LiteralString = "k.key, k.holders, k.closed"
# (:CompositeKey), created where a record is the first to have it
LOCK_COMPOSITES: LiteralString = (
    """
UNWIND $p.CompositeKey AS key
MERGE (k:CompositeKey {key: key})
ON CREATE SET k.holders = [], k.closed = false
REMOVE k.lock
WITH k
RETURN 'CompositeKey' AS label, ["""
    + COMPOSITE_COLUMNS
    + "] AS row"
)
WRITE_COMPOSITES: LiteralString = """
UNWIND $p.composites AS row
MATCH (k:CompositeKey {key: row.key})
SET k.holders = row.holders, k.closed = row.closed
"""
DELETE_COMPOSITES: LiteralString = "UNWIND $p.keys AS key MATCH (k:CompositeKey {key: key}) DELETE k"


@dataclass(slots=True)
class CompositeState:
    """A key with the records that have it; one that too many had is closed for good, and links nobody."""

    key: str
    holders: set[str] = field(default_factory=set[str])
    closed: bool = False
    changed: bool = False

    def let_go(self, record: str) -> None:
        self.holders.discard(record)
        self.changed = True

    def take(self, record: str) -> set[str]:
        """Let a record have it too; return those for whom it links no more."""
        if self.closed or record in self.holders:
            return set()
        self.holders.add(record)
        self.changed = True
        if len(self.holders) <= MOST_HOLDERS:
            return set()
        had, self.holders, self.closed = self.holders, set(), True
        return had


class Holding(Protocol):
    """The people of a unit, as far as this asks."""

    records: dict[str, RecordState]
    composites: dict[str, CompositeState]


def told(record: RecordState) -> frozenset[str]:
    """Return the keys of what a record tells of itself."""
    return composites(record.names, record.properties.get("birth_date"), record.properties.get("home"))


def move(people: Holding, now: dict[str, frozenset[str]]) -> None:
    """Let records (by key) have these keys, which are locked, and no others."""
    for key, keys in now.items():
        record = people.records[key]
        for gone in record.composites - keys:
            people.composites[gone].let_go(key)
        for new in sorted(keys - record.composites):
            for holder in people.composites[new].take(key) & people.records.keys():
                people.records[holder].identity_changed = True
        record.composites = keys
        record.changes["composites"] = sorted(keys)


def composite_rows(states: Iterable[CompositeState]) -> list[dict[str, Any]]:
    return [
        {"key": each.key, "holders": sorted(each.holders), "closed": each.closed}
        for each in states
        if each.changed and (each.holders or each.closed)
    ]


def unheld(states: Iterable[CompositeState]) -> list[str]:
    """Return the keys that nobody has: they were given up, or made for nothing."""
    return sorted(each.key for each in states if not each.holders and not each.closed)
