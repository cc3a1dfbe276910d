"""The offers of a unit of work: what locks them, and how they are written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar, LiteralString

from graph.baskets.records import LOCK_RECORDS
from graph.writes.changes import Change
from graph.writes.lock_order import Label
from graph.writes.unit import Nodes, Step, Unit

# (:Offer {record}) = (:SourceRecord {key})-[:RESOLVES_TO]->(:Customer)
LOCK_OFFERS: LiteralString = """
UNWIND $p.Offer AS id
MATCH (o:Offer {id: id})
REMOVE o.lock
WITH o
RETURN 'Offer' AS label, [o.id, properties(o), HEAD(COLLECT {
  MATCH (:SourceRecord {key: o.record})-[:RESOLVES_TO]->(c:Customer) RETURN c.id
})] AS row
"""
# (:SourceRecord)-[:WAS_OFFERED]->(:Offer)-[:OF]->(:Product|Coupon)
WRITE_OFFERS: LiteralString = """
UNWIND $p.rows AS row
MERGE (o:Offer {id: row.id})
SET o += row.properties
WITH o
CALL (o) { MATCH (r:SourceRecord {key: o.record}) MERGE (r)-[:WAS_OFFERED]->(o) }
CALL (o) { MATCH (p:Product {sku: o.sku}) MERGE (o)-[:OF]->(p) }
CALL (o) { MATCH (c:Coupon {id: o.coupon}) MERGE (o)-[:OF]->(c) }
"""


class Offers(Nodes):
    """Offers by id: their properties, and the customers whose they are."""

    LOCKS: ClassVar[Mapping[Label, LiteralString]] = {"SourceRecord": LOCK_RECORDS, "Offer": LOCK_OFFERS}

    def __init__(self, unit: Unit) -> None:
        super().__init__(unit)
        self.known: dict[str, dict[str, Any]] = {}
        self.customers: dict[str, str | None] = {}
        self._rows: list[dict[str, Any]] = []

    def take_in(self, label: Label, row: list[Any]) -> None:
        if label == "Offer":
            own_id, self.known[own_id], self.customers[own_id] = row[0], row[1], row[2]

    def put(self, own_id: str, type_: str, customer: str | None, **properties: Any) -> None:
        """Have properties of an offer written, and the change told."""
        self._rows.append({"id": own_id, "properties": properties})
        of = (f"Customer:{customer}",) if customer else ()
        self.unit.note(Change(f"Offer:{own_id}", type_, (f"Offer:{own_id}", *of)))

    def after(self) -> Iterable[Step]:
        if self._rows:
            yield WRITE_OFFERS, {"rows": self._rows}
