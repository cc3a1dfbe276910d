"""What an order moves by now: pieces that wait to be handed over, that left, and that came back, by product and store."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graph.stock.entries import COMMITMENT, RETURN, SALE

WAITING = frozenset({"PENDING", "PICKED", "REQUESTED", "ALLOCATED", "READY_FOR_PICKUP"})
LEFT = frozenset({"SHIPPED", "DELIVERED", "PICKED_UP", "HANDED_OVER"})
"""States of fulfilments; in any other, such as EXPIRED, the pieces are back on the shelf."""
DONE = frozenset({"FULFILLED", "RETURNED"})
CANCELLED, RETURNED = "CANCELLED", "RETURNED"


@dataclass(frozen=True, slots=True)
class Part:
    """So many pieces of a line under one id: of a fulfilment with its state, or of a return, where `restocked` counts.

    `at` is when that was so (UTC text), None where nobody told.
    """

    id: str
    store: str | None
    quantity: int
    at: str | None = None
    state: str | None = None
    restocked: bool = True


@dataclass(frozen=True, slots=True)
class Line:
    sku: str
    quantity: int
    parts: Sequence[Part] = ()
    returns: Sequence[Part] = ()


@dataclass(frozen=True, slots=True)
class Selling:
    """An order: `store` is where what no fulfilment names comes from, `at` when its status became what it is."""

    status: str | None
    in_store: bool
    store: str | None
    at: str
    lines: Sequence[Line]

    @property
    def is_done(self) -> bool:
        """Tell whether it is all handed over: what a till reports without a status is."""
        return self.status in DONE or (self.status is None and self.in_store)


@dataclass(frozen=True, slots=True)
class Move:
    """What one part of an order moves; `part` is its id, '' for what no fulfilment names."""

    part: str
    kind: str
    sku: str
    store: str
    quantity: int
    at: str


def deserved(order: Selling) -> list[Move]:
    """Return what an order moves by now, each (part, kind, sku, store) once; what has no store moves nothing."""
    sums: dict[tuple[str, str, str, str], tuple[int, str]] = {}
    for move in _moves(order):
        key = (move.part, move.kind, move.sku, move.store)
        sums[key] = (sums.get(key, (0, ""))[0] + move.quantity, move.at)
    return [Move(*key, quantity, at) for key, (quantity, at) in sums.items() if quantity]


def _moves(order: Selling) -> Iterator[Move]:
    whole = order.status == RETURNED and not any(line.returns for line in order.lines)
    for line in order.lines:
        for move in _of_line(order, line):
            yield move
            if whole and move.kind == SALE:
                yield Move(move.part, RETURN, move.sku, move.store, move.quantity, order.at)
        for part in line.returns:
            if part.restocked and (store := part.store or order.store):
                yield Move(part.id, RETURN, line.sku, store, part.quantity, part.at or order.at)


def _of_line(order: Selling, line: Line) -> Iterator[Move]:
    for part in line.parts:
        kind = SALE if part.state in LEFT else COMMITMENT if part.state in WAITING and order.status != CANCELLED else None
        if kind and (store := part.store or order.store):
            yield Move(part.id, kind, line.sku, store, part.quantity, part.at or order.at)
    rest = line.quantity - sum(part.quantity for part in line.parts)
    if order.store is None or order.status == CANCELLED:
        return
    if line.quantity < 0:
        if order.is_done:
            yield Move("", RETURN, line.sku, order.store, -line.quantity, order.at)
    elif rest > 0:
        yield Move("", SALE if order.is_done else COMMITMENT, line.sku, order.store, rest, order.at)
