"""The company's own cases that a model is trained on, parted by time: what came later judges what came before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

TRAINED, TUNED = 0.7, 0.85
"""Up to these shares of all cases, the earliest first, a model is trained and its thresholds are chosen; the rest is held out."""


@dataclass(frozen=True, slots=True)
class PastCase:
    """`at` is the time at which it was opened, `who` whoever it is of. A label is null where no person has said it."""

    id: str
    at: str
    who: str
    text: str
    topic: str | None = None
    priority: str | None = None


@dataclass(frozen=True, slots=True)
class Parts:
    """Three parts in the order of time; no case of one came before any of the part before it."""

    trained: Sequence[PastCase]
    tuned: Sequence[PastCase]
    held_out: Sequence[PastCase]


def parted(cases: Iterable[PastCase]) -> Parts:
    in_order = sorted(cases, key=lambda case: (case.at, case.id))
    first, second = (round(share * len(in_order)) for share in (TRAINED, TUNED))
    return Parts(in_order[:first], in_order[first:second], in_order[second:])
