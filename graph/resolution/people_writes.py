"""Write what changed about people: identifiers, source records, links, decisions, candidates, golden records."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, LiteralString

import orjson

from graph.events.newest import write_stamps
from graph.identity.golden import golden_record
from graph.keys import opaque
from graph.resolution.decide import Verdict
from graph.resolution.identifiers import IdentifierState
from graph.resolution.neighbourhood import Neighbourhood
from graph.resolution.records import HeldClaim, RecordState
from graph.store import Transaction
from graph.writes.batching import in_turn, over_rows

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

# (:Customer): the version grows with membership and golden values, never with counts
WRITE_CUSTOMERS: LiteralString = """
UNWIND $p.customers AS row
MERGE (c:Customer {id: row.id})
ON CREATE SET c.kind = 'INDIVIDUAL', c.created_at = $p.now, c.version = 0
WITH c, row, row.moved OR (row.digest IS NOT NULL AND row.digest <> coalesce(c.digest, '')) AS newer
SET c += row.golden, c += row.folded, c.status = 'ACTIVE', c.version = c.version + CASE WHEN newer THEN 1 ELSE 0 END
"""

# (:SourceRecord)-[:RESOLVES_TO]->(:Customer), (:Decision)-[:MOVED]->(:SourceRecord)
LINK_NEW_RECORDS: LiteralString = """
UNWIND $p.links AS row
MATCH (r:SourceRecord {key: row.record})
MATCH (c:Customer {id: row.to})
CREATE (r)-[:RESOLVES_TO]->(c)
CREATE (d:Decision {id: randomUUID(), to_customer: row.to})-[:MOVED]->(r)
SET d += row.properties
"""
PEOPLE_WRITES = in_turn(UPDATE_IDENTIFIERS, CREATE_RECORDS, UPDATE_RECORDS, HOLD_IDENTIFIERS, WRITE_CUSTOMERS, LINK_NEW_RECORDS)
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
SET old.status = 'MERGED', old.search_text = null, old.search_latin = null, old.digest = null,
    old.version = old.version + 1
CREATE (old)-[:REDIRECTS_TO]->(new)
"""
STOP_REDIRECTS: LiteralString = """
UNWIND $p.ids AS id
MATCH (:Customer {id: id})-[gone:REDIRECTS_TO]->(:Customer)
DELETE gone
"""

# (:MatchCandidate)-[:BETWEEN]->(:SourceRecord)
CLOSE_CANDIDATES: LiteralString = """
UNWIND $p.records AS key
MATCH (:SourceRecord {key: key})<-[:BETWEEN]-(m:MatchCandidate {status: 'OPEN'})
WHERE NOT m.id IN $p.ids
WITH DISTINCT m
DETACH DELETE m
"""
WRITE_CANDIDATES: LiteralString = """
UNWIND $p.rows AS row
MERGE (m:MatchCandidate {id: row.id})
ON CREATE SET m.status = 'OPEN'
SET m += row.properties
WITH m, row
UNWIND row.records AS key
MATCH (r:SourceRecord {key: key})
MERGE (m)-[:BETWEEN]->(r)
"""


def people_rows(hood: Neighbourhood, verdict: Verdict) -> dict[str, list[dict[str, Any]]]:
    """Return what PEOPLE_WRITES writes: identifiers, source records, golden records, new links with their decisions."""
    changed = [record for record in hood.records.values() if record.changes or record.claims_changed]
    for record in changed:
        record.changes |= _kept(record)
    return {
        "identifiers": [_identifier(identifier) for identifier in hood.identifiers.values() if identifier.changed],
        "new_records": [{"key": r.key, "changes": r.changes} for r in changed if r.created],
        "records": [{"key": r.key, "changes": r.changes} for r in changed if not r.created],
        "holdings": [
            {"record": record.key, "identifier": key, "properties": _held(record.claims[key])}
            for record in changed
            for key in sorted(record.claims_changed)
        ],
        "customers": list(_customers(hood)),
        "links": [row for row in verdict.decisions if row["from"] is None],
    }


async def write_moves(transaction: Transaction, hood: Neighbourhood, verdict: Verdict) -> None:
    """Write what is rare and needs the rest: records that change customers, redirects, candidates."""
    moved = [row for row in verdict.decisions if row["from"] is not None]
    await over_rows(transaction, MOVE_RECORDS, moved)
    if moved:
        await transaction.run(STOP_REDIRECTS, {"ids": sorted({row["to"] for row in moved})})
    await over_rows(transaction, REDIRECT, [{"old": old, "new": new} for old, new in sorted(verdict.redirects.items())])
    # A cluster that grew can be refused by another pair than before, none of which need have changed itself.
    refused = sorted(key for key in verdict.decided if hood.records[key].refused)
    if refused:
        ids = [row["id"] for row in verdict.candidates]
        await transaction.run(CLOSE_CANDIDATES, {"records": refused, "ids": ids})
    await over_rows(transaction, WRITE_CANDIDATES, verdict.candidates)


def _identifier(identifier: IdentifierState) -> dict[str, Any]:
    properties = {
        "sharing": identifier.sharing,
        "state": identifier.state,
        "holders": sorted(identifier.holders),
        "given_names": sorted(identifier.given_names),
        "contacts": identifier.contacts,
        "ruled": identifier.ruled,
        "reason": identifier.reason,
    }
    return {"key": identifier.key, "properties": properties}


def _kept(record: RecordState) -> dict[str, Any]:
    """Return the properties that the rules keep for themselves on a source record."""
    claims = {key: _as_list(record.claims[key]) for key in sorted(record.claims)}
    return {
        "stamps": write_stamps(record.stamps),
        "identifiers": sorted(record.claims),
        "claims": orjson.dumps(claims).decode(),
        "given_names": sorted(record.given_names),
        "counts": record.counts.to_json(),
    }


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


def _customers(hood: Neighbourhood) -> Iterable[dict[str, Any]]:
    members: dict[str, list[RecordState]] = {}
    for key in sorted(hood.records):
        record = hood.records[key]
        if record.customer is not None:
            members.setdefault(record.customer, []).append(record)
    left = {r.was_customer for r in hood.records.values() if r.was_customer != r.customer}
    for customer, records in sorted(members.items()):
        moved = customer in left or any(r.customer != r.was_customer for r in records)
        if moved or any(r.changes or r.claims_changed or r.identity_changed for r in records):
            yield _customer_row(customer, records, hood, moved)


def _customer_row(customer: str, records: list[RecordState], hood: Neighbourhood, moved: bool) -> dict[str, Any]:
    golden = golden_record((record.view(hood.identifiers) for record in records), hood.trust)
    folded = {name: golden.pop(name) for name in ("order_count", "spend", "favourite_channel", "favourite_store")}
    if not moved and not any(r.changes.keys() - {"counts"} or r.claims_changed or r.identity_changed for r in records):
        return {"id": customer, "golden": {}, "digest": None, "folded": folded, "moved": False}
    # That another record tells the same value, or tells it again, makes no new version.
    digest = opaque(*(f"{name}={golden[name]}" for name in sorted(golden) if name != "origins"))
    return {"id": customer, "golden": {**golden, "digest": digest}, "digest": digest, "folded": folded, "moved": moved}
