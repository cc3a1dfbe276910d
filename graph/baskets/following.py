"""Baskets follow orders: the order that names a handover takes what was handed over out of the basket, once."""

from __future__ import annotations

from typing import Any, LiteralString

from graph.baskets.lines import Piece, taken_off
from graph.baskets.nodes import Baskets, Contents
from graph.store import Reader, Store
from graph.writes.unit import Unit, execute

# (:BasketHandover), (:Basket)-[:CONTAINS]->(:BasketLine), (:SourceRecord)-[:RESOLVES_TO]->(:Customer): what is left of it
READ_NAMED: LiteralString = """
MATCH (o:Touchpoint:Order {id: $p.order}) WHERE o.basket IS NOT NULL AND COALESCE(o.status, '') <> 'CANCELLED'
MATCH (h:BasketHandover {id: o.basket}) WHERE h.closed_at IS NULL
RETURN properties(h), COLLECT {
  UNWIND h.lines AS id
  MATCH (b:Basket)-[:CONTAINS]->(l:BasketLine {id: id})
  MATCH (:SourceRecord {key: b.record})-[:RESOLVES_TO]->(c:Customer)
  RETURN [l.id, l.sku, l.quantity, b.record, b.version, c.id]
}
"""


async def follow_order(store: Store, own_id: str) -> None:
    """Close the basket that an order names; asked again, and of an order that names none, nothing changes."""
    if not await _named(store, own_id):
        return

    async def close(unit: Unit) -> None:
        for told, lines in await _named(unit.transaction, own_id):
            unit.want("SourceRecord", {told["record"], *(line[3] for line in lines)})
            await unit.lock()
        for told, lines in await _named(unit.transaction, own_id):
            _close(unit, own_id, told, lines)

    await execute(store, (Baskets,), close)


async def _named(reader: Reader, order: str) -> list[list[Any]]:
    """Return the handover that an order names, with its lines that stand: none, or one."""
    return await reader.read(READ_NAMED, {"order": order})


def _close(unit: Unit, order: str, told: dict[str, Any], lines: list[list[Any]]) -> None:
    contents = Contents({record: version for *_, record, version, _ in lines}, ())
    gone = dict(zip(told["lines"], told["quantities"], strict=True))
    left = taken_off({line[0]: line[2] for line in lines}, gone)
    baskets = unit.of(Baskets)
    for own_id, sku, _, record, _, _ in lines:
        baskets.put(contents, Piece(record, sku, left[own_id]))
    baskets.put_handover(told["id"], record=told["record"], closed_at=unit.now, order_id=order)
    baskets.tell((line[5] for line in lines), f"BasketHandover:{told['id']}", f"Touchpoint:{order}")
