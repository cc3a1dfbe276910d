"""What is held of a customer, one section for each kind of thing: how it is read, in steps, and what is told of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, LiteralString, TypeAlias

from graph.exports import buying, rows

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
# (:Order)-[:HAS_FULFILLMENT]->(:Fulfillment)
FULFILLMENTS: LiteralString = """
MATCH (t:Touchpoint) USING INDEX SEEK t:Touchpoint(record, kind, position)
WHERE t.record = $p.of AND t.kind = 'ORDER' AND t.position > $p.after
WITH t ORDER BY t.record, t.kind, t.position LIMIT $p.limit
RETURN t.position, [t.number, COLLECT { MATCH (t)-[:HAS_FULFILLMENT]->(f) RETURN properties(f) ORDER BY f.place, f.id }]
"""
# (:Touchpoint {record, threaded})-[:IN_THREAD]->(:Thread), (:Touchpoint)-[:TIED_TO|UNTIED_FROM]->(:Touchpoint)
THREADS: LiteralString = """
MATCH (t:Touchpoint) USING INDEX SEEK t:Touchpoint(record, threaded, position)
WHERE t.record = $p.of AND t.threaded = true AND t.position > $p.after
WITH t ORDER BY t.record, t.threaded, t.position LIMIT $p.limit
MATCH (t)-[i:IN_THREAD]->(h:Thread)
RETURN t.position, {thread: h.id, touchpoint_id: t.id, rule: i.rule, tied_at: i.at,
  tied: HEAD([(t)-[w:TIED_TO]->() | properties(w)]), untied: HEAD([(t)-[w:UNTIED_FROM]->() | properties(w)])}
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
# (:SourceRecord {key}) = (:Case {record}), (:Touchpoint {record, case_id})-[:IN_CASE]->(:Case)
THEIR_CASES: LiteralString = """
CALL () {
  MATCH (k:Case) USING INDEX SEEK k:Case(record, id) WHERE k.record = $p.of AND k.id > '' RETURN k
UNION
  MATCH (t:Touchpoint) USING INDEX SEEK t:Touchpoint(record, case_id) WHERE t.record = $p.of AND t.case_id > ''
  MATCH (t)-[:IN_CASE]->(k:Case) RETURN k
}
WITH DISTINCT k
"""
CASES: LiteralString = THEIR_CASES + "WHERE k.id > $p.after RETURN k.id, properties(k) ORDER BY k.id LIMIT $p.limit"
CASE_EVENTS: LiteralString = (
    THEIR_CASES
    + "MATCH (k)-[:HAS_EVENT]->(e:CaseEvent) WHERE e.id > $p.after RETURN e.id, properties(e) ORDER BY e.id LIMIT $p.limit"
)
# (:Promise {record}), (:Promise)-[:FOR]->(:Case)
PROMISES: LiteralString = (
    "CALL () { MATCH (m:Promise) USING INDEX SEEK m:Promise(record, id) WHERE m.record = $p.of AND m.id > '' RETURN m UNION "
    + THEIR_CASES
    + "MATCH (k)<-[:FOR]-(m:Promise) RETURN m } "
    "WITH DISTINCT m WHERE m.id > $p.after RETURN m.id, properties(m) ORDER BY m.id LIMIT $p.limit"
)
# (:SourceRecord)-[:HAS_ACCOUNT]->(:LoyaltyAccount)-[:HAS_LOT]->(:PointLot), (:LoyaltyAccount)-[:HAS_ENTRY]->(:PointEntry)
ACCOUNTS: LiteralString = """
MATCH (:SourceRecord {key: $p.of})-[:HAS_ACCOUNT]->(a:LoyaltyAccount) WHERE a.id > $p.after
RETURN a.id, properties(a) ORDER BY a.id LIMIT $p.limit
"""
LOTS: LiteralString = """
MATCH (:SourceRecord {key: $p.of})-[:HAS_ACCOUNT]->()-[:HAS_LOT]->(l:PointLot) WHERE l.id > $p.after
RETURN l.id, properties(l) ORDER BY l.id LIMIT $p.limit
"""
ENTRIES: LiteralString = """
MATCH (:SourceRecord {key: $p.of})-[:HAS_ACCOUNT]->()-[:HAS_ENTRY]->(e:PointEntry) WHERE e.turn > $p.after
RETURN e.turn, properties(e) ORDER BY e.turn LIMIT $p.limit
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
    Section(
        "fulfillments",
        RECORD,
        FULFILLMENTS,
        rows.fulfillments,
        ("order_id", "order_number", "method", "state", "since", "store_code", "carrier", "tracking_number", "pickup_code"),
    ),
    Section("threads", RECORD, THREADS, rows.thread, ("thread", "touchpoint_id", "rule", "tied_at")),
    Section("consents", RECORD, CONSENTS, rows.consent, ("id", "purpose", "state", "declared_at", "source", "covers"), once=True),
    Section("cases", RECORD, CASES, rows.case, ("id", "number", "subject", "state", "opened_at", "topic"), once=True),
    Section("case_events", RECORD, CASE_EVENTS, rows.case_event, ("id", "case", "at", "kind", "note"), once=True),
    Section("promises", RECORD, PROMISES, rows.promise, ("id", "text", "due", "state", "made_at"), once=True),
    Section("loyalty_accounts", RECORD, ACCOUNTS, rows.loyalty_account, ("id", "opened_at", "debt")),
    Section("point_lots", RECORD, LOTS, rows.point_lot, ("id", "account", "granted", "remaining", "active_from", "expires_at")),
    Section(
        "point_entries",
        RECORD,
        ENTRIES,
        rows.point_entry,
        ("id", "account", "at", "kind", "amount", "pending", "balance", "reason"),
    ),
    Section("coupons", RECORD, buying.COUPONS, rows.coupon, ("id", "name", "code", "at", "ends")),
    Section("coupons_shown", RECORD, buying.COUPONS_SHOWN, rows.coupon_view, ("id", "name", "at", "channel")),
    Section("coupons_held", RECORD, buying.COUPONS_HELD, rows.coupon_held, ("id", "name", "state", "at", "until")),
    Section("coupons_used", RECORD, buying.COUPONS_USED, rows.coupon_used, ("id", "name", "state", "at", "channel", "amount")),
    Section(
        "stock_requests",
        RECORD,
        buying.STOCK_REQUESTS,
        rows.stock_request,
        ("id", "at", "sku", "store_code", "offered", "outcome"),
    ),
    Section(
        "basket_lines",
        RECORD,
        buying.BASKET_LINES,
        rows.basket_line,
        ("id", "sku", "quantity", "added_at", "changed_at", "channel"),
    ),
    Section(
        "basket_handovers", RECORD, buying.BASKET_HANDOVERS, rows.basket_handover, ("id", "at", "skus", "quantities", "closed_at")
    ),
    Section("products_seen", RECORD, buying.PRODUCTS_SEEN, rows.product_view, ("id", "sku", "at", "channel")),
    Section("offers", RECORD, buying.OFFERS, rows.offer, ("id", "at", "sku", "name", "text", "state", "until", "answered_at")),
    Section("decisions", RECORD, DECISIONS, rows.plain, ("id", "at", "rule", "actor", "reason"), once=True),
    Section("candidates", RECORD, CANDIDATES, rows.plain, ("id", "reason", "rule", "status"), once=True),
    Section("accesses", ALL, ACCESSES, rows.access, ("at", "subject", "roles", "purpose", "operation", "tags")),
    Section("requests", ALL, REQUESTS, rows.request, ("id", "kind", "state", "asked_at", "asked_by", "reason")),
)
BY_NAME: Mapping[str, Section] = {each.name: each for each in SECTIONS}
OF_EMPLOYEES: Mapping[str, frozenset[str]] = {
    "touchpoints": frozenset({"staff", "handed_over_to"}),
    "fulfillments": frozenset({"history"}),
    "consents": frozenset({"proof_staff"}),
    "cases": frozenset({"opened_by", "staff", "team", "tags", "escalated_to"}),
    "case_events": frozenset({"actor", "staff", "team", "tag", "note"}),
    "promises": frozenset({"owner", "made_by", "ended_by"}),
    "point_entries": frozenset({"actor", "reason"}),
    "coupons": frozenset({"by"}),
    "coupons_held": frozenset({"by"}),
    "coupons_used": frozenset({"by", "reversed_by", "reason"}),
    "stock_requests": frozenset({"staff", "note"}),
    "basket_lines": frozenset({"by"}),
    "basket_handovers": frozenset({"by"}),
    "offers": frozenset({"by", "answered_by", "note"}),
    "decisions": frozenset({"actor"}),
    "threads": frozenset({"tied_by", "untied_by"}),
    "accesses": frozenset({"subject", "operation", "stores"}),
    "requests": frozenset({"asked_by", "approved_by"}),
}
"""Which employee did something, and what they wrote to each other: withheld from a customer who exports themselves, as their own
pages withhold it."""
