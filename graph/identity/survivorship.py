"""Which of the values that several records tell survives, and by which rule.

Trust of the source, then verified, then newest, then most frequent, then the smallest record key.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

ONLY_VALUE, ALL_AGREE, RECORD_KEY, SURNAME_CHANGED = "ONLY_VALUE", "ALL_AGREE", "RECORD_KEY", "SURNAME_CHANGED"
CRITERIA = ("MOBILE_FIRST", "TRUSTED_SOURCE", "VERIFIED", "NEWEST", "MOST_FREQUENT")
RULES = (ONLY_VALUE, ALL_AGREE, *CRITERIA, RECORD_KEY, SURNAME_CHANGED)


@dataclass(frozen=True, slots=True)
class Asserted:
    """A value as one record (its key) tells it; `same` is equal where two ways of writing mean one value."""

    value: str
    same: str
    record: str
    time: str
    trust: int
    verified: bool
    mobile: bool = False


@dataclass(frozen=True, slots=True)
class Survivor:
    """The value that survives with whoever asserted it, and the rule that decided against the others."""

    asserted: Asserted
    rule: str


def survivor(asserted: Iterable[Asserted]) -> Survivor | None:
    """Return what survives of the values asserted, whatever their order; None where there are none."""
    values = sorted(asserted, key=lambda one: (one.record, one.value))
    if len(values) < 2:
        return Survivor(values[0], ONLY_VALUE) if values else None
    counted = Counter(one.same for one in values)

    def rank(one: Asserted) -> tuple[bool, int, bool, str, int]:
        return one.mobile, one.trust, one.verified, one.time, counted[one.same]

    best = max(values, key=rank)
    others = [rank(one) for one in values if one.same != best.same]
    if not others:
        return Survivor(best, ALL_AGREE)
    pairs = zip(CRITERIA, rank(best), max(others), strict=True)
    return Survivor(best, next((rule for rule, ours, theirs in pairs if ours != theirs), RECORD_KEY))
