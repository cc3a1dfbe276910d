"""What a decision of a person did, or would do: which records left which customer, and which customers come of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Move:
    """A source record (its id) and the customers that it leaves and comes to."""

    record: str
    left: str
    came_to: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """`decision` is the id under which it stands and can be undone, `customers` are the ids of all concerned, sorted.

    `contacts` is how many anonymous contacts find another owner.
    """

    decision: str
    moves: tuple[Move, ...]
    customers: tuple[str, ...]
    contacts: int

    def to_json(self) -> dict[str, Any]:
        return {
            "decision": self.decision,
            "moves": [{"record": each.record, "left": each.left, "came_to": each.came_to} for each in self.moves],
            "results": [{"customer": each} for each in self.customers],
            "contacts": self.contacts,
        }

    @classmethod
    def from_json(cls, answer: dict[str, Any]) -> Outcome:
        """Return the outcome of an answer, also of one that was kept before migration 0010."""
        moves = tuple(Move(**each) for each in answer["moves"])
        return cls(answer["decision"], moves, tuple(each["customer"] for each in answer["results"]), answer["contacts"])
