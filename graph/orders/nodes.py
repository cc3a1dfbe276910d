"""Orders in a unit of work: their lines, fulfilments and returns, read under the lock of the order's touchpoint, and written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, LiteralString

from graph.keys import line_id, store_id
from graph.orders.fulfillment import Fulfillment, fulfillment_id, loaded
from graph.orders.returned import Bought, Counted
from graph.writes.lock_order import Label
from graph.writes.unit import Nodes, Step, Unit

# (:Order)-[:HAS_LINE]->(:OrderLine), (:Order)-[:HAS_FULFILLMENT]->(:Fulfillment), (:Return {order_id}) of an order known or not
READ_ORDERS: LiteralString = """
UNWIND $p.Order AS id
RETURN 'Order' AS label, [
  id,
  COLLECT { MATCH (:Touchpoint {id: id})-[:HAS_LINE]->(l:OrderLine) RETURN l {.number, .quantity, .amount} },
  COLLECT { MATCH (:Touchpoint {id: id})-[:HAS_FULFILLMENT]->(f:Fulfillment) RETURN properties(f) },
  COLLECT { MATCH (r:Return {order_id: id}) RETURN r.id }
] AS row
"""
# (:Order)-[:HAS_FULFILLMENT]->(:Fulfillment)-[:AT|FROM]->(:Store), (:Fulfillment)-[:FULFILLS {quantity}]->(:OrderLine)
WRITE_FULFILLMENTS: LiteralString = """
UNWIND $p.rows AS row
MATCH (o:Touchpoint {id: row.order})
MERGE (f:Fulfillment {id: row.id})
SET f = row.properties
MERGE (o)-[:HAS_FULFILLMENT]->(f)
WITH f, row
CALL (f) { MATCH (f)-[old:AT|FROM|FULFILLS]->() DELETE old }
CALL (f, row) {
  MATCH (s:Store {id: row.store})
  FOREACH (_ IN CASE WHEN row.sends THEN [1] ELSE [] END | CREATE (f)-[:FROM]->(s))
  FOREACH (_ IN CASE WHEN row.sends THEN [] ELSE [1] END | CREATE (f)-[:AT]->(s))
}
CALL (f, row) {
  UNWIND row.lines AS line
  MATCH (l:OrderLine {id: line.id})
  CREATE (f)-[:FULFILLS {quantity: line.quantity}]->(l)
}
"""
# (:Return)-[:OF_ORDER]->(:Order), (:Return)-[:RETURNS {quantity, amount, restocked}]->(:OrderLine)
WRITE_RETURNS: LiteralString = """
UNWIND $p.rows AS row
MATCH (r:Return {id: row.id}) MATCH (o:Touchpoint {id: row.order})
MERGE (r)-[:OF_ORDER]->(o)
WITH r, row
CALL (r) { MATCH (r)-[old:RETURNS]->() DELETE old }
CALL (r, row) {
  UNWIND row.lines AS line
  MATCH (l:OrderLine {id: line.id})
  CREATE (r)-[:RETURNS {quantity: line.quantity, amount: line.amount, restocked: line.restocked}]->(l)
}
"""
# (:Store): by its code; a rule that a store does not tell is the usual one
READ_RULES: LiteralString = """
UNWIND $p.codes AS code
MATCH (s:Store {code: code})
RETURN code, s.pickup_days, s.pickup_lead_hours, s.pickup_reminder_days
"""


@dataclass(frozen=True, slots=True)
class PickupRules:
    """Days on the shelf, hours of lead, and days before the end at which is reminded; None for what a store does not tell."""

    days: int | None = None
    lead_hours: int | None = None
    reminder_days: int | None = None


@dataclass(slots=True)
class OrderParts:
    """What hangs on one order; `counted` is what counts of its returns by their id, None where that stayed as it was."""

    id: str
    lines: dict[int, Bought] = field(default_factory=dict[int, Bought])
    fulfillments: dict[str, Fulfillment] = field(default_factory=dict[str, Fulfillment])
    returns: set[str] = field(default_factory=set[str])
    counted: dict[str, list[Counted]] | None = None
    handed_out: dict[str, dict[int, float]] | None = None
    """Fulfilment -> quantities by line number, None where that stayed as it was."""
    touched: bool = False

    def fulfillment(self, key: str) -> Fulfillment:
        """Return the fulfilment that its source calls so; a new one where there is none."""
        own_id = fulfillment_id(self.id, key)
        return self.fulfillments.setdefault(own_id, Fulfillment(own_id, self.id))


class Orders(Nodes):
    """The orders of a unit, by the id of their touchpoint, whose lock whoever wants one holds too."""

    LOCKS: ClassVar[Mapping[Label, LiteralString]] = {"Order": READ_ORDERS}

    def __init__(self, unit: Unit) -> None:
        super().__init__(unit)
        self.parts: dict[str, OrderParts] = {}

    def take_in(self, label: Label, row: list[Any]) -> None:  # noqa: ARG002 - there is one label
        own_id, lines, fulfillments, returns = row
        bought = {line["number"]: Bought(line["quantity"], line["amount"]) for line in lines}
        found = {each["id"]: loaded(each) for each in fulfillments}
        self.parts[own_id] = OrderParts(own_id, bought, found, set(returns))
        self.unit.want("Touchpoint", returns)

    async def pickup_rules(self, codes: Iterable[str]) -> dict[str, PickupRules]:
        """Return the rules of these stores, by their code."""
        rows = await self.unit.transaction.run(READ_RULES, {"codes": sorted(set(codes))})
        return {code: PickupRules(*rule) for code, *rule in rows}

    def after(self) -> Iterable[Step]:
        if fulfilled := [_fulfilled(parts, each) for parts in self._written() for each in parts.fulfillments.values()]:
            yield WRITE_FULFILLMENTS, {"rows": fulfilled}
        if returned := [_returned(parts, each) for parts in self._written() for each in sorted(parts.counted or ())]:
            yield WRITE_RETURNS, {"rows": returned}

    def _written(self) -> list[OrderParts]:
        return [parts for _, parts in sorted(self.parts.items()) if parts.handed_out is not None]


def _fulfilled(parts: OrderParts, each: Fulfillment) -> dict[str, Any]:
    store = each.properties.get("store_code")
    lines = (parts.handed_out or {}).get(each.id, {})
    return {
        "order": parts.id,
        "id": each.id,
        "properties": each.stored(),
        "store": store_id(store) if store else None,
        "sends": each.sends,
        "lines": [{"id": line_id(parts.id, number), "quantity": quantity} for number, quantity in sorted(lines.items())],
    }


def _returned(parts: OrderParts, own_id: str) -> dict[str, Any]:
    counted = (parts.counted or {})[own_id]
    lines = [
        {"id": line_id(parts.id, each.line), "quantity": each.quantity, "amount": each.amount, "restocked": each.restocked}
        for each in counted
    ]
    return {"order": parts.id, "id": own_id, "lines": lines}
