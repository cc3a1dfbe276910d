"""Write what changed about people: identifiers, source records, links, decisions, candidates, golden records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, LiteralString

import orjson

from graph.events.newest import write_stamps
from graph.identity.golden import folded, golden_record
from graph.identity.trust import Trust
from graph.keys import identifier_id, opaque
from graph.resolution.composites import WRITE_COMPOSITES
from graph.resolution.decide import Verdict
from graph.resolution.identifiers import IdentifierState
from graph.resolution.match_candidates import candidate_steps
from graph.resolution.records import HeldClaim, RecordState
from graph.writes.unit import Step

# (:Identifier)
UPDATE_IDENTIFIERS: LiteralString = """
UNWIND $p.identifiers AS row
MATCH (i:Identifier {key: row.key})
SET i += row.properties
"""

# (:SourceRecord)
CREATE_RECORDS: LiteralString = "UNWIND $p.new_records AS row CREATE (r:SourceRecord {key: row.key}) SET r += row.changes"
UPDATE_RECORDS: LiteralString = "UNWIND $p.records AS row MATCH (r:SourceRecord {key: row.key}) SET r += row.changes"

# (:SourceRecord)-[:HAS_IDENTIFIER]->(:Identifier), from the record: it has few
HOLD_IDENTIFIERS: LiteralString = """
UNWIND $p.holdings AS row
MATCH (r:SourceRecord {key: row.record})
MATCH (i:Identifier {key: row.identifier})
MERGE (r)-[h:HAS_IDENTIFIER]->(i)
SET h += row.properties
"""

# The same from what it holds no more, and what (:Decision) made of it names what it reads as today
GIVE_UP_IDENTIFIERS: LiteralString = """
UNWIND $p.rows AS row
MATCH (r:SourceRecord {key: row.record})-[h:HAS_IDENTIFIER]->(:Identifier {key: row.key})
DELETE h
WITH r, row
MATCH (r)<-[:MOVED]-(d:Decision {evidence: row.old})
SET d.evidence = row.new
"""

# (:Customer): the version grows with membership and golden values, never with counts
WRITE_CUSTOMERS: LiteralString = """
UNWIND $p.customers AS row
MERGE (c:Customer {id: row.id})
ON CREATE SET c.kind = 'INDIVIDUAL', c.created_at = $p.now, c.version = 0
WITH c, row, row.moved OR (row.digest IS NOT NULL AND row.digest <> coalesce(c.digest, '')) AS newer
SET c += row.golden, c += row.folded, c.status = 'ACTIVE', c.version = c.version + CASE WHEN newer THEN 1 ELSE 0 END
"""
COUNT_CUSTOMERS: LiteralString = "UNWIND $p.counted AS row MATCH (c:Customer {id: row.id}) SET c += row.folded"

# (:SourceRecord)-[:RESOLVES_TO]->(:Customer), (:Decision)-[:MOVED]->(:SourceRecord)
LINK_NEW_RECORDS: LiteralString = """
UNWIND $p.links AS row
MATCH (r:SourceRecord {key: row.record})
MATCH (c:Customer {id: row.to})
CREATE (r)-[:RESOLVES_TO]->(c)
CREATE (d:Decision {id: randomUUID(), to_customer: row.to})-[:MOVED]->(r)
SET d += row.properties
"""
PEOPLE_WRITES: tuple[LiteralString, ...] = (
    UPDATE_IDENTIFIERS,
    WRITE_COMPOSITES,
    CREATE_RECORDS,
    UPDATE_RECORDS,
    HOLD_IDENTIFIERS,
    WRITE_CUSTOMERS,
    COUNT_CUSTOMERS,
    LINK_NEW_RECORDS,
)
MOVE_RECORDS: LiteralString = """
UNWIND $p.rows AS row
MATCH (r:SourceRecord {key: row.record})-[old:RESOLVES_TO]->(:Customer)
MATCH (c:Customer {id: row.to})
DELETE old
CREATE (r)-[:RESOLVES_TO]->(c)
CREATE (d:Decision {id: randomUUID(), from_customer: row.from, to_customer: row.to})-[:MOVED]->(r)
SET d += row.properties
"""

# (:Customer)-[:REDIRECTS_TO]->(:Customer): from an id left behind; one that lives again redirects no more
REDIRECT: LiteralString = """
UNWIND $p.rows AS row
MATCH (old:Customer {id: row.old})
MATCH (new:Customer {id: row.new})
SET old.status = 'MERGED', old.search_names = null, old.search_details = null, old.digest = null,
    old.version = old.version + 1
