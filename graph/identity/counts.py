"""What a source record did, counted: kept per record as exact sums, folded for the customer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import orjson


@dataclass(slots=True)
class Counts:
    """Orders, spend in minor units per currency, touchpoints per channel and per store code."""

    orders: int = 0
    spend: Counter[str] = field(default_factory=Counter[str])
    channels: Counter[str] = field(default_factory=Counter[str])
    stores: Counter[str] = field(default_factory=Counter[str])

    def add(self, share: Counts, times: int = 1) -> None:
        """Add what one touchpoint counts for, or take it away with `times=-1`; nothing stays behind as a zero."""
        self.orders += times * share.orders
        for mine, theirs in ((self.spend, share.spend), (self.channels, share.channels), (self.stores, share.stores)):
            for name, value in theirs.items():
                mine[name] += times * value
                if not mine[name]:
                    del mine[name]

    def to_json(self) -> str:
        parts = {"orders": self.orders, "spend": self.spend, "channels": self.channels, "stores": self.stores}
        return orjson.dumps(parts, option=orjson.OPT_SORT_KEYS).decode()

    @classmethod
    def from_json(cls, text: str | None) -> Counts:
        parts: dict[str, Any] = orjson.loads(text) if text else {}
        names = ("spend", "channels", "stores")
        return cls(parts.get("orders", 0), *(Counter[str](parts.get(name, {})) for name in names))


def share_of(
    *,
    channel: str,
    store: str | None,
    is_order: bool,
    status: str | None,
    total: int | None,
    currency: str | None,
    refunded: int | None = None,
    given_at: Iterable[str] = (),
) -> Counts:
    """Return what one touchpoint counts for; a cancelled order is a touchpoint, but neither an order nor spend.

    `given_at` are the stores at which the customer gets what was ordered elsewhere: they deal with these too.
    """
    share = Counts(channels=Counter({channel: 1}), stores=Counter({each: 1 for each in {store, *given_at} if each}))
    if is_order and status != "CANCELLED":
        share.orders = 1
        if currency and total is not None and (spent := _spent(status, total, refunded or 0)):
            share.spend[currency] = spent
    return share


def _spent(status: str | None, total: int, refunded: int) -> int:
    """Return what is left of a total: nothing of an order that was returned, unless it is itself what was paid back."""
    return min(total, 0) if status == "RETURNED" else total - refunded


def fold(counts: Iterable[Counts]) -> Counts:
    whole = Counts()
    for part in counts:
        whole.add(part)
    return whole


def favourite(counter: Counter[str]) -> str | None:
    """Return the most frequent name, the first by name among equals."""
    return min(counter, key=lambda name: (-counter[name], name), default=None)
