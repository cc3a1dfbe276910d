"""What can be asked of two prepared rows, each as SQL for the batch and as Python for one pair: both give the same answer.

A condition on what is missing does not hold.
Distances are asked of ASCII text that is not empty, in which DuckDB and rapidfuzz count alike.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from rapidfuzz.distance import DamerauLevenshtein, JaroWinkler

Row = Mapping[str, Any]
"""Column -> text, number, list of texts, or None."""


@dataclass(frozen=True, slots=True)
class Condition:
    """`sql` names columns with `_l` and `_r` behind them, as Splink does; `holds` is the same for two rows."""

    sql: str
    holds: Callable[[Row, Row], bool]

    def __and__(self, other: Condition) -> Condition:
        return Condition(f"({self.sql}) and ({other.sql})", lambda one, two: self.holds(one, two) and other.holds(one, two))

    def __or__(self, other: Condition) -> Condition:
        return Condition(f"({self.sql}) or ({other.sql})", lambda one, two: self.holds(one, two) or other.holds(one, two))


def same(column: str, other: str | None = None) -> Condition:
    """One row has in `column` what the other has in `other` (the same column unless it is told)."""
    there = other or column

    def holds(one: Row, two: Row) -> bool:
        return one[column] is not None and one[column] == two[there]

    return Condition(f"{column}_l = {there}_r", holds)


def crossed(column: str, other: str) -> Condition:
    """Either row has in `column` what the other has in `other`."""
    return same(column, other) | same(other, column)


def missing(*columns: str) -> Condition:
    """Each of the columns is missing in one row or in the other."""

    def holds(one: Row, two: Row) -> bool:
        return all(one[column] is None or two[column] is None for column in columns)

    return Condition(" and ".join(f"({column}_l is null or {column}_r is null)" for column in columns), holds)


def slips(column: str, most: int) -> Condition:
    """So many signs are wrong, missing, too many or exchanged with their neighbour (Damerau and Levenshtein, unrestricted)."""

    def holds(one: Row, two: Row) -> bool:
        ours, theirs = one[column], two[column]
        return ours is not None and theirs is not None and DamerauLevenshtein.distance(ours, theirs) <= most

    return Condition(f"damerau_levenshtein({column}_l, {column}_r) <= {most}", holds)


def alike(column: str, least: float) -> Condition:
    """The likeness of Jaro and Winkler is at least so much, of 1."""

    def holds(one: Row, two: Row) -> bool:
        ours, theirs = one[column], two[column]
        return ours is not None and theirs is not None and JaroWinkler.similarity(ours, theirs) >= least

    return Condition(f"jaro_winkler_similarity({column}_l, {column}_r) >= {least}", holds)


def in_common(column: str, least: int = 1) -> Condition:
    """Two lists have so many values in common."""

    def holds(one: Row, two: Row) -> bool:
        ours, theirs = one[column], two[column]
        return ours is not None and theirs is not None and len(set(ours) & set(theirs)) >= least

    return Condition(f"len(list_intersect({column}_l, {column}_r)) >= {least}", holds)


def within(column: str, most: int) -> Condition:
    """Two numbers differ by no more."""

    def holds(one: Row, two: Row) -> bool:
        ours, theirs = one[column], two[column]
        return ours is not None and theirs is not None and abs(ours - theirs) <= most

    return Condition(f"abs({column}_l - {column}_r) <= {most}", holds)
