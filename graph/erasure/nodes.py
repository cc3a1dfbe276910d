"""What an erasure takes out of the graph, in the unit that holds it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import ClassVar, LiteralString

from graph.cases.clearing import cleared
from graph.writes.changes import Change
from graph.writes.lock_order import Label
from graph.writes.unit import Nodes, Step, Unit

# (:Touchpoint)
LOCK_TOUCHPOINTS: LiteralString = """
UNWIND $p.Touchpoint AS id
MATCH (t:Touchpoint {id: id})
REMOVE t.lock
WITH t
RETURN 'Touchpoint' AS label, [t.id] AS row
"""
# (:Touchpoint), which are no orders
DELETE_TOUCHPOINTS: LiteralString = "UNWIND $p.ids AS id MATCH (t:Touchpoint {id: id}) WHERE NOT t:Order DETACH DELETE t"
# (:Touchpoint)-[:IN_CASE]->(:Case), (:Case {record})
CLEAR_CASES = cleared("""
CALL () {
  UNWIND $p.ids AS id MATCH (:Touchpoint {id: id})-[:IN_CASE]->(k:Case) RETURN k
UNION
  UNWIND $p.records AS key MATCH (k:Case {record: key}) RETURN k
}""")
CLEAR_PROMISES: LiteralString = """
UNWIND $p.records AS key
MATCH (m:Promise {record: key})
SET m.text = null, m.record = ''
"""
# (:SourceRecord)-[:HAS_COUPON|SAW]->(:IssuedCoupon|CouponView), (:CouponReservation {record})
DELETE_COUPONS: LiteralString = """
CALL () { UNWIND $p.records AS key MATCH (:SourceRecord {key: key})-[:HAS_COUPON|SAW]->(n) DETACH DELETE n }
CALL () { UNWIND $p.records AS key MATCH (h:CouponReservation {record: key}) DETACH DELETE h }
"""
# (:SourceRecord)-[:REDEEMED]->(:CouponRedemption)-[:ON]->(:Order): that one was used stays, and is nobody's from now on, also
# where the order, whose codes go, is followed again
CLEAR_USES: LiteralString = """
CALL () {
  UNWIND $p.ids AS id MATCH (u:CouponRedemption {order_id: id}) RETURN u
UNION
  UNWIND $p.records AS key MATCH (u:CouponRedemption {record: key}) RETURN u
}
SET u.record = '', u.order_id = null, u.code_key = null, u.reason = null
WITH u
MATCH (u)<-[r:REDEEMED]-()
DELETE r
"""
# (:SourceRecord)-[:HAS_BASKET]->(:Basket)-[:CONTAINS]->(:BasketLine), (:SourceRecord)-[:HANDED_OVER]->(:BasketHandover),
# (:SourceRecord)-[:LOOKED_AT]->(:ProductView), (:SourceRecord)-[:WAS_OFFERED]->(:Offer)
DELETE_BASKETS: LiteralString = """
CALL () {
  UNWIND $p.records AS key MATCH (:SourceRecord {key: key})-[:HAS_BASKET]->(b)
  OPTIONAL MATCH (b)-[:CONTAINS]->(l)
  DETACH DELETE l, b
}
CALL () {
  UNWIND $p.records AS key MATCH (:SourceRecord {key: key})-[:HANDED_OVER|LOOKED_AT|WAS_OFFERED]->(n)
  DETACH DELETE n
}
"""
# (:StockRequest): that a product was missing stays, and nobody's
CLEAR_REQUESTS: LiteralString = """
UNWIND $p.records AS key
MATCH (q:StockRequest {record: key})
SET q.note = null, q.record = ''
"""
# (:PersonDecision)-[:ASSIGNS]->(:Touchpoint): what was typed of a contact goes with it
DELETE_ASSIGNMENTS: LiteralString = """
UNWIND $p.ids AS id
MATCH (:Touchpoint {id: id})<-[:ASSIGNS]-(d:PersonDecision)
SET d.reason = null
WITH d WHERE NOT EXISTS { (d)-[:CONCERNS]->() }
DETACH DELETE d
"""
# (:SourceRecord)-[:DID]->(:Order)-[:VIA]->(:Identifier), (:PersonDecision)-[:ASSIGNS]->(:Order): nobody's from now on
REDUCE_ORDERS: LiteralString = """
UNWIND $p.ids AS id
MATCH (t:Order {id: id})
CALL (t) { OPTIONAL MATCH (t)-[tie:VIA]->() DELETE tie }
CALL (t) { OPTIONAL MATCH (t)<-[tie:DID|ASSIGNS]-() DELETE tie }
WITH t, t { .id, .key, .kind, .source, .external_id, .default_channel, .channel, .channel_given, .position, .at, .ended_at,
            .store_code, .sku_list, .number, .number_key, .number_suffix, .status, .currency, .total, .discount, .shipping,
            .fee, .tax, .refunded, .points_used, .amounts_aside, .state, .returned } AS lawful
