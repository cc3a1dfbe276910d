"""`make quality-cases`: train on earlier made-up cases, judge on later ones, print it and write build/quality-cases.json."""

from __future__ import annotations

from pathlib import Path
from time import perf_counter
from typing import Annotated

import orjson
import typer
from rich.console import Console
from rich.table import Table

from bench.sorting.judging import Judgement, judged
from bench.sorting.made_up import made_up
from graph.cases.sorting.stored import to_json
from graph.cases.sorting.training import FIELDS, train

WRITTEN = Path("build/quality-cases.json")
JUDGED = 0.2
"""The share of the cases, the latest, that training does not see, neither to learn nor to choose or check thresholds."""


def main(
    cases: Annotated[int, typer.Option(help="Made-up cases.")] = 6_000,
    seed: Annotated[str, typer.Option(help="Another seed is another company.")] = "360",
) -> None:
    """Train on the earlier cases and judge on the later ones."""
    in_order = made_up(seed, cases)
    known, later = in_order[: -round(cases * JUDGED)], in_order[-round(cases * JUDGED) :]
    begun = perf_counter()
    model = train(known, known[-1].at)
    seconds = perf_counter() - begun
    judgements = [each for field in FIELDS if field in model.fields for each in judged(field, model, known, later)]
    size = len(to_json(model))
    WRITTEN.parent.mkdir(exist_ok=True)
    told = {
        "seed": seed,
        "made_up": True,
        "learned_from": len(known),
        "judged_on": len(later),
        "ngrams": len(model.vocabulary.places),
        "model_bytes": size,
        "judgements": [each.row() for each in judgements],
    }
    WRITTEN.write_bytes(orjson.dumps(told, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
    console = Console()
    console.print(_table(judgements))
    console.print(
        f"Made-up cases, seed {seed}: {len(known):,} to learn from, {len(later):,} later ones to judge on. "
        f"{len(model.vocabulary.places):,} n-grams, {size:,} bytes, trained in {seconds:.0f} s. Written: {WRITTEN}"
    )


def _table(judgements: list[Judgement]) -> Table:
    shown = Table("field", "by", "macro-F1", "coverage", "precision there")
    for each in judgements:
        precision = "-" if each.precision is None else f"{each.precision:.1%}"
        macro_f1 = "-" if each.macro_f1 is None else f"{each.macro_f1:.3f}"
        shown.add_row(each.field, each.by, macro_f1, f"{each.coverage:.1%}", precision)
    return shown


if __name__ == "__main__":
    typer.run(main)
