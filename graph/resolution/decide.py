"""Decide, in memory, which customer each loaded record belongs to, and note what that changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass
from typing import Any, TypeAlias

from graph.identity.composites import COMPOSITES, MAIL_AND_NAME
from graph.identity.customer_ids import Lineage, name_clusters
from graph.identity.partition import Edge, Partition, partition
from graph.identity.strength import RULES_VERSION, Strength
from graph.keys import identifier_id, opaque
from graph.resolution.composites import CompositeState
from graph.resolution.identifiers import COMPONENT, NAMES, QUARANTINED, IdentifierState
from graph.resolution.records import RecordState

NEW_RECORD, SEPARATED, TOO_LARGE = "NEW_RECORD", "SEPARATED", "TOO_LARGE"
FOLLOWED_DECISION = "FOLLOWED_DECISION"

Records: TypeAlias = Mapping[str, RecordState]
Identifiers: TypeAlias = Mapping[str, IdentifierState]
Composites: TypeAlias = Mapping[str, CompositeState]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Decisions and candidates as rows to write; ids left behind -> where they redirect; the records decided about."""

    decisions: list[dict[str, Any]]
    candidates: list[dict[str, Any]]
    redirects: dict[str, str]
    decided: frozenset[str] = frozenset()


NOTHING_DECIDED = Verdict([], [], {})


def lost_ids(records: Records) -> set[str]:
    """Return ids that records were born with and that might come back to life, if nobody else bears them now."""
    current = {record.customer for record in records.values()}
    return {record.born for record in records.values() if record.born is not None} - {c for c in current if c}


def decide(
    records: Records,
    identifiers: Identifiers,
    composites: Composites,
    *,
    alive_elsewhere: Set[str],
    mint: Callable[[], str],
    now: str,
) -> Verdict:
    """Partition the loaded records, give each its customer, and return what has to be written about it."""
    result = partition_of(records, identifiers, composites)
    lineage = {key: Lineage(record.customer, record.born, record.first_seen) for key, record in records.items()}
    naming = name_clusters(result.clusters, lineage, alive_elsewhere=alive_elsewhere, mint=mint)
    decisions: list[dict[str, Any]] = []
    against: dict[str, str] = {}
    for edge, reason in result.refused:
        against.setdefault(edge.record, reason)
        against.setdefault(edge.other, reason)
    for key in sorted(records):
        record, customer = records[key], naming.customer_of[key]
        if record.customer != customer:
            row = _decision(record, customer, result, now)
            if row["properties"]["rule"] == NEW_RECORD:
                row["properties"]["against"] = against.get(key)
            record.customer, record.link_rule = customer, row["properties"]["rule"]
            decisions.append(row)
        if record.born is None:
            record.born = record.changes["born"] = customer
    candidates = [_candidate(edge, reason, now) for edge, reason in result.refused]
    return Verdict(decisions, candidates, dict(naming.redirects), frozenset(records))


def partition_of(records: Records, identifiers: Identifiers, composites: Composites) -> Partition:
    """Return the partition of the loaded records; those of too large a component are flagged as quarantined."""
    unusable = {key for key, identifier in identifiers.items() if not identifier.open}
    unusable |= {key for key, composite in composites.items() if composite.closed}
    reviewed = {key for key, identifier in identifiers.items() if identifier.reviewed}
    for record in records.values():
        if not record.quarantined and any(_over_bound_through(record, identifiers[key]) for key in record.claims):
            record.quarantined = record.changes["quarantined"] = True
    members = {key: record.member(identifiers) for key, record in records.items()}
    result = partition(members, blocked=unusable, reviewed=reviewed)
    for key in result.over_bound:
        _quarantine(records[key], identifiers)
    return result


def _over_bound_through(record: RecordState, identifier: IdentifierState) -> bool:
    if identifier.state != QUARANTINED or identifier.reason == NAMES:
        return False
    return record.holding(identifier).strength < Strength.WITH_NAME


def _quarantine(record: RecordState, identifiers: Identifiers) -> None:
    """Flag a record of an over-large component, and its linking identifiers, which nobody walks through any more."""
    if not record.quarantined:
        record.quarantined = record.changes["quarantined"] = True
    for key in record.claims:
        identifier = identifiers[key]
        if identifier.open and record.holding(identifier).strength < Strength.WITH_NAME:
            identifier.close(QUARANTINED, COMPONENT)


def _decision(record: RecordState, customer: str, result: Partition, now: str) -> dict[str, Any]:
    edge = result.joined_by.get(record.key)
    if edge is not None:
        rule = edge_rule(edge)
    elif record.key in result.over_bound:
        rule = TOO_LARGE
    else:
        rule = NEW_RECORD if record.customer is None else SEPARATED
    return {
        "record": record.key,
        "from": record.customer,
        "to": customer,
        "properties": {
            "rule": rule,
            "rule_version": RULES_VERSION,
            "actor": "system",
            "at": now,
            "evidence": evidence_of(edge) if edge else None,
        },
    }


def edge_rule(edge: Edge) -> str:
    """Return the name of the rule that an edge stands for."""
    if edge.strength is Strength.PERSON:
        return FOLLOWED_DECISION
    kind = edge.identifier.split(":", 1)[0]
    if edge.strength is Strength.WITH_NAME:
        return MAIL_AND_NAME if kind == "EMAIL" else kind
    if edge.strength is Strength.EXCLUSIVE:
        return "EXCLUSIVE_IDENTIFIER"
    return "VERIFIED_MAIL" if kind == "EMAIL" else "MOBILE_NUMBER"


def evidence_of(edge: Edge) -> str | None:
    """Return the id of the identifier that two records share, or of the decision by which a person joined them.

    None where they share no identifier, but what they tell of themselves.
    """
    if edge_rule(edge) in COMPOSITES:
        return None
    return edge.identifier if edge.strength is Strength.PERSON else identifier_id(edge.identifier)


def _candidate(edge: Edge, reason: str, now: str) -> dict[str, Any]:
    return {
        "id": opaque("MatchCandidate", edge.record, edge.other, edge.identifier),
        "records": [edge.record, edge.other],
        "at": now,
        "properties": {"reason": reason, "rule": edge_rule(edge), "identifier": evidence_of(edge)},
    }
