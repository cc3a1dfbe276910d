"""What is held of a customer, one section for each kind of thing: how it is read, in steps, and what is told of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, LiteralString, TypeAlias

from graph.exports import rows

Row: TypeAlias = dict[str, Any]
CUSTOMER, RECORD, ALL = "customer", "record", "all"

# A statement is run for each customer or record (`$p.of`) or once for all of them, from `$p.after` on, and returns
# rows `key, what`.
# (:Customer), those that were merged into it too
CUSTOMERS: LiteralString = "MATCH (c:Customer {id: $p.of}) WHERE c.id > $p.after RETURN c.id, properties(c)"
RECORDS: LiteralString = "MATCH (r:SourceRecord {key: $p.of}) WHERE r.key > $p.after RETURN r.key, properties(r)"
# (:SourceRecord)-[:HAS_IDENTIFIER]->(:Identifier)
IDENTIFIERS: LiteralString = """
MATCH (r:SourceRecord {key: $p.of})-[h:HAS_IDENTIFIER]->(i:Identifier) WHERE i.id > $p.after
RETURN i.id, [properties(i), properties(h), r.source, r.external_id] ORDER BY i.id LIMIT $p.limit
"""
# (:Touchpoint)-[:VIA]->(:Identifier), (:Touchpoint)-[:ABOUT]->(:Product)
TOUCHPOINTS: LiteralString = """
MATCH (t:Touchpoint) USING INDEX SEEK t:Touchpoint(record, position)
WHERE t.record = $p.of AND t.position > $p.after
WITH t ORDER BY t.record, t.position LIMIT $p.limit
RETURN t.position, [t {.*, at: null}, COLLECT { MATCH (t)-[:VIA]->(i:Identifier) RETURN i.value ORDER BY i.value }]
"""
# (:Order)-[:HAS_LINE]->(:OrderLine)
LINES: LiteralString = """
MATCH (t:Touchpoint) USING INDEX SEEK t:Touchpoint(record, kind, position)
WHERE t.record = $p.of AND t.kind = 'ORDER' AND t.position > $p.after
WITH t ORDER BY t.record, t.kind, t.position LIMIT $p.limit
RETURN t.position, [t.id, t.number, COLLECT { MATCH (t)-[:HAS_LINE]->(l:OrderLine) RETURN properties(l) ORDER BY l.number }]
"""
# (:SourceRecord)-[:SAID]->(:Consent)-[:COVERS]->(:Identifier), and what was said by a value of theirs and by nobody named
CONSENTS: LiteralString = """
MATCH (r:SourceRecord {key: $p.of})
CALL (r) {
  MATCH (r)-[:SAID]->(c:Consent) RETURN c
UNION
  MATCH (r)-[:HAS_IDENTIFIER]->(:Identifier)<-[:COVERS]-(c:Consent) WHERE NOT EXISTS { (c)<-[:SAID]-() } RETURN c
}
WITH c WHERE c.id > $p.after
RETURN c.id, [properties(c), COLLECT { MATCH (c)-[:COVERS]->(i:Identifier) RETURN i.value ORDER BY i.value }]
ORDER BY c.id LIMIT $p.limit
"""
# (:Decision)-[:MOVED|CONCERNS]->(:SourceRecord)-[:DID]->(:Touchpoint)<-[:ASSIGNS]-(:PersonDecision)
DECISIONS: LiteralString = """
MATCH (r:SourceRecord {key: $p.of})
CALL (r) {
  MATCH (r)<-[:MOVED|CONCERNS]-(d:Decision) RETURN d
UNION
  MATCH (r)-[:DID]->(:Touchpoint)<-[:ASSIGNS]-(d:Decision) RETURN d
}
WITH d WHERE d.id > $p.after
RETURN d.id, properties(d) ORDER BY d.id LIMIT $p.limit
"""
# (:MatchCandidate)-[:BETWEEN]->(:SourceRecord); who the other one is, is not this person's to know
CANDIDATES: LiteralString = """
MATCH (:SourceRecord {key: $p.of})<-[:BETWEEN]-(m:MatchCandidate) WHERE m.id > $p.after
RETURN m.id, properties(m) ORDER BY m.id LIMIT $p.limit
"""
# (:AuditEntry)-[:OF]->(:Customer)
ACCESSES: LiteralString = """
MATCH (c:Customer)<-[:OF]-(e:AuditEntry) WHERE c.id IN $p.customers
WITH DISTINCT e, e.at + e.id AS key WHERE key > $p.after
RETURN key, properties(e) ORDER BY key LIMIT $p.limit
"""
REQUESTS: LiteralString = """
MATCH (j:Job) WHERE j.about IN $p.customers AND j.id > $p.after
RETURN j.id, properties(j) ORDER BY j.id LIMIT $p.limit
"""


@dataclass(frozen=True, slots=True)
class Section:
    """`each` says for what the statement is run. `told` makes rows of what it returns; `columns` stand first, also when empty.

    `once`: a thing that hangs on several records is told once, by its `id`. `whole`: what is not there is named too.
    """

    name: str
    each: str
    statement: LiteralString
    told: Callable[[Any], list[Row]]
    columns: tuple[str, ...]
    once: bool = False
    whole: bool = False


SECTIONS = (
    Section("customer", CUSTOMER, CUSTOMERS, rows.customer, rows.CUSTOMER, whole=True),
    Section("values", CUSTOMER, CUSTOMERS, rows.origins, ("customer", "field", "value", "rule", "reported_at", "record_id")),
    Section("records", RECORD, RECORDS, rows.record, rows.RECORD, whole=True),
    Section("identifiers", RECORD, IDENTIFIERS, rows.identifier, ("kind", "scope", "value", "source", "external_id")),
    Section("touchpoints", RECORD, TOUCHPOINTS, rows.touchpoint, ("id", "at", "kind", "channel", "store_code", "source")),
    Section(
        "order_lines", RECORD, LINES, rows.lines, ("order_id", "order_number", "number", "sku", "name", "quantity", "amount")
    ),
    Section("consents", RECORD, CONSENTS, rows.consent, ("id", "purpose", "state", "declared_at", "source", "covers"), once=True),
    Section("decisions", RECORD, DECISIONS, rows.plain, ("id", "at", "rule", "actor", "reason"), once=True),
    Section("candidates", RECORD, CANDIDATES, rows.plain, ("id", "reason", "rule", "status"), once=True),
    Section("accesses", ALL, ACCESSES, rows.access, ("at", "subject", "roles", "purpose", "operation", "tags")),
    Section("requests", ALL, REQUESTS, rows.request, ("id", "kind", "state", "asked_at", "asked_by", "reason")),
)
BY_NAME: Mapping[str, Section] = {each.name: each for each in SECTIONS}
OF_EMPLOYEES: Mapping[str, frozenset[str]] = {
    "touchpoints": frozenset({"staff", "handed_over_to"}),
    "consents": frozenset({"proof_staff"}),
    "decisions": frozenset({"actor"}),
    "accesses": frozenset({"subject", "operation", "stores"}),
    "requests": frozenset({"asked_by", "approved_by"}),
}
"""Which employee did something: withheld from a customer who exports themselves, as their own pages withhold it."""
