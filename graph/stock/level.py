"""The level of a product at a store, and what an entry does to it in whichever order entries arrive.

What is on hand is what the newest count said and whatever moved after it. So a movement that happened before that count moves
nothing any more, however late it arrives, and the level is the same in any order. Pieces that cannot be sold, and those on
their way, are sums: a count says nothing of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from graph.stock.entries import ARRIVING, COUNT, Entry, effect


@dataclass(slots=True)
class Incoming:
    """What is on its way under one reference: announced by the newest who said so, less what has arrived."""

    announced: int = 0
    received: int = 0
    expected: str | None = None
    stamp: str = ""

    @property
    def open(self) -> int:
        return max(0, self.announced - self.received)

    def take(self, entry: Entry) -> None:
        if not entry.announces:
            self.received += entry.quantity
        elif entry.stamp > self.stamp:
            self.announced, self.expected, self.stamp = entry.quantity, entry.expected, entry.stamp


@dataclass(slots=True)
class Level:
    """Whole pieces. `unavailable` is by reason; `counted` the stamp of the newest count, '' before the first.

    `on_hand` may be below zero: more was sold than anybody had told of.
    """

    on_hand: int = 0
    committed: int = 0
    reserved: int = 0
    incoming: int = 0
    unavailable: dict[str, int] = field(default_factory=dict[str, int])
    counted: str = ""

    @property
    def available(self) -> int:
        """What can be promised to somebody else; below zero where more is promised than is there."""
        return self.on_hand - self.committed - self.reserved - sum(self.unavailable.values())

    def take(self, entry: Entry, later: Iterable[Entry] = (), incoming: Incoming | None = None) -> int | None:
        """Take one entry; return what a count found beyond what the book said, None for any other and for an older count.

        `later` are the movements that are known already and happened after it, needed for a count; `incoming` what was
        announced under the entry's reference.
        """
        if incoming is not None and entry.kind in ARRIVING:
            before = incoming.open
            incoming.take(entry)
            self.incoming += incoming.open - before
        if entry.kind != COUNT:
            self._add(entry, 1)
            return None
        if entry.stamp <= self.counted:
            return None
        moved = sum(effect(each).on_hand for each in later)
        difference = entry.quantity - (self.on_hand - moved)
        self.on_hand, self.counted = entry.quantity + moved, entry.stamp
        return difference

    def revise(self, before: Entry | None, after: Entry | None) -> None:
        """Have one entry be another, as where an order has changed; None is one that is not there."""
        if before is not None:
            self._add(before, -1)
        if after is not None:
            self._add(after, 1)

    def _add(self, entry: Entry, times: int) -> None:
        done = effect(entry)
        self.committed += times * done.committed
        if entry.reason is not None and done.unavailable:
            self.unavailable[entry.reason] = self.unavailable.get(entry.reason, 0) + times * done.unavailable
        if entry.stamp > self.counted:
            self.on_hand += times * done.on_hand
