"""What each level of agreement is worth: a table that was measured, with its version and where it comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

TABLE = Path(__file__).with_name("weights.json")


@dataclass(frozen=True, slots=True)
class Weights:
    """`prior` in bits; `bits` by field and level; `source` says how they were measured."""

    version: str
    source: str
    prior: float
    bits: Mapping[str, Mapping[str, float]]

    def bits_of(self, field: str, level: str) -> float:
        """Return what a level is worth; UNKNOWN, which the table does not have, is worth nothing."""
        return self.bits[field].get(level, 0.0)


def read_weights(path: Path = TABLE) -> Weights:
    """Read the table that `make weights` writes."""
    stored: dict[str, Any] = orjson.loads(path.read_bytes())
    bits = {field: {level: row["bits"] for level, row in levels.items()} for field, levels in stored["fields"].items()}
    return Weights(stored["version"], stored["source"], float(stored["prior"]), bits)


WEIGHTS = read_weights()