SET t = lawful
SET t.record = t.id, t.bare = true, t.via = []
WITH t
CALL (t) { MATCH (t)-[:HAS_FULFILLMENT]->(:Fulfillment)<-[:TELLS_OF]-(y:Reply) DETACH DELETE y }
CALL (t) { MATCH (t)-[:HAS_FULFILLMENT]->(f:Fulfillment) DETACH DELETE f }
MATCH (t)-[tie:IN_CASE|NOT_IN_CASE]->(:Case)
DELETE tie
"""
# (:Touchpoint)-[:VIA {unattributed}]->(:Identifier): of a value that others have too, and nobody's from now on for good
LET_GO: LiteralString = """
UNWIND $p.ids AS id
MATCH (t:Touchpoint {id: id})
SET t.assigned = ''
WITH t
MATCH (t)-[v:VIA]->()
SET v.unattributed = null, v.position = null
"""
# (:SourceRecord)-[:SAID]->(:Consent), (:Identifier)<-[:COVERS]-(:Consent) of nobody named
DELETE_CONSENTS: LiteralString = """
CALL () {
  UNWIND $p.records AS key MATCH (:SourceRecord {key: key})-[:SAID]->(c:Consent) RETURN c
UNION
  UNWIND $p.identifiers AS key MATCH (:Identifier {key: key})<-[:COVERS]-(c:Consent) WHERE NOT EXISTS { (c)<-[:SAID]-() } RETURN c
}
DETACH DELETE c
"""
# (:Decision)-[:MOVED|CONCERNS]->(:SourceRecord): one about others too stays, without what was typed and what it rested on
DELETE_DECISIONS: LiteralString = """
UNWIND $p.records AS key
MATCH (:SourceRecord {key: key})<-[:MOVED|CONCERNS]-(d:Decision)
WITH DISTINCT d, EXISTS { MATCH (d)-[:MOVED|CONCERNS]->(o:SourceRecord) WHERE NOT o.key IN $p.records } AS of_others
FOREACH (one IN CASE WHEN of_others THEN [d] ELSE [] END | SET one.reason = null, one.evidence = null)
WITH d WHERE NOT of_others
DETACH DELETE d
"""
# (:PersonDecision)-[:ASSIGNS]->(:Touchpoint)-[:VIA]->(:Identifier): what was typed of a contact that may have been theirs
CLEAR_REASONS: LiteralString = """
MATCH (d:PersonDecision)-[:ASSIGNS]->(:Touchpoint)-[:VIA]->(i:Identifier) WHERE i.key IN $p.held
SET d.reason = null
"""
DELETE_CANDIDATES: LiteralString = """
UNWIND $p.records AS key
MATCH (:SourceRecord {key: key})<-[:BETWEEN]-(m:MatchCandidate)
WITH DISTINCT m
DETACH DELETE m
"""
# (:Identifier)<-[:VIA]-(:Touchpoint) of somebody else, who once came by it
DELETE_IDENTIFIERS: LiteralString = """
UNWIND $p.identifiers AS key
MATCH (i:Identifier {key: key})
CALL (i, key) { MATCH (i)<-[:VIA]-(t:Touchpoint) SET t.via = [each IN t.via WHERE each <> key] }
DETACH DELETE i
"""
# (:SourceRecord)-[:HAS_ACCOUNT]->(:LoyaltyAccount)-[:HAS_ENTRY]->(:PointEntry): what is owed stays, what was typed goes
CLEAR_POINTS: LiteralString = """
UNWIND $p.records AS key
MATCH (:SourceRecord {key: key})-[:HAS_ACCOUNT]->(:LoyaltyAccount)-[:HAS_ENTRY]->(e:PointEntry) WHERE e.reason IS NOT NULL
SET e.reason = null
"""
DELETE_RECORDS: LiteralString = "UNWIND $p.records AS key MATCH (r:SourceRecord {key: key}) DETACH DELETE r"
# (:Customer)-[:REDIRECTS_TO]->(:Customer) that nobody is any more
DELETE_CUSTOMERS: LiteralString = """
UNWIND $p.customers AS id
MATCH (old:Customer)-[:REDIRECTS_TO*0..]->(c:Customer {id: id}) WHERE NOT EXISTS { (c)<-[:RESOLVES_TO]-() }
WITH DISTINCT old
DETACH DELETE old
"""
# (:Job) about them: what was typed, and exports that have not been made yet
CLEAR_JOBS: LiteralString = """
UNWIND $p.customers AS id
MATCH (j:Job {about: id})
SET j.reason = null
WITH j WHERE j.kind = 'CUSTOMER_EXPORT' AND j.state IN ['QUEUED', 'RUNNING']
SET j.state = 'FAILED', j.failure = 'NOT_FOUND', j.holder = null
"""
PEOPLE: tuple[LiteralString, ...] = (
    DELETE_CONSENTS,
    DELETE_DECISIONS,
    CLEAR_REASONS,
    DELETE_CANDIDATES,
    DELETE_IDENTIFIERS,
    CLEAR_POINTS,
    DELETE_RECORDS,
    DELETE_CUSTOMERS,
    CLEAR_JOBS,
)


class ErasedTouchpoints(Nodes):
    """Touchpoints, by id, that are erased, orders among them reduced; and those that stay and become nobody's."""

    LOCKS: ClassVar[Mapping[Label, LiteralString]] = {"Touchpoint": LOCK_TOUCHPOINTS}

    def __init__(self, unit: Unit) -> None:
        super().__init__(unit)
        self._ids: list[str] = []
        self._left: list[str] = []

    def erase(self, ids: list[str], orders: Collection[str]) -> None:
        """Erase touchpoints; those that are orders are reduced."""
        self._ids = ids
        self._note(ids, orders)

    def leave_to_nobody(self, ids: list[str]) -> None:
        self._left = ids
        self._note(ids, ())

    def _note(self, ids: Iterable[str], orders: Collection[str]) -> None:
        for ref in (f"Touchpoint:{each}" for each in ids):
            noun = "order" if ref.removeprefix("Touchpoint:") in orders else "touchpoint"
            self.unit.note(Change(ref, f"{noun}.changed", (ref,)))

    def after(self) -> Iterable[Step]:
        if self._ids:
            yield CLEAR_CASES, {"ids": self._ids, "records": []}
            yield DELETE_ASSIGNMENTS, {"ids": self._ids}
            yield DELETE_TOUCHPOINTS, {"ids": self._ids}
            yield REDUCE_ORDERS, {"ids": self._ids}
            yield CLEAR_USES, {"ids": self._ids, "records": []}
        if self._left:
            yield LET_GO, {"ids": self._left}


class ErasedPeople(Nodes):
    """Source records that are erased, by key, with identifiers that nobody else holds, and the customers that they were.

    `held` are the keys of all that they held.
    """

    def __init__(self, unit: Unit) -> None:
        super().__init__(unit)
        self.records: list[str] = []
        self.identifiers: list[str] = []
        self.customers: list[str] = []
        self.held: list[str] = []

    def after(self) -> Iterable[Step]:
        if self.records:
            yield CLEAR_CASES, {"ids": [], "records": self.records}
            yield CLEAR_PROMISES, {"records": self.records}
            yield DELETE_COUPONS, {"records": self.records}
            yield CLEAR_USES, {"ids": [], "records": self.records}
            yield DELETE_BASKETS, {"records": self.records}
            yield CLEAR_REQUESTS, {"records": self.records}
        if self.records or self.identifiers or self.customers:
            rows = {"records": self.records, "identifiers": self.identifiers, "customers": self.customers, "held": self.held}
            for statement in PEOPLE:
                yield statement, rows
