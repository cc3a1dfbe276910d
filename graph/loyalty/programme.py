"""The programme: by which rules orders earn points, which ranks there are, and how long points live. Data, in versions.

The amount of an order for a rule is the sum of the lines that the rule fits, less what came back and their share of the
order's discount; a rule gives `points` for each `per` of it, rounded down once for the order and rule. Of the rules that do
not `add`, the first that fits a line counts for it; those that add count besides.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from graph.loyalty.days import day_of
from graph.orders.standing import LineStanding, OrderStanding

GONE = frozenset({"CANCELLED", "RETURNED"})


@dataclass(frozen=True, slots=True)
class EarnRule:
    """`per` is minor units of the programme's currency. A condition that is None fits everything; days are inclusive."""

    name: str
    per: int
    points: int
    begins: date | None = None
    ends: date | None = None
    skus: frozenset[str] | None = None
    ranks: frozenset[str] | None = None
    channels: frozenset[str] | None = None
    stores: frozenset[str] | None = None
    sources: frozenset[str] | None = None
    categories: frozenset[str] | None = None
    brands: frozenset[str] | None = None
    adds: bool = False

    def fits(self, line: LineStanding, order: OrderStanding, day: date, rank: str | None) -> bool:
        """Tell whether a line of an order that was placed on a day, by somebody of a rank, earns by it."""
        begun = self.begins is None or self.begins <= day
        running = begun and (self.ends is None or day <= self.ends)
        asked = (
            (self.skus, line.sku), (self.ranks, rank), (self.channels, order.channel),
            (self.stores, order.store), (self.sources, order.source), (self.brands, line.brand),
        )  # fmt: skip
        within = self.categories is None or not self.categories.isdisjoint(line.categories)
        return running and within and all(wanted is None or told in wanted for wanted, told in asked)


@dataclass(frozen=True, slots=True)
class Rank:
    """`spend` is what it takes in the last 365 days, in minor units of the programme's currency."""

    name: str
    spend: int


@dataclass(frozen=True, slots=True)
class Programme:
    """One version. Points of an order are usable after the return period, and then for `valid_days`.

    `used_from` are the sources whose orders' `pointsUsed` is taken from the account; elsewhere commands alone redeem.
    """

    number: int
    saved_at: str
    zone: str
    currency: str
    return_days: int
    valid_days: int
    given_back_days: int
    used_from: frozenset[str]
    ranks: tuple[Rank, ...]
    rules: tuple[EarnRule, ...]


@dataclass(frozen=True, slots=True)
class Deserved:
    """What an order deserves as it stands, and the names of the rules that give it."""

    points: int
    rules: tuple[str, ...]


NOTHING_DESERVED = Deserved(0, ())


def in_force(versions: Sequence[Programme], at: str) -> Programme | None:
    """Return the version of a moment: the newest that had been saved by then, or the first for what is older than all."""
    saved = [each for each in versions if each.saved_at <= at]
    return max(saved, key=lambda each: each.number) if saved else min(versions, key=lambda each: each.number, default=None)


def deserved(order: OrderStanding, programme: Programme, rank: str | None) -> Deserved:
    """Return what the final lines of an order deserve by the rules of the moment at which it was placed."""
    if order.status in GONE or order.currency != programme.currency:
        return NOTHING_DESERVED
    lines = order.lines or (LineStanding(1, None, 1, order.total, 0, 0),)
    kept = {line.number: max(0, (line.amount or 0) - line.refunded) for line in lines}
    goods = sum(kept.values())
    paid = goods - max(0, order.discount) - max(0, order.refunded - sum(line.refunded for line in lines))
    day = day_of(order.at, programme.zone)
    amounts: dict[str, int] = {}
    for line in lines:
        fitting = [rule for rule in programme.rules if rule.fits(line, order, day, rank)]
        counting = [*[rule for rule in fitting if not rule.adds][:1], *[rule for rule in fitting if rule.adds]]
        for rule in counting:
            amounts[rule.name] = amounts.get(rule.name, 0) + kept[line.number]
    given = {
        rule.name: amounts[rule.name] * max(0, paid) * rule.points // (goods * rule.per)
        for rule in programme.rules
        if amounts.get(rule.name)
    }
    return Deserved(sum(given.values()), tuple(name for name, points in given.items() if points))
