"""A learned model with what it was learned from: Splink's settings, the frequencies of values, a fingerprint of the data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

import duckdb
import orjson

from graph.matching.clustering import clustered
from graph.matching.comparisons import Comparison
from graph.matching.preparing import COLUMNS
from graph.matching.scoring import Scorer
from graph.matching.training import TABLE, Settings, fill, learned, require_splink, scored

THREADS = 2


@dataclass(frozen=True, slots=True)
class Learned:
    """`pairs` are (place, place, bits) of rows; `settings` are those of Splink, trained."""

    settings: dict[str, Any]
    frequencies: Mapping[str, Mapping[str, float]]
    compared: Sequence[Comparison]
    fingerprint: str
    rows: int
    pairs: Sequence[tuple[int, int, float]]

    def scorer(self) -> Scorer:
        return Scorer(self.settings, self.compared, self.frequencies)


def clustered_rows(
    learned: Learned, rows: Sequence[Mapping[str, Any]], apart: Callable[[int, int], bool]
) -> list[frozenset[int]]:
    """Return the clusters of rows by their places; no cluster has two that are `apart`."""
    scorer = learned.scorer()
    return clustered(range(len(rows)), learned.pairs, lambda one, other: scorer.bits(rows[one], rows[other]), apart)


def learn(rows: Sequence[Mapping[str, Any]], compared: Sequence[Comparison], seed: int) -> Learned:
    """Learn from prepared rows, and score the pairs that could be one person; raises InvalidInput where Splink is missing."""
    require_splink()
    with duckdb.connect() as connection:
        connection.execute(f"set threads = {THREADS}")
        fill(connection, rows)
        settings = learned(connection, TABLE, compared, seed)
        pairs = scored(connection, TABLE, settings)
    return Learned(settings, frequencies(rows, compared), compared, fingerprint(rows), len(rows), pairs)


def applied(model: Settings, rows: Sequence[Mapping[str, Any]], compared: Sequence[Comparison]) -> Learned:
    """Return a model that was learned before, with the pairs and frequencies of these prepared rows; raises InvalidInput."""
    require_splink()
    with duckdb.connect() as connection:
        connection.execute(f"set threads = {THREADS}")
        fill(connection, rows)
        pairs = scored(connection, TABLE, model)
    return Learned(model, frequencies(rows, compared), compared, fingerprint(rows), len(rows), pairs)


def frequencies(rows: Sequence[Mapping[str, Any]], compared: Sequence[Comparison]) -> dict[str, dict[str, float]]:
    """Return the share of each value in the columns whose frequency counts."""
    columns = {level.frequency for each in compared for level in each.levels if level.frequency}
    found: dict[str, dict[str, float]] = {}
    for column in sorted(columns):
        counted = Counter(row[column] for row in rows if row[column] is not None)
        found[column] = {value: number / counted.total() for value, number in counted.items()}
    return found


def fingerprint(rows: Sequence[Mapping[str, Any]]) -> str:
    """Return a hash of the rows that their order does not change."""
    lines = sorted(blake2b(orjson.dumps([row[column] for column in COLUMNS]), digest_size=16).digest() for row in rows)
    return blake2b(b"".join(lines), digest_size=16).hexdigest()
