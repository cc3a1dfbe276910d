"""Identifiers and source records as the graph holds them: what is read of each, and the state made from it."""

from __future__ import annotations

from typing import Any, LiteralString

import orjson

from graph.events.facts import Claim
from graph.events.newest import read_stamps
from graph.identity.counts import Counts
from graph.identity.normalising.told_names import told_names
from graph.keys import identifier_id
from graph.resolution.identifiers import ACTIVE, BLOCKED, IdentifierState, reason_of
from graph.resolution.records import HeldClaim, RecordState
from graph.search.order_key import SUFFIX_LENGTH

# What is read of an (:Identifier), for `identifier_state`
IDENTIFIER_COLUMNS: LiteralString = """
i.key, i.kind, i.value, i.mobile, i.sharing, i.state, i.holders, i.given_names, i.contacts, i.ruled, i.reason,
i.unattributed_after, COALESCE(i.bounces, []), COALESCE(i.reached_at, '')
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


def fresh_identifier(claim: Claim) -> dict[str, Any]:
    """Return the properties of an identifier that nobody holds yet."""
    reason = reason_of(claim)
    return {
        "id": identifier_id(claim.key),
        "kind": claim.kind,
        "scope": claim.scope,
        "value": claim.value,
        "suffix": (_letters(claim.value) if claim.remark else claim.value)[-SUFFIX_LENGTH:],
        "domain": claim.value.rpartition("@")[2] if claim.kind == "EMAIL" and not claim.remark else None,
        "mobile": claim.mobile,
        "sharing": "UNKNOWN",
        "state": BLOCKED if reason else ACTIVE,
        "reason": reason,
        "holders": [],
        "given_names": [],
        "contacts": False,
    }


def _letters(text: str) -> str:
    """Return the letters and digits of what is kept as text: people ask for the last of them."""
    return "".join(filter(str.isalnum, text))


def read_claims(text: str | None) -> dict[str, HeldClaim]:
    """Read a record's claims as stored: JSON of identifier key -> the fields of HeldClaim in order."""
    return {key: HeldClaim(*values) for key, values in orjson.loads(text or "{}").items()}


def identifier_state(row: list[Any]) -> IdentifierState:
    """Return an identifier as `IDENTIFIER_COLUMNS` read it."""
    key, kind, value, mobile, sharing, state, holders, given_names, *more = row
    found = IdentifierState(key, kind, value, mobile, sharing, state, set(holders), set(given_names), *more)
    found.was_near = found.near
    return found


def marked_record(row: list[Any]) -> RecordState:
    """Return a source record as `RECORD_COLUMNS` read it, with what people said about it."""
    key, properties, customer, refused, apart, joins = row
    record = record_state(key, properties, customer)
    record.refused, record.joins = refused, {decision for decision, _ in joins}
    record.apart_from = {(other, decision) for other, decision in apart}
    return record


def _names(properties: dict[str, Any]) -> set[str]:
    """Return what a record was ever called; one that an older version wrote is read from its texts until the next rebuild."""
    names: list[str] | None = properties.get("names")
    return set(told_names(properties) if names is None else names)


def record_state(key: str, properties: dict[str, Any], customer: str | None) -> RecordState:
    """Return a loaded source record, without what people said about it."""
    return RecordState(
        key,
        properties["source"],
        properties["external_id"],
        properties,
        read_stamps(properties.get("stamps")),
        read_claims(properties.get("claims")),
        _names(properties),
        frozenset[str](properties.get("composites") or ()),
        Counts.from_json(properties.get("counts")),
        customer=customer,
        born=properties.get("born"),
        quarantined=bool(properties.get("quarantined")),
        first_seen=properties["first_seen"],
        was_customer=customer,
    )
