"""Lock and load the components that a batch touches: identifiers first, hop by hop, until nothing is new.

A lock is a write. All identifiers of every record found are locked, linking or not: locking only the event's own
let two writers extend one component from both ends.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, LiteralString

import orjson

from graph.events.facts import Claim
from graph.events.newest import read_stamps
from graph.identity.counts import Counts
from graph.identity.trust import EQUAL, Trust
from graph.keys import identifier_id
from graph.resolution.identifiers import ACTIVE, BLOCKED, LISTED, IdentifierState
from graph.resolution.records import HeldClaim, RecordState
from graph.store import Transaction

# What is read of an (:Identifier), for `identifier_state`
IDENTIFIER_COLUMNS: LiteralString = """
i.key, i.kind, i.value, i.mobile, i.sharing, i.state, i.holders, i.given_names, i.contacts, i.ruled, i.reason
"""
# What is read of a (:SourceRecord), for `marked_record`: (:SourceRecord)-[:RESOLVES_TO]->(:Customer), whether it was
# ever refused, and what people said: (:SourceRecord)-[:NOT_SAME_AS]-(:SourceRecord),
# (:SourceRecord)<-[:JOINS]-(:Decision)-[:JOINS]->(:SourceRecord)
RECORD_COLUMNS: LiteralString = """
r.key, properties(r), [(r)-[:RESOLVES_TO]->(c:Customer) | c.id][0],
EXISTS { (r)<-[:BETWEEN]-(:MatchCandidate {status: 'OPEN'}) },
[(r)-[n:NOT_SAME_AS]-(o:SourceRecord) | [o.key, n.decision]],
[(r)<-[:JOINS]-(d:Decision) | [d.id, [(d)-[:JOINS]->(o:SourceRecord) | o.key]]]
"""

# (:Identifier), created where an event is the first to name it; (:SourceRecord), and then all (:Identifier) that it names.
# A row is a record or an identifier, and tells whether it was created.
LOCK: LiteralString = (
    """
UNWIND $p.identifiers AS row
MERGE (i:Identifier {key: row.key})
ON CREATE SET i += row.fresh, i.lock = true
WITH i, i.lock AS created
REMOVE i.lock
WITH i, created
RETURN null AS record, ["""
    + IDENTIFIER_COLUMNS
    + """] AS identifier, created IS NOT NULL AS created
