"""What a decision of a person did, or would do: which records go where, and the customers that come of it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import orjson


@dataclass(frozen=True, slots=True)
class Move:
    """A source record (its id) and the customers that it leaves and comes to."""

    record: str
    left: str
    came_to: str


@dataclass(frozen=True, slots=True)
class Result:
    """A customer as it is afterwards; `records` are ids of source records."""

    customer: str
    name: str | None
    kana: str | None
    birth_date: str | None
    records: tuple[str, ...]


def _result(told: dict[str, Any]) -> Result:
    return Result(told["customer"], told["name"], told["kana"], told["birth_date"], tuple(told["records"]))


@dataclass(frozen=True, slots=True)
class Outcome:
    """`decision` is the id under which it stands and can be undone; `contacts` is how many touchpoints change owner."""

    decision: str
    kind: str
    moves: tuple[Move, ...]
    results: tuple[Result, ...]
    contacts: int

    def to_json(self) -> str:
        return orjson.dumps(asdict(self)).decode()

    @classmethod
    def from_json(cls, text: str) -> Outcome:
        told: dict[str, Any] = orjson.loads(text)
        results = tuple(_result(each) for each in told["results"])
        moves = tuple(Move(**each) for each in told["moves"])
        return cls(told["decision"], told["kind"], moves, results, told["contacts"])
