"""The types of changes, and which of them somebody has chosen: by a whole name, or by the noun that it begins with."""

from __future__ import annotations

from collections.abc import Collection

CHANGE_TYPES = (
    "basket.changed",
    "call.changed",
    "call.ringing",
    "case.assigned",
    "case.changed",
    "case.opened",
    "consent.changed",
    "coupon.changed",
    "customer.changed",
    "customer.created",
    "customer.erased",
    "customer.merged",
    "job.changed",
    "offer.answered",
    "offer.changed",
    "offer.made",
    "order.added",
    "order.changed",
    "points.changed",
    "product.changed",
    "promise.changed",
    "seen.changed",
    "stock.changed",
    "stock.requested",
    "store.changed",
    "thread.changed",
    "touchpoint.added",
    "touchpoint.changed",
)
CHOICES = frozenset(CHANGE_TYPES) | {each.partition(".")[0] for each in CHANGE_TYPES}
"""What may be chosen: `customer.merged`, or `customer` for all that begin so."""


def is_chosen(chosen: Collection[str], type_: str) -> bool:
    """Tell whether a type is among those chosen; nothing chosen is all."""
    return not chosen or type_ in chosen or type_.partition(".")[0] in chosen
