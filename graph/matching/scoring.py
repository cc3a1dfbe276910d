"""A learned model asked of one pair at a time: the match weight that Splink gives it, in microseconds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log2
from typing import Any

from graph.matching.comparisons import ELSE, MISSING, Comparison
from graph.matching.conditions import Row

Frequencies = Mapping[str, Mapping[str, float]]
"""Column -> value -> share of the rows that have it, of those that have any."""


@dataclass(frozen=True, slots=True)
class LevelWeight:
    """`chance` is u in bits, against which the frequency of a value counts in `column`."""

    bits: float
    chance: float
    column: str | None


class Scorer:
    """What pairs are worth by a model of `training.py`, in the comparisons that it was learned with.

    `rare` is the share that a value has whose frequency is not known; without it such a value weighs as any other.
    """

    def __init__(
        self, model: Mapping[str, Any], compared: Sequence[Comparison], frequencies: Frequencies, rare: float | None = None
    ) -> None:
        prior = float(model["probability_two_random_records_match"])
        self.prior = log2(prior / (1 - prior))
        self.compared, self.frequencies, self.rare = tuple(compared), frequencies, rare
        self.weights = {each["output_column_name"]: _weights(each["comparison_levels"]) for each in model["comparisons"]}

    def bits(self, one: Row, two: Row) -> float:
        """Return the match weight of two rows: prior, levels and frequencies, in bits."""
        return self.prior + sum(bits for _, _, bits in self.explained(one, two))

    def explained(self, one: Row, two: Row) -> list[tuple[str, str, float]]:
        """Return (comparison, level, bits) for each comparison."""
        return [(each.name, level := each.level(one, two), self._worth(each.name, level, one, two)) for each in self.compared]

    def _worth(self, name: str, level: str, one: Row, two: Row) -> float:
        if level == MISSING:
            return 0.0
        weight = self.weights[name][level]
        if weight.column is None:
            return weight.bits
        known = self.frequencies.get(weight.column, {})
        shares = [known.get(row[weight.column], self.rare) for row in (one, two) if row[weight.column] is not None]
        shares = [share for share in shares if share is not None]
        return weight.bits + (weight.chance - log2(max(shares)) if shares else 0.0)


def _weights(levels: Sequence[Mapping[str, Any]]) -> dict[str, LevelWeight]:
    found: dict[str, LevelWeight] = {}
    for level in levels:
        if not level.get("is_null_level"):
            m, u = float(level["m_probability"]), float(level["u_probability"])
            found[level["label_for_charts"]] = LevelWeight(log2(m / u), log2(u), level.get("tf_adjustment_column"))
    return found if ELSE in found else found | {ELSE: LevelWeight(0.0, 0.0, None)}
