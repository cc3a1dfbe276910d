"""What came back of the lines of an order: counted never above what was bought, whatever arrives in which order. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bought:
    """A line of an order: its quantity, and in minor units its amount or what was paid for it, None where nobody reported it."""

    quantity: float
    amount: int | None


@dataclass(frozen=True, slots=True)
class Returned:
    """A line of a return as it was told: `amount` in minor units, None where the line's own price is given back."""

    line: int
    quantity: float
    amount: int | None
    restocked: bool


@dataclass(frozen=True, slots=True)
class Return:
    """`position` orders the returns of an order: its time and its id."""

    id: str
    position: str
    lines: Sequence[Returned]


@dataclass(frozen=True, slots=True)
class Counted:
    """What counts of a line of a return; `amount` in minor units of the order's currency."""

    line: int
    quantity: float
    amount: int
    restocked: bool


def paid_of(bought: Mapping[int, Bought], discount: int) -> dict[int, Bought]:
    """Return the lines with what was paid for each: its amount less its share of the order's own discount (minor units).

    Shares are those of the running sum of the lines, by number, halves up, so together they are the discount; of lines that
    give back nothing is taken, and never more than the goods cost.
    """
    goods = sum(max(0, of.amount or 0) for of in bought.values())
    taken, through = min(max(0, discount), goods), 0
    paid: dict[int, Bought] = {}
    for number, of in sorted(bought.items()):
        before, through = through, through + max(0, of.amount or 0)
        share = _share(taken, through, goods) - _share(taken, before, goods)
        paid[number] = Bought(of.quantity, None if of.amount is None else of.amount - share)
    return paid


def _share(discount: int, part: int, goods: int) -> int:
    return (2 * discount * part + goods) // (2 * goods) if goods else 0


def count_returns(bought: Mapping[int, Bought], returns: Iterable[Return]) -> dict[str, list[Counted]]:
    """Return for each return what counts of it, the earliest first: no more comes back of a line than was bought on it.

    Without an amount a piece brings back its part of what was paid for the line, so that all pieces bring back exactly that.
    """
    taken: dict[int, float] = {}
    found: dict[str, list[Counted]] = {}
    for each in sorted(returns, key=lambda one: one.position):
        counted: list[Counted] = []
        for line in each.lines:
            of = bought.get(line.line)
            before = taken.get(line.line, 0)
            quantity = min(line.quantity, max(of.quantity - before, 0)) if of else 0
            if of is None or quantity <= 0:
                continue
            taken[line.line] = before + quantity
            own = _part(of, before + quantity) - _part(of, before)
            amount = own if line.amount is None else round(line.amount * quantity / line.quantity)
            counted.append(Counted(line.line, quantity, amount, line.restocked))
        found[each.id] = counted
    return found


def above(bought: Mapping[int, Bought], others: Iterable[Return], one: Return) -> int | None:
    """Return the place of the first line of a return that is above what is left of the order; None where all of it is left.

    All the others count first, whenever they happened.
    """
    left = {number: max(of.quantity, 0) for number, of in bought.items()}
    for counted in count_returns(bought, others).values():
        for line in counted:
            left[line.line] -= line.quantity
    for place, line in enumerate(one.lines):
        left[line.line] = left.get(line.line, 0) - line.quantity
        if left[line.line] < 0:
            return place
    return None


def _part(of: Bought, quantity: float) -> int:
    """Return what so many pieces of a line cost; whole minor units, halves up."""
    if of.amount is None or of.quantity <= 0:
        return 0
    return int(of.amount * quantity / of.quantity + 0.5) if of.amount >= 0 else -int(-of.amount * quantity / of.quantity + 0.5)
