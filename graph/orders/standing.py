"""How orders stand by now: what was bought on each line, and what of it came back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, LiteralString

if TYPE_CHECKING:
    from graph.store import Reader

# (:Order)-[:HAS_LINE]->(:OrderLine)-[:OF]->(:Product), (:OrderLine)<-[:RETURNS {quantity, amount}]-(:Return)
READ_STANDING: LiteralString = """
UNWIND $p.ids AS id
MATCH (o:Touchpoint:Order {id: id})
RETURN o {.id, .record, .source, .number, .status, .currency, .total, .channel, .store_code, .points_used,
          .coupon_codes, .discount, .refunded, at: left(o.position, 27)} AS told,
  COLLECT {
    MATCH (o)-[:HAS_LINE]->(l:OrderLine)
    CALL (l) {
      OPTIONAL MATCH (l)<-[r:RETURNS]-(:Return)
      RETURN coalesce(sum(r.quantity), 0) AS returned, coalesce(sum(r.amount), 0) AS refunded
    }
    OPTIONAL MATCH (l)-[:OF]->(p:Product)
    RETURN l {.number, .sku, .quantity, .amount, returned: returned, refunded: refunded,
              categories: coalesce(p.categories, []), brand: p.brand} ORDER BY l.number
  } AS lines
"""


@dataclass(frozen=True, slots=True)
class LineStanding:
    """Amounts are minor units of the order's currency; `sku` and `amount` are None where nobody reported them."""

    number: int
    sku: str | None
    quantity: float
    amount: int | None
    returned: float
    refunded: int
    categories: Sequence[str] = ()
    brand: str | None = None
    """As the product is listed when the order is read."""


@dataclass(frozen=True, slots=True)
class OrderStanding:
    """`at` is when it was placed, UTC text; `record` the key of the source record it hangs on, None while it is nobody's."""

    id: str
    at: str
    source: str
    number: str | None
    record: str | None
    channel: str
    store: str | None
    status: str | None
    currency: str | None
    total: int | None
    points_used: int | None
    coupons: tuple[str, ...]
    lines: tuple[LineStanding, ...]
    discount: int = 0
    """Off the whole order, beside those of its lines."""
    refunded: int = 0
    """What was paid back in all, as the shop system tells it; returns tell it of each line."""


async def standing_orders(reader: Reader, ids: Sequence[str]) -> list[OrderStanding]:
    """Return those of the orders that there are, in the order of the ids."""
    return [_standing(told, lines) for told, lines in await reader.read(READ_STANDING, {"ids": list(ids)})]


def _standing(told: dict[str, Any], lines: Sequence[dict[str, Any]]) -> OrderStanding:
    return OrderStanding(
        id=told["id"],
        at=told["at"],
        source=told["source"],
        number=told["number"],
        record=told["record"] if told["record"] != told["id"] else None,
        channel=told["channel"],
        store=told["store_code"],
        status=told["status"],
        currency=told["currency"],
        total=told["total"],
        points_used=told["points_used"],
        coupons=tuple(told["coupon_codes"] or ()),
        lines=tuple(_line(line) for line in lines),
        discount=told["discount"] or 0,
        refunded=told["refunded"] or 0,
    )


def _line(told: dict[str, Any]) -> LineStanding:
    own: dict[str, Any] = {**told, "categories": tuple(told["categories"])}
    return LineStanding(**own)
