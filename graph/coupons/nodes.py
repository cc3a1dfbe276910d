"""The nodes of coupons in a unit of work: what locks them, and how they are written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar, LiteralString

from graph.writes.changes import Change
from graph.writes.lock_order import Label
from graph.writes.unit import Nodes, Step, Unit

# (:SourceRecord), (:Coupon), (:IssuedCoupon), (:CouponReservation), (:CouponRedemption)
LOCK_RECORDS: LiteralString = """
UNWIND $p.SourceRecord AS key MATCH (r:SourceRecord {key: key}) REMOVE r.lock
WITH r RETURN 'SourceRecord' AS label, [r.key] AS row
"""
LOCK_COUPONS: LiteralString = """
UNWIND $p.Coupon AS id MATCH (c:Coupon {id: id}) REMOVE c.lock
WITH c RETURN 'Coupon' AS label, [c.id, properties(c)] AS row
"""
LOCK_ISSUED: LiteralString = """
UNWIND $p.IssuedCoupon AS id MATCH (i:IssuedCoupon {id: id}) REMOVE i.lock
WITH i RETURN 'IssuedCoupon' AS label, [i.id, properties(i)] AS row
"""
LOCK_RESERVATIONS: LiteralString = """
UNWIND $p.CouponReservation AS id MATCH (h:CouponReservation {id: id}) REMOVE h.lock
WITH h RETURN 'CouponReservation' AS label, [h.id, properties(h)] AS row
"""
LOCK_REDEMPTIONS: LiteralString = """
UNWIND $p.CouponRedemption AS id MATCH (u:CouponRedemption {id: id}) REMOVE u.lock
WITH u RETURN 'CouponRedemption' AS label, [u.id, properties(u)] AS row
"""
WRITE_COUPONS: LiteralString = "UNWIND $p.rows AS row MERGE (c:Coupon {id: row.id}) SET c += row.properties"
# (:SourceRecord)-[:HAS_COUPON]->(:IssuedCoupon)-[:OF]->(:Coupon)
WRITE_ISSUED: LiteralString = """
UNWIND $p.rows AS row
MATCH (r:SourceRecord {key: row.properties.record})
MATCH (c:Coupon {id: row.properties.coupon})
CREATE (r)-[:HAS_COUPON]->(i:IssuedCoupon {id: row.id})-[:OF]->(c)
SET i += row.properties
"""
# (:CouponReservation)-[:OF]->(:Coupon), (:CouponReservation)-[:HOLDS]->(:IssuedCoupon)
WRITE_RESERVATIONS: LiteralString = """
UNWIND $p.rows AS row
MERGE (h:CouponReservation {id: row.id})
SET h += row.properties
WITH h
CALL (h) { MATCH (c:Coupon {id: h.coupon}) MERGE (h)-[:OF]->(c) }
CALL (h) { MATCH (i:IssuedCoupon {id: h.issued}) MERGE (h)-[:HOLDS]->(i) }
"""
# (:SourceRecord)-[:REDEEMED]->(:CouponRedemption)-[:OF]->(:Coupon), -[:USES]->(:IssuedCoupon), -[:ON]->(:Order)
WRITE_REDEMPTIONS: LiteralString = """
UNWIND $p.rows AS row
MERGE (u:CouponRedemption {id: row.id})
SET u += row.properties
WITH u
CALL (u) { MATCH (c:Coupon {id: u.coupon}) MERGE (u)-[:OF]->(c) }
CALL (u) { MATCH (i:IssuedCoupon {id: u.issued}) MERGE (u)-[:USES]->(i) }
CALL (u) { MATCH (u)<-[was:REDEEMED]-(r:SourceRecord) WHERE r.key <> u.record DELETE was }
CALL (u) { MATCH (r:SourceRecord {key: u.record}) MERGE (r)-[:REDEEMED]->(u) }
CALL (u) { MATCH (o:Touchpoint:Order {id: u.order_id}) MERGE (u)-[:ON]->(o) }
"""
# (:CouponView {id, coupon, record}): the first time that it was shown
WRITE_VIEWS: LiteralString = """
UNWIND $p.rows AS row
MATCH (r:SourceRecord {key: row.properties.record})
MERGE (w:CouponView {id: row.id}) ON CREATE SET w += row.properties
MERGE (r)-[:SAW]->(w)
"""
KIND: Mapping[Label, LiteralString] = {
    "Coupon": WRITE_COUPONS,
    "IssuedCoupon": WRITE_ISSUED,
    "CouponReservation": WRITE_RESERVATIONS,
    "CouponRedemption": WRITE_REDEMPTIONS,
}


class Coupons(Nodes):
    """The nodes of coupons of a unit: their properties by id, of what is locked."""

    LOCKS: ClassVar[Mapping[Label, LiteralString]] = {
        "SourceRecord": LOCK_RECORDS,
        "Coupon": LOCK_COUPONS,
        "IssuedCoupon": LOCK_ISSUED,
        "CouponReservation": LOCK_RESERVATIONS,
        "CouponRedemption": LOCK_REDEMPTIONS,
    }

    def __init__(self, unit: Unit) -> None:
        super().__init__(unit)
        self.known: dict[str, dict[str, Any]] = {}
        self._rows: dict[Label, list[dict[str, Any]]] = {}
        self._views: list[dict[str, Any]] = []

    def take_in(self, label: Label, row: list[Any]) -> None:
        if label != "SourceRecord":
            self.known[row[0]] = row[1]

    def put(self, label: Label, own_id: str, *others: str, **properties: Any) -> None:
        """Have properties of a node written, and the change told; `others` are what else it is about, such as `Customer:<id>`."""
        self._rows.setdefault(label, []).append({"id": own_id, "properties": properties})
        ref = f"{label}:{own_id}"
        self.unit.note(Change(ref, "coupon.changed", (ref, *others), tuple(sorted(properties))))

    def view(self, own_id: str, **properties: Any) -> None:
        """Have it written that a coupon was shown, where it was not shown before."""
        self._views.append({"id": own_id, "properties": properties})

    def after(self) -> Iterable[Step]:
        for label, statement in KIND.items():
            if label in self._rows:
                yield statement, {"rows": self._rows[label]}
        if self._views:
            yield WRITE_VIEWS, {"rows": self._views}
