"""Holding pieces for somebody for a time: the commands that reserve, renew and release."""

from __future__ import annotations

from typing import LiteralString

from graph.commands.command import Answer, Author, Command
from graph.errors import Conflict, NotFound, OutOfStock
from graph.stock.holding import RELEASED, Reservation, end_of, is_enough
from graph.stock.nodes import Stock
from graph.stock.places import Place, named, nearest_with
from graph.words import Sentence
from graph.writes.unit import Unit

READ_RESERVATION: LiteralString = "MATCH (r:Reservation {id: $p.id}) RETURN r.sku, r.store_code"


def reserve(author: Author, place: Place, quantity: int, owner: str, minutes: int) -> Command:
    """Return the command that holds pieces for `owner`, an opaque word; its answer is `reservation` and `level`, by id.

    Raises OutOfStock where fewer can be promised.
    """

    async def execute(unit: Unit, own_id: str) -> Answer:
        sku, store = await named(unit.transaction, place)
        level = unit.of(Stock).want_level(sku, store)
        await unit.lock()
        stock = unit.of(Stock)
        await _hold(unit, Reservation(own_id, level, owner, quantity, end_of(stock.now, minutes)))
        return {"reservation": own_id, "level": level}

    return Command(author, "STOCK_RESERVE", [place.product, place.store, quantity, owner, minutes], (Stock,), execute)


def renew(author: Author, reservation: str, minutes: int) -> Command:
    """Return the command that holds pieces for longer, from now; its answer is `reservation` and `level`, by id.

    One that has run out holds its pieces again where nobody has taken them: it raises OutOfStock else, and Conflict for one
    that was released or used.
    """

    async def execute(unit: Unit, _: str) -> Answer:
        held = await _locked(unit, reservation)
        stock = unit.of(Stock)
        if not held.can_be_renewed:
            raise Conflict(Sentence("refusal.RESERVATION_ENDED"), "/reservationId")
        holds = held.holds(stock.now)
        held.until = end_of(stock.now, minutes)
        if holds:
            stock.change(held)
        else:
            await _hold(unit, held)
        return {"reservation": held.id, "level": held.level}

    return Command(author, "STOCK_RENEW", [reservation, minutes], (Stock,), execute)


def release(author: Author, reservation: str) -> Command:
    """Return the command that gives pieces back to everybody; its answer is `reservation` and `level`, by id.

    One that holds nothing any more stays as it is: whoever releases it wants just that.
    """

    async def execute(unit: Unit, _: str) -> Answer:
        held = await _locked(unit, reservation)
        if held.holds(unit.of(Stock).now):
            unit.of(Stock).let_go(held, RELEASED)
        return {"reservation": held.id, "level": held.level}

    return Command(author, "STOCK_RELEASE", reservation, (Stock,), execute)


async def _hold(unit: Unit, reservation: Reservation) -> None:
    """Hold the pieces of a level that is locked; raise OutOfStock where it has too few."""
    stock = unit.of(Stock)
    level = stock.levels[reservation.level]
    if not is_enough(level.available, reservation.quantity):
        near = await nearest_with(unit.transaction, level.sku, level.store, reservation.quantity)
        raise OutOfStock(Sentence("refusal.OUT_OF_STOCK", left=max(0, level.available)), "/quantity", {"nearest": list(near)})
    stock.hold(reservation)


async def _locked(unit: Unit, own_id: str) -> Reservation:
    """Return a reservation, held with its level; raise NotFound where there is none."""
    found = await unit.transaction.run(READ_RESERVATION, {"id": own_id})
    if not found:
        raise NotFound(Sentence("refusal.NO_SUCH_RESERVATION"), "/reservationId")
    [[sku, store]] = found
    unit.of(Stock).want_level(sku, store)
    unit.want("Reservation", (own_id,))
    await unit.lock()
    return unit.of(Stock).reservations[own_id]
