"""Figures of a benchmark run: a table for people and `build/bench.json` for programs."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import orjson
from rich.console import Console
from rich.table import Table


@dataclass(frozen=True, slots=True)
class Figure:
    """`ratio` is value to baseline; `target` is what the ratio may be, at most or at least by `ok`; None where there is none."""

    name: str
    value: float
    unit: str
    baseline: float | None = None
    ratio: float | None = None
    target: float | None = None
    ok: bool | None = None


def at_most(name: str, value: float, unit: str, baseline: float, target: float | None = None) -> Figure:
    """Return a figure that should stay small beside its baseline."""
    ratio = value / baseline
    return Figure(name, value, unit, baseline, ratio, target, None if target is None else ratio <= target)


def at_least(name: str, value: float, unit: str, baseline: float, target: float | None = None) -> Figure:
    """Return a figure that should be large beside its baseline."""
    ratio = value / baseline
    return Figure(name, value, unit, baseline, ratio, target, None if target is None else ratio >= target)


def at_most_ms(name: str, value: float, most: float) -> Figure:
    """Return a figure in milliseconds that should stay below a bound, whatever is beside it."""
    return Figure(name, value, "ms", target=most, ok=value <= most)


def median_ms(seconds: Sequence[float]) -> float:
    return statistics.median(seconds) * 1000


def publish(figures: Sequence[Figure], file: Path) -> None:
    """Print the table and write the file."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(orjson.dumps({"figures": [asdict(figure) for figure in figures]}, option=orjson.OPT_INDENT_2))
    table = Table("figure", "value", "baseline", "ratio", "target", "met")
    for figure in figures:
        met = "" if figure.ok is None else "yes" if figure.ok else "no"
        table.add_row(
            figure.name,
            _shown(figure.value, figure.unit),
            _shown(figure.baseline, figure.unit),
            _shown(figure.ratio),
            _shown(figure.target),
            met,
        )
    Console(width=None if Console().is_terminal else 110).print(table)


def _shown(number: float | None, unit: str = "") -> str:
    return "" if number is None else f"{number:,.2f} {unit}".strip()
