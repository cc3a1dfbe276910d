"""The mutations by which pieces are counted and moved by hand."""

from __future__ import annotations

from datetime import UTC

import strawberry

from graph.commands.command import Answer, Author, Command
from graph.errors import InvalidInput
from graph.events.newest import utc_text
from graph.stock import moving
from graph.words import Sentence
from resolvers.access.tags import Tag
from resolvers.engine.input_value import InputValue
from resolvers.engine.mutation import CommandPayload, Mutation
from resolvers.engine.planner import planned, referred
from resolvers.engine.planner.readings import Object
from resolvers.stock.level import InventoryLevel
from resolvers.stock.reservation import MOST_PIECES, OfPlaceInput, place, whose_store
from resolvers.stock.words import StockMovementKind, UnavailableReason
from resolvers.values.references import LEVELS
from resolvers.values.scalars import DateTime

NOTE_LENGTH, REFERENCE_LENGTH = 1_000, 200


@strawberry.input(description="Pieces that somebody counted.")
class StockCountInput(OfPlaceInput):
    quantity: int = strawberry.field(description="Pieces counted, all that are there, also those that cannot be sold.")
    counted_at: DateTime | None = strawberry.field(default=None, description="Time of the count; now if omitted.")
    note: str | None = strawberry.field(default=None, description=f"Note, at most {NOTE_LENGTH} characters.")


@strawberry.input(description="Pieces that are added, taken off, set aside, sent or received.")
class StockMoveInput(OfPlaceInput):
    kind: StockMovementKind = strawberry.field(description="How they are moved.")
    quantity: int = strawberry.field(description="Number of pieces; of an adjustment, below 0 to take them off.")
    to_store_id: strawberry.ID | None = strawberry.field(default=None, description="Store that a transfer goes to; only then.")
    unavailable: UnavailableReason | None = strawberry.field(
        default=None,
        description="Why the pieces that come cannot be sold; of an adjustment, why so many of those on hand cannot.",
    )
    expected_at: DateTime | None = strawberry.field(
        default=None,
        description="Time at which a receipt or transfer will arrive; until received under its reference, it is incoming.",
    )
    reference: str | None = strawberry.field(
        default=None, description=f"Slip or order under which the pieces come, at most {REFERENCE_LENGTH} characters."
    )
    note: str | None = strawberry.field(default=None, description=f"Note, at most {NOTE_LENGTH} characters.")


@strawberry.type
class OfLevels(CommandPayload):
    levels: list[InventoryLevel] = referred("levels", LEVELS, Tag.PUBLIC, "Stock as it is now; empty if refused.")


@planned("What `stockCount` did: the stock as it is now.")
class StockCountPayload(OfLevels):
    pass


@planned("What `stockMove` did: the stock as it is now, of a transfer at both stores.")
class StockMovePayload(OfLevels):
    pass


def count(author: Author, given: InputValue) -> Command:
    quantity = _pieces(given["quantity"], least=0)
    return moving.count(author, place(given), quantity, _moment(given["countedAt"]), _text(given["note"], NOTE_LENGTH))


def move(author: Author, given: InputValue) -> Command:
    movement = moving.Movement(
        kind=given["kind"].value,
        quantity=_pieces(given["quantity"], least=-MOST_PIECES),
        to=given["toStoreId"].raw_id("Store") if given["toStoreId"].given else None,
        unavailable=given["unavailable"].value,
        expected=_moment(given["expectedAt"]),
        reference=_text(given["reference"], REFERENCE_LENGTH),
        note=_text(given["note"], NOTE_LENGTH),
    )
    return moving.move(author, place(given), movement)


def _pieces(given: InputValue, least: int) -> int:
    if not least <= given.value <= MOST_PIECES:
        raise InvalidInput(Sentence("refusal.NUMBER", least=least, most=MOST_PIECES), given.pointer)
    return given.value


def _moment(given: InputValue) -> str | None:
    return utc_text(given.value.astimezone(UTC)) if given.given else None


def _text(given: InputValue, most: int) -> str | None:
    return given.text("refusal.TEXT_LENGTH", most=most) or None


def answered(_: InputValue, answer: Answer) -> Object:
    return {"levels": answer["levels"]}


MUTATIONS = (
    Mutation(
        "stockCount",
        StockCountInput,
        StockCountPayload,
        "Say how many pieces of a product were counted at a store.",
        count,
        answered,
        refused={"levels": []},
        whose=whose_store,
    ),
    Mutation(
        "stockMove",
        StockMoveInput,
        StockMovePayload,
        "Adjust, transfer or receive pieces of a product.",
        move,
        answered,
        refused={"levels": []},
        whose=whose_store,
    ),
)