UNION ALL
UNWIND $p.records AS key
MATCH (r:SourceRecord {key: key})
REMOVE r.lock
WITH COLLECT(r) AS records
CALL (records) {
  UNWIND records AS r
  RETURN ["""
    + RECORD_COLUMNS
    + """] AS record, null AS identifier
  UNION ALL
  UNWIND records AS r
  UNWIND r.identifiers AS key
  WITH DISTINCT key ORDER BY key
  MATCH (i:Identifier {key: key})
  REMOVE i.lock
  WITH i
  RETURN null AS record, ["""
    + IDENTIFIER_COLUMNS
    + """] AS identifier
}
RETURN record, identifier, false AS created
"""
)

# (:Identifier) that nobody holds, no contact came by and nothing hangs on
FORGET_UNUSED: LiteralString = """
UNWIND $p.keys AS key
MATCH (i:Identifier {key: key})
WHERE NOT i.contacts AND i.holders = [] AND NOT EXISTS { (i)--() }
DELETE i
"""


@dataclass(slots=True)
class Neighbourhood:
    """Everything about identity that a transaction holds; `wanted_*` outlive a restart, the rest does not."""

    wanted_identifiers: dict[str, Mapping[str, Any]] = field(default_factory=dict[str, Mapping[str, Any]])
    wanted_records: set[str] = field(default_factory=set[str])
    identifiers: dict[str, IdentifierState] = field(default_factory=dict[str, IdentifierState])
    records: dict[str, RecordState] = field(default_factory=dict[str, RecordState])
    looked_for: set[str] = field(default_factory=set[str])
    created: set[str] = field(default_factory=set[str])
    """Keys of identifiers that this transaction is the first to name: nobody else sees them yet."""
    trust: Trust = field(default_factory=lambda: EQUAL)

    def want(self, claims: Iterable[Claim] = (), records: Iterable[str] = (), identifiers: Iterable[str] = ()) -> None:
        for claim in claims:
            self.wanted_identifiers.setdefault(claim.key, fresh_identifier(claim))
        for key in identifiers:
            self.wanted_identifiers.setdefault(key, {})
        self.wanted_records.update(records)

    def to_lock(self) -> dict[str, list[Any]]:
        """Return the lists of LOCK: what is wanted and was not looked for yet, in the order of its keys."""
        records = sorted(self.wanted_records - self.looked_for)
        self.looked_for.update(records)
        identifiers = sorted(self.wanted_identifiers.keys() - self.identifiers.keys())
        return {
            "identifiers": [{"key": key, "fresh": self.wanted_identifiers[key]} for key in identifiers],
            "records": records,
        }

    def take_in(self, rows: Iterable[Sequence[Any]]) -> None:
        """Take in what LOCK found, and want what hangs together with it."""
        found = list(rows)
        for row in (record for record, *_ in found if record is not None):
            record = self.records[row[0]] = marked_record(row)
            self.want(identifiers=record.claims, records={key for _, joined in row[5] for key in joined})
        for _, row, _ in found:
            if row is not None and row[0] not in self.identifiers:
                self._take_in_identifier(identifier_state(row))
        self.created.update(row[0] for _, row, created in found if created)

    def restarted(self) -> Neighbourhood:
        """Return an empty neighbourhood that starts with all keys known so far, in one sorted pass."""
        return Neighbourhood(self.wanted_identifiers, self.wanted_records)

    async def widen(self, transaction: Transaction) -> None:
        """Lock what is wanted and all that hangs together with it."""
        while any((lists := self.to_lock()).values()):
            self.take_in(await transaction.run(LOCK, lists))

    async def forget_unused(self, transaction: Transaction, claims: Iterable[Claim]) -> None:
        """Delete those of these identifiers that were created for nothing: a refused event leaves no value behind."""
        if keys := sorted({claim.key for claim in claims} & self.created):
            await transaction.run(FORGET_UNUSED, {"keys": keys})

    def _take_in_identifier(self, found: IdentifierState) -> None:
        self.identifiers[found.key] = found
        if found.links():
            self.wanted_records.update(found.holders)
            # One that was not there when it was looked for has been created since.
            self.looked_for -= found.holders - self.records.keys()


def fresh_identifier(claim: Claim) -> dict[str, Any]:
    """Return the properties of an identifier that nobody holds yet."""
    return {
        "id": identifier_id(claim.key),
        "kind": claim.kind,
        "scope": claim.scope,
        "value": claim.value,
        "suffix": claim.value[-4:],
        "mobile": claim.mobile,
        "sharing": "UNKNOWN",
        "state": BLOCKED if claim.listed else ACTIVE,
        "reason": LISTED if claim.listed else None,
        "holders": [],
        "given_names": [],
        "contacts": False,
    }


def read_claims(text: str | None) -> dict[str, HeldClaim]:
    """Read a record's claims as stored: JSON of identifier key -> the fields of HeldClaim in order."""
    return {key: HeldClaim(*values) for key, values in orjson.loads(text or "{}").items()}


def identifier_state(row: list[Any]) -> IdentifierState:
    """Return an identifier as `IDENTIFIER_COLUMNS` read it."""
    key, kind, value, mobile, sharing, state, holders, given_names, *more = row
    return IdentifierState(key, kind, value, mobile, sharing, state, set(holders), set(given_names), *more)


def marked_record(row: list[Any]) -> RecordState:
    """Return a source record as `RECORD_COLUMNS` read it, with what people said about it."""
    key, properties, customer, refused, apart, joins = row
    record = record_state(key, properties, customer)
    record.refused, record.joins = refused, {decision for decision, _ in joins}
    record.apart_from = {(other, decision) for other, decision in apart}
    return record


def record_state(key: str, properties: dict[str, Any], customer: str | None) -> RecordState:
    """Return a loaded source record, without what people said about it."""
    return RecordState(
        key,
        properties["source"],
        properties["external_id"],
        properties,
        read_stamps(properties.get("stamps")),
        read_claims(properties.get("claims")),
        set(properties.get("given_names") or ()),
        Counts.from_json(properties.get("counts")),
        customer=customer,
        born=properties.get("born"),
        quarantined=bool(properties.get("quarantined")),
        first_seen=properties["first_seen"],
        was_customer=customer,
    )
