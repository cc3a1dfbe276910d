"""The ledger of one account: every change of its lots and its debt is an entry, and entries add up to what is there.

Over all entries, amounts are the balance (what remains in usable lots, less the debt) and `pending` what remains in pending
lots. While there is a debt, no usable lot has points left.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, get_args

from graph.keys import opaque
from graph.loyalty.lots import NEVER, Lot, Taken, usable

EntryKind = Literal["EARN", "ACTIVATE", "REDEEM", "EXPIRE", "REVERSE", "ADJUST", "TRANSFER"]
ENTRY_KINDS: tuple[str, ...] = get_args(EntryKind)


@dataclass(frozen=True, slots=True)
class Part:
    """How many points an entry put into a lot, below zero took from it; `place` is its turn within a redemption."""

    lot: str
    points: int
    place: int


@dataclass(frozen=True, slots=True)
class About:
    """What an entry is about: who did it and why, for which order, by which rules it was earned.

    `redemption` is what all entries of one redemption share, over all accounts.
    """

    actor: str = ""
    reason: str = ""
    order: str | None = None
    redemption: str | None = None
    other: str | None = None
    rules: tuple[str, ...] = ()
    rank: str | None = None
    commanded: bool = False


NOTHING = About()
NO_PLACES: Mapping[str, int] = {}


@dataclass(frozen=True, slots=True)
class Posting:
    """What is posted at a moment, under a key that an account takes once; what it is about."""

    kind: EntryKind
    key: str
    at: str
    about: About = NOTHING


@dataclass(frozen=True, slots=True)
class Entry:
    """`amount`, `pending` and `debt` are changes; `balance` is what the account has after it."""

    id: str
    number: int
    key: str
    kind: EntryKind
    at: str
    amount: int
    pending: int
    debt: int
    balance: int
    parts: tuple[Part, ...]
    about: About = NOTHING


@dataclass(frozen=True, slots=True)
class _Before:
    balance: int
    pending: int
    debt: int
    remaining: dict[str, int]


@dataclass(slots=True)
class Ledger:
    """An account with the lots that have points left, and those that an order or a redemption concerns."""

    id: str
    debt: int = 0
    number: int = 0
    lots: dict[str, Lot] = field(default_factory=dict[str, Lot])
    posted: list[Entry] = field(default_factory=list[Entry])
    taken: list[Taken] = field(default_factory=list[Taken])
    """What was posted and taken since it was loaded."""

    @property
    def balance(self) -> int:
        return sum(lot.remaining for lot in self.lots.values() if lot.active) - self.debt

    @property
    def pending(self) -> int:
        return sum(lot.remaining for lot in self.lots.values() if not lot.active)

    @property
    def due(self) -> str:
        """The next moment at which a lot becomes usable or expires."""
        return min((lot.due for lot in self.lots.values()), default=NEVER)

    def settle(self, now: str) -> None:
        """Post what has happened by itself until now, in the order of time."""
        while (lot := min(self.lots.values(), key=lambda lot: (lot.due, lot.id), default=None)) and lot.due <= now:
            before, at = self._now(), max(lot.due, lot.granted_at)
            if lot.active:
                lot.expired += lot.remaining
                lot.remaining = 0
                self._post(Posting("EXPIRE", f"{lot.id}:expired:{lot.expires_at}", at), before, [lot.id])
            else:
                lot.active = True
                posting = Posting("ACTIVATE", f"{lot.id}:active", at, About(order=lot.order))
                self._post(posting, before, [lot.id, *self._pay_debt()])

    def grant(self, posting: Posting, lots: Sequence[Lot]) -> None:
        """Post new lots; what is usable at once pays the debt first."""
        before = self._now()
        self.lots |= {lot.id: lot for lot in lots}
        self._post(posting, before, [*(lot.id for lot in lots), *self._pay_debt()])
        self.settle(posting.at)

    def new_lot(self, key: str, points: int, *, now: str, active_from: str, expires_at: str, order: str | None = None) -> Lot:
        own_id = opaque("PointLot", self.id, key)
        earned = points if order else 0
        return Lot(own_id, points, points, now, active_from, expires_at, active_from <= now, order=order, earned=earned)

    def take(self, posting: Posting, plan: Sequence[tuple[str | None, int, int]]) -> None:
        """Take from each lot of a plan (lot or None for a debt, points, place) what stands there."""
        before = self._now()
        places = {lot: place for lot, _, place in plan if lot}
        for lot, points, place in plan:
            if lot is None:
                self.debt += points
            else:
                self.lots[lot].remaining -= points
            if posting.kind == "REDEEM":
                entry = self.entry_id(posting.key)
                self.taken.append(Taken(entry, self.id, lot, posting.at, place, points, commanded=posting.about.commanded))
        self._post(posting, before, places, places)

    def take_back(self, posting: Posting, order: str, points: int) -> None:
        """Take back what an order earned and no longer deserves: what expired unused costs nothing, what was spent is a debt.

        It comes from the order's own lots first, then from those that expire first.
        """
        before, short = self._now(), 0
        touched: list[str] = []
        for lot in sorted(self.lots_of(order), key=lambda lot: (lot.granted_at, lot.id), reverse=True):
            part = min(points, lot.earned)
            points, lot.earned = points - part, lot.earned - part
            there = min(part, lot.remaining)
            gone = min(part - there, lot.expired)
            lot.remaining, lot.expired = lot.remaining - there, lot.expired - gone
            short += part - there - gone
            touched.append(lot.id)
        self.debt += short + points
        touched += self._pay_debt()
        self._post(posting, before, touched)

    def give_back(self, posting: Posting, until: str, parts: Sequence[tuple[Taken, int]], *, by_person: bool) -> None:
        """Give points back to the lots that they came from; a lot that has expired meanwhile lives until `until`."""
        before, now = self._now(), posting.at
        touched: list[str] = []
        owed = 0
        for taken, points in parts:
            taken.back += points
            taken.undone += points if by_person else 0
            if taken.lot is None:
                less = min(points, self.debt)
                self.debt, owed = self.debt - less, owed + points - less
                continue
            lot = self.lots[taken.lot]
            lot.remaining += points
            lot.expires_at = until if lot.expires_at <= now else lot.expires_at
            touched.append(lot.id)
        if owed:  # a debt that has been paid meanwhile: what paid it cannot be told from the rest
            lot = self.new_lot(posting.key, owed, now=now, active_from=now, expires_at=until)
            self.lots[lot.id] = lot
            touched.append(lot.id)
        touched += self._pay_debt()
        self._post(posting, before, touched)

    def lots_of(self, order: str) -> list[Lot]:
        return [lot for lot in self.lots.values() if lot.order == order]

    def earned_by(self, order: str) -> int:
        return sum(lot.earned for lot in self.lots_of(order))

    def entry_id(self, key: str) -> str:
        return opaque("PointEntry", self.id, key)

    def _pay_debt(self) -> list[str]:
        touched: list[str] = []
        for lot in usable(self.lots.values()):
            paid = min(lot.remaining, self.debt)
            lot.remaining, self.debt = lot.remaining - paid, self.debt - paid
            touched += [lot.id] if paid else []
        return touched

    def _now(self) -> _Before:
        return _Before(self.balance, self.pending, self.debt, {lot.id: lot.remaining for lot in self.lots.values()})

    def _post(self, posting: Posting, before: _Before, touched: Iterable[str], places: Mapping[str, int] = NO_PLACES) -> None:
        self.number += 1
        moved = [(each, self.lots[each].remaining - before.remaining.get(each, 0)) for each in dict.fromkeys(touched)]
        parts = tuple(Part(each, points, places.get(each, 0)) for each, points in moved if points or posting.kind == "ACTIVATE")
        balance, own_id = self.balance, self.entry_id(posting.key)
        changes = (balance - before.balance, self.pending - before.pending, self.debt - before.debt)
        told = (posting.key, posting.kind, posting.at)
        self.posted.append(Entry(own_id, self.number, *told, *changes, balance, parts, posting.about))
