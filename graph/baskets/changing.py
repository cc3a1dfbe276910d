"""The command that changes lines of a customer's basket, at whatever door, and the one that hands it over to a shop system."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import LiteralString

from graph.baskets.doors import Door
from graph.baskets.lines import MOST_LINES, MOST_PIECES, Piece, merged, settled
from graph.baskets.nodes import Baskets, Contents, line_id, read_contents
from graph.baskets.records import Held, Whose, hold
from graph.commands.command import Answer, Author, Command
from graph.errors import BasketChanged, InvalidInput, NotFound
from graph.words import Sentence
from graph.writes.unit import Unit

READ_SKUS: LiteralString = "UNWIND $p.ids AS id OPTIONAL MATCH (p:Product {id: id}) RETURN p.sku"


@dataclass(frozen=True, slots=True)
class Line:
    """A product, by id, and how many of it there are to be; with `adds`, how many more."""

    product: str
    quantity: int
    adds: bool = False


def change_basket(author: Author, whose: Whose, lines: Sequence[Line], version: str | None, door: Door) -> Command:
    """Return the command that changes these lines and leaves all others; its answer is `basket`, the id of whose it is.

    Raises BasketChanged where the basket has another version than the one that was read.
    """

    async def execute(unit: Unit, _: str) -> Answer:
        skus = await _skus(unit, lines)
        held, contents = await _expected(unit, author, whose, version)
        quantities = merged(contents.pieces)
        for place, (sku, line) in enumerate(zip(skus, lines, strict=True)):
            wanted = line.quantity + (quantities.get(sku, 0) if line.adds else 0)
            if not 0 <= wanted <= MOST_PIECES:
                raise InvalidInput(Sentence("refusal.NUMBER", least=0, most=MOST_PIECES), f"/lines/{place}/quantity")
            quantities[sku] = wanted
        if sum(quantity > 0 for quantity in quantities.values()) > MOST_LINES:
            raise InvalidInput(Sentence("refusal.BASKET_LINES", most=MOST_LINES), "/lines")
        told = {**await door.told(unit.transaction), "by": author.actor}
        changed = [each for sku in dict.fromkeys(skus) for each in _changed(contents.of(sku), sku, quantities[sku], held.own)]
        for piece in changed:
            unit.of(Baskets).put(contents, piece, **told)
        if changed:
            unit.of(Baskets).tell((held.customer,))
        return {"basket": held.customer}

    asked = [[one.product, one.quantity, one.adds] for one in lines]
    request = [whose.customer, whose.record, asked, version, door.channel, door.store]
    return Command(author, "BASKET_CHANGE", request, (Baskets,), execute)


def hand_over(author: Author, whose: Whose, version: str, door: Door) -> Command:
    """Return the command that hands over what is in the basket now; its answer is `handover` and `basket`, by id.

    The basket stays as it is until an order names the id of the handover. Raises BasketChanged like `change_basket`.
    """

    async def execute(unit: Unit, own_id: str) -> Answer:
        held, contents = await _expected(unit, author, whose, version)
        if not contents.pieces:
            raise InvalidInput(Sentence("refusal.BASKET_EMPTY"), "/version")
        pieces = sorted(contents.pieces, key=lambda each: (each.sku, each.record))
        unit.of(Baskets).put_handover(
            own_id,
            record=held.own,
            lines=[line_id(each.record, each.sku) for each in pieces],
            skus=[each.sku for each in pieces],
            quantities=[each.quantity for each in pieces],
            at=unit.now,
            turn=unit.now + own_id,
            by=author.actor,
            **await door.told(unit.transaction),
        )
        unit.of(Baskets).tell((held.customer,), f"BasketHandover:{own_id}")
        return {"handover": own_id, "basket": held.customer}

    asked = [whose.customer, whose.record, version, door.channel, door.store]
    return Command(author, "BASKET_HAND_OVER", asked, (Baskets,), execute)


async def _expected(unit: Unit, author: Author, whose: Whose, version: str | None) -> tuple[Held, Contents]:
    """Return the basket, held; raise BasketChanged where it has another version, with whose it is to show it as it is now."""
    held = await hold(unit, author, whose)
    contents = await read_contents(unit.transaction, held.records)
    if version is not None and version != contents.version:
        raise BasketChanged(Sentence("refusal.BASKET_CHANGED"), "/version", {"basket": held.customer})
    return held, contents


async def _skus(unit: Unit, lines: Sequence[Line]) -> list[str]:
    found = [sku for (sku,) in await unit.transaction.run(READ_SKUS, {"ids": [line.product for line in lines]})]
    if None in found:
        raise NotFound(Sentence("refusal.NO_SUCH_PRODUCT"), f"/lines/{found.index(None)}/productId")
    return found


def _changed(pieces: Sequence[Piece], sku: str, wanted: int, own: str) -> list[Piece]:
    """Return what records have of a product from now on, those only that have another number of it than before."""
    before = {piece.record: piece.quantity for piece in pieces}
    after = settled(pieces, wanted, own)
    return [Piece(record, sku, quantity) for record, quantity in after.items() if quantity != before.get(record)]
