"""The order and the store that a command is about."""

from __future__ import annotations

from typing import LiteralString

from graph.errors import NotFound
from graph.orders.nodes import OrderParts, Orders
from graph.touchpoints.kinds import ORDER
from graph.touchpoints.nodes import Touchpoints
from graph.touchpoints.state import TouchpointState
from graph.words import Sentence
from graph.writes.unit import Unit

READ_CODE: LiteralString = "MATCH (s:Store {id: $p.id}) RETURN s.code"
# (:Order)-[:HAS_FULFILLMENT]->(:Fulfillment)
OF_FULFILLMENT: LiteralString = "MATCH (o:Order)-[:HAS_FULFILLMENT]->(:Fulfillment {id: $p.id}) RETURN o.id"


async def held(unit: Unit, order_id: str) -> tuple[TouchpointState, OrderParts]:
    """Return a locked order; raise NotFound where there is none."""
    unit.want("Touchpoint", (order_id,))
    unit.want("Order", (order_id,))
    await unit.lock()
    order = unit.of(Touchpoints).states.get(order_id)
    if order is None or order.kind != ORDER:
        raise NotFound(Sentence("refusal.NO_SUCH_ORDER"), "/orderId")
    return order, unit.of(Orders).parts[order_id]


async def order_of(unit: Unit, fulfillment_id: str) -> str:
    """Return the id of the order of a fulfilment; raise NotFound where there is none."""
    found = await unit.transaction.run(OF_FULFILLMENT, {"id": fulfillment_id})
    if not found:
        raise NotFound(Sentence("refusal.NO_SUCH_FULFILLMENT"), "/fulfillmentId")
    return found[0][0]


async def code_of(unit: Unit, store_id: str) -> str:
    """Return the code of a store; raise NotFound where there is none."""
    found = await unit.transaction.run(READ_CODE, {"id": store_id})
    if not found:
        raise NotFound(Sentence("refusal.NO_SUCH_STORE"), "/storeId")
    return found[0][0]
