"""People in a unit of work: the components that it touches, locked hop by hop until nothing is new.

All identifiers of every record found are locked, linking or not: locking only the event's own let two writers extend one
component from both ends. Who holds an identifier stands as a list on it; one that is closed has none and is never walked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar, LiteralString

from graph.events.facts import Claim
from graph.identity.trust import EQUAL, Trust
from graph.resolution.composites import (
    COMPOSITE_COLUMNS,
    DELETE_COMPOSITES,
    LOCK_COMPOSITES,
    CompositeState,
    composite_rows,
    unheld,
)
from graph.resolution.decide import NOTHING_DECIDED, Verdict
from graph.resolution.identifiers import IdentifierState
from graph.resolution.loading import (
    IDENTIFIER_COLUMNS,
    RECORD_COLUMNS,
    fresh_identifier,
    identifier_state,
    marked_record,
)
from graph.resolution.people_writes import PEOPLE_WRITES, given_up, moves, people_rows
from graph.resolution.records import RecordState
from graph.writes.lock_order import Label
from graph.writes.unit import Nodes, Step, Unit

# (:Identifier), created where an event is the first to name it
LOCK_IDENTIFIERS: LiteralString = (
    """
UNWIND $p.Identifier AS row
MERGE (i:Identifier {key: row.key})
ON CREATE SET i += row.fresh, i.lock = true
WITH i, i.lock AS created
REMOVE i.lock
WITH i, created
RETURN 'Identifier' AS label, ["""
    + IDENTIFIER_COLUMNS
    + """, created IS NOT NULL] AS row
"""
)
# (:SourceRecord), and then all (:Identifier) that it names and all (:CompositeKey) that it has
LOCK_RECORDS: LiteralString = (
    """
UNWIND $p.SourceRecord AS key
MATCH (r:SourceRecord {key: key})
REMOVE r.lock
WITH COLLECT(r) AS records
CALL (records) {
  UNWIND records AS r
  RETURN 'SourceRecord' AS label, ["""
    + RECORD_COLUMNS
    + """] AS row
  UNION ALL
  UNWIND records AS r
  UNWIND r.identifiers AS key
  WITH DISTINCT key ORDER BY key
  MATCH (i:Identifier {key: key})
  REMOVE i.lock
  WITH i
  RETURN 'Identifier' AS label, ["""
    + IDENTIFIER_COLUMNS
    + """, false] AS row
  UNION ALL
  UNWIND records AS r
  UNWIND r.composites AS key
  WITH DISTINCT key ORDER BY key
  MATCH (k:CompositeKey {key: key})
  REMOVE k.lock
  WITH k
  RETURN 'CompositeKey' AS label, ["""
    + COMPOSITE_COLUMNS
    + """] AS row
}
RETURN label, row
"""
)
# (:Identifier) that nobody holds, no contact came by and nothing hangs on; or one without a kind, which was locked for nothing
FORGET_UNUSED: LiteralString = """
UNWIND $p.keys AS key
MATCH (i:Identifier {key: key})
WHERE (i.kind IS NULL OR (NOT i.contacts AND i.holders = [])) AND NOT EXISTS { (i)--() }
DELETE i
"""


class People(Nodes):
    """Everything about identity that a unit holds; `verdict` is what was decided of it."""

    LOCKS: ClassVar[Mapping[Label, LiteralString]] = {
        "Identifier": LOCK_IDENTIFIERS,
        "CompositeKey": LOCK_COMPOSITES,
        "SourceRecord": LOCK_RECORDS,
    }
    WRITES = PEOPLE_WRITES

    def __init__(self, unit: Unit) -> None:
        super().__init__(unit)
        self.identifiers: dict[str, IdentifierState] = {}
        self.composites: dict[str, CompositeState] = {}
        self.records: dict[str, RecordState] = {}
        self.trust: Trust = EQUAL
        self.verdict: Verdict = NOTHING_DECIDED
        self._created: set[str] = set()
        self._unused: set[str] = set()

    def want(
        self,
        claims: Iterable[Claim] = (),
        records: Iterable[str] = (),
        identifiers: Iterable[str] = (),
        composites: Iterable[str] = (),
    ) -> None:
        """Ask for identifiers, new ones by their claims, and for source records and composite keys, by their keys."""
        fresh = {claim.key: claim for claim in claims}
        self.unit.want("Identifier", fresh, lambda key: {"key": key, "fresh": fresh_identifier(fresh[key])})
        self.unit.want("Identifier", identifiers, lambda key: {"key": key, "fresh": {}})
        self.unit.want("SourceRecord", records)
        self.unit.want("CompositeKey", composites)

    def take_in(self, label: Label, row: list[Any]) -> None:
        if label == "SourceRecord":
            record = self.records[row[0]] = marked_record(row)
            self.want(identifiers=record.claims, records={key for _, joined in row[5] for key in joined})
        elif label == "CompositeKey":
            if row[0] not in self.composites:
                key, holders, closed = row
                self.composites[key] = CompositeState(key, set(holders), closed)
                self._hold(holders)
        elif row[0] not in self.identifiers:
            *columns, created = row
            if columns[1] is None:  # it was there when it was wanted, and was erased before it was locked
                self._unused.add(row[0])
                return
            found = self.identifiers[row[0]] = identifier_state(columns)
            if created:
                self._created.add(found.key)
            if found.links():
                self._hold(found.holders)

    def _hold(self, holders: Iterable[str]) -> None:
        self.want(records=holders)
        # One that was not there when it was looked for has been created since.
        self.unit.look_again("SourceRecord", set(holders) - self.records.keys())

    def forget_unused(self, claims: Iterable[Claim]) -> None:
        """Let identifiers go that were created for nothing: a refused event leaves no value behind."""
        self._unused |= {claim.key for claim in claims} & self._created

    def forget(self, keys: Iterable[str]) -> None:
        """Let identifiers go once nothing hangs on them."""
        self._unused |= set(keys)

    def customers(self) -> dict[str, list[RecordState]]:
        """Return the loaded records of each customer, both in the order of their keys."""
        members: dict[str, list[RecordState]] = {}
        for key in sorted(self.records):
            record = self.records[key]
            if record.customer is not None:
                members.setdefault(record.customer, []).append(record)
        return dict(sorted(members.items()))

    def rows(self) -> Mapping[str, list[dict[str, Any]]]:
        rows = people_rows(self.records, self.identifiers, self.customers(), self.trust, self.verdict)
        return {**rows, "composites": composite_rows(self.composites.values())}

    def after(self) -> Iterable[Step]:
        yield from moves(self.records, self.verdict)
        yield from given_up(self.records)
        if unused := unheld(self.composites.values()):
            yield DELETE_COMPOSITES, {"keys": unused}
        if self._unused:
            yield FORGET_UNUSED, {"keys": sorted(self._unused)}
