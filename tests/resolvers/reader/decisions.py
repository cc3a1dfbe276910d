"""Decisions and open pairs, as the reader reads them."""

from __future__ import annotations

from typing import Any

from graph.explanation.scoring import score_of_rows
from graph.words import say
from tests.resolvers.reader.fields import field, properties
from tests.resolvers.reader.pages import page
from tests.resolvers.reader.request import Request, Thing
from tests.resolvers.reader.spelling import global_id

properties("Decision", "Decision", rule="rule", ruleVersion="rule_version", actor="actor", decidedAt="at", reason="reason")
properties("MatchCandidate", "MatchCandidate", reason="reason", rule="rule", deferredUntil="deferred_until")

OF_RECORDS = "MATCH (:Customer {id: $p.id})<-[:RESOLVES_TO]-(r:SourceRecord) "


@field("Decision", "id")
@field("MatchCandidate", "id")
def own_id(thing: Thing, request: Request) -> str:
    return global_id(thing.type_name, thing.id)


@field("Customer", "decisions")
def decisions(customer: Thing, request: Request, first: int | None = None, after: str | None = None) -> dict[str, Any]:
    concerned = request.rows(OF_RECORDS + "MATCH (d:Decision)-->(r) RETURN DISTINCT d.at, d.id", id=customer.id)
    left = request.rows("MATCH (d:Decision) WHERE d.from_customer = $p.id RETURN d.at, d.id", id=customer.id)
    items = {at + raw: Thing("Decision", raw) for at, raw in concerned + left}
    return page("decisions", list(items.items()), first, after, newest_first=True)


@field("Decision", "sentence")
def why(decision: Thing, request: Request, language: str) -> str:
    [[rule, against]] = request.rows("MATCH (d:Decision {id: $p.id}) RETURN d.rule, d.against", id=decision.id)
    return say(f"rule.{rule}.{against}" if against else f"rule.{rule}", language.lower())


@field("Decision", "records")
def decided_about(decision: Thing, request: Request, first: int | None = None, after: str | None = None) -> dict[str, Any]:
    rows = request.rows("MATCH (:Decision {id: $p.id})-->(r:SourceRecord) RETURN DISTINCT r.source, r.id", id=decision.id)
    return page("decided records", [(f"{source}:{raw}", Thing("SourceRecord", raw)) for source, raw in rows], first, after)


def named_by(decision: Thing, request: Request, name: str, label: str) -> Thing | None:
    raw = request.value(f"MATCH (d:Decision {{id: $p.id}}) MATCH (n:{label}) WHERE n.id = d.{name} RETURN n.id", id=decision.id)
    return raw and Thing(label, raw)


@field("Decision", "evidence")
def evidence(decision: Thing, request: Request) -> Thing | None:
    return named_by(decision, request, "evidence", "Identifier")


@field("Decision", "because")
def because(decision: Thing, request: Request) -> Thing | None:
    rule = request.value("MATCH (d:Decision {id: $p.id}) RETURN d.rule", id=decision.id)
    return named_by(decision, request, "evidence" if rule == "FOLLOWED_DECISION" else "because", "Decision")


@field("Decision", "undoneBy")
def undone_by(decision: Thing, request: Request) -> Thing | None:
    return named_by(decision, request, "undone_by", "Decision")


@field("Decision", "undoes")
def undoes(decision: Thing, request: Request) -> Thing | None:
    raw = request.value("MATCH (d:Decision {undone_by: $p.id}) RETURN d.id ORDER BY d.id", id=decision.id)
    return raw and Thing("Decision", raw)


@field("Decision", "touchpoint")
def assigned(decision: Thing, request: Request) -> Thing | None:
    found = request.rows(
        "MATCH (:Decision {id: $p.id})-[:ASSIGNS]->(t) RETURN [l IN labels(t) WHERE l <> 'Touchpoint'][0], t.id", id=decision.id
    )
    return Thing(*found[0]) if found else None


@field("Decision", "fromCustomer")
def from_customer(decision: Thing, request: Request) -> Thing | None:
    return named_by(decision, request, "from_customer", "Customer")


@field("Decision", "toCustomer")
def to_customer(decision: Thing, request: Request) -> Thing | None:
    return named_by(decision, request, "to_customer", "Customer")


@field("Customer", "matchCandidates")
def match_candidates(customer: Thing, request: Request, first: int | None = None, after: str | None = None) -> dict[str, Any]:
    items: list[tuple[str, Any]] = []
    for raw, own in request.rows(OF_RECORDS + "MATCH (m:MatchCandidate)-[:BETWEEN]->(r) RETURN m.id, r.id", id=customer.id):
        [(other, record)] = request.rows(
            "MATCH (:MatchCandidate {id: $p.id})-[:BETWEEN]->(r)-[:RESOLVES_TO]->(c) WHERE r.id <> $p.own RETURN c.id, r.id",
            id=raw,
            own=own,
        )
        found = {"candidate": Thing("MatchCandidate", raw), "other": Thing("Customer", other)}
        items.append((raw, {**found, "ownRecord": Thing("SourceRecord", own), "otherRecord": Thing("SourceRecord", record)}))
    return page("match candidates", items, first, after)


@field("MatchCandidate", "sentence")
def against(candidate: Thing, request: Request, language: str) -> str:
    reason = request.value("MATCH (m:MatchCandidate {id: $p.id}) RETURN m.reason", id=candidate.id)
    return say(f"obstacle.{reason}", language.lower())


@field("MatchCandidate", "identifier")
def shared(candidate: Thing, request: Request) -> Thing | None:
    raw = request.value(
        "MATCH (m:MatchCandidate {id: $p.id}) MATCH (i:Identifier) WHERE i.id = m.identifier RETURN i.id", id=candidate.id
    )
    return raw and Thing("Identifier", raw)


@field("MatchCandidate", "records")
def between(candidate: Thing, request: Request) -> list[Thing]:
    rows = request.rows("MATCH (:MatchCandidate {id: $p.id})-[:BETWEEN]->(r) RETURN r.source, r.id", id=candidate.id)
    return [Thing("SourceRecord", raw) for _, raw in sorted(rows)]


@field("MatchCandidate", "score")
def compared(candidate: Thing, request: Request) -> dict[str, Any]:
    rows = request.rows(
        "MATCH (:MatchCandidate {id: $p.id})-[:BETWEEN]->(r) RETURN r.source, r.id, properties(r)", id=candidate.id
    )
    held = "MATCH (:SourceRecord {id: $p.id})-->(i:Identifier) RETURN i.key, i.kind, i.value, i.mobile, i.sharing, i.state"
    pair = [(told, request.rows(held, id=raw)) for _, raw, told in sorted(rows, key=lambda row: row[:2])]
    found = score_of_rows(pair)
    return {
        "told": found,
        "bits": found.bits,
        "priorBits": found.prior_bits,
        "probability": found.probability,
        "confidence": found.confidence,
        "weightsVersion": found.weights_version,
        "fields": [
            {"told": each, **{name: getattr(each, name) for name in ("field", "agreement", "bits", "first", "second")}}
            for each in found.fields
        ],
    }


@field("MatchScore", "sentence")
@field("FieldScore", "sentence")
def said(scored: dict[str, Any], request: Request, language: str) -> str:
    return str(scored["told"].sentence(language.lower()))