CREATE (old)-[:REDIRECTS_TO]->(new)
"""
STOP_REDIRECTS: LiteralString = """
UNWIND $p.ids AS id
MATCH (:Customer {id: id})-[gone:REDIRECTS_TO]->(:Customer)
DELETE gone
"""


def people_rows(
    records: Mapping[str, RecordState],
    identifiers: Mapping[str, IdentifierState],
    customers: Mapping[str, Sequence[RecordState]],
    trust: Trust,
    verdict: Verdict,
) -> dict[str, list[dict[str, Any]]]:
    """Return what PEOPLE_WRITES write: identifiers, source records, golden records, counts, new links with their decisions."""
    changed = [record for record in records.values() if record.changes or record.claims_changed or record.given_up]
    for record in changed:
        record.changes |= _kept(record)
    newly_golden, counted = _customers(records, identifiers, customers, trust)
    return {
        "identifiers": [_identifier(each) for each in identifiers.values() if each.changed or each.heard],
        "new_records": [{"key": r.key, "changes": r.changes} for r in changed if r.created],
        "records": [{"key": r.key, "changes": r.changes} for r in changed if not r.created],
        "holdings": [
            {"record": record.key, "identifier": key, "properties": _held(record.claims[key])}
            for record in changed
            for key in sorted(record.claims_changed - record.given_up.keys())
        ],
        "customers": newly_golden,
        "counted": counted,
        "links": [row for row in verdict.decisions if row["from"] is None],
    }


def given_up(records: Mapping[str, RecordState]) -> Iterable[Step]:
    """Yield what ends that records hold what reads otherwise today."""
    rows = [
        {"record": record.key, "key": key, "old": identifier_id(key), "new": now and identifier_id(now)}
        for record in records.values()
        for key, now in record.given_up.items()
    ]
    if rows:
        yield GIVE_UP_IDENTIFIERS, {"rows": rows}


def moves(records: Mapping[str, RecordState], verdict: Verdict) -> Iterable[Step]:
    """Yield what is rare and needs the rest: records that change customers, redirects, candidates."""
    moved = [row for row in verdict.decisions if row["from"] is not None]
    if moved:
        yield MOVE_RECORDS, {"rows": moved}
        yield STOP_REDIRECTS, {"ids": sorted({row["to"] for row in moved})}
    if verdict.redirects:
        yield REDIRECT, {"rows": [{"old": old, "new": new} for old, new in sorted(verdict.redirects.items())]}
    yield from candidate_steps(records, verdict)


def _identifier(identifier: IdentifierState) -> dict[str, Any]:
    delivery = {"bounces": identifier.bounces or None, "reached_at": identifier.reached_at or None}
    if not identifier.changed:
        return {"key": identifier.key, "properties": delivery}
    properties = {
        **delivery,
        "sharing": identifier.sharing,
        "mobile": identifier.mobile,
        "state": identifier.state,
        "holders": sorted(identifier.holders),
        "given_names": sorted(identifier.given_names),
        "contacts": identifier.contacts,
        "ruled": identifier.ruled,
        "reason": identifier.reason,
        "unattributed_after": identifier.unattributed_after,
    }
    return {"key": identifier.key, "properties": properties}


def _kept(record: RecordState) -> dict[str, Any]:
    """Return those of the properties that the rules keep for themselves on a source record which changed."""
    kept: dict[str, Any] = {}
    if record.created or record.claims_changed or record.given_up:
        claims = {key: _as_list(record.claims[key]) for key in sorted(record.claims)}
        kept |= {"identifiers": sorted(record.claims), "claims": orjson.dumps(claims).decode()}
    if record.created or record.restamped:
        kept["stamps"] = write_stamps(record.stamps)
    if record.created:
        kept |= {"names": sorted(record.names), "counts": record.counts.to_json()}
    return kept


def _as_list(claim: HeldClaim) -> list[str | bool]:
    return [claim.verified, claim.valid_from, claim.valid_to, claim.first_seen, claim.last_seen, claim.original]


def _held(claim: HeldClaim) -> dict[str, Any]:
    return {
        "verified": claim.verified,
        "valid_from": claim.valid_from or None,
        "valid_to": claim.valid_to or None,
        "first_seen": claim.first_seen,
        "last_seen": claim.last_seen,
        "original": claim.original,
    }


def _customers(
    records: Mapping[str, RecordState],
    identifiers: Mapping[str, IdentifierState],
    customers: Mapping[str, Sequence[RecordState]],
    trust: Trust,
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the customers whose golden record is written, and those of which only the counts are."""
    left = {record.was_customer for record in records.values() if record.was_customer != record.customer}
    newly_golden: list[dict[str, Any]] = []
    counted: list[dict[str, Any]] = []
    for customer, members in customers.items():
        moved = customer in left or any(record.customer != record.was_customer for record in members)
        if moved or any(record.reasserted for record in members):
            newly_golden.append(_golden(customer, members, identifiers, trust, moved))
        elif any(record.changes for record in members):
            counted.append({"id": customer, "folded": folded(record.counts for record in members)})
    return newly_golden, counted


def _golden(
    customer: str, members: Iterable[RecordState], identifiers: Mapping[str, IdentifierState], trust: Trust, moved: bool
) -> dict[str, Any]:
    golden = golden_record((record.view(identifiers) for record in members), trust)
    counts = {name: golden.pop(name) for name in ("order_count", "spend", "favourite_channel", "favourite_store", "stores")}
    # That another record reports the same value, or reports it again, makes no new version.
    digest = opaque(*(f"{name}={golden[name]}" for name in sorted(golden) if name != "origins"))
    return {"id": customer, "golden": {**golden, "digest": digest}, "digest": digest, "folded": counts, "moved": moved}
