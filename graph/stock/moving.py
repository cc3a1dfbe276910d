"""Moving and counting stock: the commands of whoever stands at the shelf."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from graph.commands.command import Answer, Author, Command
from graph.errors import InvalidInput
from graph.events.newest import stamp
from graph.stock.entries import ADJUSTMENT, COUNT, RECEIPT, TRANSFER_IN, TRANSFER_OUT, Entry
from graph.stock.nodes import Stock
from graph.stock.places import Place, named, store_code
from graph.words import Sentence
from graph.writes.unit import Unit

SOURCE = "customer360"
"""The source of what is moved here."""
TRANSFER = "TRANSFER"
KINDS = (ADJUSTMENT, TRANSFER, RECEIPT)


@dataclass(frozen=True, slots=True)
class Movement:
    """`quantity` is below 0 for an adjustment that takes off. `to` is the id of the store that a transfer goes to.

    `unavailable` is why the pieces cannot be sold, `expected` when they arrive (UTC text), `reference` the slip they come under.
    """

    kind: str
    quantity: int
    to: str | None = None
    unavailable: str | None = None
    expected: str | None = None
    reference: str | None = None
    note: str | None = None


def count(author: Author, place: Place, quantity: int, at: str | None, note: str | None) -> Command:
    """Return the command that says how many pieces were counted, at `at` (UTC text) or now; its answer is `levels`, by id."""

    async def execute(unit: Unit, own_id: str) -> Answer:
        if at is not None and at > unit.now:
            raise InvalidInput(Sentence("refusal.COUNT_AHEAD"), "/countedAt")
        sku, store = await named(unit.transaction, place)
        entry = Entry(own_id, COUNT, quantity, stamp(at or unit.now, SOURCE, own_id))
        return await _take(unit, [(sku, store, entry)], {"note": note, "staff": author.actor})

    return Command(author, "STOCK_COUNT", [place.product, place.store, quantity, at, note], (Stock,), execute)


def move(author: Author, place: Place, movement: Movement) -> Command:
    """Return the command that adjusts, transfers or receives pieces; its answer is `levels`, by id.

    Raises InvalidInput for a transfer to nowhere or to itself, and for what is expected without a reference.
    """

    async def execute(unit: Unit, own_id: str) -> Answer:
        _check(place, movement)
        sku, store = await named(unit.transaction, place)
        mark = stamp(unit.now, SOURCE, own_id)
        way = (movement.unavailable, movement.expected, movement.reference)
        told = {"note": movement.note, "staff": author.actor}
        if movement.kind != TRANSFER or movement.to is None:
            return await _take(unit, [(sku, store, Entry(own_id, movement.kind, movement.quantity, mark, *way))], told)
        to = await store_code(unit.transaction, movement.to, "/toStoreId")
        sent = Entry(own_id, TRANSFER_OUT, movement.quantity, mark, reference=movement.reference)
        taken = Entry(f"{own_id}-in", TRANSFER_IN, movement.quantity, mark, *way)
        return await _take(unit, [(sku, store, sent), (sku, to, taken)], told)

    return Command(author, "STOCK_MOVE", [place.product, place.store, list(asdict(movement).values())], (Stock,), execute)


async def _take(unit: Unit, entries: list[tuple[str, str, Entry]], told: dict[str, str | None]) -> Answer:
    stock = unit.of(Stock)
    levels = [stock.want_level(sku, store) for sku, store, _ in entries]
    for sku, store, entry in entries:
        stock.want_entry(sku, store, entry)
    await unit.lock()
    for sku, store, entry in entries:
        stock.take(sku, store, entry, {**told, "source": SOURCE})
    return {"levels": levels}


def _check(place: Place, movement: Movement) -> None:
    if (movement.kind == TRANSFER) != (movement.to is not None) or movement.to == place.store:
        raise InvalidInput(Sentence("refusal.TRANSFER_TO"), "/toStoreId")
    if movement.quantity == 0 or (movement.quantity < 0 and movement.kind != ADJUSTMENT):
        raise InvalidInput(Sentence("refusal.PIECES"), "/quantity")
    if movement.expected is not None and (movement.kind == ADJUSTMENT or movement.reference is None):
        raise InvalidInput(Sentence("refusal.EXPECTED_UNDER"), "/expectedAt")
