"""The order and the store that a command is about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import LiteralString

from graph.errors import Conflict, NotFound
from graph.orders.nodes import OrderParts, Orders
from graph.search.order_key import order_key
from graph.touchpoints.kinds import ORDER
from graph.touchpoints.nodes import Touchpoints
from graph.touchpoints.state import TouchpointState
from graph.words import Sentence
from graph.writes.unit import Unit

READ_CODE: LiteralString = "MATCH (s:Store {id: $p.id}) RETURN s.code"
# (:Order)-[:HAS_FULFILLMENT]->(:Fulfillment)
OF_FULFILLMENT: LiteralString = "MATCH (o:Order)-[:HAS_FULFILLMENT]->(:Fulfillment {id: $p.id}) RETURN o.id"


# (:Order {number_key}): several sources may number alike
BY_NUMBER: LiteralString = """
MATCH (o:Touchpoint:Order {number_key: $p.key}) WHERE $p.source IS NULL OR o.source = $p.source
RETURN o.id, o.source ORDER BY o.source, o.id LIMIT 20
"""


@dataclass(frozen=True, slots=True)
class NumberedOrder:
    """An order by its number as somebody reads it out; `source` None where they do not know which system numbers it."""

    number: str
    source: str | None = None


def asked_of(order: str | NumberedOrder) -> str | list[str | None]:
    """Return what tells a repeat of a command from another request."""
    return order if isinstance(order, str) else [order.number, order.source]


async def found(unit: Unit, order: str | NumberedOrder) -> str:
    """Return the id of an order; raise NotFound for a number that none has, Conflict, with the sources, where several do."""
    if isinstance(order, str):
        return order
    rows = await unit.transaction.run(BY_NUMBER, {"key": order_key(order.number), "source": order.source})
    if not rows:
        raise NotFound(Sentence("refusal.NO_SUCH_ORDER"), "/order/number")
    if len(rows) > 1:
        sources = ", ".join(dict.fromkeys(source for _, source in rows))
        raise Conflict(Sentence("refusal.SEVERAL_ORDERS", sources=sources), "/order/source")
    return rows[0][0]


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
