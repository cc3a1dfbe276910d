"""Reservations, and the mutations by which pieces are held, held for longer and given back."""

from __future__ import annotations

from typing import LiteralString

import strawberry

from graph.commands.command import Answer, Author, Command
from graph.errors import InvalidInput
from graph.stock import reserving
from graph.stock.holding import LONGEST_MINUTES
from graph.stock.places import Place
from graph.words import Sentence
from resolvers.access.tags import Tag
from resolvers.engine.input_value import InputValue
from resolvers.engine.mutation import CommandInput, CommandPayload, Mutation
from resolvers.engine.node import Node
from resolvers.engine.planner import one, planned, prop, referred
from resolvers.engine.planner.readings import Object
from resolvers.stock.level import InventoryLevel
from resolvers.stock.words import ReservationState
from resolvers.values.references import LEVELS
from resolvers.values.scalars import DateTime

OWNER_LENGTH, MOST_PIECES = 200, 1_000_000
RESERVATIONS: LiteralString = "UNWIND ${ids} AS {id} MATCH ({n}:Reservation {{id: {id}}})"
# As it is by now, whether it has been swept or not
STATE: LiteralString = (
    "CASE WHEN {v}.state = 'HELD' AND {v}.until <= datetime.realtime().epochMillis THEN 'EXPIRED' ELSE {v}.state END"
)
NEAREST = (
    "Stock at the nearest stores that have the quantity, at most five, where it was refused with `OUT_OF_STOCK`; else empty."
)


@planned("Pieces of a product that are held at a store for somebody until a time.")
class Reservation(Node):
    level: InventoryLevel = one("MATCH ({v})-[:HOLDS]->({n}:InventoryLevel)", Tag.PUBLIC, "Stock of which they are held.")
    owner: str = prop("{v}.owner", Tag.PUBLIC, "For what they are held, for example the id of a basket or an order number.")
    quantity: int = prop("{v}.quantity", Tag.PUBLIC, "Number of pieces.")
    state: ReservationState = prop(STATE, Tag.PUBLIC, "What has become of it by now.")
    expires_at: DateTime = prop(
        "toString(datetime({{epochMillis: {v}.until}}))", Tag.PUBLIC, "Time at which its pieces are available again, UTC."
    )


@strawberry.input
class OfPlaceInput(CommandInput):
    product_id: strawberry.ID = strawberry.field(description="Global id of the product.")
    store_id: strawberry.ID = strawberry.field(description="Global id of the store.")


@strawberry.input
class OfReservationInput(CommandInput):
    reservation_id: strawberry.ID = strawberry.field(description="Global id of the reservation.")


MINUTES = f"Minutes for which the pieces are held from now, 1 to {LONGEST_MINUTES}."


@strawberry.input(description="Pieces to be held, where, for what, and for how long.")
class StockReserveInput(OfPlaceInput):
    quantity: int = strawberry.field(default=1, description="Number of pieces, at least 1.")
    owner: str = strawberry.field(
        description=f"For what they are held: an opaque id such as that of a basket, 1 to {OWNER_LENGTH} characters. An order of "
        "that number takes the pieces over."
    )
    minutes: int = strawberry.field(default=15, description=MINUTES)


@strawberry.input(description="Reservation to be held for longer.")
class StockRenewInput(OfReservationInput):
    minutes: int = strawberry.field(default=15, description=MINUTES)


@strawberry.input(description="Reservation that is not needed any more.")
class StockReleaseInput(OfReservationInput):
    pass


@strawberry.type
class OfReservation(CommandPayload):
    reservation: Reservation | None = referred("reservation", RESERVATIONS, Tag.PUBLIC, "The reservation; null if refused.")
    nearest: list[InventoryLevel] = referred("nearest", LEVELS, Tag.PUBLIC, NEAREST)


@planned("What `stockReserve` did: the reservation.")
class StockReservePayload(OfReservation):
    pass


@planned("What `stockRenew` did: the reservation.")
class StockRenewPayload(OfReservation):
    pass


@planned("What `stockRelease` did: the reservation.")
class StockReleasePayload(OfReservation):
    pass


def place(given: InputValue) -> Place:
    return Place(given["productId"].raw_id("Product"), given["storeId"].raw_id("Store"))


def number(given: InputValue, most: int) -> int:
    """Return a number from 1 on; raise InvalidInput for any other."""
    if not 1 <= given.value <= most:
        raise InvalidInput(Sentence("refusal.NUMBER", least=1, most=most), given.pointer)
    return given.value


def reserve(author: Author, given: InputValue) -> Command:
    owner = given["owner"].text("refusal.TEXT_LENGTH", least=1, most=OWNER_LENGTH)
    return reserving.reserve(
        author, place(given), number(given["quantity"], MOST_PIECES), owner, number(given["minutes"], LONGEST_MINUTES)
    )


def renew(author: Author, given: InputValue) -> Command:
    return reserving.renew(author, given["reservationId"].raw_id("Reservation"), number(given["minutes"], LONGEST_MINUTES))


def release(author: Author, given: InputValue) -> Command:
    return reserving.release(author, given["reservationId"].raw_id("Reservation"))


def answered(_: InputValue, answer: Answer) -> Object:
    return {"reservation": answer["reservation"], "nearest": []}


def whose_store(given: InputValue) -> list[tuple[str, InputValue]]:
    return [("Store", given["storeId"])]


def whose_reservation(given: InputValue) -> list[tuple[str, InputValue]]:
    return [("Reservation", given["reservationId"])]


MUTATIONS = (
    Mutation(
        "stockReserve",
        StockReserveInput,
        StockReservePayload,
        "Hold pieces of a product at a store for a time.",
        reserve,
        answered,
        refused={"nearest": []},
        whose=whose_store,
    ),
    Mutation(
        "stockRenew",
        StockRenewInput,
        StockRenewPayload,
        "Hold pieces for longer; an expired reservation holds its pieces again if nobody has taken them.",
        renew,
        answered,
        refused={"nearest": []},
        whose=whose_reservation,
    ),
    Mutation(
        "stockRelease",
        StockReleaseInput,
        StockReleasePayload,
        "Give pieces that are held back to everybody.",
        release,
        answered,
        refused={"nearest": []},
        whose=whose_reservation,
    ),
)
