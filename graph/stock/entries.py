"""What moves stock: entries, each with what it does to the level of one product at one store."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

SALE, RETURN, TRANSFER_OUT, TRANSFER_IN, RECEIPT, COUNT, ADJUSTMENT, COMMITMENT = ENTRY_KINDS = (
    "SALE", "RETURN", "TRANSFER_OUT", "TRANSFER_IN", "RECEIPT", "COUNT", "ADJUSTMENT", "COMMITMENT",
)  # fmt: skip
"""A transfer is two of them, one at either store; a commitment is what was ordered and has not been handed over."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Whole pieces of a product at a store. `stamp` sorts as (time, source, id) does.

    `quantity` is signed for an adjustment only. `reason` is why the pieces cannot be sold (`UNAVAILABLE_REASONS`), None where
    they can. `expected` is when pieces on their way arrive (UTC text): they have not yet. `reference` is the slip under which
    they were announced.
    """

    id: str
    kind: str
    quantity: int
    stamp: str
    reason: str | None = None
    expected: str | None = None
    reference: str | None = None

    @property
    def announces(self) -> bool:
        """Tell whether it says what will arrive, and moves nothing that is there."""
        return self.expected is not None


@dataclass(frozen=True, slots=True)
class Effect:
    """What an entry adds: to the pieces on hand, to those of them that cannot be sold, and to those that are ordered."""

    on_hand: int = 0
    unavailable: int = 0
    committed: int = 0


def _leaves(entry: Entry) -> Effect:
    return Effect(on_hand=-entry.quantity)


def _comes(entry: Entry) -> Effect:
    return Effect(entry.quantity, entry.quantity if entry.reason else 0)


def _is_put_right(entry: Entry) -> Effect:
    """Pieces that cannot be sold any more are still there."""
    return Effect(unavailable=entry.quantity) if entry.reason else Effect(entry.quantity)


def _is_ordered(entry: Entry) -> Effect:
    return Effect(committed=entry.quantity)


def _is_counted(_: Entry) -> Effect:
    """A count adds nothing: it says what is there."""
    return Effect()


EFFECTS: Mapping[str, Callable[[Entry], Effect]] = {
    SALE: _leaves,
    RETURN: _comes,
    TRANSFER_OUT: _leaves,
    TRANSFER_IN: _comes,
    RECEIPT: _comes,
    COUNT: _is_counted,
    ADJUSTMENT: _is_put_right,
    COMMITMENT: _is_ordered,
}
ARRIVING = frozenset({TRANSFER_IN, RECEIPT})
"""Those that can be announced, and that end what was."""


def effect(entry: Entry) -> Effect:
    """Return what an entry adds; what is only announced adds nothing."""
    return Effect() if entry.announces else EFFECTS[entry.kind](entry)
