"""How the baskets of several source records are one: pure rules, line by line, each piece on the record that added it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from graph.keys import opaque

MOST_LINES, MOST_PIECES = 200, 9_999


@dataclass(frozen=True, slots=True)
class Piece:
    """What one record has of a product; `changed_at` is UTC text."""

    record: str
    sku: str
    quantity: int
    changed_at: str = ""


def merged(pieces: Iterable[Piece]) -> dict[str, int]:
    """Return how many of each product there are, by SKU, whoever added them."""
    found: dict[str, int] = {}
    for piece in pieces:
        found[piece.sku] = found.get(piece.sku, 0) + piece.quantity
    return found


def settled(pieces: Sequence[Piece], wanted: int, own: str) -> dict[str, int]:
    """Return how many of one product each record has, once there are as many as wanted in all.

    What is added is added by `own`. What is taken off is taken off its own first, then off what others added, the newest first.
    """
    found = {piece.record: piece.quantity for piece in pieces}
    missing = wanted - sum(found.values())
    if missing > 0:
        found[own] = found.get(own, 0) + missing
    for piece in sorted(sorted(pieces, key=_newest, reverse=True), key=lambda each: each.record != own):
        taken = min(found[piece.record], max(0, -missing))
        found[piece.record] -= taken
        missing += taken
    return found


def version_of(baskets: Iterable[Sequence[object]]) -> str:
    """Return the version of the baskets of several records, each an id with a number: another one for each other content.

    A merge and an unmerge give another one too, since whoever read it before has seen other lines.
    """
    each = sorted(f"{own_id}.{number}" for own_id, number in baskets)
    return opaque("BasketVersion", *each)[:16]


def taken_off(standing: Mapping[str, int], gone: Mapping[str, int]) -> dict[str, int]:
    """Return what is left of lines, by id, of which some pieces have gone: never less than none, and only of those that stand."""
    return {line: max(0, standing[line] - quantity) for line, quantity in gone.items() if line in standing}


def _newest(piece: Piece) -> tuple[str, str]:
    return piece.changed_at, piece.record
