"""What became of an event: the fixed words of receipts, and why one is refused."""

from __future__ import annotations

from dataclasses import dataclass

CREATED, UPDATED, UNCHANGED, REPEATED, REJECTED = "CREATED", "UPDATED", "UNCHANGED", "REPEATED", "REJECTED"


@dataclass(frozen=True, slots=True)
class Rejection:
    """Why an event was not taken; `pointer` is a JSON pointer into the event."""

    code: str
    message: str
    pointer: str | None = None


@dataclass(frozen=True, slots=True)
class Remark:
    """What an event was taken with although something in it could not be: a code of `warning.` messages, and the place."""

    code: str
    pointer: str


@dataclass(frozen=True, slots=True)
class Answer:
    """Where an event landed: the customer (None for a store, a product, an anonymous contact) and the rule that says why."""

    customer: str | None
    rule: str
